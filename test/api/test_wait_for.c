/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* wait_for. Tests named test_... are ports of CPython's. */
#include "worker.h"

static async_wait_for_t limit;
static async_shield_t shield;

/* Ignores cancel requests until a time. */
struct slow {
    ASYNC_FRAME;
    async_tick_t until;
    int err;
};
ASYNC_DEF(slow)
{
    ASYNC_BEGIN;
    while ((async_delay_t)(self->until - async_loop_time(&loop)) > 0) {
        AWAIT_STATUS(self->err, async_sleep_until(self->until));
    }
    note("slow");
    ASYNC_END;
}
static struct slow slow_frame;
#define SLOW() \
    ASYNC_CALL(slow, &slow_frame, .until = async_loop_time(&loop) + 20u)

/* A task of wait_for alone. */
static void start_wait(async_coro_t *coro)
{
    CHECK_INT(async_loop_create_task(&loop, &scene, coro), 0);
}

static int run(void)
{
    return async_loop_run_until_complete(&loop, &scene.future);
}

/* -- In time --------------------------------------------------------------- */

SCENE(direct)
{
    ASYNC_BEGIN;
    AWAIT(async_wait_for_ms(&limit, WORKER(1, .delay = 0), 1000));
    CHECK_TRACE("begin1 end1"); /* at once, in this task */
    CHECK(async_current_task() == &scene);
    AWAIT(async_wait_for_ms(&limit, WORKER(1, .delay = 4), 1000));
    CHECK_INT(world_time(), 4);
    AWAIT_STATUS(self->err, async_wait_for_ms(
                                &limit, WORKER(1, .ends = OOPS(1)), 1000));
    CHECK_INT(self->err, OOPS(1));
    ASYNC_END;
}

/* SEM WF-01 WF-09 */
static void coroutine_in_time(void)
{
    begin();
    SCENE_START(direct);
    turns(1);
    CHECK_TRACE("begin1");
    CHECK_INT(run(), 0);
    trace_clear();
    CHECK_INT(next_timer(), -1);
    world_end();
}

static int set_future(async_handle_t *handle)
{
    (void)handle;
    return async_future_set_result(&futures[0], NULL);
}

/* SEM WF-01 */
static void test_wait_for_race_condition(void)
{
    async_handle_t handle = {{0, 0}, 0};
    begin();
    start_wait(async_wait_for_ticks(&limit, &futures[0], 200));
    CHECK_INT(async_call_soon(&loop, &handle, set_future), 0);
    CHECK_INT(run(), 0);
    CHECK_INT(world_time(), 0);
    CHECK_INT(next_timer(), -1);
    world_end();
}

/* SEM WF-06 WF-13 */
static void test_wait_for_blocking(void)
{
    begin();
    start_wait(async_wait_for_ticks(&limit, WORKER(1, .delay = 0),
                                    ASYNC_FOREVER));
    CHECK_INT(run(), 0);
    CHECK_TRACE("begin1 end1");
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    START(1, .delay = 5000, .ends = OOPS(1));
    start_wait(async_wait_for_ticks(&limit, &tasks[1], ASYNC_FOREVER));
    CHECK_INT(run(), OOPS(1));
    trace_clear();
    world_end();
}

/* -- Timeout --------------------------------------------------------------- */

/* SEM WF-02 */
static void test_wait_for(void)
{
    begin();
    START(1, .delay = 1000);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 10));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK(async_future_cancelled(&tasks[1].future));
    CHECK_TRACE("begin1 cancel1");
    CHECK_INT(world_time(), 10);
    CHECK_INT(async_task_cancelling(&scene), 0);
    world_end();
}

/* SEM WF-02 WF-03 */
static void test_asyncio_wait_for_timeout(void)
{
    begin();
    start_wait(async_wait_for_ticks(&limit, SLOW(), 10));
    CHECK_INT(run(), 0); /* it has returned all the same */
    CHECK_TRACE("slow");
    CHECK_INT(world_time(), 20);
    world_end();
}

/* SEM WF-02 */
static void test_wait_for_waits_for_task_cancellation(void)
{
    begin();
    START(1, .delay = 1000, .cleanup = 5);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 10));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK_INT(world_time(), 15);
    CHECK(is_done(1));
    trace_clear();
    world_end();
}

/* SEM WF-03 */
static void test_wait_for_cancel_suppressed(void)
{
    begin();
    start_wait(async_wait_for_ticks(
        &limit, WORKER(1, .delay = 1000, .on_cancel = SWALLOW), 10));
    CHECK_INT(run(), 0);
    CHECK_INT(world_time(), 10);
    trace_clear();
    world_end();
}

/* SEM WF-03 */
static void test_wait_for_cancellation_race_condition(void)
{
    begin();
    START(1, .delay = 1000, .on_cancel = SWALLOW);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 1));
    CHECK_INT(run(), 0);
    CHECK_INT(status_of(&tasks[1].future), 0);
    trace_clear();
    world_end();
}

/* SEM WF-04 */
static void test_wait_for_reraises_exception_during_cancellation(void)
{
    begin();
    START(1, .delay = 200, .on_cancel = FAIL);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 1));
    CHECK_INT(run(), OOPS(1));
    trace_clear();
    world_end();
}

/* SEM WF-11 */
static void result_in_the_same_turn(void)
{
    async_timer_t timer = {{{0, 0}, 0}, {0}};
    begin();
    CHECK_INT(async_call_later(&loop, &timer, 10, set_future), 0);
    start_wait(async_wait_for_ticks(&limit, &futures[0], 10));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK_INT(status_of(&futures[0]), 0);
    world_end();
}

/* -- No time at all -------------------------------------------------------- */

/* SEM WF-05 */
static void test_wait_for_timeout_less_then_0_or_0_future_done(void)
{
    begin();
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    start_wait(async_wait_for_ticks(&limit, &futures[0], 0));
    turns(1);
    CHECK_INT(status_of(&scene.future), 0);
    CHECK_INT(async_future_set_exception(&futures[1], OOPS(1)), 0);
    start_wait(async_wait_for_ticks(&limit, &futures[1], -1));
    turns(1);
    CHECK_INT(status_of(&scene.future), OOPS(1));
    CHECK_INT(async_future_cancel(&futures[2]), 1);
    start_wait(async_wait_for_ticks(&limit, &futures[2], 0));
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    world_end();
}

/* SEM WF-05 */
static void test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started(void)
{
    begin();
    start_wait(async_wait_for_ticks(&limit, WORKER(1, .delay = 0), 0));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK_TRACE("");
    start_wait(async_wait_for_ticks(&limit, &workers[1].async_, 0));
    CHECK_INT(run(), ASYNC_ERR_REUSED); /* it has been used up */
    world_end();
}

/* SEM WF-05 D-04 */
static void no_time_for_a_cycle(void)
{
    begin();
    START(1, .waits = &tasks[2].future);
    START(2, .waits = &tasks[1].future);
    turns(2);
    trace_clear();
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 0));
    CHECK_INT(run(), ASYNC_ERR_CYCLE);
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM WF-05 */
static void test_wait_for_timeout_less_then_0_or_0(void)
{
    async_delay_t delay;
    for (delay = 0; delay >= -1; delay--) {
        begin();
        START(1, .delay = 10);
        turns(1);
        start_wait(async_wait_for_ticks(&limit, &tasks[1], delay));
        CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
        CHECK(async_future_cancelled(&tasks[1].future));
        CHECK_TRACE("begin1 cancel1");
        CHECK_INT(world_time(), 0);
        world_end();
    }
}

/* SEM WF-05 */
static void test_wait_for_waits_for_task_cancellation_w_timeout_0(void)
{
    begin();
    START(1, .delay = 10, .cleanup = 3);
    turns(1);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 0));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK(is_done(1));
    CHECK_INT(world_time(), 3);
    trace_clear();
    world_end();
}

/* SEM WF-05 WF-07 */
static void cancelled_when_there_is_no_time(void)
{
    begin();
    START(1, .delay = 10, .cleanup = 3);
    turns(1);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 0));
    turns(2);
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1); /* this wait does not wait for the task's end, as in asyncio */
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    CHECK(!is_done(1));
    CHECK(tasks[1].future.u.waiters == NULL);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future),
              ASYNC_ERR_CANCELLED);
    trace_clear();
    world_end();
}

/* -- Cancel ---------------------------------------------------------------- */

/* SEM WF-07 */
static void test_asyncio_wait_for_cancelled(void)
{
    begin();
    start_wait(async_wait_for_ticks(&limit, SLOW(), 40));
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(run(), 0);
    CHECK_TRACE("slow");
    CHECK_INT(world_time(), 20);
    world_end();
}

static void cancel_wait(async_delay_t delay)
{
    begin();
    START(1, .waits = &futures[0]);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], delay));
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(run(), ASYNC_ERR_CANCELLED);
    CHECK(async_future_cancelled(&tasks[1].future));
    CHECK_INT(next_timer(), -1);
    trace_clear();
    world_end();
}

/* SEM WF-07 */
static void test_cancel_blocking_wait_for(void)
{
    cancel_wait(ASYNC_FOREVER);
}

/* SEM WF-07 */
static void test_cancel_wait_for(void)
{
    cancel_wait(60);
}

/* SEM WF-08 */
static void test_wait_for_issue86296(void)
{
    begin();
    start_wait(async_wait_for_ticks(&limit, &tasks[2], 100));
    START(2, .delay = 0);
    turns(1); /* task 2 has ended; the wait is ready to run */
    CHECK(is_done(2) && !scene_is_done());
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    CHECK_INT(status_of(&tasks[2].future), 0);
    CHECK_INT(next_timer(), -1);
    trace_clear();
    world_end();
}

/* SEM WF-10 */
static void inner_cancelled_by_somebody_else(void)
{
    begin();
    START(1, .delay = 50);
    start_wait(async_wait_for_ticks(&limit, &tasks[1], 100));
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(run(), ASYNC_ERR_CANCELLED);
    CHECK_INT(async_task_cancelling(&scene), 0);
    CHECK_INT(next_timer(), -1);
    trace_clear();
    world_end();
}

/* -- With shield ----------------------------------------------------------- */

/* SEM WF-12 */
static void test_zero_timeout(void)
{
    async_future_t *shielded;
    begin();
    START(1, .delay = 10);
    shielded = async_shield(&shield, &tasks[1]);
    start_wait(async_wait_for_ticks(&limit, shielded, 0));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK(!is_done(1));
    CHECK(async_future_cancelled(shielded));
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future), 0);
    trace_clear();
    world_end();
}

/* SEM WF-06 */
static void test_none_timeout(void)
{
    begin();
    START(1, .delay = 100);
    start_wait(async_wait_for_ticks(&limit, async_shield(&shield, &tasks[1]),
                                    ASYNC_FOREVER));
    CHECK_INT(run(), 0);
    CHECK(is_done(1));
    trace_clear();
    world_end();
}

/* SEM WF-12 */
static void test_shielded_timeout(void)
{
    begin();
    START(1, .delay = 100);
    start_wait(async_wait_for_ticks(&limit, async_shield(&shield, &tasks[1]),
                                    10));
    CHECK_INT(run(), ASYNC_ERR_TIMEOUT);
    CHECK(!is_done(1));
    CHECK_INT(async_task_cancelling(&tasks[1]), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future), 0);
    trace_clear();
    world_end();
}

/* -- Misuse ---------------------------------------------------------------- */

static async_loop_t other;
static async_sim_t other_sim;
static async_future_t stranger;

/* SEM WF-14 */
static void of_another_loop(void)
{
    begin();
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 0)), 0);
    async_future_init(&stranger, &other);
    start_wait(async_wait_for_ticks(&limit, &stranger, 10));
    CHECK_INT(run(), ASYNC_ERR_WRONG_LOOP);
    start_wait(async_wait_for_ticks(&limit, &stranger, 0));
    CHECK_INT(run(), ASYNC_ERR_WRONG_LOOP);
    CHECK(!async_future_done(&stranger));
    CHECK_INT(async_loop_close(&other), 0);
    CHECK_INT(next_timer(), -1);
    world_end();
}

static const struct test tests[] = {
    TEST(coroutine_in_time),
    TEST(test_wait_for_race_condition),
    TEST(test_wait_for_blocking),
    TEST(test_wait_for),
    TEST(test_asyncio_wait_for_timeout),
    TEST(test_wait_for_waits_for_task_cancellation),
    TEST(test_wait_for_cancel_suppressed),
    TEST(test_wait_for_cancellation_race_condition),
    TEST(test_wait_for_reraises_exception_during_cancellation),
    TEST(result_in_the_same_turn),
    TEST(test_wait_for_timeout_less_then_0_or_0_future_done),
    TEST(test_wait_for_timeout_less_then_0_or_0_coroutine_do_not_started),
    TEST(no_time_for_a_cycle),
    TEST(test_wait_for_timeout_less_then_0_or_0),
    TEST(test_wait_for_waits_for_task_cancellation_w_timeout_0),
    TEST(cancelled_when_there_is_no_time),
    TEST(test_asyncio_wait_for_cancelled),
    TEST(test_cancel_blocking_wait_for),
    TEST(test_cancel_wait_for),
    TEST(test_wait_for_issue86296),
    TEST(inner_cancelled_by_somebody_else),
    TEST(test_zero_timeout),
    TEST(test_none_timeout),
    TEST(test_shielded_timeout),
    TEST(of_another_loop),
};
TEST_MAIN(tests)
