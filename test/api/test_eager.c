/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Eager tasks. The ports of CPython's tests are in test_cpython_eager.c. */
#include "worker.h"

#define EAGER(number, ...)                             \
    CHECK_INT(async_create_eager_task(&tasks[number],  \
                                      WORKER(number, __VA_ARGS__)), 0)

static unsigned task_count(void)
{
    async_task_t *task = NULL;
    unsigned count = 0;
    while ((task = async_all_tasks(&loop, task)) != NULL) {
        count++;
    }
    return count;
}

/* -- What is ready at once -------------------------------------------------- */

SCENE(completes)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 0);
    CHECK_TRACE("begin1 end1");
    CHECK(is_done(1));
    EAGER(2, .ends = OOPS(2));
    CHECK(is_done(2));
    trace_clear();
    AWAIT(&tasks[1]);
    AWAIT_STATUS(self->err, &tasks[2]);
    CHECK_INT(self->err, OOPS(2));
    ASYNC_END;
}

/* SEM T-20 */
static void completed_at_once(void)
{
    EXPECT(completes, 0, 0);
}

SCENE(awaits_ready)
{
    ASYNC_BEGIN;
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    EAGER(1, .waits = &futures[1]);
    CHECK(is_done(1));
    trace_clear();
    ASYNC_END;
}

/* SEM T-20 */
static void awaits_what_is_done(void)
{
    EXPECT(awaits_ready, 0, 0);
}

/* -- What has to wait ------------------------------------------------------- */

SCENE(waits)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 2);
    note("go");
    EAGER(2, .waits = &futures[2]);
    EAGER(3, .delay = -1);
    CHECK_TRACE("begin1 go begin2 begin3");
    CHECK(!is_done(1) && !is_done(2) && !is_done(3));
    CHECK_INT(async_future_set_result(&futures[2], NULL), 0);
    AWAIT(async_pause());
    CHECK_TRACE("end3 end2");
    AWAIT(&tasks[1]);
    CHECK_TRACE("end1");
    ASYNC_END;
}

/* SEM T-21 */
static void waiting(void)
{
    EXPECT(waits, 0, 2);
}

/* A lone task that pauses goes on at once, unless its creator still runs. */
SCENE(lone)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = -1);
    CHECK_TRACE("begin1");
    for (self->i = 0; self->i < 3; self->i++) {
        AWAIT(async_pause());
    }
    CHECK_TRACE("end1");
    ASYNC_END;
}

/* SEM T-21 */
static void pausing(void)
{
    EXPECT(lone, 0, 0);
}

/* -- Who runs --------------------------------------------------------------- */

static async_task_t inner_task, outer_task;

struct inner {
    ASYNC_FRAME;
    unsigned tasks; /* that there are now */
};
static struct inner inner_frame;
ASYNC_DEF(inner)
{
    ASYNC_BEGIN;
    CHECK(async_current_task() == &inner_task);
    CHECK_INT(task_count(), self->tasks);
    ASYNC_END;
}

struct outer {
    ASYNC_FRAME;
};
static struct outer outer_frame;
ASYNC_DEF(outer)
{
    ASYNC_BEGIN;
    CHECK(async_current_task() == &outer_task);
    CHECK_INT(async_create_eager_task(
                  &inner_task, ASYNC_CALL(inner, &inner_frame, .tasks = 3u)),
              0);
    CHECK(async_future_done(&inner_task.future));
    CHECK(async_current_task() == &outer_task);
    AWAIT(async_pause());
    CHECK(async_current_task() == &outer_task);
    ASYNC_END;
}

SCENE(creator)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_eager_task(&outer_task,
                                      ASYNC_CALL(outer, &outer_frame)), 0);
    CHECK(async_current_task() == &scene);
    CHECK_INT(task_count(), 2);
    AWAIT(&outer_task);
    CHECK_INT(task_count(), 1);
    ASYNC_END;
}

/* SEM T-20 T-21 T-08 */
static void current_task(void)
{
    EXPECT(creator, 0, 0);
}

SCENE(counts)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 0);
    EAGER(2, .ends = OOPS(2));
    CHECK_INT(task_count(), 1);
    trace_clear();
    ASYNC_END;
}

/* SEM T-20 */
static void all_tasks_when_done(void)
{
    EXPECT(counts, 0, 0);
}

SCENE(counts_waiting)
{
    ASYNC_BEGIN;
    EAGER(1, .waits = &futures[1]);
    CHECK_INT(task_count(), 2);
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    AWAIT(&tasks[1]);
    CHECK_INT(task_count(), 1);
    ASYNC_END;
}

/* SEM T-21 */
static void all_tasks_when_waiting(void)
{
    EXPECT(counts_waiting, 0, 0);
}

static async_handle_t handle;

static int create_in_callback(async_handle_t *self)
{
    (void)self;
    EAGER(1, .delay = 1);
    CHECK(async_current_task() == NULL);
    return 0;
}

/* SEM T-20 */
static void in_a_callback(void)
{
    begin();
    CHECK_INT(async_call_soon(&loop, &handle, create_in_callback), 0);
    START(2, .delay = 3);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[2].future), 0);
    CHECK_TRACE("begin1 begin2 end1 end2");
    world_end();
}

/* -- Cancelling ------------------------------------------------------------- */

SCENE(cancels_done)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 0);
    CHECK_INT(async_task_cancel(&tasks[1]), 0);
    AWAIT(&tasks[1]);
    trace_clear();
    ASYNC_END;
}

/* SEM T-20 */
static void cancelled_when_done(void)
{
    EXPECT(cancels_done, 0, 0);
}

SCENE(cancels_waiting)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 5);
    EAGER(2, .delay = -1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    AWAIT_STATUS(self->err, &tasks[1]);
    CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    CHECK(is_done(2));
    CHECK_TRACE("begin1 begin2 cancel2 cancel1");
    ASYNC_END;
}

/* SEM T-21 */
static void cancelled_when_waiting(void)
{
    EXPECT(cancels_waiting, 0, 0);
}

/* -- In a group ------------------------------------------------------------- */

static async_taskgroup_t group;
static async_child_t children[4];

#define EAGER_CHILD(number, ...)                                       \
    async_taskgroup_create_eager_task(&group, &children[(number)-1],   \
                                      WORKER(number, __VA_ARGS__))

SCENE(grouped)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&group) {
        CHECK_INT(EAGER_CHILD(1, .delay = 0), 0);
        CHECK(async_future_done(&children[0].task.future));
        CHECK_INT(EAGER_CHILD(2, .delay = 5), 0);
        CHECK_INT(async_taskgroup_create_eager_task(
                      &group, &children[1], WORKER(3, .delay = 0)),
                  ASYNC_ERR_BUSY);
        CHECK_TRACE("begin1 end1 begin2");
    }
    ASYNC_END_GROUP;
    CHECK_TRACE("end2");
    CHECK_INT(EAGER_CHILD(1, .delay = 0), ASYNC_ERR_RUNTIME);
    ASYNC_END;
}

/* SEM T-22 */
static void in_a_group(void)
{
    __builtin_memset((void *)children, 0, sizeof children);
    EXPECT(grouped, 0, 5);
}

SCENE(fails_at_once)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&group) {
            CHECK_INT(EAGER_CHILD(1, .delay = 5), 0);
            CHECK_INT(EAGER_CHILD(2, .ends = OOPS(2)), 0);
            CHECK_INT(EAGER_CHILD(3, .delay = 0), ASYNC_ERR_RUNTIME);
            AWAIT(async_sleep_ticks(9));
            note("never");
        }
        ASYNC_END_GROUP;
    }
    ASYNC_EXCEPT(self->err) {
        CHECK(async_is_group(self->err));
    }
    ASYNC_END_EXCEPT;
    CHECK(self->err != 0);
    CHECK(async_taskgroup_next_error(&group, NULL) == &children[1]);
    CHECK_TRACE("begin1 begin2 end2 cancel1");
    ASYNC_END;
}

/* SEM T-22 */
static void failing_at_once(void)
{
    __builtin_memset((void *)children, 0, sizeof children);
    EXPECT(fails_at_once, 0, 0);
}

/* -- Mistakes --------------------------------------------------------------- */

SCENE(mistakes)
{
    ASYNC_BEGIN;
    EAGER(1, .delay = 1);
    CHECK_INT(async_create_eager_task(&tasks[1], WORKER(2, .delay = 0)),
              ASYNC_ERR_BUSY);
    CHECK_INT(async_create_eager_task(&tasks[2], &workers[1].async_),
              ASYNC_ERR_REUSED);
    CHECK_TRACE("begin1");
    AWAIT(&tasks[1]);
    trace_clear();
    ASYNC_END;
}

/* SEM T-20 */
static void refused(void)
{
    EXPECT(mistakes, 0, 1);
}

/* SEM T-20 */
static void without_a_loop(void)
{
    begin();
    CHECK_INT(async_create_eager_task(&tasks[1], WORKER(1, .delay = 0)),
              ASYNC_ERR_RUNTIME);
    CHECK_TRACE("");
    world_end();
}

static const struct test tests[] = {
    TEST(completed_at_once),
    TEST(awaits_what_is_done),
    TEST(waiting),
    TEST(pausing),
    TEST(current_task),
    TEST(all_tasks_when_done),
    TEST(all_tasks_when_waiting),
    TEST(in_a_callback),
    TEST(cancelled_when_done),
    TEST(cancelled_when_waiting),
    TEST(in_a_group),
    TEST(failing_at_once),
    TEST(refused),
    TEST(without_a_loop),
};
TEST_MAIN(tests)
