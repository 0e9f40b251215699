/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Callbacks of a loop: order, timers, cancelling, failures. */
#include "world.h"

/* A callback that notes its number, and may do something more. */
struct act {
    async_timer_t timer; /* comes first */
    int id;
    int status;
    void (*more)(struct act *act);
    struct act *other;
};

static int run_act(async_handle_t *handle)
{
    struct act *act = (struct act *)(void *)handle;
    note_n("", act->id);
    if (act->more != NULL) {
        act->more(act);
    }
    return act->status;
}

static struct act acts[12];

static void begin(void)
{
    int i;
    world_begin();
    __builtin_memset((void *)acts, 0, sizeof acts);
    for (i = 0; i < 12; i++) {
        acts[i].id = i;
    }
}

static void soon(int i)
{
    CHECK_INT(async_call_soon(&loop, &acts[i].timer.handle, run_act), 0);
}

static void later(int i, async_delay_t delay)
{
    CHECK_INT(async_call_later(&loop, &acts[i].timer, delay, run_act), 0);
}

static bool cancel(int i)
{
    return async_timer_cancel(&loop, &acts[i].timer);
}

/* -- call_soon ------------------------------------------------------------ */

static void soon_again(struct act *act)
{
    soon(act->id + 5);
}

/* SEM L-01 L-02 L-03 */
static void fifo(void)
{
    begin();
    acts[1].more = soon_again;
    soon(0);
    soon(1);
    soon(2);
    turns(1);
    CHECK_TRACE("0 1 2");
    turns(1);
    CHECK_TRACE("6");
    turns(2);
    CHECK_TRACE("");
    world_end();
}

static void requeue(struct act *act)
{
    if (act->status++ < 0) {
        soon(act->id);
    }
}

/* SEM L-10 */
static void a_callback_queues_itself(void)
{
    begin();
    acts[0].more = requeue;
    acts[0].status = -1; /* once */
    soon(0);
    turns(1);
    CHECK_TRACE("0");
    turns(1);
    CHECK_TRACE("0");
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* SEM L-33 D-13 */
static void queued_twice(void)
{
    begin();
    soon(0);
    soon(1);
    CHECK_INT(async_call_soon(&loop, &acts[0].timer.handle, run_act),
              ASYNC_ERR_BUSY);
    CHECK_INT(async_call_later(&loop, &acts[0].timer, 5, run_act),
              ASYNC_ERR_BUSY);
    later(2, 3);
    CHECK_INT(async_call_later(&loop, &acts[2].timer, 1, run_act),
              ASYNC_ERR_BUSY);
    CHECK_INT(async_call_soon(&loop, &acts[2].timer.handle, run_act),
              ASYNC_ERR_BUSY);
    turns(1);
    CHECK_TRACE("0 1");
    async_sim_advance(&sim, 2);
    turns(1);
    CHECK_TRACE("");
    async_sim_advance(&sim, 1);
    turns(1);
    CHECK_TRACE("2");
    world_end();
}

/* -- Cancel --------------------------------------------------------------- */

/* SEM L-03 M-11 */
static void cancel_before_it_runs(void)
{
    begin();
    CHECK(!cancel(0)); /* never queued */
    soon(0);
    soon(1);
    CHECK(cancel(0));
    CHECK(!cancel(0));
    later(2, 5);
    CHECK(cancel(2));
    CHECK(!cancel(2));
    turns(1);
    CHECK_TRACE("1");
    CHECK(!cancel(1)); /* it ran */
    soon(0);           /* free for use again */
    turns(1);
    CHECK_TRACE("0");
    world_end();
}

static unsigned victims; /* bit i: cancel act i */
static unsigned readd;   /* and queue it again */

static void cancel_victims(struct act *act)
{
    int i;
    (void)act;
    for (i = 0; i < 6; i++) {
        if (victims & (1u << i)) {
            note_var(cancel(i) ? "y" : "n");
            if (readd & (1u << i)) {
                soon(i);
            }
        }
    }
}

/* Cancels every subset of an iteration's handles from each of its callbacks,
 * and queues every subset of those again. */
/* SEM L-09 L-10 */
static void cancel_during_the_iteration(void)
{
    static char expected[sizeof trace_];
    unsigned step = 0, by, i;
    for (by = 0; by < 4; by++) {
        for (victims = 0; victims < 16; victims++) {
            for (readd = 0; readd < 16; readd++) {
                if ((readd & ~victims) != 0 || !world_step(step++)) {
                    continue;
                }
                begin();
                for (i = 0; i < 4; i++) { /* what should happen */
                    bool cancelled = (victims >> i & 1u) && i > by;
                    unsigned v;
                    if (!cancelled) {
                        note_n("", (long)i);
                    }
                    for (v = 0; i == by && v < 4; v++) {
                        if (victims >> v & 1u) {
                            note_var(v > by ? "y" : "n");
                        }
                    }
                }
                note("|");
                acts[by].more = NULL;
                for (i = 0; i < 4; i++) {
                    if (readd >> i & 1u) {
                        note_n("", (long)i);
                    }
                }
                __builtin_memcpy(expected, trace_, trace_length_ + 1u);
                trace_clear();

                acts[by].more = cancel_victims;
                for (i = 0; i < 4; i++) {
                    soon((int)i);
                }
                turns(1);
                note("|");
                acts[by].more = NULL;
                turns(1);
                CHECK_STR_VAR(trace_, expected);
                turns(1);
                CHECK_STR_VAR(trace_, expected);
                world_end();
            }
        }
    }
    check_.step = 0;
}

static void cancel_the_timer(struct act *act)
{
    note_var(cancel(act->id + 1) ? "y" : "n");
}

/* SEM L-09 */
static void cancel_a_timer_that_is_due(void)
{
    begin();
    acts[0].more = cancel_the_timer;
    later(0, 3);
    later(1, 3);
    later(2, 3);
    async_sim_advance(&sim, 3);
    turns(1);
    CHECK_TRACE("0 y 2");
    world_end();
}

/* -- Timers --------------------------------------------------------------- */

/* SEM L-05 */
static void due_timers_run_behind_what_is_ready(void)
{
    begin();
    later(0, 2);
    soon(1);
    async_sim_advance(&sim, 5);
    soon(2);
    turns(1);
    CHECK_TRACE("1 2 0");
    world_end();
}

/* SEM L-06 L-07 M-14 D-10 */
static void timers_run_by_deadline(void)
{
    begin();
    later(0, 5);
    later(1, 0);
    later(2, -3);
    later(3, 5);
    later(4, -7);
    later(5, 0);
    later(6, 4);
    turns(1);
    CHECK_TRACE("4 2 1 5");
    async_sim_advance(&sim, 3);
    turns(1);
    CHECK_TRACE("");
    async_sim_advance(&sim, 7);
    turns(1);
    CHECK_TRACE("6 0 3");
    world_end();
}

static void stop_loop(struct act *act)
{
    (void)act;
    async_loop_stop(&loop);
}

static void note_time(struct act *act)
{
    (void)act;
    note_n("t", world_time());
}

/* SEM L-08 L-25 S-01 */
static void never_too_early(void)
{
    int i;
    begin();
    for (i = 0; i < 8; i++) {
        acts[i].more = note_time;
        later(i, 1 + i * i * 3);
    }
    acts[8].more = stop_loop;
    later(8, 1000000);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("0 t1 1 t4 2 t13 3 t28 4 t49 5 t76 6 t109 7 t148 8");
    CHECK_INT(world_time(), 1000000);
    CHECK(async_loop_time(&loop) == (async_tick_t)check_.start + 1000000u);
    world_end();
}

/* SEM L-06 L-11 */
static void absolute_deadlines(void)
{
    async_tick_t now;
    begin();
    now = async_loop_time(&loop);
    CHECK_INT(async_call_at(&loop, &acts[0].timer, now + 20u, run_act), 0);
    CHECK_INT(async_call_at(&loop, &acts[1].timer, now + 10u, run_act), 0);
    CHECK_INT(async_call_later_ms(&loop, &acts[2].timer, 15, run_act), 0);
    CHECK(async_timer_when(&acts[0].timer) == now + 20u);
    CHECK(async_timer_when(&acts[1].timer) == now + 10u);
    CHECK(async_timer_when(&acts[2].timer) == now + 15u);
    async_sim_advance(&sim, 20);
    turns(1);
    CHECK_TRACE("1 2 0");
    CHECK_INT(async_call_at(&loop, &acts[0].timer, now, run_act), 0);
    turns(1);
    CHECK_TRACE("0");
    world_end();
}

/* SEM TM-04 M-14 */
static void extreme_delays(void)
{
    begin();
    later(0, -ASYNC_DELAY_MAX);
    later(1, -ASYNC_DELAY_MAX - 1);
    turns(1);
    CHECK_TRACE("1 0");
    later(0, ASYNC_DELAY_MAX);
    turns(1);
    CHECK_TRACE("");
    async_sim_advance(&sim, (async_tick_t)ASYNC_DELAY_MAX - 1u);
    turns(1);
    CHECK_TRACE("");
    async_sim_advance(&sim, 1);
    turns(1);
    CHECK_TRACE("0");
    world_end();
}

static void later_for_ever(struct act *act)
{
    async_sim_advance(&sim, 10); /* meanwhile number 1 becomes late */
    later(act->id + 5, ASYNC_DELAY_MAX);
}

/* SEM TM-04 */
static void the_longest_delay_while_a_timer_is_late(void)
{
    begin();
    later(1, 5);
    acts[0].more = later_for_ever;
    soon(0);
    turns(1);
    CHECK_TRACE("0");
    turns(1);
    CHECK_TRACE("1");
    CHECK(cancel(5));
    later(2, ASYNC_DELAY_MAX);
    later(3, -10);
    turns(1);
    CHECK_TRACE("3");
    CHECK(cancel(2));
    world_end();
}

/* -- Failures ------------------------------------------------------------- */

static void handler(async_loop_t *which, async_handle_t *handle, int status)
{
    CHECK(which == &loop);
    note_n("handler", ((struct act *)(void *)handle)->id);
    note_n("", status);
}

/* SEM L-26 */
static void what_is_no_failure(void)
{
    int status;
    begin();
    async_loop_set_exception_handler(&loop, handler);
    for (status = 0; status < 1000; status++) {
        acts[0].status = status < 999 ? status : 0x7fff;
        soon(0);
        turns(1);
        CHECK_TRACE("0");
    }
    world_end();
}

/* SEM L-26 */
static void failing_callbacks(void)
{
    begin();
    async_loop_set_exception_handler(&loop, handler);
    acts[0].status = -105;
    acts[2].status = ASYNC_ERR_VALUE;
    acts[3].status = 7; /* not an error */
    soon(0);
    later(2, 0);
    soon(1);
    soon(3);
    turns(1);
    CHECK_TRACE("0 handler0 -105 1 3 2 handler2 -7");
    world_end();
}

/* -- A random program against a model ------------------------------------- */

static int ran[12], ran_count;

static int record(async_handle_t *handle)
{
    ran[ran_count++] = ((struct act *)(void *)handle)->id;
    return 0;
}

/* Runs an iteration, which must run just what the model has queued. */
static void run_and_compare(const int *queue, int count)
{
    int i;
    ran_count = 0;
    turns(1);
    CHECK_INT(ran_count, count);
    for (i = 0; i < count; i++) {
        CHECK_INT(ran[i], queue[i]);
    }
}

/* Queues, cancels and runs at random; a plain array says what should be
 * queued. Every step is another seed. */
/* SEM L-01 L-03 L-33 */
static void random_queueing(void)
{
    unsigned seed, op;
    for (seed = 0; seed < 1000; seed++) {
        int queue[12], count = 0, i, at;
        if (!world_step(seed)) {
            continue;
        }
        random_seed(seed);
        begin();
        for (op = 0; op < 60; op++) {
            int id = (int)random_below(12), what = (int)random_below(8);
            for (at = 0; at < count && queue[at] != id; at++) {
            }
            if (what == 0) {
                run_and_compare(queue, count);
                count = 0;
            } else if (what < 4) {
                CHECK(cancel(id) == (at < count));
                for (i = at; i + 1 < count; i++) {
                    queue[i] = queue[i + 1];
                }
                count -= at < count ? 1 : 0;
            } else {
                CHECK_INT(async_call_soon(&loop, &acts[id].timer.handle,
                                          record),
                          at < count ? (int)ASYNC_ERR_BUSY : 0);
                if (at == count) {
                    queue[count++] = id;
                }
            }
        }
        run_and_compare(queue, count);
        world_end();
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(fifo),
    TEST(a_callback_queues_itself),
    TEST(queued_twice),
    TEST(cancel_before_it_runs),
    TEST(cancel_during_the_iteration),
    TEST(cancel_a_timer_that_is_due),
    TEST(due_timers_run_behind_what_is_ready),
    TEST(timers_run_by_deadline),
    TEST(never_too_early),
    TEST(absolute_deadlines),
    TEST(extreme_delays),
    TEST(the_longest_delay_while_a_timer_is_late),
    TEST(what_is_no_failure),
    TEST(failing_callbacks),
    TEST(random_queueing),
};
TEST_MAIN(tests)
