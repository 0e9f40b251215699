/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The timeout block with other errors, cancels and blocks. Tests named test_...
 * are ports of CPython's. */
#include "worker.h"

static async_timeout_t limit, inner;

/* -- Other errors and cancels ---------------------------------------------- */

SCENE(foreign)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_RAISE(OOPS(1));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-05 */
static void test_foreign_exception_passed(void)
{
    EXPECT(foreign, OOPS(1), 0);
    CHECK(!async_timeout_expired(&limit));
}

SCENE(foreign_late)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        AWAIT(WORKER(1, .delay = 100, .on_cancel = FAIL));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-05 TO-08 */
static void test_foreign_exception_on_timeout(void)
{
    EXPECT(foreign_late, OOPS(1), 10);
    CHECK(async_timeout_expired(&limit));
    CHECK_INT(async_task_cancelling(&scene), 0);
}

SCENE(foreign_nested)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            ASYNC_TRY {
                ASYNC_RAISE(OOPS(1));
            }
            ASYNC_EXCEPT_ALL(self->err) {
                AWAIT(async_sleep_ticks(100));
            }
            ASYNC_END_EXCEPT;
        }
        ASYNC_FINALLY {
            ASYNC_RAISE(OOPS(2));
        }
        ASYNC_END_FINALLY;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-05 */
static void test_foreign_exception_on_timeout_2(void)
{
    EXPECT(foreign_nested, OOPS(2), 10);
    CHECK(async_timeout_expired(&limit));
}

SCENE(while_failing)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            ASYNC_RAISE(OOPS(1));
        }
        ASYNC_FINALLY {
            AWAIT(async_sleep_ticks(100));
        }
        ASYNC_END_FINALLY;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-01 */
static void test_timeout_exception_context(void)
{
    EXPECT(while_failing, ASYNC_ERR_TIMEOUT, 10);
}

SCENE(foreign_cancel)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        CHECK_INT(async_task_cancel(async_current_task()), 1);
        AWAIT(async_sleep_ticks(100));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-06 */
static void test_foreign_cancel_doesnt_timeout_if_not_expired(void)
{
    EXPECT(foreign_cancel, ASYNC_ERR_CANCELLED, 0);
    CHECK(!async_timeout_expired(&limit));
}

SCENE(after_cancel)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        CHECK_INT(async_task_cancel(async_current_task()), 1);
        AWAIT(async_sleep_ticks(100));
    }
    ASYNC_EXCEPT_ALL(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(async_task_cancelling(async_current_task()), 1);
    ASYNC_TRY {
        ASYNC_TIMEOUT_TICKS(&limit, 0) {
            AWAIT(async_sleep_ticks(100));
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
    CHECK_INT(async_task_cancelling(async_current_task()), 1);
    ASYNC_END;
}

/* SEM TO-08 */
static void test_timeout_after_cancellation(void)
{
    EXPECT(after_cancel, 0, 0);
}

SCENE(cancel_after_cancel)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        CHECK_INT(async_task_cancel(async_current_task()), 1);
        AWAIT(async_sleep_ticks(100));
    }
    ASYNC_EXCEPT_ALL(self->err) {}
    ASYNC_END_EXCEPT;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        CHECK_INT(async_task_cancel(async_current_task()), 1);
        AWAIT(async_sleep_ticks(200));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-06 */
static void test_cancel_in_timeout_after_cancellation(void)
{
    EXPECT(cancel_after_cancel, ASYNC_ERR_CANCELLED, 0);
    CHECK_INT(async_task_cancelling(&scene), 2);
}

SCENE(one_limit)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        AWAIT(&futures[0]);
        note("late");
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-07 */
static void cancelled_in_the_same_turn(void)
{
    begin();
    SCENE_START(one_limit);
    turns(1);
    async_sim_advance(&sim, 10);
    turns(1); /* the deadline */
    CHECK(async_timeout_expired(&limit));
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    CHECK_INT(async_task_cancelling(&scene), 1);
    CHECK_TRACE("");
    world_end();
}

/* SEM TO-16 */
static void done_in_the_same_turn(void)
{
    begin();
    SCENE_START(one_limit);
    turns(1);
    async_sim_advance(&sim, 10);
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    turns(2);
    CHECK_INT(status_of(&scene.future), 0); /* was ready before the deadline */
    CHECK_TRACE("late");
    world_end();

    begin();
    SCENE_START(one_limit);
    turns(1);
    async_sim_advance(&sim, 10);
    turns(1);
    CHECK(async_future_cancelled(&futures[0]));
    CHECK_INT(async_future_set_result(&futures[0], NULL),
              ASYNC_ERR_INVALID_STATE);
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_TIMEOUT);
    CHECK_TRACE("");
    world_end();
}

static int set_future(async_handle_t *handle)
{
    (void)handle;
    return async_future_set_result(&futures[0], NULL);
}

/* SEM TO-16 */
static void timer_after_the_result(void)
{
    async_timer_t timer = {{{0, 0}, 0}, {0}};
    begin();
    CHECK_INT(async_call_later(&loop, &timer, 10, set_future), 0);
    SCENE_START(one_limit);
    turns(1);
    async_sim_advance(&sim, 10);
    turns(2); /* both timers; the task */
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_TIMEOUT);
    CHECK_INT(status_of(&futures[0]), 0); /* the value stays there */
    world_end();
}

SCENE(busy)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        async_sim_advance(&sim, 20);
    } ASYNC_END_TIMEOUT;
    CHECK_INT(async_task_cancelling(async_current_task()), 0);
    CHECK(!async_timeout_expired(&limit));
    AWAIT(async_pause());
    ASYNC_END;
}

/* SEM TO-17 */
static void never_suspends(void)
{
    EXPECT(busy, 0, 20);
}

SCENE(swallowed)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        AWAIT_STATUS(self->err, async_sleep_ticks(100));
        CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    } ASYNC_END_TIMEOUT;
    CHECK(async_timeout_expired(&limit));
    CHECK_INT(async_task_cancelling(async_current_task()), 0);
    ASYNC_END;
}

/* SEM TO-18 */
static void body_swallows(void)
{
    EXPECT(swallowed, 0, 10);
}

SCENE(returns)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TIMEOUT_TICKS(&inner, 10) {
            AWAIT(async_pause());
            ASYNC_RETURN;
        } ASYNC_END_TIMEOUT;
        note("behind");
    } ASYNC_END_TIMEOUT;
    note("behind");
    ASYNC_CLEANUP;
    CHECK_TRACE("");
    note("cleanup");
    ASYNC_END;
}

/* SEM TO-19 */
static void left_by_return(void)
{
    begin();
    PLAY(returns, 0);
    CHECK_TRACE("cleanup");
    CHECK_INT(next_timer(), -1);
    world_end();
}

/* -- Nested ---------------------------------------------------------------- */

SCENE(equal_deadlines)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&inner, 10) {
                AWAIT(async_sleep_ticks(100));
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT_ALL(self->err) {
            CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
            ASYNC_RAISE(self->err);
        }
        ASYNC_END_EXCEPT;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-09 */
static void test_nested_timeouts(void)
{
    EXPECT(equal_deadlines, ASYNC_ERR_TIMEOUT, 10);
    CHECK_INT(equal_deadlines_frame.err, ASYNC_ERR_CANCELLED);
    CHECK(async_timeout_expired(&limit));
    CHECK(async_timeout_expired(&inner));
}

SCENE(outer_first)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 2) {
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&inner, 100) {
                async_sim_advance(&sim, 10);
                AWAIT(async_sleep_ticks(1000));
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT_ALL(self->err) {
            ASYNC_RAISE(self->err);
        }
        ASYNC_END_EXCEPT;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-11 */
static void test_nested_timeouts_concurrent(void)
{
    EXPECT(outer_first, ASYNC_ERR_TIMEOUT, 10);
    CHECK_INT(outer_first_frame.err, ASYNC_ERR_CANCELLED);
    CHECK(!async_timeout_expired(&inner));
}

SCENE(loop_busy)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 100) {
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&inner, 10) {
                async_sim_advance(&sim, 90);
                AWAIT(async_sleep_ticks(1000));
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT(self->err) {
            note_n("inner", self->err);
        }
        ASYNC_END_EXCEPT;
        AWAIT(async_sleep_ticks(1000));
        note("late");
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-10 */
static void test_nested_timeouts_loop_busy(void)
{
    begin();
    PLAY(loop_busy, ASYNC_ERR_TIMEOUT);
    CHECK_TRACE("inner-2");
    CHECK_INT(world_time(), 100);
    world_end();
}

SCENE(in_finally)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            AWAIT(async_sleep_ticks(1000));
        }
        ASYNC_FINALLY {
            ASYNC_TRY {
                ASYNC_TIMEOUT_TICKS(&inner, 10) {
                    AWAIT(async_sleep_ticks(1000));
                } ASYNC_END_TIMEOUT;
            }
            ASYNC_EXCEPT(self->err) {
                note_n("inner", self->err);
            }
            ASYNC_END_EXCEPT;
        }
        ASYNC_END_FINALLY;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-12 */
static void test_nested_timeout_in_finally(void)
{
    begin();
    PLAY(in_finally, ASYNC_ERR_TIMEOUT);
    CHECK_TRACE("inner-2");
    CHECK_INT(world_time(), 20);
    world_end();
}

/* -- With a task group ----------------------------------------------------- */

static async_taskgroup_t group;
static async_child_t child;

SCENE(grouped)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_GROUP(&group) {
            CHECK_INT(async_taskgroup_create_task(
                          &group, &child,
                          WORKER(1, .delay = 200, .on_cancel = FAIL)), 0);
            ASYNC_TRY {
                ASYNC_RAISE(OOPS(2));
            }
            ASYNC_FINALLY {
                AWAIT(async_sleep_ticks(100));
            }
            ASYNC_END_FINALLY;
        } ASYNC_END_GROUP;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-21 */
static void test_timeout_taskgroup(void)
{
    int status;
    begin();
    SCENE_START(grouped);
    status = async_loop_run_until_complete(&loop, &scene.future);
    CHECK(async_is_group(status));
    CHECK_INT(async_taskgroup_error(&group), status);
    CHECK(async_taskgroup_next_error(&group, NULL) == &child);
    CHECK(async_taskgroup_next_error(&group, &child) == NULL);
    CHECK_INT(async_taskgroup_body_error(&group), 0);
    CHECK_INT(status_of(&child.task.future), OOPS(1));
    CHECK_INT(world_time(), 10);
    trace_clear();
    world_end();
}

static const struct test tests[] = {
    TEST(test_foreign_exception_passed),
    TEST(test_foreign_exception_on_timeout),
    TEST(test_foreign_exception_on_timeout_2),
    TEST(test_timeout_exception_context),
    TEST(test_foreign_cancel_doesnt_timeout_if_not_expired),
    TEST(test_timeout_after_cancellation),
    TEST(test_cancel_in_timeout_after_cancellation),
    TEST(cancelled_in_the_same_turn),
    TEST(done_in_the_same_turn),
    TEST(timer_after_the_result),
    TEST(never_suspends),
    TEST(body_swallows),
    TEST(left_by_return),
    TEST(test_nested_timeouts),
    TEST(test_nested_timeouts_concurrent),
    TEST(test_nested_timeouts_loop_busy),
    TEST(test_nested_timeout_in_finally),
    TEST(test_timeout_taskgroup),
};
TEST_MAIN(tests)
