/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* wait. Tests named test_... are ports of CPython's. */
#include "worker.h"

static ASYNC_WAIT(3) some;

/* Waits for tasks 1 and 2 as told and traces how it was. */
struct waiter {
    ASYNC_FRAME;
    enum async_return_when when;
    async_delay_t timeout;
    int err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_wait_ticks(&some, self->when, self->timeout,
                                             &tasks[1], &tasks[2]));
    note_n("wait", self->err);
    note_n("at", world_time());
    note_var(async_wait_done(&some, 0) ? "done" : "pending");
    note_var(async_wait_done(&some, 1) ? "done" : "pending");
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    ASYNC_END;
}
static struct waiter waiter_frame;

static void start_waiter(enum async_return_when when, async_delay_t timeout)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &scene,
                  ASYNC_CALL(waiter, &waiter_frame, .when = when,
                             .timeout = timeout)), 0);
}

/* Runs the waiter to its end and compares its last trace. */
static void run_waiter(enum async_return_when when, async_delay_t timeout,
                       const char *expected)
{
    trace_clear();
    start_waiter(when, timeout);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    CHECK_TRACE_VAR(expected);
}

/* Lets the tasks that a wait has left alone end. */
static void finish(void)
{
    (void)async_loop_run_until_complete(&loop, &tasks[1].future);
    (void)async_loop_run_until_complete(&loop, &tasks[2].future);
    trace_clear();
    world_end();
}

/* -- When it is over ------------------------------------------------------- */

/* SEM WA-01 WA-08 */
static void test_wait(void)
{
    begin();
    START(1, .delay = 15);
    START(2, .delay = 10);
    run_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER,
               "begin1 begin2 end2 end1 wait0 at15 done done");
    run_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER, "wait0 at15 done done");
    finish();
}

/* SEM WA-01 WA-06 */
static void test_wait_with_exception(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 15, .ends = OOPS(2));
    run_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER,
               "begin1 begin2 end1 end2 wait0 at15 done done");
    CHECK_INT(async_wait_status(&some, 0), 0);
    CHECK_INT(async_wait_status(&some, 1), OOPS(2));
    run_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER, "wait0 at15 done done");
    finish();
}

/* SEM WA-02 WA-06 */
static void test_wait_first_completed(void)
{
    begin();
    START(1, .delay = 1000);
    START(2, .delay = 10);
    run_waiter(ASYNC_FIRST_COMPLETED, ASYNC_FOREVER,
               "begin1 begin2 end2 wait0 at10 pending done");
    CHECK(!is_done(1));
    CHECK_INT(async_wait_status(&some, 0), ASYNC_PENDING);
    CHECK_INT(async_wait_status(&some, 2), ASYNC_ERR_VALUE);
    CHECK(!async_wait_done(&some, 2));
    finish();
}

/* SEM WA-05 */
static void test_wait_really_done(void)
{
    begin();
    START(1, .delay = -1);
    START(2, .delay = 0);
    run_waiter(ASYNC_FIRST_COMPLETED, ASYNC_FOREVER,
               "begin1 begin2 end2 end1 wait0 at0 done done");
    finish();
}

/* SEM WA-03 */
static void test_wait_first_exception(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .ends = OOPS(2));
    turns(1);
    run_waiter(ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER,
               "wait0 at0 pending done");
    finish();
}

/* SEM WA-03 */
static void test_wait_first_exception_in_wait(void)
{
    begin();
    START(1, .delay = 100);
    START(2, .delay = 10, .ends = OOPS(2));
    run_waiter(ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER,
               "begin1 begin2 end2 wait0 at10 pending done");
    finish();
}

/* SEM WA-03 */
static void cancelled_is_no_exception(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 5);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    run_waiter(ASYNC_FIRST_EXCEPTION, ASYNC_FOREVER,
               "begin1 end1 wait0 at10 done done");
    finish();
}

/* -- Timeout --------------------------------------------------------------- */

/* SEM WA-04 */
static void test_wait_with_timeout(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 15);
    run_waiter(ASYNC_ALL_COMPLETED, 11,
               "begin1 begin2 end1 wait0 at11 done pending");
    CHECK_INT(async_task_cancelling(&tasks[2]), 0);
    run_waiter(ASYNC_ALL_COMPLETED, -3, "wait0 at11 done pending");
    finish();
}

/* SEM WA-11 */
static void test_wait_concurrent_complete(void)
{
    begin();
    START(1, .delay = 10); /* its timer is set before the wait's */
    START(2, .delay = 15);
    run_waiter(ASYNC_ALL_COMPLETED, 10,
               "begin1 begin2 end1 wait0 at10 done pending");
    finish();

    begin();
    start_waiter(ASYNC_ALL_COMPLETED, 10);
    START(1, .delay = 10);
    START(2, .delay = 15);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    CHECK_TRACE("begin1 begin2 wait0 at10 pending pending end1");
    finish();
}

/* SEM WA-12 */
static void no_timer_is_left(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 5);
    run_waiter(ASYNC_ALL_COMPLETED, 1000,
               "begin1 begin2 end2 end1 wait0 at10 done done");
    CHECK_INT(next_timer(), -1);
    START(1, .delay = 10);
    START(2, .delay = 5);
    start_waiter(ASYNC_ALL_COMPLETED, 1000);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_INT(next_timer(), 15); /* task 2's */
    finish();
}

/* -- Cancel ---------------------------------------------------------------- */

/* SEM WA-09 WA-14 */
static void cancelled(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 15);
    start_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(async_task_cancelling(&tasks[1]), 0);
    turns(1);
    CHECK_TRACE("begin1 begin2 wait-1 at0 pending pending");
    CHECK(async_future_cancelled(&scene.future));
    CHECK(tasks[1].future.u.waiters == NULL);
    run_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER,
               "end1 end2 wait0 at15 done done");
    finish();
}

/* Waits with the storage that another task waits with. */
SCENE(second)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err,
                 async_wait(&some, ASYNC_ALL_COMPLETED, &futures[1]));
    CHECK_INT(self->err, ASYNC_ERR_BUSY);
    ASYNC_END;
}

/* SEM WA-14 */
static void used_twice(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 5);
    start_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER);
    CHECK_INT(async_loop_create_task(&loop, &tasks[3],
                                     ASYNC_CALL(second, &second_frame)), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    CHECK_INT(status_of(&tasks[3].future), 0);
    CHECK_TRACE("begin1 begin2 end2 end1 wait0 at10 done done");
    finish();
}

/* SEM WA-09 */
static void cancelled_when_it_is_over(void)
{
    begin();
    START(1, .delay = -1);
    START(2, .delay = 10);
    start_waiter(ASYNC_FIRST_COMPLETED, ASYNC_FOREVER);
    turns(3); /* the waiter has been woken */
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_TRACE("begin1 begin2 end1 wait-1 at0 done pending");
    finish();
}

/* A task awaits a wait for another one, which is no shield for the future that
 * other one awaits: only who is cancelled is cancelled. */
/* SEM WA-09 */
static void test_yield_wait_does_not_shield_cancel(void)
{
    begin();
    START(1, .waits = &futures[0]);
    START(2, .delay = 0);
    start_waiter(ASYNC_ALL_COMPLETED, ASYNC_FOREVER);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK(async_future_cancelled(&scene.future));
    CHECK(!is_done(1) && !async_future_done(&futures[0]));
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    finish();
}

/* -- What is given --------------------------------------------------------- */

SCENE(doubles)
{
    ASYNC_BEGIN;
    AWAIT(async_wait(&some, ASYNC_ALL_COMPLETED, &tasks[1], &tasks[1],
                     &tasks[2]));
    CHECK(async_wait_done(&some, 0) && async_wait_done(&some, 1));
    CHECK_INT(async_wait_status(&some, 1), 0);
    AWAIT(async_wait(&some, ASYNC_ALL_COMPLETED, &tasks[1], &tasks[1]));
    CHECK(async_wait_done(&some, 0) && async_wait_done(&some, 1));
    ASYNC_END;
}

/* SEM WA-10 */
static void test_wait_duplicate_coroutines(void)
{
    begin();
    START(1, .delay = 5);
    START(2, .delay = 3);
    PLAY(doubles, 0);
    finish();
}

static async_loop_t other;
static async_sim_t other_sim;
static async_future_t stranger;
static async_awaitable_t list[2];

static ASYNC_WAIT(1) one;

SCENE(errors)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err,
                 async_wait_list_ticks(&some, ASYNC_ALL_COMPLETED,
                                       ASYNC_FOREVER, list, 0));
    CHECK_INT(self->err, ASYNC_ERR_VALUE);
    list[0] = async_awaitable(&tasks[1]);
    list[1] = async_awaitable(WORKER(3, .delay = 0));
    AWAIT_STATUS(self->err,
                 async_wait_list_ticks(&some, ASYNC_ALL_COMPLETED, 3, list, 2));
    CHECK_INT(self->err, ASYNC_ERR_TYPE);
    CHECK(!async_wait_done(&some, 0));
    AWAIT_STATUS(self->err, async_wait(&some, ASYNC_ALL_COMPLETED, &tasks[1],
                                       &stranger));
    CHECK_INT(self->err, ASYNC_ERR_WRONG_LOOP);
    CHECK(some.wait.timer.handle.node.next == NULL); /* no timer is left */
    list[1] = async_awaitable(&futures[1]);
    AWAIT(async_wait_list_ticks(&some, ASYNC_FIRST_COMPLETED, ASYNC_FOREVER,
                                list, 2));
    CHECK(async_wait_done(&some, 0) && !async_wait_done(&some, 1));
    AWAIT_STATUS(self->err, async_wait_list_ticks(&one, ASYNC_ALL_COMPLETED, 5,
                                                  list, 2));
    CHECK_INT(self->err, ASYNC_ERR_VALUE);
    ASYNC_END;
}

static void give_errors(void)
{
    begin();
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 0)), 0);
    async_future_init(&stranger, &other);
    START(1, .delay = 5);
    START(2, .delay = 0);
    PLAY(errors, 0);
    CHECK_INT(async_loop_close(&other), 0);
    finish();
}

/* SEM WA-07 WA-13 */
static void test_wait_errors(void)
{
    give_errors();
}

/* SEM WA-07 */
static void test_wait_invalid_args(void)
{
    give_errors();
}

/* SEM WA-08 */
static void done_already(void)
{
    begin();
    START(1, .delay = 0);
    START(2, .delay = 0);
    turns(2);
    start_waiter(ASYNC_FIRST_COMPLETED, ASYNC_FOREVER);
    turns(2); /* the waiter; the callbacks of the members */
    CHECK_TRACE("begin1 end1 begin2 end2");
    turns(1);
    CHECK_TRACE("wait0 at0 done done");
    finish();
}

static const struct test tests[] = {
    TEST(test_wait),
    TEST(test_wait_with_exception),
    TEST(test_wait_first_completed),
    TEST(test_wait_really_done),
    TEST(test_wait_first_exception),
    TEST(test_wait_first_exception_in_wait),
    TEST(cancelled_is_no_exception),
    TEST(test_wait_with_timeout),
    TEST(test_wait_concurrent_complete),
    TEST(no_timer_is_left),
    TEST(cancelled),
    TEST(used_twice),
    TEST(cancelled_when_it_is_over),
    TEST(test_yield_wait_does_not_shield_cancel),
    TEST(test_wait_duplicate_coroutines),
    TEST(test_wait_errors),
    TEST(test_wait_invalid_args),
    TEST(done_already),
};
TEST_MAIN(tests)
