/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Task groups: waiting, errors, cancelling. Tests named test_... are ports of
 * CPython's. */
#include "children.h"

/* -- Waiting --------------------------------------------------------------- */

SCENE(two)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10);
        CHILD(2, .delay = 20);
    } ASYNC_END_GROUP;
    CHECK(child_is_done(1) && child_is_done(2));
    CHECK_INT(async_taskgroup_error(&group), 0);
    CHECK(async_taskgroup_next_error(&group, NULL) == NULL);
    ASYNC_END;
}

/* SEM TG-01 */
static void test_taskgroup_01(void)
{
    EXPECT(two, 0, 20);
}

SCENE(one_later)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10);
        AWAIT(async_sleep_ticks(15));
        CHILD(2, .delay = 20);
    } ASYNC_END_GROUP;
    CHECK(child_is_done(1) && child_is_done(2));
    ASYNC_END;
}

/* SEM TG-01 */
static void test_taskgroup_02(void)
{
    EXPECT(one_later, 0, 35);
}

SCENE(one_cancelled)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 100);
        AWAIT(async_sleep_ticks(15));
        CHECK_INT(async_task_cancel(&children[1].task), 1);
        CHILD(2, .delay = 20);
    } ASYNC_END_GROUP;
    CHECK(async_future_cancelled(&children[1].task.future));
    CHECK_INT(child_status(2), 0);
    ASYNC_END;
}

/* SEM TG-04 */
static void test_taskgroup_03(void)
{
    EXPECT(one_cancelled, 0, 35);
}

struct root {
    ASYNC_FRAME;
};
ASYNC_DEF(root)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(10));
    CHILD(2, .delay = 10);
    CHILD(3, .delay = 20);
    ASYNC_END;
}
static struct root root_frame;

SCENE(grandchildren)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHECK_INT(async_taskgroup_create_task(&group, &children[1],
                                              ASYNC_CALL(root, &root_frame)),
                  0);
    } ASYNC_END_GROUP;
    CHECK(child_is_done(3));
    ASYNC_END;
}

/* SEM TG-01 */
static void test_taskgroup_24(void)
{
    EXPECT(grandchildren, 0, 30);
}

SCENE(hops)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .waits = &futures[1]);
    } ASYNC_END_GROUP;
    note("behind");
    ASYNC_END;
}

/* SEM TG-20 */
static void hops_to_the_end(void)
{
    begin();
    SCENE_START(hops);
    turns(2);
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    turns(2); /* the child; its callback */
    CHECK_TRACE("begin1 end1");
    turns(1);
    CHECK_TRACE("behind");
    world_end();
}

SCENE(returning)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10);
        ASYNC_RETURN;
    } ASYNC_END_GROUP;
    note("behind");
    ASYNC_CLEANUP;
    CHECK(child_is_done(1));
    ASYNC_END;
}

/* SEM TG-19 */
static void left_by_return(void)
{
    begin();
    PLAY(returning, 0);
    CHECK_TRACE("begin1 end1");
    world_end();
}

/* -- Errors ---------------------------------------------------------------- */

SCENE(failing)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = OOPS(1));
        CHILD(2, .delay = 100);
    } ASYNC_END_GROUP;
    note("behind");
    ASYNC_END;
}

/* SEM TG-02 TG-03 TG-17 */
static void test_taskgroup_04(void)
{
    begin();
    expect_group(ASYNC_CALL(failing, &failing_frame), "1");
    CHECK_TRACE("begin1 begin2 end1 cancel2");
    CHECK(async_future_cancelled(&children[2].task.future));
    CHECK_INT(world_time(), 10);
    world_end();
}

SCENE(failing_body)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = OOPS(1));
        CHILD(2, .delay = 10, .ends = OOPS(2));
        CHILD(3, .delay = 10, .ends = OOPS(3));
        CHILD(4, .delay = 500);
        ASYNC_TRY {
            AWAIT(async_sleep_ticks(1000));
        }
        ASYNC_EXCEPT_ALL(self->err) {
            CHECK_INT(async_task_cancelling(async_current_task()), 1);
            note_n("body", self->err);
            ASYNC_RAISE(self->err);
        }
        ASYNC_END_EXCEPT;
    } ASYNC_END_GROUP;
    note("behind");
    ASYNC_END;
}

/* SEM TG-02 TG-03 TG-10 */
static void test_cancel_children_on_child_error(void)
{
    begin();
    expect_group(ASYNC_CALL(failing_body, &failing_body_frame), "1 2 3");
    CHECK_TRACE("begin1 begin2 begin3 begin4 end1 end2 end3 cancel4 body-1");
    CHECK_INT(async_task_cancelling(&scene), 0);
    world_end();
}

SCENE(fail_while_ending)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = OOPS(1));
        CHILD(2, .delay = 50, .on_cancel = FAIL, .cleanup = 5);
        CHILD(3, .delay = 50, .on_cancel = FAIL, .cleanup = 2);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-03 */
static void errors_in_the_order_they_ended(void)
{
    begin();
    expect_group(ASYNC_CALL(fail_while_ending, &fail_while_ending_frame),
                 "1 3 2");
    CHECK_INT(world_time(), 15);
    trace_clear();
    world_end();
}

SCENE(body_fails)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 100);
        CHILD(2, .delay = 200);
        AWAIT(async_sleep_ticks(10));
        ASYNC_RAISE(OOPS(9));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

static void two_cancelled(void)
{
    CHECK(async_future_cancelled(&children[1].task.future));
    CHECK(async_future_cancelled(&children[2].task.future));
    trace_clear();
    world_end();
}

/* SEM TG-07 */
static void test_taskgroup_09(void)
{
    begin();
    expect_group(ASYNC_CALL(body_fails, &body_fails_frame), "body9");
    CHECK_INT(world_time(), 10);
    two_cancelled();
}

SCENE(body_fails_at_once)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 100);
        CHILD(2, .delay = 200);
        ASYNC_RAISE(OOPS(9));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-07 */
static void test_taskgroup_10(void)
{
    begin();
    expect_group(ASYNC_CALL(body_fails_at_once, &body_fails_at_once_frame),
                 "body9");
    CHECK_TRACE(""); /* they never began */
    two_cancelled();
}

SCENE(both_fail)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = OOPS(1));
        AWAIT(WORKER(5, .delay = 100, .on_cancel = FAIL));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-03 TG-08 */
static void test_taskgroup_19(void)
{
    begin();
    expect_group(ASYNC_CALL(both_fail, &both_fail_frame), "1 body5");
    trace_clear();
    world_end();
}

SCENE(body_exits)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = OOPS(1));
        AWAIT_STATUS(self->err, async_sleep_ticks(100));
        ASYNC_RAISE(ASYNC_ERR_GENERATOR_EXIT);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* No `except Exception` would catch it, yet it is an error like any other. */
/* SEM TG-03 TG-08 */
static void test_taskgroup_20a(void)
{
    begin();
    SCENE_START(body_exits);
    CHECK(async_is_group(async_loop_run_until_complete(&loop, &scene.future)));
    CHECK_INT(async_taskgroup_body_error(&group), ASYNC_ERR_GENERATOR_EXIT);
    CHECK(async_taskgroup_next_error(&group, NULL) == &children[1]);
    trace_clear();
    world_end();
}

SCENE(child_exits)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 10, .ends = ASYNC_ERR_GENERATOR_EXIT);
        AWAIT(WORKER(5, .delay = 100, .on_cancel = FAIL));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-03 TG-08 */
static void test_taskgroup_21a(void)
{
    begin();
    SCENE_START(child_exits);
    CHECK(async_is_group(async_loop_run_until_complete(&loop, &scene.future)));
    CHECK_INT(async_taskgroup_body_error(&group), OOPS(5));
    CHECK_INT(child_status(1), ASYNC_ERR_GENERATOR_EXIT);
    CHECK(async_taskgroup_next_error(&group, NULL) == &children[1]);
    trace_clear();
    world_end();
}

struct broken {
    ASYNC_FRAME;
};
ASYNC_DEF(broken) /* an exit that raises, whatever led to it */
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(100));
    ASYNC_CLEANUP;
    ASYNC_RAISE(OOPS(7));
    ASYNC_END;
}
static struct broken broken_frame;

SCENE(exit_raises)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            CHILD(1, .ends = OOPS(1));
            AWAIT(ASYNC_CALL(broken, &broken_frame));
        } ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT_WHEN(self->err, async_is_group(self->err)) {
        CHECK_INT(async_task_cancelling(async_current_task()), 0);
        check_errors("1 body7");
    }
    ASYNC_END_EXCEPT;
    CHECK(async_is_group(self->err));
    ASYNC_END;
}

/* SEM TG-08 TG-10 */
static void test_taskgroup_context_manager_exit_raises(void)
{
    EXPECT(exit_raises, 0, 0);
}

SCENE(level)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            CHILD(1, .ends = OOPS(1));
        } ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK(async_is_group(self->err));
    CHECK_INT(async_task_cancelling(async_current_task()), 0);
    AWAIT(async_pause());
    ASYNC_END;
}

/* SEM TG-10 */
static void test_cancelling_level_preserved(void)
{
    EXPECT(level, 0, 0);
}

/* -- Cancel ---------------------------------------------------------------- */

SCENE(five)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        for (self->i = 0; self->i < 5; self->i++) {
            CHILD(self->i, .delay = 50, .cleanup = self->i);
        }
    } ASYNC_END_GROUP;
    note("behind");
    ASYNC_END;
}

static void cancel_at(async_delay_t when)
{
    turns(2);
    async_sim_advance(&sim, (async_tick_t)when);
    turns(1);
    CHECK(!scene_is_done());
    CHECK_INT(async_task_cancel(&scene), 1);
}

/* SEM TG-05 */
static void test_cancellation(void)
{
    begin();
    SCENE_START(five);
    cancel_at(1);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK_TRACE("begin0 begin1 begin2 begin3 begin4 "
                "cancel0 cancel1 cancel2 cancel3 cancel4");
    CHECK_INT(world_time(), 5);
    CHECK_INT(async_taskgroup_error(&group), 0);
    world_end();
}

/* SEM TG-05 */
static void test_taskgroup_22(void)
{
    begin();
    SCENE_START(two);
    cancel_at(5);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK_INT(world_time(), 5);
    two_cancelled();
}

SCENE(five_and_body)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        for (self->i = 0; self->i < 5; self->i++) {
            CHILD(self->i, .delay = 50);
        }
        AWAIT(WORKER(5, .delay = 100));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-05 */
static void test_taskgroup_07(void)
{
    begin();
    SCENE_START(five_and_body);
    cancel_at(1);
    trace_clear();
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK_TRACE("cancel5 cancel0 cancel1 cancel2 cancel3 cancel4");
    world_end();
}

static const struct test tests[] = {
    TEST(test_taskgroup_01),
    TEST(test_taskgroup_02),
    TEST(test_taskgroup_03),
    TEST(test_taskgroup_24),
    TEST(hops_to_the_end),
    TEST(left_by_return),
    TEST(test_taskgroup_04),
    TEST(test_cancel_children_on_child_error),
    TEST(errors_in_the_order_they_ended),
    TEST(test_taskgroup_09),
    TEST(test_taskgroup_10),
    TEST(test_taskgroup_19),
    TEST(test_taskgroup_20a),
    TEST(test_taskgroup_21a),
    TEST(test_taskgroup_context_manager_exit_raises),
    TEST(test_cancelling_level_preserved),
    TEST(test_cancellation),
    TEST(test_taskgroup_22),
    TEST(test_taskgroup_07),
};
TEST_MAIN(tests)
