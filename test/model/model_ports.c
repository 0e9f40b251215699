/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The ports of bare metal on a machine that can be stopped anywhere: an
 * interrupt, or time that passes, at every window of idle, of posting and of a
 * level, and then a second one at each of the next windows (see machine.h).
 *
 * After each run: what the interrupts have put in a channel has arrived, in
 * order; no sleep was too short; and nothing happened later than the time that
 * was made to pass says, which a lost wake-up would. One that is lost for ever
 * ends the program.
 *
 * The step of the replay id has the digits WWWWAVVVVB: window and action of the
 * first and of the second disturbance. */
#include "machine.h"

/* -- The program ---------------------------------------------------------- */

struct message {
    uint8_t number;
    async_tick_t at;
};
static ASYNC_CHANNEL(struct message, 16) inbox, fast_inbox;
static uint8_t sent, received, fast_received;
static unsigned slept, fast_slept;

/* Nothing happens later than the time that was made to pass. */
static void check_time(async_tick_t due)
{
    async_delay_t late = (async_delay_t)(m.time - due);
    CHECK(late >= 0);
    CHECK(late <= m.passed);
}

static bool closed;

static void on_event(void)
{
    struct message message;
    if (closed) {
        return;
    }
    message.number = sent++;
    message.at = m.time;
    CHECK_INT(async_channel_put(&inbox, message), 0);
    if (has_level) {
        CHECK_INT(async_channel_put(&fast_inbox, message), 0);
    }
    closed = m.ended;
    if (closed) {
        CHECK_INT(async_channel_close(&inbox), 0);
    }
    if (closed && has_level) {
        CHECK_INT(async_channel_close(&fast_inbox), 0);
    }
}

struct receiver {
    ASYNC_FRAME;
    struct message message;
};
static struct receiver receiver_frame;
ASYNC_DEF(receiver)
{
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&inbox)) {
        CHECK_INT(async_channel_receive_nowait(&inbox, &self->message), 0);
        CHECK_INT(self->message.number, received);
        CHECK_INT(m.priority, THREAD);
        received++;
        check_time(self->message.at);
    } ASYNC_END_FOR;
    ASYNC_END;
}

struct fast_receiver {
    ASYNC_FRAME;
    struct message message;
};
static struct fast_receiver fast_receiver_frame;
ASYNC_DEF(fast_receiver)
{
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&fast_inbox)) {
        CHECK_INT(async_channel_receive_nowait(&fast_inbox, &self->message),
                  0);
        CHECK_INT(self->message.number, fast_received);
        CHECK_INT(m.priority, LEVEL);
        fast_received++;
        check_time(self->message.at);
    } ASYNC_END_FOR;
    ASYNC_END;
}

/* Deadlines that are near, equal, further away than the alarm reaches, and in
 * the past. */
static const int8_t deadlines[][4] = {{2, 19, 21, 60}, {2, 9, 9, 41}};

struct sleeper {
    ASYNC_FRAME;
    unsigned id, i;
    unsigned *count;
};
static struct sleeper sleepers[3];
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    for (; self->i < 4; self->i++) {
        AWAIT(async_sleep_until((async_tick_t)check_.start +
                                (async_tick_t)deadlines[self->id][self->i]));
        check_time((async_tick_t)check_.start +
                   (async_tick_t)deadlines[self->id][self->i]);
        CHECK_INT(m.priority, self->count == &slept ? THREAD : LEVEL);
        ++*self->count;
        window();
    }
    ASYNC_END;
}

struct program {
    ASYNC_FRAME;
    async_task_t tasks[3];
};
static struct program program_frame;
ASYNC_DEF(program)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&self->tasks[0],
                                ASYNC_CALL(receiver, &receiver_frame)), 0);
    CHECK_INT(async_create_task(&self->tasks[1],
                                ASYNC_CALL(sleeper, &sleepers[0], .id = 0,
                                           .count = &slept)), 0);
    CHECK_INT(async_create_task(&self->tasks[2],
                                ASYNC_CALL(sleeper, &sleepers[1], .id = 1,
                                           .count = &slept)), 0);
    AWAIT(&self->tasks[0]);
    AWAIT(&self->tasks[1]);
    AWAIT(&self->tasks[2]);
    ASYNC_END;
}

/* -- One run -------------------------------------------------------------- */

static async_task_t fast_tasks[2];

/* The level's loop has the clock of the other one. Its deadlines are found by
 * the timer's interrupt. */
static void start_level(async_port_t *clock)
{
    async_port_t *port = async_level_init(&level, clock, &fast, pend, 5);
    CHECK_INT(async_loop_init(&fast, port), 0);
    if (m.kind != TICK) {
        level.next_alarm = set_level_alarm;
    }
    async_channel_init(&fast_inbox, &fast, ASYNC_CHANNEL_KEEP_OLDEST);
    __builtin_memset((void *)fast_tasks, 0, sizeof fast_tasks);
    CHECK_INT(async_loop_create_task(
        &fast, &fast_tasks[0],
        ASYNC_CALL(fast_receiver, &fast_receiver_frame)), 0);
    CHECK_INT(async_loop_create_task(
        &fast, &fast_tasks[1],
        ASYNC_CALL(sleeper, &sleepers[2], .id = 0, .count = &fast_slept)), 0);
    pend(5);
}

static void begin(enum kind kind, unsigned when, enum action action,
                  unsigned when2, enum action action2)
{
    __builtin_memset((void *)&m, 0, sizeof m);
    m.kind = kind;
    m.time = (async_tick_t)check_.start;
    m.when[0] = when;
    m.action[0] = action;
    m.when[1] = when2;
    m.action[1] = action2;
    sent = received = fast_received = 0;
    slept = fast_slept = 0;
    closed = false;
    check_.step = (when * 10ul + action) * 100000ul + when2 * 10ul + action2;
}

/* Returns how many windows there were. */
static unsigned run(void)
{
    async_port_t *port = make_port();
    CHECK_INT(async_loop_init(&loop, port), 0);
    async_channel_init(&inbox, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    if (has_level) {
        start_level(port);
    }
    CHECK_INT(async_run(&loop, ASYNC_CALL(program, &program_frame)), 0);
    CHECK_INT(received, sent);
    CHECK_INT(slept, 8);
    if (has_level) {
        cpu_unmask();
        CHECK_INT(fast_received, sent);
        CHECK_INT(fast_slept, 4);
        CHECK(async_future_done(&fast_tasks[0].future));
        CHECK(async_future_done(&fast_tasks[1].future));
        CHECK_INT(async_loop_close(&fast), 0);
    }
    CHECK(!m.masked && m.priority == THREAD);
    return m.window;
}

/* -- Every run ------------------------------------------------------------ */

static unsigned disturbed(enum kind kind, unsigned when, unsigned action,
                          unsigned when2, unsigned action2)
{
    begin(kind, when, (enum action)action, when2, (enum action)action2);
    return run();
}

/* The second disturbance comes at most `reach` windows after the first. */
static void sweep(enum kind kind, unsigned reach)
{
    unsigned when, action, when2, action2, end;
    unsigned long failures = check_.failures;
    end = disturbed(kind, NEVER, EVENT, NEVER, EVENT);
    for (when = 1; when <= end; when++) {
        for (action = 0; action < ACTIONS; action++) {
            (void)disturbed(kind, when, action, NEVER, EVENT);
            for (when2 = when; when2 < when + reach; when2++) {
                for (action2 = 0; action2 < ACTIONS; action2++) {
                    (void)disturbed(kind, when, action, when2, action2);
                }
            }
            if (check_.failures - failures > 5) { /* that is enough */
                return;
            }
        }
    }
}

static void ticks(void)
{
    has_level = false;
    sweep(TICK, 12);
}

static void alarms(void)
{
    has_level = false;
    sweep(ALARM, 12);
}

/* An early alarm that is taken before the CPU sleeps must be set again. */
static void early_alarms(void)
{
    has_level = false;
    sweep(ONE_SHOT, 12);
}

static void overflows(void)
{
    has_level = false;
    sweep(OVERFLOW, 12);
}

static void level_ticks(void)
{
    has_level = true;
    sweep(TICK, 6);
}

static void level_alarms(void)
{
    has_level = true;
    sweep(ALARM, 6);
}

/* Without a disturbance it wakes once for each deadline, and once for the last
 * event: 2, 9, 19, 21, 41, 60 and 70. */
static void wakes(void)
{
    has_level = false;
    (void)disturbed(TICK, NEVER, EVENT, NEVER, EVENT);
    CHECK_INT(m.wakes, END);
    (void)disturbed(ALARM, NEVER, EVENT, NEVER, EVENT);
    CHECK_INT(m.wakes, 7);
    CHECK_INT(m.passed, 0);
    (void)disturbed(ONE_SHOT, NEVER, EVENT, NEVER, EVENT);
    CHECK_INT(m.wakes, 12); /* and 17, 29, 37, 49, 57 */
}

static const struct test tests[] = {
    TEST(ticks), TEST(alarms), TEST(early_alarms), TEST(overflows),
    TEST(level_ticks), TEST(level_alarms), TEST(wakes),
};
TEST_MAIN(tests)
