/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Running, stopping, nesting and closing loops. */
#include "world.h"

/* -- Callbacks that do one thing ------------------------------------------ */

struct act {
    async_timer_t timer; /* comes first */
    const char *name;
    void (*more)(void);
};

static int run_act(async_handle_t *handle)
{
    struct act *act = (struct act *)(void *)handle;
    note_var(act->name);
    if (act->more != NULL) {
        act->more();
    }
    return 0;
}

static struct act a, b, c;

static void begin(void)
{
    world_begin();
    __builtin_memset((void *)&a, 0, sizeof a);
    b = a;
    c = a;
    a.name = "a";
    b.name = "b";
    c.name = "c";
}

static void soon(async_loop_t *which, struct act *act)
{
    CHECK_INT(async_call_soon(which, &act->timer.handle, run_act), 0);
}

static void stop_loop(void)
{
    async_loop_stop(&loop);
}

struct sleeper {
    ASYNC_FRAME;
    int ticks, status;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->ticks));
    note("slept");
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_CLEANUP;
    note("end");
    ASYNC_END;
}

/* -- stop ----------------------------------------------------------------- */

static void stop_and_queue(void)
{
    async_loop_stop(&loop);
    soon(&loop, &c);
    async_loop_stop(&loop);
}

/* SEM L-12 L-14 */
static void stop_ends_the_iteration(void)
{
    begin();
    a.more = stop_and_queue;
    soon(&loop, &a);
    soon(&loop, &b);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("a b");
    turns(1);
    CHECK_TRACE("c");
    world_end();
}

/* SEM L-13 M-08 */
static void stop_before_run(void)
{
    begin();
    a.more = stop_loop;
    b.more = stop_loop;
    CHECK_INT(async_call_later(&loop, &c.timer, 5, run_act), 0);
    async_loop_stop(&loop);
    CHECK_INT(async_loop_run_forever(&loop), 0); /* with nothing to do */
    CHECK_INT(world_time(), 0);
    soon(&loop, &a);
    async_loop_stop(&loop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("a");
    soon(&loop, &b); /* the stop is used up: this one runs until b stops it */
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("b");
    CHECK(async_timer_cancel(&loop, &c.timer));
    world_end();
}

/* -- run_until_complete --------------------------------------------------- */

/* SEM L-15 */
static void run_until_complete(void)
{
    static async_task_t task;
    struct sleeper frame;
    async_future_t future;
    begin();
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(sleeper, &frame, .ticks = 3)),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future), 0);
    CHECK_INT(world_time(), 3);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future), 0);
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(sleeper, &frame, .ticks = 3,
                                                .status = -105)),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future), -105);
    async_future_init(&future, &loop);
    CHECK_INT(async_future_cancel(&future), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &future),
              ASYNC_ERR_CANCELLED);
    CHECK_TRACE("slept end slept end");
    world_end();
}

/* SEM L-16 L-17 */
static void stopped_early(void)
{
    async_future_t future;
    static async_callback_t done;
    begin();
    async_future_init(&future, &loop);
    CHECK_INT(async_future_add_done_callback(&future, &done, run_act), 0);
    CHECK(async_future_remove_done_callback(&future, &done));
    a.more = stop_loop;
    soon(&loop, &a);
    CHECK_INT(async_call_later(&loop, &b.timer, 5, run_act), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &future),
              ASYNC_ERR_STOPPED);
    CHECK_TRACE("a");
    CHECK(!async_future_done(&future));
    CHECK_INT(async_loop_run_until_complete(&loop, &future),
              ASYNC_ERR_DEADLOCK);
    CHECK_TRACE("b"); /* the timer survived */
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    turns(1); /* would run a callback that was left behind */
    CHECK_INT(async_loop_run_until_complete(&loop, &future), 0);
    world_end();
}

static void run_inside_a_run(void)
{
    static struct sleeper frame;
    static async_loop_t other;
    async_future_t future, foreign;
    async_tick_t deadline;
    bool has_deadline;
    CHECK(async_loop_is_running(&loop));
    CHECK_INT(async_loop_init(&other, &sim.port), 0);
    async_future_init(&future, &loop);
    async_future_init(&foreign, &other);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_until_complete(&loop, &future), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline),
              ASYNC_ERR_RUNNING);
    CHECK_INT(async_run(&loop, ASYNC_CALL(sleeper, &frame)), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_close(&loop), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_forever(&other), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_until_complete(&other, &foreign),
              ASYNC_ERR_RUNNING);
    CHECK_INT(async_run(&other, ASYNC_CALL(sleeper, &frame)),
              ASYNC_ERR_RUNNING);
    CHECK(!async_loop_is_running(&other));
    CHECK(async_get_running_loop() == &loop);
    CHECK_INT(async_future_set_result(&future, NULL), 0); /* nobody is told */
    CHECK_INT(async_future_set_result(&foreign, NULL), 0);
    CHECK_INT(async_loop_close(&other), 0);
    async_loop_stop(&loop);
}

/* SEM L-18 L-20 L-23 L-24 R-02 M-09 */
static void no_nesting(void)
{
    begin();
    a.more = run_inside_a_run;
    soon(&loop, &a);
    soon(&loop, &b);
    CHECK(async_get_running_loop() == NULL);
    CHECK(!async_loop_is_running(&loop));
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK(!async_loop_is_running(&loop));
    CHECK_TRACE("a b");
    world_end();
}

/* SEM L-19 */
static void future_of_another_loop(void)
{
    static async_loop_t other;
    static async_task_t never_started;
    async_future_t future;
    begin();
    CHECK_INT(async_loop_init(&other, &sim.port), 0);
    async_future_init(&future, &other);
    CHECK_INT(async_loop_run_until_complete(&loop, &future),
              ASYNC_ERR_WRONG_LOOP);
    CHECK_INT(async_loop_run_until_complete(&loop, &never_started.future),
              ASYNC_ERR_WRONG_LOOP);
    CHECK_INT(async_loop_close(&other), 0);
    world_end();
}

/* -- close ---------------------------------------------------------------- */

static async_post_t post;

/* Everything that can be waiting when a loop is closed. */
struct leftovers {
    struct act soon, later;
    async_task_t ready, asleep, on_future, on_task, in_operation;
    async_future_t future;
    async_callback_t done;
    async_waiters_t waiters;
};

struct waiter {
    ASYNC_FRAME;
    struct leftovers *all;
    int what;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    if (self->what == 0) {
        AWAIT(async_sleep_ticks(100));
    } else if (self->what == 1) {
        AWAIT(&self->all->future);
    } else if (self->what == 2) {
        AWAIT(&self->all->asleep);
    } else if (self->what == 3) {
        AWAIT(async_op_wait(&self->all->waiters, NULL));
    }
    note("went on");
    ASYNC_CLEANUP;
    note("cleanup");
    ASYNC_END;
}

static void leave_behind(struct leftovers *all, struct waiter *frames)
{
    async_task_t *tasks[4];
    int i;
    tasks[0] = &all->asleep;
    tasks[1] = &all->on_future;
    tasks[2] = &all->on_task;
    tasks[3] = &all->in_operation;
    async_future_init(&all->future, &loop);
    CHECK_INT(async_future_add_done_callback(&all->future, &all->done, run_act),
              0);
    for (i = 0; i < 4; i++) {
        CHECK_INT(async_loop_create_task(&loop, tasks[i],
                                         ASYNC_CALL(waiter, &frames[i],
                                                    .all = all, .what = i)),
                  0);
    }
    turns(1);
    all->soon.name = "soon";
    all->later.name = "later";
    CHECK_INT(async_loop_create_task(&loop, &all->ready,
                                     ASYNC_CALL(waiter, &frames[4],
                                                .all = all, .what = 4)),
              0);
    soon(&loop, &all->soon);
    CHECK_INT(async_call_later(&loop, &all->later.timer, 50, run_act), 0);
    async_post_init(&post, run_act);
    CHECK_INT(async_post(&loop, &post), 0);
}

/* SEM L-20 L-22 L-32 D-01 D-20 */
static void close_discards(void)
{
    static struct leftovers all;
    static struct waiter frames[5];
    int round;
    __builtin_memset((void *)&all, 0, sizeof all);
    begin();
    for (round = 0; round < 3; round++) { /* all storage is used again */
        leave_behind(&all, frames);
        CHECK_INT(async_loop_close(&loop), 0);
        CHECK_INT(async_loop_close(&loop), 0);
        CHECK(async_loop_is_closed(&loop));
        CHECK(!async_future_done(&all.asleep.future));
        CHECK(async_all_tasks(&loop, NULL) == NULL);
        CHECK(!async_wake_one(&all.waiters));
        CHECK(!async_timer_cancel(&loop, &all.later.timer));
        CHECK(async_future_remove_done_callback(&all.future, &all.done));
        CHECK_INT(async_task_cancel(&all.asleep), 0);
        CHECK_INT(async_loop_init(&loop, &sim.port), 0);
        CHECK(!async_loop_is_closed(&loop));
        CHECK(world_is_idle(&loop));
        CHECK_INT(async_call_later(&loop, &all.later.timer, 500, run_act), 0);
        async_sim_advance(&sim, 200);
        turns(2);
        CHECK_TRACE("");
        CHECK(async_timer_cancel(&loop, &all.later.timer));
    }
    world_end();
}

/* SEM L-21 L-31 M-06 D-15 */
static void use_after_close(void)
{
    static async_task_t task;
    static async_callback_t done;
    struct sleeper frame;
    async_future_t future, finished;
    async_coro_t *coro;
    async_tick_t deadline;
    bool has_deadline;
    begin();
    async_post_init(&post, run_act);
    async_future_init(&future, &loop);
    async_future_init(&finished, &loop);
    CHECK_INT(async_future_set_result(&finished, NULL), 0);
    CHECK_INT(async_loop_close(&loop), 0);
    coro = ASYNC_CALL(sleeper, &frame);
    CHECK_INT(async_call_soon(&loop, &a.timer.handle, run_act),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_later(&loop, &a.timer, 1, run_act), ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_later_ms(&loop, &a.timer, 1, run_act),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_at(&loop, &a.timer, 1, run_act), ASYNC_ERR_CLOSED);
    CHECK_INT(async_post(&loop, &post), ASYNC_ERR_CLOSED);
    CHECK(!async_loop_has_posts(&loop));
    CHECK_INT(async_loop_create_task(&loop, &task, coro), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_run_until_complete(&loop, &future), ASYNC_ERR_CLOSED);
    CHECK_INT(async_run(&loop, coro), ASYNC_ERR_CLOSED);
    CHECK_INT(async_future_set_result(&future, NULL), ASYNC_ERR_CLOSED);
    CHECK_INT(async_future_set_exception(&future, -105), ASYNC_ERR_CLOSED);
    CHECK(!async_future_done(&future));
    CHECK_INT(async_future_add_done_callback(&future, &done, run_act),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_future_add_done_callback(&finished, &done, run_act),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_future_result(&finished, NULL), 0);
    CHECK(!async_handle_cancel(&loop, &a.timer.handle));
    CHECK(!async_loop_is_running(&loop));
    CHECK(async_loop_time(&loop) == (async_tick_t)check_.start);
    async_loop_stop(&loop);
    async_loop_set_exception_handler(&loop, NULL);
    CHECK_INT(async_loop_close(&loop), 0);

    /* the coroutine is still as good as new */
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    CHECK_INT(async_run(&loop, coro), 0);
    CHECK_TRACE("slept end");
}

/* SEM L-34 */
static void a_port_that_is_not_there(void)
{
    CHECK_INT(async_loop_init(&loop, NULL), ASYNC_ERR_VALUE);
}

/* -- run_once: as a guest ------------------------------------------------- */

/* SEM L-27 */
static void run_once(void)
{
    async_tick_t deadline = 0;
    bool has_deadline = true;
    begin();
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    CHECK_INT(async_call_later(&loop, &b.timer, 7, run_act), 0);
    soon(&loop, &a);
    a.more = stop_and_queue;
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline),
              ASYNC_PENDING);
    CHECK_TRACE("a");
    CHECK(has_deadline);
    CHECK(deadline == (async_tick_t)check_.start + 7u);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK_TRACE("c");
    CHECK_INT(world_time(), 0); /* it does not sleep */
    async_sim_advance(&sim, 7);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK_TRACE("b");
    CHECK(!has_deadline);
    world_end();
}

static async_loop_t guest;

static void run_guest(void)
{
    async_tick_t deadline;
    bool has_deadline;
    CHECK_INT(async_loop_run_once(&guest, &deadline, &has_deadline), 0);
    CHECK(async_get_running_loop() == &loop);
    CHECK(async_loop_is_running(&loop));
    CHECK(!async_loop_is_running(&guest));
}

static void inside_the_guest(void)
{
    CHECK(async_get_running_loop() == &guest);
    CHECK(async_loop_is_running(&guest));
    CHECK(async_loop_is_running(&loop));
    soon(&loop, &c); /* reaches the host */
}

/* SEM L-28 L-29 L-23 */
static void a_loop_inside_a_loop(void)
{
    begin();
    CHECK_INT(async_loop_init(&guest, &sim.port), 0);
    a.more = run_guest;
    b.more = inside_the_guest;
    soon(&loop, &a);
    soon(&guest, &b);
    turns(1);
    CHECK_TRACE("a b");
    turns(1);
    CHECK_TRACE("c");
    CHECK_INT(async_loop_close(&guest), 0);
    world_end();
}

/* SEM L-29 */
static void loops_are_independent(void)
{
    static async_sim_t other_sim;
    static async_loop_t other;
    static async_task_t here, there;
    struct sleeper one, two;
    begin();
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 77)), 0);
    CHECK_INT(async_loop_create_task(&loop, &here,
                                     ASYNC_CALL(sleeper, &one, .ticks = 5)),
              0);
    CHECK_INT(async_loop_create_task(&other, &there,
                                     ASYNC_CALL(sleeper, &two, .ticks = 9)),
              0);
    CHECK(async_all_tasks(&loop, NULL) == &here);
    CHECK(async_all_tasks(&other, NULL) == &there);
    CHECK_INT(async_loop_run_until_complete(&other, &there.future), 0);
    CHECK_INT(world_time(), 0);
    CHECK(other_sim.time == 86);
    CHECK(!async_future_done(&here.future));
    CHECK_INT(async_loop_close(&other), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &here.future), 0);
    CHECK_INT(world_time(), 5);
    CHECK_TRACE("slept end slept end");
    world_end();
}

/* SEM L-30 D-14 */
static void deadlock(void)
{
    async_future_t future;
    begin();
    async_future_init(&future, &loop);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    CHECK_INT(async_loop_run_until_complete(&loop, &future),
              ASYNC_ERR_DEADLOCK);
    CHECK(!async_loop_is_running(&loop));
    CHECK_INT(async_call_later(&loop, &a.timer, 5, run_act), 0);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    CHECK_TRACE("a");
    CHECK_INT(world_time(), 5);
    world_end();
}

static const struct test tests[] = {
    TEST(stop_ends_the_iteration), TEST(stop_before_run),
    TEST(run_until_complete),      TEST(stopped_early),
    TEST(no_nesting),              TEST(future_of_another_loop),
    TEST(close_discards),          TEST(use_after_close),
    TEST(a_port_that_is_not_there), TEST(run_once),
    TEST(a_loop_inside_a_loop),    TEST(loops_are_independent),
    TEST(deadlock),
};
TEST_MAIN(tests)
