/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Futures that interrupts finish. */
#include "worker.h"

static async_completion_t done;
static async_sim_interrupt_t interrupt;
static int value = 7;

static void fresh(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_completion_init(&done, &loop), 0);
}

static void completes(async_sim_interrupt_t *which)
{
    (void)which;
    note_n("i", world_time());
    CHECK_INT(async_completion_set_result(&done, &value), 0);
    CHECK(!async_future_done(&done.future)); /* the loop's to do */
    CHECK_INT(async_completion_set_result(&done, NULL),
              ASYNC_ERR_INVALID_STATE);
}

static void fails(async_sim_interrupt_t *which)
{
    (void)which;
    CHECK_INT(async_completion_set_exception(&done, OOPS(3)), 0);
    CHECK_INT(async_completion_set_exception(&done, OOPS(4)),
              ASYNC_ERR_INVALID_STATE);
}

static void interrupt_at(async_tick_t when,
                         void (*handler)(async_sim_interrupt_t *which))
{
    CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + when, handler), 0);
}

/* SEM CP-01 CP-02 CP-03 */
static void from_an_interrupt(void)
{
    void *result = NULL;
    fresh();
    START(0, .waits = &done.future);
    START(1, .waits = &done.future);
    turns(1);
    CHECK_TRACE("begin0 begin1");
    interrupt_at(5, completes);
    async_sim_advance(&sim, 5);
    CHECK_TRACE("i5");
    turns(1); /* takes it in */
    CHECK(async_future_done(&done.future));
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("end0 end1");
    CHECK_INT(async_future_result(&done.future, &result), 0);
    CHECK(result == &value);
    world_end();
}

/* SEM CP-01 */
static void before_anybody_waits(void)
{
    fresh();
    interrupt_at(0, completes);
    async_sim_advance(&sim, 1);
    START(0, .waits = &done.future);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_TRACE("i0 begin0 end0");
    world_end();
}

/* SEM CP-04 */
static void an_error(void)
{
    fresh();
    START(0, .waits = &done.future);
    interrupt_at(3, fails);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), OOPS(3));
    CHECK_INT(status_of(&done.future), OOPS(3));
    CHECK_INT(async_completion_set_exception(&done, 0), ASYNC_ERR_TYPE);
    CHECK_INT(async_completion_set_exception(&done, ASYNC_ERR_CANCELLED),
              ASYNC_ERR_TYPE);
    CHECK_INT(async_completion_set_exception(&done, 5), ASYNC_ERR_TYPE);
    trace_clear();
    world_end();
}

/* SEM CP-05 */
static void cancelled_meanwhile(void)
{
    fresh();
    START(0, .waits = &done.future);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    CHECK(async_future_cancelled(&done.future));
    CHECK_INT(async_completion_set_result(&done, &value), 0);
    CHECK_INT(async_completion_init(&done, &loop), ASYNC_ERR_BUSY);
    turns(2);
    CHECK(async_future_cancelled(&done.future));
    CHECK_INT(status_of(&tasks[0].future), ASYNC_ERR_CANCELLED);
    CHECK_TRACE("begin0 cancel0");
    CHECK_INT(async_completion_init(&done, &loop), 0); /* and once more */
    CHECK(!async_future_done(&done.future));
    interrupt_at(2, completes);
    START(0, .waits = &done.future);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_TRACE("begin0 i2 end0");
    world_end();
}

static async_handle_t handles[2];

static int on_call(async_handle_t *handle)
{
    note_n("c", handle - handles);
    return 0;
}

static int on_done(async_handle_t *handle)
{
    CHECK(async_callback_future(handle) == &done.future);
    note("done");
    return 0;
}

/* SEM CP-02 */
static void order(void)
{
    static async_callback_t callback;
    fresh();
    CHECK_INT(async_future_add_done_callback(&done.future, &callback, on_done),
              0);
    CHECK_INT(async_call_soon(&loop, &handles[0], on_call), 0);
    CHECK_INT(async_completion_set_result(&done, NULL), 0);
    turns(1);
    CHECK_TRACE("c0");
    CHECK_INT(async_call_soon(&loop, &handles[1], on_call), 0);
    turns(1);
    CHECK_TRACE("done c1");
    world_end();
}

/* SEM CP-06 */
static void after_close(void)
{
    fresh();
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_completion_set_result(&done, NULL), ASYNC_ERR_CLOSED);
    CHECK_INT(async_completion_set_exception(&done, OOPS(1)), ASYNC_ERR_CLOSED);
    CHECK(!async_future_done(&done.future));
}

/* SEM CP-06 */
static void closed_before_it_was_taken_in(void)
{
    fresh();
    CHECK_INT(async_completion_set_result(&done, &value), 0);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    turns(2);
    CHECK(!async_future_done(&done.future));
    CHECK_INT(async_completion_init(&done, &loop), 0); /* free again */
    world_end();
}

static const struct test tests[] = {
    TEST(from_an_interrupt), TEST(before_anybody_waits), TEST(an_error),
    TEST(cancelled_meanwhile), TEST(order), TEST(after_close),
    TEST(closed_before_it_was_taken_in)};

TEST_MAIN(tests)
