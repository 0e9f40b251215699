/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* shield. Tests named test_... are ports of CPython's. */
#include "worker.h"

static async_shield_t shields[2];
static async_future_t *outer;

static int set(int number)
{
    return async_future_set_result(&futures[number], &workers[number]);
}

/* -- Passing through ------------------------------------------------------- */

SCENE(awaiter)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_shield(&shields[0], &tasks[1]));
    note_n("shield", self->err);
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    ASYNC_END;
}

/* SEM SH-01 */
static void test_shield_result(void)
{
    void *result = NULL;
    begin();
    outer = async_shield(&shields[0], &futures[0]);
    CHECK(outer != &futures[0]);
    CHECK_INT(set(0), 0);
    CHECK(!async_future_done(outer));
    turns(1);
    CHECK_INT(async_future_result(outer, &result), 0);
    CHECK(result == &workers[0]);
    world_end();
}

/* SEM SH-01 */
static void test_shield_exception(void)
{
    int error = 0;
    begin();
    outer = async_shield(&shields[0], &futures[0]);
    CHECK_INT(async_future_set_exception(&futures[0], OOPS(0)), 0);
    turns(1);
    CHECK_INT(async_future_exception(outer, &error), 0);
    CHECK_INT(error, OOPS(0));
    world_end();
}

/* SEM SH-01 */
static void hops(void)
{
    begin();
    START(1, .waits = &futures[1]);
    SCENE_START(awaiter);
    turns(1);
    CHECK_INT(set(1), 0);
    turns(2);
    CHECK_TRACE("begin1 end1");
    turns(1);
    CHECK_TRACE("shield0");
    world_end();
}

SCENE(of_coroutine)
{
    ASYNC_BEGIN;
    outer = async_shield(&shields[0],
                         async_ensure_future(WORKER(1, .delay = 3), &tasks[1]));
    AWAIT(async_pause());
    CHECK_TRACE("begin1");
    AWAIT(outer);
    CHECK_TRACE("end1");
    ASYNC_END;
}

/* SEM SH-01 */
static void test_shield_coroutine_use_running_loop(void)
{
    begin();
    PLAY(of_coroutine, 0);
    CHECK(outer->loop == &loop);
    world_end();
}

/* SEM SH-04 */
static void test_shield_shortcut(void)
{
    begin();
    CHECK_INT(set(0), 0);
    CHECK(async_shield(&shields[0], &futures[0]) == &futures[0]);
    START(1, .ends = OOPS(1));
    turns(1);
    CHECK(async_shield(&shields[0], &tasks[1]) == &tasks[1].future);
    trace_clear();
    world_end();
}

/* -- Cancel ---------------------------------------------------------------- */

/* SEM SH-03 */
static void test_shield_cancel_inner(void)
{
    begin();
    outer = async_shield(&shields[0], &futures[0]);
    CHECK_INT(async_future_cancel(&futures[0]), 1);
    CHECK(!async_future_done(outer));
    turns(1);
    CHECK(async_future_cancelled(outer));
    world_end();
}

/* SEM SH-02 */
static void test_shield_cancel_outer(void)
{
    begin();
    outer = async_shield(&shields[0], &futures[0]);
    CHECK_INT(async_future_cancel(outer), 1);
    CHECK(async_future_cancelled(outer));
    turns(1);
    CHECK(!async_future_done(&futures[0]));
    CHECK(futures[0].u.waiters == NULL); /* it no longer watches */
    CHECK_INT(set(0), 0);
    world_end();
}

/* SEM SH-02 */
static void test_shield_effect(void)
{
    begin();
    START(1, .waits = &futures[1]);
    SCENE_START(awaiter);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(async_task_cancelling(&tasks[1]), 0);
    turns(1);
    CHECK_TRACE("begin1 shield-1");
    CHECK(async_future_cancelled(&scene.future));
    CHECK_INT(set(1), 0);
    turns(1);
    CHECK_TRACE("end1");
    world_end();
}

/* SEM SH-02 */
static void cancelled_when_inner_is_done(void)
{
    begin();
    outer = async_shield(&shields[0], &futures[0]);
    CHECK_INT(set(0), 0);
    CHECK_INT(async_future_cancel(outer), 1);
    turns(1);
    CHECK(async_future_cancelled(outer));
    CHECK_INT(status_of(&futures[0]), 0);
    world_end();
}

/* SEM SH-06 */
static void fails_when_nobody_is_interested(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    outer = async_shield(&shields[0], &futures[0]);
    CHECK_INT(async_future_cancel(outer), 1);
    CHECK_INT(async_future_set_exception(&futures[0], OOPS(0)), 0);
    turns(2);
    outer = async_shield(&shields[0], &futures[1]);
    CHECK_INT(async_future_cancel(outer), 1);
    turns(1);
    CHECK_INT(async_future_set_exception(&futures[1], OOPS(1)), 0);
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* -- With gather ----------------------------------------------------------- */

static ASYNC_GATHER_FUTURES(2) both;

/* SEM SH-07 */
static void test_shield_gather(void)
{
    async_future_t *parent;
    begin();
    parent = async_gather(&both, &futures[0], &futures[1]);
    outer = async_shield(&shields[0], parent);
    turns(1);
    CHECK_INT(async_future_cancel(outer), 1);
    turns(1);
    CHECK(async_future_cancelled(outer));
    CHECK(!async_future_done(&futures[0]) && !async_future_done(&futures[1]));
    CHECK_INT(set(0), 0);
    CHECK_INT(set(1), 0);
    turns(1);
    CHECK_INT(status_of(parent), 0);
    world_end();
}

/* SEM SH-07 */
static void test_gather_shield(void)
{
    async_future_t *parent;
    int error = 0;
    begin();
    parent = async_gather(&both, async_shield(&shields[0], &futures[0]),
                          async_shield(&shields[1], &futures[1]));
    turns(1);
    CHECK_INT(async_future_cancel(parent), 1);
    turns(1);
    CHECK_INT(async_future_exception(parent, &error), 0);
    CHECK_INT(error, ASYNC_ERR_CANCELLED);
    CHECK(async_future_cancelled(&shields[0].outer));
    CHECK(async_future_cancelled(&shields[1].outer));
    CHECK_INT(set(0), 0);
    CHECK_INT(set(1), 0);
    turns(1);
    world_end();
}

/* SEM SH-08 */
static void of_cancelled_gather(void)
{
    int error = 0;
    begin();
    outer = async_shield(&shields[0], async_gather(&both, &futures[0]));
    CHECK_INT(async_future_cancel(&both.gather.outer.future), 1);
    turns(2);
    CHECK(async_future_done(outer) && !async_future_cancelled(outer));
    CHECK_INT(async_future_exception(outer, &error), 0);
    CHECK_INT(error, ASYNC_ERR_CANCELLED);
    world_end();
}

/* -- Storage --------------------------------------------------------------- */

SCENE(twice)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_shield(&shields[0], &tasks[1]));
    CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    CHECK(!is_done(1));
    AWAIT(async_shield(&shields[0], &tasks[2]));
    AWAIT(async_shield(&shields[0], &tasks[1]));
    ASYNC_END;
}

/* SEM SH-05 */
static void storage_is_free(void)
{
    begin();
    START(1, .delay = 5);
    START(2, .delay = 2);
    SCENE_START(twice);
    turns(1);
    CHECK_INT(async_future_cancel(&shields[0].outer), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    CHECK_TRACE("begin1 begin2 end2 end1");
    world_end();
}

static const struct test tests[] = {
    TEST(test_shield_result),
    TEST(test_shield_exception),
    TEST(hops),
    TEST(test_shield_coroutine_use_running_loop),
    TEST(test_shield_shortcut),
    TEST(test_shield_cancel_inner),
    TEST(test_shield_cancel_outer),
    TEST(test_shield_effect),
    TEST(cancelled_when_inner_is_done),
    TEST(fails_when_nobody_is_interested),
    TEST(test_shield_gather),
    TEST(test_gather_shield),
    TEST(of_cancelled_gather),
    TEST(storage_is_free),
};
TEST_MAIN(tests)
