/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_eager_task_factory: each test is named after the
 * method. */
#include "worker.h"

static async_task_t task;

static int create_eager(async_coro_t *coro)
{
    return async_create_eager_task(&task, coro);
}

/* Whether all_tasks() has the task. */
static bool is_listed(void)
{
    const async_task_t *at = NULL;
    while ((at = async_all_tasks(&loop, at)) != NULL) {
        if (at == &task) {
            return true;
        }
    }
    return false;
}

/* -- The first step -------------------------------------------------------- */

struct sets_result {
    ASYNC_FRAME;
};
ASYNC_DEF(sets_result)
{
    ASYNC_BEGIN;
    CHECK_INT(async_future_set_result(&futures[0], &futures[1]), 0);
    ASYNC_END;
}
static struct sets_result sets_result_frame;

SCENE(future_in_first_step)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(ASYNC_CALL(sets_result, &sets_result_frame)), 0);
    CHECK(async_future_done(&task.future));
    AWAIT(&futures[0]);
    ASYNC_END;
}

static void test_await_future_during_eager_step(void)
{
    EXPECT(future_in_first_step, 0, 0);
}

SCENE(completes)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(WORKER(1, .delay = 0)), 0);
    CHECK(async_future_done(&task.future));
    CHECK_TRACE("begin1 end1");
    AWAIT(&task);
    CHECK_INT(create_eager(WORKER(1, .ends = OOPS(1))), 0);
    CHECK_INT(status_of(&task.future), OOPS(1));
    ASYNC_END;
}

static void test_eager_completion(void)
{
    EXPECT(completes, 0, 0);
}

SCENE(blocks)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(WORKER(1, .delay = 100)), 0);
    CHECK_TRACE("begin1");
    CHECK(!async_future_done(&task.future));
    AWAIT(&task);
    CHECK(async_future_done(&task.future));
    CHECK_TRACE("end1");
    CHECK_INT(create_eager(WORKER(1, .delay = -1)), 0);
    CHECK_TRACE("begin1");
    AWAIT(&task);
    CHECK_TRACE("end1");
    ASYNC_END;
}

static void test_block_after_eager_step(void)
{
    EXPECT(blocks, 0, 100);
}

SCENE(cancelled_too_late)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(WORKER(1, .delay = 0)), 0);
    CHECK_INT(async_task_cancel(&task), 0);
    AWAIT(&task);
    CHECK(!async_future_cancelled(&task.future));
    ASYNC_END;
}

static void test_cancellation_after_eager_completion(void)
{
    EXPECT(cancelled_too_late, 0, 0);
}

SCENE(cancelled_when_blocked)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(WORKER(1, .delay = 100)), 0);
    CHECK_INT(async_task_cancel(&task), 1);
    CHECK_INT(async_task_cancelling(&task), 1);
    AWAIT(&task);
    ASYNC_END;
}

static void test_cancellation_after_eager_step_blocks(void)
{
    EXPECT(cancelled_when_blocked, ASYNC_ERR_CANCELLED, 0);
}

/* -- Looking around -------------------------------------------------------- */

struct looks {
    ASYNC_FRAME;
    async_task_t *current;
    bool listed;
    async_future_t *waits;
};
ASYNC_DEF(looks)
{
    ASYNC_BEGIN;
    self->current = async_current_task();
    self->listed = is_listed();
    if (self->waits != NULL) {
        AWAIT(self->waits);
        CHECK(async_current_task() == self->current);
    }
    ASYNC_END;
}
static struct looks looks_frame;

SCENE(current)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(ASYNC_CALL(looks, &looks_frame,
                                      .waits = &futures[0])), 0);
    CHECK(looks_frame.current == &task);
    CHECK(async_current_task() == &scene);
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    AWAIT(&task);
    CHECK(async_current_task() == &scene);
    ASYNC_END;
}

static void test_current_task(void)
{
    EXPECT(current, 0, 0);
}

SCENE(listed_inside)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(ASYNC_CALL(looks, &looks_frame)), 0);
    CHECK(looks_frame.listed);
    CHECK(!is_listed());
    ASYNC_END;
}

static void test_all_tasks_with_eager_completion(void)
{
    EXPECT(listed_inside, 0, 0);
}

SCENE(listed_when_blocked)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(ASYNC_CALL(looks, &looks_frame,
                                      .waits = &futures[0])), 0);
    CHECK(looks_frame.listed);
    CHECK(is_listed());
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    AWAIT(async_pause());
    CHECK(!is_listed());
    ASYNC_END;
}

static void test_all_tasks_with_blocking(void)
{
    EXPECT(listed_when_blocked, 0, 0);
}

/* -- How many tasks it takes ----------------------------------------------- */

enum {
    WIDTH = WORLD_SIZE(5, 3, 2),
    DEPTH = WORLD_SIZE(4, 2, 2),
    NODES = WORLD_SIZE(1 + 5 + 25 + 125 + 625, 1 + 3 + 9, 1 + 2 + 4)
};
static int used; /* of the frames below */

struct chain {
    ASYNC_FRAME;
    int depth, sum;
};
enum { LINKS = WORLD_SIZE(100, 100, 10) };
static struct chain links[LINKS + 1];
ASYNC_DEF(chain)
{
    ASYNC_BEGIN;
    if (self->depth > 0) {
        AWAIT(ASYNC_CALL(chain, self + 1, .depth = self->depth - 1));
        self->sum = 1 + (self + 1)->sum;
    }
    ASYNC_END;
}

SCENE(runs_chain)
{
    ASYNC_BEGIN;
    CHECK_INT(create_eager(ASYNC_CALL(chain, &links[0], .depth = LINKS)), 0);
    CHECK(async_future_done(&task.future));
    CHECK_INT(links[0].sum, LINKS);
    AWAIT(ASYNC_CALL(chain, &links[0], .depth = LINKS));
    CHECK_INT(links[0].sum, LINKS);
    CHECK(async_all_tasks(&loop, &scene) == NULL); /* in this task alone */
    ASYNC_END;
}

static void test_awaitables_chain(void)
{
    EXPECT(runs_chain, 0, 0);
}

struct branches {
    ASYNC_FRAME;
    int depth, i;
    async_taskgroup_t group;
    async_child_t children[WIDTH];
};
static struct branches tree[NODES];
ASYNC_DEF(branches)
{
    ASYNC_BEGIN;
    if (self->depth > 0) {
        ASYNC_GROUP(&self->group) {
            for (self->i = 0; self->i < WIDTH; self->i++) {
                CHECK_INT(async_taskgroup_create_task(
                              &self->group, &self->children[self->i],
                              ASYNC_CALL(branches, &tree[used],
                                         .depth = self->depth - 1)), 0);
                used++;
            }
        } ASYNC_END_GROUP;
    }
    ASYNC_END;
}

SCENE(grows_groups)
{
    ASYNC_BEGIN;
    used = 1;
    AWAIT(ASYNC_CALL(branches, &tree[0], .depth = DEPTH));
    CHECK_INT(used, NODES);
    ASYNC_END;
}

static void test_recursive_taskgroups(void)
{
    EXPECT(grows_groups, 0, 0);
}

struct gathers {
    ASYNC_FRAME;
    int depth;
    ASYNC_GATHER(WIDTH) all;
};
static struct gathers wood[NODES];
ASYNC_DEF(gathers)
{
    async_awaitable_t list[WIDTH];
    int i;
    ASYNC_BEGIN;
    if (self->depth > 0) {
        for (i = 0; i < WIDTH; i++) {
            list[i] = async_awaitable(ASYNC_CALL(gathers, &wood[used],
                                                 .depth = self->depth - 1));
            used++;
        }
        AWAIT(async_gather_list(&self->all, list, WIDTH));
    }
    ASYNC_END;
}

SCENE(grows_gathers)
{
    ASYNC_BEGIN;
    used = 1;
    AWAIT(ASYNC_CALL(gathers, &wood[0], .depth = DEPTH));
    CHECK_INT(used, NODES);
    ASYNC_END;
}

static void test_recursive_gather(void)
{
    EXPECT(grows_gathers, 0, 0);
}

static const struct test tests[] = {
    TEST(test_await_future_during_eager_step),
    TEST(test_eager_completion),
    TEST(test_block_after_eager_step),
    TEST(test_cancellation_after_eager_completion),
    TEST(test_cancellation_after_eager_step_blocks),
    TEST(test_current_task),
    TEST(test_all_tasks_with_eager_completion),
    TEST(test_all_tasks_with_blocking),
    TEST(test_awaitables_chain),
    TEST(test_recursive_taskgroups),
    TEST(test_recursive_gather),
};
TEST_MAIN(tests)
