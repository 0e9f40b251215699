/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_base_events: each test is named after the method. */
#include "worker.h"

static async_handle_t handles[3];
static async_timer_t timers[40];

static int count(async_handle_t *handle)
{
    (void)handle;
    note("call");
    return 0;
}

static int stop(async_handle_t *handle)
{
    (void)handle;
    note("stop");
    async_loop_stop(&loop);
    return 0;
}

static int fail(async_handle_t *handle)
{
    (void)handle;
    return OOPS(1);
}

static int queue_another(async_handle_t *handle)
{
    (void)handle;
    note("first");
    return async_call_soon(&loop, &handles[2], count);
}

/* One iteration; the deadline of the next timer in ticks from the start, or -1.
 */
static long run_once(int *ready)
{
    async_tick_t deadline = 0;
    bool has_deadline = false;
    *ready = async_loop_run_once(&loop, &deadline, &has_deadline);
    return has_deadline ? (long)(async_delay_t)(deadline - (async_tick_t)
                                                check_.start)
                        : -1L;
}

/* -- Closing, queueing ----------------------------------------------------- */

/* SEM L-20 L-21 */
static void test_close(void)
{
    begin();
    CHECK(!async_loop_is_closed(&loop));
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK(async_loop_is_closed(&loop));
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_run_until_complete(&loop, &futures[0]),
              ASYNC_ERR_CLOSED);
}

/* SEM L-01 L-03 */
static void test__add_callback_handle(void)
{
    int ready;
    begin();
    CHECK_INT(async_call_soon(&loop, &handles[0], count), 0);
    CHECK_INT(run_once(&ready), -1);
    CHECK_TRACE("call");
    CHECK_INT(ready, 0);
    world_end();
}

/* SEM L-04 L-27 */
static void test__run_once(void)
{
    int ready;
    begin();
    CHECK_INT(async_call_later(&loop, &timers[0], 5, count), 0);
    CHECK_INT(async_call_later(&loop, &timers[1], 10, count), 0);
    CHECK(async_timer_cancel(&loop, &timers[0]));
    CHECK_INT(run_once(&ready), 10); /* it would sleep until then */
    CHECK_INT(ready, 0);
    CHECK(async_timer_cancel(&loop, &timers[1]));
    CHECK_TRACE("");
    world_end();
}

/* SEM L-02 L-06 */
static void test__run_once_schedule_handle(void)
{
    int ready;
    begin();
    CHECK_INT(async_call_at(&loop, &timers[0], (async_tick_t)check_.start - 1u,
                            queue_another), 0);
    (void)run_once(&ready);
    CHECK_TRACE("first");
    CHECK_INT(ready, ASYNC_PENDING); /* the other one waits for the next */
    (void)run_once(&ready);
    CHECK_TRACE("call");
    world_end();
}

/* Cancelled timers do not pile up: each leaves the queue at once. */
/* SEM TM-02 */
static void test__run_once_cancelled_event_cleanup(void)
{
    int i, ready;
    begin();
    CHECK_INT(async_call_later(&loop, &timers[0], 3000, count), 0);
    for (i = 1; i < 40; i++) {
        CHECK_INT(async_call_later(&loop, &timers[i], 100 * i, count), 0);
    }
    CHECK_INT(run_once(&ready), 100);
    for (i = 1; i < 40; i++) {
        CHECK(async_timer_cancel(&loop, &timers[i]));
        CHECK(!async_timer_cancel(&loop, &timers[i]));
        CHECK_INT(run_once(&ready), i < 29 ? 100 * (i + 1) : 3000);
    }
    CHECK(async_timer_cancel(&loop, &timers[0]));
    CHECK_INT(run_once(&ready), -1);
    world_end();
}

/* SEM L-08 L-25 */
static void test_time_and_call_at(void)
{
    begin();
    CHECK_INT(async_call_at(&loop, &timers[0], async_loop_time(&loop) + 100u,
                            stop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT(world_time(), 100);
    trace_clear();
    world_end();
}

/* -- Running --------------------------------------------------------------- */

/* SEM L-19 */
static void test_run_until_complete_loop(void)
{
    static async_loop_t other;
    static async_sim_t other_sim;
    begin();
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 0)), 0);
    CHECK_INT(async_loop_run_until_complete(&other, &futures[0]),
              ASYNC_ERR_WRONG_LOOP);
    CHECK_INT(async_loop_close(&other), 0);
    world_end();
}

/* SEM L-16 L-17 */
static void test_run_until_complete_loop_orphan_future_close_loop(void)
{
    begin();
    START(1, .delay = 10);
    CHECK_INT(async_call_soon(&loop, &handles[0], stop), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future),
              ASYNC_ERR_STOPPED);
    START(2, .delay = 20);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[2].future), 0);
    CHECK(is_done(1)); /* its end did not stop the second run */
    CHECK_INT(world_time(), 20);
    trace_clear();
    world_end();
}

static int queue_stop(async_handle_t *handle)
{
    (void)handle;
    return async_call_soon(&loop, &handles[1], stop);
}

/* SEM L-15 L-17 */
static void test_run_until_complete_baseexception(void)
{
    begin();
    START(1, .ends = ASYNC_ERR_GENERATOR_EXIT);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future),
              ASYNC_ERR_GENERATOR_EXIT);
    trace_clear();
    CHECK_INT(async_call_soon(&loop, &handles[0], queue_stop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("stop"); /* so nothing has stopped it before */
    world_end();
}

static async_sim_interrupt_t interrupt;
static async_post_t post;

static void strike(async_sim_interrupt_t *which)
{
    (void)which;
    CHECK_INT(async_post(&loop, &post), 0);
}

/* SEM L-12 P-04 */
static void test_single_selecter_event_callback_after_stopping(void)
{
    int i;
    begin();
    async_post_init(&post, count);
    CHECK_INT(async_sim_at(&sim, &interrupt, (async_tick_t)check_.start,
                           strike), 0);
    for (i = 0; i < 2; i++) {
        CHECK_INT(async_call_soon(&loop, &handles[0], stop), 0);
        CHECK_INT(async_loop_run_forever(&loop), 0);
        turns(1);
    }
    CHECK_TRACE("stop call stop"); /* the event was handled once */
    world_end();
}

/* SEM L-13 */
static void test_run_once(void)
{
    begin();
    async_loop_stop(&loop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], count), 0);
    async_loop_stop(&loop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("call");
    world_end();
}

/* SEM L-13 */
static void test_run_forever_pre_stopped(void)
{
    begin();
    CHECK_INT(async_call_soon(&loop, &handles[0], queue_another), 0);
    async_loop_stop(&loop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("first"); /* one iteration */
    turns(1);
    trace_clear();
    world_end();
}

static int look_around(async_handle_t *handle)
{
    (void)handle;
    CHECK(async_get_running_loop() == &loop);
    CHECK(async_loop_is_running(&loop));
    note("call");
    return 0;
}

/* SEM L-23 L-24 L-27 */
static void test_custom_run_forever_integration(void)
{
    int i, ready;
    begin();
    CHECK_INT(async_call_soon(&loop, &handles[0], look_around), 0);
    for (i = 0; i < 10; i++) {
        (void)run_once(&ready);
    }
    CHECK(async_get_running_loop() == NULL);
    CHECK(!async_loop_is_running(&loop));
    CHECK_TRACE("call");
    world_end();
}

static async_loop_t inner;
static async_sim_t inner_sim;

SCENE(runs_another)
{
    ASYNC_BEGIN;
    CHECK_INT(async_loop_run_forever(&inner), ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_until_complete(&inner, &futures[0]),
              ASYNC_ERR_RUNNING);
    ASYNC_END;
}

/* SEM L-18 */
static void test_running_loop_within_a_loop(void)
{
    begin();
    CHECK_INT(async_loop_init(&inner, async_sim_init(&inner_sim, 0)), 0);
    async_future_init(&futures[0], &inner);
    PLAY(runs_another, 0);
    CHECK_INT(async_loop_close(&inner), 0);
    world_end();
}

/* -- The exception handler ------------------------------------------------- */

/* SEM L-26 */
static void test_default_exc_handler_callback(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_call_soon(&loop, &handles[0], fail), 0);
    CHECK_INT(async_call_soon(&loop, &handles[1], count), 0);
    turns(1);
    CHECK_TRACE("reported-101 call");
    CHECK_INT(async_call_later(&loop, &timers[0], 0, fail), 0);
    turns(1);
    CHECK_TRACE("reported-101");
    world_end();
}

static void report_another(async_loop_t *which, async_handle_t *handle,
                           int status)
{
    CHECK(which == &loop && handle == &handles[0]);
    note_n("custom", status);
}

/* SEM L-26 */
static void test_set_exc_handler_custom(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report_another);
    CHECK_INT(async_call_soon(&loop, &handles[0], fail), 0);
    turns(1);
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_call_soon(&loop, &handles[0], fail), 0);
    turns(1);
    CHECK_TRACE("custom-101 reported-101");
    world_end();
}

/* -- Tasks ----------------------------------------------------------------- */

/* SEM L-31 */
static void test_create_task_error_closes_coro(void)
{
    begin();
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], WORKER(1, .delay = 0)),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    CHECK_INT(async_run(&loop, &workers[1].async_), 0); /* still good */
    CHECK_TRACE("begin1 end1");
}

/* SEM T-10 */
static void test_create_named_task_with_default_factory(void)
{
    char name[16];
    begin();
    START(1, .delay = 0);
    async_task_set_name(&tasks[1], "test_task");
    CHECK_STR(async_task_get_name(&tasks[1], name, sizeof name), "test_task");
    turns(1);
    CHECK_STR(async_task_get_name(&tasks[1], name, sizeof name), "test_task");
    trace_clear();
    world_end();
}

static const struct test tests[] = {
    TEST(test_close),
    TEST(test__add_callback_handle),
    TEST(test__run_once),
    TEST(test__run_once_schedule_handle),
    TEST(test__run_once_cancelled_event_cleanup),
    TEST(test_time_and_call_at),
    TEST(test_run_until_complete_loop),
    TEST(test_run_until_complete_loop_orphan_future_close_loop),
    TEST(test_run_until_complete_baseexception),
    TEST(test_single_selecter_event_callback_after_stopping),
    TEST(test_run_once),
    TEST(test_run_forever_pre_stopped),
    TEST(test_custom_run_forever_integration),
    TEST(test_running_loop_within_a_loop),
    TEST(test_default_exc_handler_callback),
    TEST(test_set_exc_handler_custom),
    TEST(test_create_task_error_closes_coro),
    TEST(test_create_named_task_with_default_factory),
};
TEST_MAIN(tests)
