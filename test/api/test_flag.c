/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Flags that interrupts set. */
#include "world.h"

enum { TASKS = 3 };
static async_task_t tasks[TASKS];
static async_flag_t flag;
static int waited; /* how often a wait returned */

struct waiter {
    ASYNC_FRAME;
    int id, times, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        AWAIT_STATUS(self->err, async_flag_wait(&flag));
        if (self->err != 0) {
            note_n("error", self->id);
            ASYNC_RAISE(self->err);
        }
        waited++;
        note_n("w", self->id);
    }
    ASYNC_END;
}
static struct waiter waiters[TASKS];

static void begin(void)
{
    world_begin();
    async_flag_init(&flag, &loop);
    waited = 0;
}

static void start(int id, int times)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(waiter, &waiters[id], .id = id,
                                                .times = times)),
              0);
}

static void set(void)
{
    CHECK_INT(async_flag_set(&flag), 0);
}

/* SEM FL-01 FL-03 */
static void set_before(void)
{
    begin();
    set();
    start(0, 2);
    turns(1);
    CHECK_TRACE("w0"); /* the loop has not even seen it */
    turns(3);
    CHECK_TRACE(""); /* and it counts once */
    set();
    turns(2);
    CHECK_TRACE("w0");
    set();
    turns(2); /* the loop has seen it, nobody waits */
    set();
    start(0, 2);
    turns(1);
    CHECK_TRACE("w0"); /* two sets, one event */
    turns(3);
    CHECK_TRACE("");
    set();
    turns(2);
    CHECK_TRACE("w0");
    world_end();
}

static void on_interrupt(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    note_n("i", world_time());
    set();
    set(); /* again before anybody looked */
}

/* SEM FL-02 FL-03 */
static void from_an_interrupt(void)
{
    static async_sim_interrupt_t interrupt;
    async_tick_t deadline;
    bool has_deadline;
    begin();
    start(0, 1);
    turns(1);
    CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + 5u, on_interrupt), 0);
    async_sim_advance(&sim, 5);
    CHECK_TRACE("i5");
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK_TRACE("w0"); /* in the place of the post */
    CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + 7u, on_interrupt), 0);
    start(0, 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_TRACE("i12 w0");
    CHECK_INT(world_time(), 12);
    world_end();
}

/* SEM FL-04 */
static void one_set_each(void)
{
    begin();
    start(0, 2);
    start(1, 1);
    start(2, 1);
    turns(1);
    set();
    turns(2);
    CHECK_TRACE("w0");
    set();
    turns(1);
    set();
    turns(2);
    CHECK_TRACE("w1 w2");
    start(1, 1);
    set(); /* task 1 comes too late to be faster than task 0 */
    turns(2);
    CHECK_TRACE("w0");
    set();
    turns(2);
    CHECK_TRACE("w1");
    world_end();
}

/* SEM FL-05 */
static void clearing(void)
{
    begin();
    set();
    async_flag_clear(&flag); /* posted */
    turns(1);
    start(0, 1);
    turns(2);
    CHECK_TRACE("");
    set();
    async_flag_clear(&flag);
    turns(2);
    CHECK_TRACE("");
    set();
    turns(2);
    CHECK_TRACE("w0");
    set();
    turns(1);
    async_flag_clear(&flag); /* seen */
    start(0, 1);
    turns(2);
    CHECK_TRACE("");
    set();
    turns(2);
    CHECK_TRACE("w0");
    world_end();
}

/* SEM FL-06 */
static void cancelled(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1); /* waits */
    set();
    turns(2);
    CHECK_TRACE("error0 w1");
    start(0, 1);
    start(1, 1);
    turns(1);
    set();
    CHECK_INT(async_task_cancel(&tasks[0]), 1); /* waits: the set is not seen */
    turns(1);
    CHECK_TRACE("w1 error0");
    start(0, 1);
    turns(1);
    set();
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("error0");
    start(1, 1);
    turns(1);
    CHECK_TRACE("w1"); /* it stayed set */
    world_end();
}

/* SEM FL-08 */
static void closed(void)
{
    begin();
    start(0, 1);
    turns(1);
    set();
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_flag_set(&flag), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    async_flag_init(&flag, &loop);
    start(0, 1);
    turns(1);
    set();
    turns(2);
    CHECK_TRACE("w0");
    world_end();
}

/* An interrupt at every tick, a cancel after every iteration, one or two sets:
 * each set that is its own event is consumed or still there. */
static async_sim_interrupt_t strikes[2];

static void strike(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    set();
}

struct sleeper {
    ASYNC_FRAME;
    int rest;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    while (self->rest-- > 0) {
        AWAIT(async_flag_wait(&flag));
        waited++;
        AWAIT(async_sleep_ticks(2));
    }
    ASYNC_END;
}

static void sweep(async_tick_t first, async_tick_t second, unsigned cancel_at,
                  int victim)
{
    static struct sleeper sleepers[2];
    async_tick_t tick;
    int i, stayed;
    begin();
    for (i = 0; i < 2; i++) {
        CHECK_INT(async_loop_create_task(
                      &loop, &tasks[i],
                      ASYNC_CALL(sleeper, &sleepers[i], .rest = 3)),
                  0);
    }
    CHECK_INT(async_sim_at(&sim, &strikes[0], sim.time + first, strike), 0);
    CHECK_INT(async_sim_at(&sim, &strikes[1], sim.time + second, strike), 0);
    for (tick = 0; tick < 16; tick++) {
        if (cancel_at / 2 == tick) {
            turns(cancel_at % 2 + 1u);
            (void)async_task_cancel(&tasks[victim]);
        }
        turns(4);
        async_sim_advance(&sim, 1);
    }
    turns(4);
    stayed = flag.is_set;
    CHECK_INT(waited + stayed, first == second ? 1 : 2);
    CHECK(stayed == 0 || async_future_done(&tasks[victim].future));
    for (i = 0; i < 2; i++) {
        (void)async_task_cancel(&tasks[i]);
    }
    turns(3);
    CHECK(flag.waiters.first == NULL);
    world_end();
}

/* SEM FL-06 FL-07 */
static void interrupts_and_cancels_everywhere(void)
{
    unsigned first, second, cancel_at;
    for (first = 0; first < 8; first++) {
        for (second = 0; second < 8; second++) {
            for (cancel_at = 0; cancel_at < 24; cancel_at++) {
                if (world_step(10000ul * first + 100ul * second + cancel_at)) {
                    sweep(first, second, cancel_at, 0);
                    sweep(first, second, cancel_at, 1);
                }
            }
        }
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(set_before),
    TEST(from_an_interrupt),
    TEST(one_set_each),
    TEST(clearing),
    TEST(cancelled),
    TEST(closed),
    TEST(interrupts_and_cancels_everywhere),
};
TEST_MAIN(tests)
