/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Task groups: many children, and wrong use. Tests named test_... are ports of
 * CPython's. */
#include "children.h"

static async_task_t helper;

static void end(void)
{
    CHECK_INT(next_timer(), -1);
    trace_clear();
    world_end();
}

/* -- Many children --------------------------------------------------------- */

SCENE(jobs)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        for (self->i = 0; self->i < 12; self->i++) {
            AWAIT(async_sleep_ticks(10));
            CHILD(self->i % 4, .delay = 30); /* four at once at most */
        }
        AWAIT(async_sleep_ticks(35));
        CHECK(group.children == NULL);
        CHILD(1, .ends = 0);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-16 */
static void test_taskgroup_23(void)
{
    EXPECT(jobs, 0, 155);
}

static int heads;

struct hydra {
    ASYNC_FRAME;
    int i, status;
};
static struct hydra hydras[16];
static async_child_t bodies[16];
ASYNC_DEF(hydra)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(10));
    for (self->i = 0; self->i < 2; self->i++) {
        self->status = async_taskgroup_create_task(
            &group, &bodies[heads], ASYNC_CALL(hydra, &hydras[heads]));
        heads++;
        CHECK_INT(self->status, 0);
    }
    ASYNC_END;
}

SCENE(hercules)
{
    ASYNC_BEGIN;
    heads = 1;
    ASYNC_GROUP(&group) {
        CHECK_INT(async_taskgroup_create_task(&group, &bodies[0],
                                              ASYNC_CALL(hydra, &hydras[0])),
                  0);
        CHILD(1, .delay = 35, .ends = OOPS(1));
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-15 */
static void test_taskgroup_25(void)
{
    int i;
    begin();
    expect_group(ASYNC_CALL(hercules, &hercules_frame), "1");
    CHECK_INT(heads, 15);
    for (i = 0; i < heads; i++) {
        CHECK(async_future_cancelled(&bodies[i].task.future) == (i >= 7));
    }
    end();
}

SCENE(codes)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3000; self->i++) {
        ASYNC_TRY {
            ASYNC_GROUP(&group) {
                ASYNC_RAISE(OOPS(1));
            } ASYNC_END_GROUP;
        }
        ASYNC_EXCEPT(self->err) {}
        ASYNC_END_EXCEPT;
        CHECK_INT(self->err, ASYNC_ERR_GROUP - self->i % 2768);
    }
    ASYNC_END;
}

/* SEM TG-18 */
static void a_code_of_its_own(void)
{
    EXPECT(codes, 0, 0);
}

SCENE(named)
{
    char name[16];
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = -1);
        async_task_set_name(&children[1].task, "yolo");
        CHECK_STR(async_task_get_name(&children[1].task, name, sizeof name),
                  "yolo");
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM T-10 TG-01 */
static void test_taskgroup_task_name(void)
{
    EXPECT(named, 0, 0);
}

/* -- Misuse ---------------------------------------------------------------- */

static async_child_t extra;

static int create_extra(void)
{
    return async_taskgroup_create_task(&group, &extra,
                                       WORKER(0, .delay = 0));
}

struct late {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(late)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_sleep_ticks(1000));
    CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    CHECK_INT(create_extra(), ASYNC_ERR_RUNTIME);
    AWAIT(&workers[0].async_); /* the coroutine can still be used */
    ASYNC_END;
}
static struct late late_frame;

SCENE(aborting)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 1, .ends = OOPS(1));
        CHECK_INT(async_taskgroup_create_task(&group, &children[2],
                                              ASYNC_CALL(late, &late_frame)),
                  0);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM TG-12 */
static void test_taskgroup_no_create_task_after_failure(void)
{
    begin();
    expect_group(ASYNC_CALL(aborting, &aborting_frame), "1");
    CHECK_TRACE("begin1 end1 begin0 end0");
    end();
}

SCENE(reentered)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 5);
        ASYNC_TRY {
            ASYNC_GROUP(&group) {
                note("body");
            } ASYNC_END_GROUP;
        }
        ASYNC_EXCEPT(self->err) {}
        ASYNC_END_EXCEPT;
        CHECK_INT(self->err, ASYNC_ERR_RUNTIME);
    } ASYNC_END_GROUP;
    CHECK_TRACE("begin1 end1");
    ASYNC_END;
}

/* SEM TG-13 */
static void test_taskgroup_already_entered(void)
{
    EXPECT(reentered, 0, 5);
}

SCENE(used_again)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            ASYNC_RAISE(OOPS(1));
        } ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    ASYNC_GROUP(&group) {
        CHECK_INT(async_taskgroup_error(&group), 0);
        CHILD(1, .delay = 5);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* CPython refuses; here the block can be used again. */
/* SEM TG-13 D-22 */
static void test_taskgroup_double_enter(void)
{
    EXPECT(used_again, 0, 5);
}

SCENE(finished)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
    } ASYNC_END_GROUP;
    CHECK_INT(create_extra(), ASYNC_ERR_RUNTIME);
    AWAIT(&workers[0].async_);
    ASYNC_END;
}

/* SEM TG-12 */
static void test_taskgroup_finished(void)
{
    EXPECT(finished, 0, 0);
}

/* SEM TG-12 */
static void test_coro_closed_when_tg_closed(void)
{
    EXPECT(finished, 0, 0);
}

SCENE(not_entered)
{
    static const async_taskgroup_t fresh = {{0}, 0, 0, 0, 0, 0, 0};
    ASYNC_BEGIN;
    group = fresh;
    CHECK_INT(create_extra(), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_taskgroup_error(&group), 0);
    CHECK(async_taskgroup_next_error(&group, NULL) == NULL);
    CHECK_INT(async_taskgroup_body_error(&group), 0);
    ASYNC_END;
}

/* SEM TG-12 */
static void test_taskgroup_not_entered(void)
{
    EXPECT(not_entered, 0, 0);
}

SCENE(busy)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHILD(1, .delay = 0);
        CHECK_INT(async_taskgroup_create_task(&group, &children[1],
                                              WORKER(2, .delay = 0)),
                  ASYNC_ERR_BUSY);
        CHECK_INT(async_create_task(&helper,
                                    WORKER(3, .delay = 0)), 0);
        AWAIT(async_pause());
        /* It has ended, but the group has not noticed yet. */
        CHECK(child_is_done(1));
        CHECK_INT(async_taskgroup_create_task(&group, &children[1],
                                              &workers[2].async_),
                  ASYNC_ERR_BUSY);
        AWAIT(async_pause());
        CHECK_INT(async_taskgroup_create_task(&group, &children[1],
                                              &workers[2].async_), 0);
        CHECK_INT(async_taskgroup_create_task(&group, &extra,
                                              &workers[2].async_),
                  ASYNC_ERR_REUSED);
    } ASYNC_END_GROUP;
    CHECK_TRACE("begin1 end1 begin3 end3 begin2 end2");
    ASYNC_END;
}

/* SEM TG-16 */
static void child_in_use(void)
{
    EXPECT(busy, 0, 0);
}

static const struct test tests[] = {
    TEST(test_taskgroup_23),
    TEST(test_taskgroup_25),
    TEST(a_code_of_its_own),
    TEST(test_taskgroup_task_name),
    TEST(test_taskgroup_no_create_task_after_failure),
    TEST(test_taskgroup_already_entered),
    TEST(test_taskgroup_double_enter),
    TEST(test_taskgroup_finished),
    TEST(test_coro_closed_when_tg_closed),
    TEST(test_taskgroup_not_entered),
    TEST(child_in_use),
};
TEST_MAIN(tests)
