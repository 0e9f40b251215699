/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_runners: each test is named after the method. */
#include "worker.h"

static async_task_t *main_task;

/* -- async_run ------------------------------------------------------------- */

/* SEM R-01 */
static void test_asyncio_run_return(void)
{
    begin();
    CHECK_INT(async_run(&loop, WORKER(1, .delay = -1)), 0);
    CHECK(async_loop_is_closed(&loop));
    CHECK_TRACE("begin1 end1");
}

/* SEM R-01 */
static void test_asyncio_run_raises(void)
{
    begin();
    CHECK_INT(async_run(&loop, WORKER(1, .delay = -1, .ends = OOPS(1))),
              OOPS(1));
    CHECK(async_loop_is_closed(&loop));
    trace_clear();
}

SCENE(runs_inside)
{
    ASYNC_BEGIN;
    CHECK_INT(async_run(&loop, WORKER(1, .delay = 0)), ASYNC_ERR_RUNNING);
    AWAIT(&workers[1].async_); /* it can still be used */
    ASYNC_END;
}

/* SEM R-02 */
static void test_asyncio_run_from_running_loop(void)
{
    begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(runs_inside, &runs_inside_frame)),
              0);
    CHECK_TRACE("begin1 end1");
}

SCENE(leaves_a_task)
{
    ASYNC_BEGIN;
    START(1, .delay = 10, .on_cancel = self->i != 0 ? FAIL : PASS_ON);
    AWAIT(async_pause());
    ASYNC_END;
}

/* SEM R-03 */
static void test_asyncio_run_cancels_hanging_tasks(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_run(&loop, ASYNC_CALL(leaves_a_task, &leaves_a_task_frame)),
              0);
    CHECK(async_future_cancelled(&tasks[1].future));
    CHECK_TRACE("begin1 cancel1");
    CHECK_INT(world_time(), 0);
}

/* SEM R-04 */
static void test_asyncio_run_reports_hanging_tasks_errors(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_run(&loop, ASYNC_CALL(leaves_a_task, &leaves_a_task_frame,
                                          .i = 1)), 0);
    CHECK_INT(status_of(&tasks[1].future), OOPS(1));
    CHECK_TRACE("begin1 cancel1 reported-101");
}

/* -- Interrupts: what Ctrl-C does is up to the program; here it posts a cancel
 * of the main task. -------------------------------------------------------- */

static async_post_t cancel_post;
static async_sim_interrupt_t interrupt;

static int cancel_main(async_handle_t *handle)
{
    (void)handle;
    note_n("interrupt", async_task_cancel(main_task));
    return 0;
}

static void strike(async_sim_interrupt_t *which)
{
    (void)which;
    CHECK_INT(async_post(&loop, &cancel_post), 0);
}

/* Runs a coroutine that is interrupted at a time. */
static void interrupted(async_coro_t *coro, async_tick_t when)
{
    async_post_init(&cancel_post, cancel_main);
    CHECK_INT(async_sim_at(&sim, &interrupt, (async_tick_t)check_.start + when,
                           strike), 0);
    CHECK_INT(async_run(&loop, coro), ASYNC_ERR_CANCELLED);
    CHECK_INT(world_time(), when);
}

SCENE(never_suspends_long)
{
    ASYNC_BEGIN;
    main_task = async_current_task();
    while (self->err == 0) {
        async_sim_advance(&sim, 1);
        AWAIT_STATUS(self->err, async_pause());
    }
    CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    ASYNC_RAISE(self->err);
    ASYNC_END;
}

/* SEM P-01 C-03 R-01 */
static void test_interrupt_call_soon(void)
{
    begin();
    interrupted(ASYNC_CALL(never_suspends_long, &never_suspends_long_frame),
                10);
    CHECK_TRACE("interrupt1");
}

SCENE(waits)
{
    ASYNC_BEGIN;
    main_task = async_current_task();
    AWAIT(WORKER(1, .waits = &futures[1]));
    ASYNC_END;
}

/* SEM P-01 C-02 R-01 */
static void test_interrupt_wait(void)
{
    begin();
    interrupted(ASYNC_CALL(waits, &waits_frame), 10);
    CHECK(async_future_cancelled(&futures[1]));
    CHECK_TRACE("begin1 interrupt1 cancel1");
}

struct canceller {
    ASYNC_FRAME;
};
ASYNC_DEF(canceller)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    CHECK_INT(async_task_cancel(main_task), 1);
    strike(&interrupt);
    ASYNC_END;
}
static struct canceller canceller_frame;

SCENE(is_cancelled)
{
    ASYNC_BEGIN;
    main_task = async_current_task();
    CHECK_INT(async_create_task(&tasks[1],
                                ASYNC_CALL(canceller, &canceller_frame)), 0);
    AWAIT_STATUS(self->err, async_sleep_ticks(10));
    CHECK_INT(async_task_cancelling(main_task), 1);
    ASYNC_RAISE(self->err);
    ASYNC_END;
}

/* SEM C-08 R-01 */
static void test_interrupt_cancelled_task(void)
{
    begin();
    async_post_init(&cancel_post, cancel_main);
    CHECK_INT(async_run(&loop, ASYNC_CALL(is_cancelled, &is_cancelled_frame)),
              ASYNC_ERR_CANCELLED);
    CHECK_TRACE("interrupt0"); /* too late: it has ended */
}

static const struct test tests[] = {
    TEST(test_asyncio_run_return),
    TEST(test_asyncio_run_raises),
    TEST(test_asyncio_run_from_running_loop),
    TEST(test_asyncio_run_cancels_hanging_tasks),
    TEST(test_asyncio_run_reports_hanging_tasks_errors),
    TEST(test_interrupt_call_soon),
    TEST(test_interrupt_wait),
    TEST(test_interrupt_cancelled_task),
};
TEST_MAIN(tests)
