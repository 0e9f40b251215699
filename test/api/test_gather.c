/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* gather. Tests named test_... are ports of CPython's. */
#include "worker.h"

static ASYNC_GATHER(4) all, more;
static async_future_t *outer;

static void set(int number, int error)
{
    CHECK_INT(error != 0
                  ? async_future_set_exception(&futures[number], error)
                  : async_future_set_result(&futures[number], &workers[number]),
              0);
}

/* -- Results --------------------------------------------------------------- */

static void three_results(void)
{
    void *result = NULL;
    int i;
    set(1, 0);
    turns(2);
    CHECK(!async_future_done(outer));
    CHECK_INT(async_gather_status(&all, 0), ASYNC_PENDING);
    CHECK_INT(async_gather_status(&all, 1), 0);
    set(0, 0);
    set(2, 0);
    CHECK(!async_future_done(outer));
    turns(1); /* GA-13 */
    CHECK_INT(status_of(outer), 0);
    for (i = 0; i < 3; i++) {
        CHECK_INT(async_gather_status(&all, (size_t)i), 0);
        CHECK(async_gather_future(&all, (size_t)i) == &futures[i]);
        CHECK_INT(async_future_result(async_gather_future(&all, (size_t)i),
                                      &result), 0);
        CHECK(result == &workers[i]);
    }
    CHECK_INT(async_gather_status(&all, 3), ASYNC_ERR_VALUE);
    CHECK(async_gather_future(&all, 3) == NULL);
    world_end();
}

/* SEM GA-02 GA-13 */
static void test_success(void)
{
    begin();
    outer = async_gather(&all, &futures[0], &futures[1], &futures[2]);
    three_results();
}

/* SEM GA-02 GA-06 */
static void test_result_exception_success(void)
{
    begin();
    outer = async_gather_return_exceptions(&all, &futures[0], &futures[1],
                                           &futures[2]);
    three_results();
}

SCENE(hops)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&all, WORKER(1, .delay = -1), &futures[1],
                       WORKER(2, .delay = 0)));
    note("all");
    ASYNC_END;
}

/* SEM GA-01 GA-13 */
static void test_constructor_use_running_loop(void)
{
    begin();
    SCENE_START(hops);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("begin1 begin2 end2");
    turns(1);
    CHECK_TRACE("end1");
    set(1, 0);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("all");
    CHECK_INT(status_of(&scene.future), 0);
    world_end();
}

SCENE(none)
{
    ASYNC_BEGIN;
    CHECK(async_future_done(async_gather(&all)));
    AWAIT(async_gather_return_exceptions(&all));
    CHECK(async_gather(&all)->loop == &loop);
    CHECK_INT(async_gather_status(&all, 0), ASYNC_ERR_VALUE);
    CHECK(async_future_done(async_gather_list(&all, NULL, 0)));
    ASYNC_END;
}

/* SEM GA-03 */
static void test_constructor_empty_sequence_use_running_loop(void)
{
    begin();
    SCENE_START(none);
    turns(1);
    CHECK_INT(status_of(&scene.future), 0);
    world_end();
}

static async_coro_t *twice;

SCENE(doubles)
{
    ASYNC_BEGIN;
    twice = WORKER(1, .delay = 2);
    AWAIT(async_gather(&all, twice, WORKER(2, .delay = 1), twice, twice));
    CHECK_TRACE("begin3 begin1 begin2 end2 end1");
    CHECK(async_gather_future(&all, 0) == async_gather_future(&all, 2));
    CHECK(async_gather_future(&all, 0) == async_gather_future(&all, 3));
    CHECK_INT(async_gather_status(&all, 3), 0);
    AWAIT(async_gather(&all, &futures[0], &tasks[3], &futures[0], &tasks[3]));
    CHECK_INT(async_gather_status(&all, 2), 0);
    /* Done ones count once too. */
    AWAIT_STATUS(self->err, async_gather_return_exceptions(
                                &all, &futures[0], &futures[0], &futures[1]));
    CHECK_INT(self->err, 0);
    ASYNC_END;
}

/* SEM GA-04 */
static void test_duplicate_coroutines(void)
{
    begin();
    START(3, .delay = 4);
    SCENE_START(doubles);
    async_sim_advance(&sim, 1);
    turns(2);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[3].future), 0);
    set(0, 0);
    turns(2);
    CHECK(!scene_is_done());
    set(1, 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    trace_clear();
    world_end();
}

/* -- Errors ---------------------------------------------------------------- */

/* SEM GA-05 */
static void test_one_exception(void)
{
    begin();
    outer = async_gather(&all, &futures[0], &futures[1], &futures[2]);
    set(1, OOPS(1));
    turns(1);
    CHECK_INT(status_of(outer), OOPS(1));
    CHECK_INT(async_gather_status(&all, 0), ASYNC_PENDING);
    /* What the others do later does not matter. */
    set(0, 0);
    set(2, OOPS(2));
    turns(2);
    CHECK_INT(status_of(outer), OOPS(1));
    world_end();
}

SCENE(failing)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_gather(&all, WORKER(0, .ends = OOPS(0)),
                                         WORKER(1, .ends = OOPS(1)),
                                         WORKER(2, .delay = 5)));
    CHECK_INT(self->err, OOPS(0));
    ASYNC_END;
}

/* SEM GA-05 */
static void test_exception_marking(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    PLAY(failing, 0);
    CHECK_INT(async_loop_run_until_complete(
                  &loop, async_gather_future(&all, 2)), 0);
    CHECK_TRACE("begin0 end0 begin1 end1 begin2 end2");
    world_end();
}

/* SEM GA-06 */
static void test_return_exceptions(void)
{
    begin();
    outer = async_gather_return_exceptions(&all, &futures[0], &futures[1],
                                           &futures[2]);
    set(2, OOPS(2));
    set(0, 0);
    turns(2);
    CHECK(!async_future_done(outer));
    set(1, ASYNC_ERR_TIMEOUT);
    turns(1);
    CHECK_INT(status_of(outer), 0);
    CHECK_INT(async_gather_status(&all, 0), 0);
    CHECK_INT(async_gather_status(&all, 1), ASYNC_ERR_TIMEOUT);
    CHECK_INT(async_gather_status(&all, 2), OOPS(2));
    world_end();
}

/* SEM GA-07 */
static void test_one_cancellation(void)
{
    int error = 0;
    begin();
    outer = async_gather(&all, &futures[0], &futures[1], &futures[2]);
    set(0, 0);
    CHECK_INT(async_future_cancel(&futures[1]), 1);
    turns(1);
    CHECK(async_future_done(outer) && !async_future_cancelled(outer));
    CHECK_INT(async_future_exception(outer, &error), 0);
    CHECK_INT(error, ASYNC_ERR_CANCELLED);
    CHECK(!async_future_done(&futures[2]));
    set(2, OOPS(2));
    turns(1);
    CHECK_INT(status_of(outer), ASYNC_ERR_CANCELLED);
    world_end();
}

/* SEM GA-07 */
static void test_result_exception_one_cancellation(void)
{
    begin();
    outer = async_gather_return_exceptions(&all, &futures[0], &futures[1],
                                           &futures[2]);
    CHECK_INT(async_future_cancel(&futures[1]), 1);
    set(0, OOPS(0));
    turns(1);
    CHECK(!async_future_done(outer));
    set(2, 0);
    turns(1);
    CHECK_INT(status_of(outer), 0);
    CHECK_INT(async_gather_status(&all, 1), ASYNC_ERR_CANCELLED);
    world_end();
}

/* -- Cancelling ------------------------------------------------------------ */

SCENE(gatherer)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_gather(&all, &tasks[1], &tasks[2],
                                         &futures[0]));
    note_n("gather", self->err);
    ASYNC_RAISE(self->err);
    ASYNC_END;
}

/* SEM GA-08 GA-10 */
static void test_cancellation_broadcast(void)
{
    begin();
    START(1, .delay = 9);
    START(2, .delay = 9, .cleanup = 3);
    SCENE_START(gatherer);
    set(0, 0);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK(!async_future_done(&all.gather.outer.future));
    CHECK_INT(async_task_cancelling(&scene), 1);
    CHECK_INT(async_task_cancelling(&tasks[1]), 1);
    turns(1);
    CHECK_TRACE("begin1 begin2 cancel1 cancel2");
    CHECK(!async_future_done(&all.gather.outer.future));
    turns(2); /* the first that ends cancelled ends the gather */
    CHECK_TRACE("gather-1");
    CHECK(async_future_cancelled(&scene.future));
    CHECK(!is_done(2));
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[2].future),
              ASYNC_ERR_CANCELLED);
    world_end();
}

static int cancel_outer(async_handle_t *handle)
{
    (void)handle;
    note_n("cancel", async_future_cancel(outer));
    return 0;
}

/* SEM GA-09 */
static void test_cancel_gather_1(void)
{
    async_callback_t callback = {{{0, 0}, 0}, 0};
    begin();
    /* Its callback comes before the gather's own. */
    CHECK_INT(async_future_add_done_callback(&futures[0], &callback,
                                             cancel_outer), 0);
    outer = async_gather(&all, &futures[0]);
    set(0, 0);
    turns(1);
    CHECK_TRACE("cancel0");
    CHECK_INT(status_of(outer), 0);
    CHECK_INT(async_future_cancel(outer), 0);

    async_future_init(&futures[0], &loop);
    outer = async_gather(&all, &futures[0], &futures[1]);
    set(0, OOPS(0));
    turns(1);
    CHECK_INT(status_of(outer), OOPS(0));
    CHECK_INT(async_future_cancel(outer), 0);
    CHECK(!async_future_done(&futures[1]));
    world_end();
}

SCENE(inside)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&more, WORKER(1, .delay = 9)));
    ASYNC_END;
}

SCENE(outside)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&all, ASYNC_CALL(inside, &inside_frame)));
    ASYNC_END;
}

/* SEM GA-10 GA-18 */
static void test_cancel_gather_2(void)
{
    begin();
    SCENE_START(outside);
    turns(3);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK(async_future_cancelled(&scene.future));
    CHECK(async_future_cancelled(async_gather_future(&all, 0)));
    CHECK(!async_future_cancelled(&more.gather.outer.future));
    CHECK_TRACE("begin1 cancel1");
    world_end();
}

/* SEM GA-10 */
static void cancelled_with_all_wanted(void)
{
    begin();
    START(1, .delay = 9);
    START(2, .delay = 9, .cleanup = 3, .on_cancel = FAIL);
    turns(1);
    outer = async_gather_return_exceptions(&all, &tasks[1], &tasks[2]);
    CHECK_INT(async_future_cancel(outer), 1);
    turns(2);
    CHECK(is_done(1) && !async_future_done(outer));
    CHECK_INT(async_loop_run_until_complete(&loop, outer),
              ASYNC_ERR_CANCELLED);
    CHECK(!async_future_cancelled(outer));
    CHECK_INT(async_gather_status(&all, 1), OOPS(2));
    world_end();
}

/* SEM GA-11 */
static void swallowed(void)
{
    begin();
    START(1, .delay = 9, .on_cancel = SWALLOW);
    START(2, .delay = 9, .on_cancel = SWALLOW, .cleanup = 2);
    turns(1);
    outer = async_gather(&all, &tasks[1], &tasks[2]);
    CHECK_INT(async_future_cancel(outer), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, outer),
              ASYNC_ERR_CANCELLED);
    CHECK_INT(async_gather_status(&all, 0), 0);
    CHECK_INT(async_gather_status(&all, 1), 0);
    world_end();
}

static const struct test tests[] = {
    TEST(test_success),
    TEST(test_result_exception_success),
    TEST(test_constructor_use_running_loop),
    TEST(test_constructor_empty_sequence_use_running_loop),
    TEST(test_duplicate_coroutines),
    TEST(test_one_exception),
    TEST(test_exception_marking),
    TEST(test_return_exceptions),
    TEST(test_one_cancellation),
    TEST(test_result_exception_one_cancellation),
    TEST(test_cancellation_broadcast),
    TEST(test_cancel_gather_1),
    TEST(test_cancel_gather_2),
    TEST(cancelled_with_all_wanted),
    TEST(swallowed),
};
TEST_MAIN(tests)
