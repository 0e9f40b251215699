/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_events: each test is named after the method. What
 * needs file descriptors is in test_cpython_fds.c. */
#include "worker.h"

static async_handle_t handles[3];
static async_timer_t timers[2];

static int hello(async_handle_t *handle)
{
    note_n("hello", handle - handles);
    return 0;
}

static int fail(async_handle_t *handle)
{
    (void)handle;
    return OOPS(1);
}

/* -- Running --------------------------------------------------------------- */

SCENE(nests)
{
    ASYNC_BEGIN;
    CHECK(async_loop_is_running(&loop));
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], WORKER(1, .delay = -1)),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future),
              ASYNC_ERR_RUNNING);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_RUNNING);
    AWAIT(&tasks[1]); /* no harm done */
    ASYNC_END;
}

/* SEM L-18 */
static void test_run_until_complete_nesting(void)
{
    EXPECT(nests, 0, 0);
}

SCENE(sleeps)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(100));
    ASYNC_END;
}

/* SEM L-15 L-08 */
static void test_run_until_complete(void)
{
    EXPECT(sleeps, 0, 100);
}

SCENE(stops)
{
    ASYNC_BEGIN;
    async_loop_stop(&loop);
    AWAIT(async_sleep_ticks(10));
    ASYNC_END;
}

/* SEM L-16 */
static void test_run_until_complete_stopped(void)
{
    begin();
    PLAY(stops, ASYNC_ERR_STOPPED);
    CHECK(!scene_is_done());
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    world_end();
}

SCENE(short_sleeps)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_us(10000));
    AWAIT(async_sleep_us(100)); /* each is a tick */
    AWAIT(async_sleep_us(10));
    AWAIT(async_sleep_us(1));
    AWAIT(async_sleep_us(1));
    ASYNC_END;
}

/* Waking a little too early would be seen as many iterations. */
/* SEM L-08 TM-09 */
static void test_timeout_rounding(void)
{
    int iterations = 0;
    async_tick_t deadline = 0;
    bool has_deadline = false;
    begin();
    SCENE_START(short_sleeps);
    while (!scene_is_done()) {
        if (async_loop_run_once(&loop, &deadline, &has_deadline) == 0) {
            async_sim_advance(&sim, deadline - sim.time);
        }
        iterations++;
    }
    CHECK_INT(world_time(), 14);
    CHECK(iterations <= 12);
    world_end();
}

static int close_loop(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(async_loop_close(&loop), ASYNC_ERR_RUNNING);
    note("refused");
    async_loop_stop(&loop);
    return 0;
}

/* SEM L-20 */
static void test_close_running_event_loop(void)
{
    begin();
    CHECK_INT(async_call_soon(&loop, &handles[0], close_loop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("refused");
    world_end();
}

/* SEM L-21 */
static void test_close(void)
{
    static async_post_t post;
    async_post_init(&post, hello);
    begin();
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_run_until_complete(&loop, &futures[0]),
              ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_soon(&loop, &handles[0], hello), ASYNC_ERR_CLOSED);
    CHECK_INT(async_post(&loop, &post), ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_later(&loop, &timers[0], 1, hello), ASYNC_ERR_CLOSED);
    CHECK_INT(async_call_at(&loop, &timers[0], 0, hello), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], WORKER(1, .delay = 0)),
              ASYNC_ERR_CLOSED);
}

SCENE(looks_around)
{
    ASYNC_BEGIN;
    CHECK(async_get_running_loop() == &loop);
    ASYNC_END;
}

static void running_loop(void)
{
    CHECK(async_get_running_loop() == NULL);
    EXPECT(looks_around, 0, 0);
    CHECK(async_get_running_loop() == NULL);
}

/* SEM L-23 */
static void test_get_event_loop_returns_running_loop(void)
{
    running_loop();
}

/* SEM L-23 */
static void test_get_event_loop_returns_running_loop2(void)
{
    running_loop();
}

/* -- From another context -------------------------------------------------- */

static async_post_t outside;

static int posted(async_handle_t *handle)
{
    (void)handle;
    note("posted");
    return 0;
}

static void strike(async_sim_interrupt_t *which)
{
    (void)which;
    CHECK_INT(async_post(&loop, &outside), 0);
}

static int stop(async_handle_t *handle)
{
    (void)handle;
    note("world");
    async_loop_stop(&loop);
    return 0;
}

/* SEM P-01 P-02 */
static void test_call_soon_threadsafe(void)
{
    static async_sim_interrupt_t interrupt;
    begin();
    async_post_init(&outside, posted);
    CHECK_INT(async_sim_at(&sim, &interrupt, (async_tick_t)check_.start + 3,
                           strike), 0);
    CHECK_INT(async_call_later(&loop, &timers[0], 9, stop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("posted world");
    CHECK_INT(world_time(), 9);
    world_end();
}

/* SEM P-03 */
static void test_call_soon_threadsafe_same_thread(void)
{
    begin();
    async_post_init(&outside, posted);
    CHECK_INT(async_post(&loop, &outside), 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], stop), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("posted world");
    world_end();
}

/* -- Handles and timers ---------------------------------------------------- */

/* SEM L-03 L-10 */
static void test_handle(void)
{
    begin();
    CHECK_INT(async_call_soon(&loop, &handles[0], hello), 0);
    CHECK(async_handle_cancel(&loop, &handles[0]));
    CHECK(!async_handle_cancel(&loop, &handles[0]));
    turns(1);
    CHECK_TRACE("");
    CHECK_INT(async_call_soon(&loop, &handles[0], hello), 0);
    turns(1);
    CHECK_TRACE("hello0");
    world_end();
}

static void see_handle(async_loop_t *which, async_handle_t *handle, int status)
{
    CHECK(which == &loop && handle == &handles[1]);
    note_n("reported", status);
}

/* SEM L-26 */
static void test_callback_with_exception(void)
{
    begin();
    async_loop_set_exception_handler(&loop, see_handle);
    CHECK_INT(async_call_soon(&loop, &handles[1], fail), 0);
    turns(1);
    CHECK_TRACE("reported-101");
    world_end();
}

/* SEM L-11 */
static void test_when(void)
{
    async_tick_t when = (async_tick_t)check_.start + 7;
    begin();
    CHECK_INT(async_call_at(&loop, &timers[0], when, hello), 0);
    CHECK(async_timer_when(&timers[0]) == when);
    CHECK(async_timer_cancel(&loop, &timers[0]));
    world_end();
}

/* SEM L-03 L-10 */
static void test_timer(void)
{
    begin();
    CHECK_INT(async_call_later(&loop, &timers[0], 5, hello), 0);
    CHECK(async_timer_cancel(&loop, &timers[0]));
    CHECK(!async_timer_cancel(&loop, &timers[0]));
    CHECK_INT(next_timer(), -1); /* nothing of it is left */
    async_sim_advance(&sim, 9);
    turns(1);
    CHECK_TRACE("");
    world_end();
}

static int which_timer(async_handle_t *handle)
{
    note_n("timer", handle == &timers[0].handle ? 0 : 1);
    return 0;
}

static void two_timers(async_delay_t first, async_delay_t second,
                       const char *expected)
{
    begin();
    CHECK_INT(async_call_later(&loop, &timers[0], first, which_timer), 0);
    CHECK_INT(async_call_later(&loop, &timers[1], second, which_timer), 0);
    async_sim_advance(&sim, 20);
    turns(1);
    CHECK_TRACE_VAR(expected);
    world_end();
}

/* SEM L-07 D-10 */
static void test_timer_comparison(void)
{
    two_timers(5, 5, "timer0 timer1");
    two_timers(15, 5, "timer1 timer0");
    two_timers(5, 15, "timer0 timer1");
}

/* -- Cancelling what waits for the outside --------------------------------- */

static async_waiters_t waiters;

SCENE(receives)
{
    ASYNC_BEGIN;
    AWAIT(async_op_wait(&waiters, NULL));
    ASYNC_END;
}

static int cancel_scene(async_handle_t *handle)
{
    (void)handle;
    return async_task_cancel(&scene) == 1 ? 0 : ASYNC_ERR_VALUE;
}

/* SEM C-33 OP-08 */
static void test_prompt_cancellation(void)
{
    begin();
    SCENE_START(receives);
    turns(1);
    CHECK(waiters.first != NULL);
    CHECK_INT(async_call_soon(&loop, &handles[0], cancel_scene), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK(waiters.first == NULL);
    world_end();
}

static const struct test tests[] = {
    TEST(test_run_until_complete_nesting),
    TEST(test_run_until_complete),
    TEST(test_run_until_complete_stopped),
    TEST(test_timeout_rounding),
    TEST(test_close_running_event_loop),
    TEST(test_close),
    TEST(test_get_event_loop_returns_running_loop),
    TEST(test_get_event_loop_returns_running_loop2),
    TEST(test_call_soon_threadsafe),
    TEST(test_call_soon_threadsafe_same_thread),
    TEST(test_handle),
    TEST(test_callback_with_exception),
    TEST(test_when),
    TEST(test_timer),
    TEST(test_timer_comparison),
    TEST(test_prompt_cancellation),
};
TEST_MAIN(tests)
