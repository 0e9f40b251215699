/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Task groups: several causes at once, nested groups. Tests named test_...
 * are ports of CPython's. */
#include "children.h"

static async_taskgroup_t within;

static void cancel_and_run(const char *errors)
{
    turns(2);
    CHECK(!scene_is_done());
    CHECK_INT(async_task_cancel(&scene), 1);
    expect_group(NULL, errors);
}

static void end(void)
{
    CHECK_INT(next_timer(), -1);
    trace_clear();
    world_end();
}

/* -- Cancelled and failing ------------------------------------------------- */

SCENE(all_fail)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        for (self->i = 0; self->i < 5; self->i++) {
            CHILD(self->i, .delay = 50, .on_cancel = FAIL);
        }
        AWAIT(async_sleep_ticks(100));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-06 */
static void test_taskgroup_08(void)
{
    begin();
    SCENE_START(all_fail);
    cancel_and_run("0 1 2 3 4");
    CHECK_INT(async_task_cancelling(&scene), 1);
    end();
}

SCENE(slow_to_leave)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 30, .ends = OOPS(1));
        AWAIT(WORKER(5, .delay = 1000, .cleanup = 50));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-06 */
static void test_taskgroup_15(void)
{
    begin();
    SCENE_START(slow_to_leave);
    cancel_and_run("1");
    CHECK_INT(world_time(), 30); /* the group cancels it again */
    end();
}

static async_task_t inner_task;

SCENE(awaits_a_group)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&inner_task, ASYNC_CALL(slow_to_leave,
                                                        &slow_to_leave_frame)),
              0);
    AWAIT(&inner_task);
    ASYNC_END;
}

/* SEM TG-06 */
static void test_taskgroup_16(void)
{
    begin();
    SCENE_START(awaits_a_group);
    cancel_and_run("1");
    end();
}

SCENE(no_children)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        AWAIT(WORKER(5, .delay = 1000));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-14 */
static void test_taskgroup_17(void)
{
    begin();
    SCENE_START(no_children);
    turns(1);
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    CHECK_TRACE("begin5 cancel5");
    end();
}

SCENE(converts)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        AWAIT(WORKER(5, .delay = 1000, .on_cancel = FAIL));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-08 */
static void test_taskgroup_18(void)
{
    begin();
    SCENE_START(converts);
    cancel_and_run("body5");
    end();
}

struct outer {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(outer) /* a group that fails and is cancelled */
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            CHILD(1, .delay = -1, .ends = OOPS(1));
            AWAIT(async_sleep_ticks(10));
            note("late");
        } ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT(self->err) {
        CHECK(async_is_group(self->err));
        CHECK_INT(async_task_cancelling(async_current_task()), 1);
    }
    ASYNC_END_EXCEPT;
    CHECK_INT(async_task_cancelling(async_current_task()), 1);
    note("group");
    AWAIT(async_sleep_ticks(10));
    note("late");
    ASYNC_END;
}
static struct outer outer_frame;

/* SEM TG-11 */
static void test_error_and_cancel(void)
{
    begin();
    CHECK_INT(async_loop_create_task(&loop, &scene,
                                     ASYNC_CALL(outer, &outer_frame)), 0);
    turns(2); /* the child waits for its next turn */
    CHECK_INT(async_task_cancelling(&scene), 0);
    CHECK_INT(async_task_cancel(&scene), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),
              ASYNC_ERR_CANCELLED);
    CHECK(async_future_cancelled(&scene.future));
    CHECK_TRACE("begin1 end1 group");
    end();
}

/* -- Nested ---------------------------------------------------------------- */

SCENE(nested)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        if (self->i != 0) {
            CHILD(5, .delay = 1000);
        }
        ASYNC_GROUP(&within) {
            for (self->i = 0; self->i < 5; self->i++) {
                CHILD_OF(&within, self->i, .delay = 1000, .on_cancel = FAIL);
            }
            AWAIT(async_sleep_ticks(1000));
        } ASYNC_END_GROUP;
    } ASYNC_END_GROUP;
    ASYNC_END;
}

static void nested_groups(int with_child)
{
    begin();
    CHECK_INT(async_loop_create_task(&loop, &scene,
                                     ASYNC_CALL(nested, &nested_frame,
                                                .i = with_child)), 0);
    cancel_and_run("body-1");
    check_errors_of(&within, "0 1 2 3 4");
    CHECK_INT(async_taskgroup_body_error(&group),
              async_taskgroup_error(&within));
    CHECK(async_taskgroup_error(&group) != async_taskgroup_error(&within));
    end();
}

/* SEM TG-09 */
static void test_taskgroup_11(void)
{
    nested_groups(0);
}

/* SEM TG-09 */
static void test_taskgroup_12(void)
{
    nested_groups(1);
    CHECK(async_future_cancelled(&children[5].task.future));
}

SCENE(two_levels)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = self->i, .ends = OOPS(1));
        ASYNC_GROUP(&within) {
            CHILD_OF(&within, 2, .delay = 1001 - self->i, .ends = OOPS(2));
        } ASYNC_END_GROUP;
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-09 */
static void test_taskgroup_13(void)
{
    begin();
    expect_group(ASYNC_CALL(two_levels, &two_levels_frame, .i = 10), "1");
    CHECK_INT(async_taskgroup_error(&within), 0);
    CHECK(async_future_cancelled(&children[2].task.future));
    end();
}

/* SEM TG-09 */
static void test_taskgroup_14(void)
{
    begin();
    expect_group(ASYNC_CALL(two_levels, &two_levels_frame, .i = 1000),
                 "body-1");
    check_errors_of(&within, "2");
    CHECK(async_future_cancelled(&children[1].task.future));
    end();
}

SCENE(both_cancelled)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            ASYNC_TRY {
                ASYNC_GROUP(&within) {
                    CHILD_OF(&within, 1, .delay = -1, .ends = OOPS(1));
                    CHILD(2, .delay = -1, .ends = OOPS(2));
                } ASYNC_END_GROUP;
            }
            ASYNC_EXCEPT(self->err) {
                CHECK_INT(self->err, async_taskgroup_error(&within));
            }
            ASYNC_END_EXCEPT;
            CHECK(async_is_group(self->err));
            CHECK_INT(async_task_cancelling(async_current_task()), 1);
        } ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT(self->i) {}
    ASYNC_END_EXCEPT;
    CHECK(async_is_group(self->i));
    check_errors("2");
    CHECK_INT(async_task_cancelling(async_current_task()), 0);
    AWAIT(async_pause());
    ASYNC_END;
}

/* SEM TG-09 TG-10 */
static void test_nested_groups_both_cancelled(void)
{
    EXPECT(both_cancelled, 0, 0);
}

static const struct test tests[] = {
    TEST(test_taskgroup_08),
    TEST(test_taskgroup_15),
    TEST(test_taskgroup_16),
    TEST(test_taskgroup_17),
    TEST(test_taskgroup_18),
    TEST(test_error_and_cancel),
    TEST(test_taskgroup_11),
    TEST(test_taskgroup_12),
    TEST(test_taskgroup_13),
    TEST(test_taskgroup_14),
    TEST(test_nested_groups_both_cancelled),
};
TEST_MAIN(tests)
