/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of run_coroutine_threadsafe's tests in CPython's test_tasks: here an
 * interrupt posts what creates the task. */
#include "worker.h"

static async_task_t task;
static async_post_t start_post, cancel_post;
static async_sim_interrupt_t start_interrupt, cancel_interrupt;
static async_callback_t outcome;

static int give_outcome(async_handle_t *handle)
{
    note_n("outcome", status_of(async_callback_future(handle)));
    return 0;
}

static int create_task(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(async_create_task(&task, &workers[1].async_), 0);
    return async_future_add_done_callback(&task.future, &outcome,
                                          give_outcome);
}

static int cancel_task(async_handle_t *handle)
{
    (void)handle;
    return async_task_cancel(&task) == 1 ? 0 : ASYNC_ERR_VALUE;
}

static void from_interrupt(async_sim_interrupt_t *interrupt)
{
    async_post_t *post =
        interrupt == &start_interrupt ? &start_post : &cancel_post;
    CHECK_INT(async_post(&loop, post), 0);
}

SCENE(idle) /* somebody runs the loop meanwhile */
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_END;
}

/* An interrupt starts the coroutine at 5, another one may cancel it. */
static void start_from_outside(async_coro_t *coro, async_tick_t cancel_at,
                               int status, const char *expected)
{
    async_tick_t now = (async_tick_t)check_.start;
    CHECK(coro == &workers[1].async_);
    SCENE_START(idle);
    async_post_init(&start_post, create_task);
    async_post_init(&cancel_post, cancel_task);
    CHECK_INT(async_sim_at(&sim, &start_interrupt, now + 5, from_interrupt),
              0);
    if (cancel_at != 0) {
        CHECK_INT(async_sim_at(&sim, &cancel_interrupt, now + cancel_at,
                               from_interrupt), 0);
    }
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    CHECK_INT(status_of(&task.future), status);
    CHECK_TRACE_VAR(expected);
    world_end();
}

/* SEM P-01 P-02 */
static void test_run_coroutine_threadsafe(void)
{
    begin();
    start_from_outside(WORKER(1, .delay = 5), 0, 0, "begin1 end1 outcome0");
}

/* SEM P-01 P-02 */
static void test_run_coroutine_threadsafe_with_exception(void)
{
    begin();
    start_from_outside(WORKER(1, .delay = 5, .ends = OOPS(1)), 0, OOPS(1),
                       "begin1 end1 outcome-101");
}

/* SEM P-01 P-02 */
static void test_run_coroutine_threadsafe_with_timeout(void)
{
    begin();
    start_from_outside(WORKER(1, .delay = 50), 15, ASYNC_ERR_CANCELLED,
                       "begin1 cancel1 outcome-1");
}

/* SEM P-01 P-02 */
static void test_run_coroutine_threadsafe_task_cancelled(void)
{
    begin();
    start_from_outside(WORKER(1, .waits = &futures[1]), 6, ASYNC_ERR_CANCELLED,
                       "begin1 cancel1 outcome-1");
}

static const struct test tests[] = {
    TEST(test_run_coroutine_threadsafe),
    TEST(test_run_coroutine_threadsafe_with_exception),
    TEST(test_run_coroutine_threadsafe_with_timeout),
    TEST(test_run_coroutine_threadsafe_task_cancelled),
};
TEST_MAIN(tests)
