/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* wait_for, the timeout block, task groups and pools: what is started inside
 * does not outlive them, and what is told comes out again. */
#define ASYNC_IMPLEMENTATION
#include "child.h"

static void init(void)
{
    live = 0;
}

/* -- wait_for ------------------------------------------------------------- */

static async_future_t future;

struct limiter {
    ASYNC_FRAME;
    int err;
    async_wait_for_t wait;
};
static struct limiter limiter_frame;

/* Awaits something for some ticks. */
#define LIMIT(awaitable, ticks, expected)                                     \
    do {                                                                      \
        AWAIT_STATUS(self->err, async_wait_for_ticks(&self->wait, (awaitable), \
                                                     (ticks)));               \
        SCRUB(&self->wait);                                                   \
        say(0, "limit");                                                      \
        note_n("=", self->err);                                               \
        if (self->err == ASYNC_ERR_CANCELLED) {                               \
            ASYNC_RAISE(self->err);                                           \
        }                                                                     \
        CHECK(self->err == (expected) || is_disturbed());                     \
        CHECK(live <= !async_future_done(&tasks[1].future));                  \
        point();                                                              \
    } while (0)

ASYNC_DEF(limiter)
{
    ASYNC_BEGIN;
    LIMIT(CHILD(2, 1, 0), 3, 0);
    LIMIT(CHILD(2, 5, 0), 2, ASYNC_ERR_TIMEOUT);
    LIMIT(CHILD(2, 1, OOPS), 2, OOPS);
    LIMIT(CHILD(2, -1, 0), 0, ASYNC_ERR_TIMEOUT);
    LIMIT(CHILD(2, 1, 0), ASYNC_FOREVER, 0);
    ASYNC_END;
}

struct task_limiter {
    ASYNC_FRAME;
    int err;
    async_wait_for_t wait;
};
static struct task_limiter task_limiter_frame;
ASYNC_DEF(task_limiter)
{
    ASYNC_BEGIN;
    spawn(1, CHILD(1, 2, 0));
    LIMIT(&tasks[1], 3, 0);
    CHECK(async_future_done(&tasks[1].future));
    LIMIT(&tasks[1], 0, 0);
    spawn(1, CHILD(1, 3, 0));
    LIMIT(&tasks[1], 1, ASYNC_ERR_TIMEOUT);
    CHECK(async_future_done(&tasks[1].future));
    spawn(1, CHILD(1, 3, 0));
    LIMIT(&tasks[1], 0, ASYNC_ERR_TIMEOUT);
    CHECK(async_future_done(&tasks[1].future));
    async_future_init(&future, &loop);
    LIMIT(&future, 2, ASYNC_ERR_TIMEOUT);
    CHECK(async_future_done(&future));
    ASYNC_END;
}

static int on_result(async_handle_t *handle)
{
    (void)handle;
    if (future.loop == &loop && !async_future_done(&future)) {
        CHECK_INT(async_future_set_result(&future, NULL), 0);
    }
    return 0;
}

static async_post_t post;

static void interrupt(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
}

static void start_limiter(void)
{
    spawn(0, ASYNC_CALL(limiter, &limiter_frame));
    spawn(1, CHILD(1, 4, 0));
}

static void init_task_limiter(void)
{
    init();
    future.loop = NULL;
}

static void start_task_limiter(void)
{
    async_post_init(&post, on_result);
    spawn(0, ASYNC_CALL(task_limiter, &task_limiter_frame));
}

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(wait_for, 2, 0, 0, init, start_limiter, NULL, NULL, clean_children)

/* SEM INV-01 INV-04 INV-06 INV-08 INV-09 INV-11 */
SWEEP(wait_for_task, 2, SPREADS | ABORTS | LINGERS, 0, init_task_limiter,
      start_task_limiter, interrupt, NULL, clean_children)

/* -- The timeout block ---------------------------------------------------- */

struct timed {
    ASYNC_FRAME;
    unsigned id;
    int err;
    async_timeout_t outer, inner;
};
static struct timed timed_frames[2];
ASYNC_DEF(timed)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TIMEOUT_TICKS(&self->outer, 6) {
            ASYNC_TRY {
                ASYNC_TIMEOUT_TICKS(&self->inner,
                                    2 + (async_delay_t)self->id) {
                    AWAIT(async_sleep_ticks(1));
                    point();
                    AWAIT(async_sleep_ticks(9));
                } ASYNC_END_TIMEOUT;
            }
            ASYNC_EXCEPT(self->err) {
                say(self->id, "inner");
                CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
                CHECK(async_timeout_expired(&self->inner));
                AWAIT(async_pause());
            }
            ASYNC_END_EXCEPT;
            if (self->id == 1 && /* the deadline of the other one, too */
                async_timeout_reschedule_ticks(&timed_frames[0].outer, 4) !=
                    0) {
                CHECK(is_disturbed());
            }
            AWAIT(async_sleep_ticks(9));
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {
        say(self->id, "outer");
        CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
        CHECK(async_timeout_expired(&self->outer));
    }
    ASYNC_END_EXCEPT;
    AWAIT(async_sleep_ticks(1));
    CHECK(async_task_cancelling(async_current_task()) == 0);
    say(self->id, "end");
    ASYNC_CLEANUP;
    SCRUB(&self->outer);
    SCRUB(&self->inner);
    ASYNC_END;
}

static void start_timed(void)
{
    unsigned i;
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(timed, &timed_frames[i], .id = i));
    }
}

/* SEM INV-01 INV-04 INV-06 INV-09 INV-12 INV-13 */
SWEEP(timeout, 2, 0, 0, init, start_timed, NULL, NULL, NULL)

/* -- Task groups ---------------------------------------------------------- */

static async_child_t kids[TASKS];

static void init_kids(void)
{
    unsigned i;
    init();
    __builtin_memset((void *)kids, 0, sizeof kids);
    for (i = 1; i < TASKS; i++) {
        victims[i] = &kids[i].task;
    }
}

static void create(async_taskgroup_t *group, unsigned id, async_coro_t *coro)
{
    int status = async_taskgroup_create_task(group, &kids[id], coro);
    if (status == 0) {
        model_forget_(id);
    }
    CHECK(status == 0 || (status == ASYNC_ERR_RUNTIME && is_disturbed()));
}

static bool is_gone(unsigned id)
{
    return kids[id].task.future.context.flags == 0 ||
           async_future_done(&kids[id].task.future);
}

struct family {
    ASYNC_FRAME;
    int fails, err, round;
    async_taskgroup_t group;
};
static struct family family_frame;

/* All errors of a group are those of its children, or of its block. */
static int count_errors(const async_taskgroup_t *group)
{
    const async_child_t *child = NULL;
    int count = async_taskgroup_body_error(group) != 0;
    while ((child = async_taskgroup_next_error(group, child)) != NULL) {
        CHECK(async_is_exception(
            async_future_result(&child->task.future, NULL)));
        count++;
    }
    return count;
}

/* The group and its children are used twice. */
ASYNC_DEF(family)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < 2; self->round++) {
        ASYNC_TRY {
            ASYNC_TRY {
                ASYNC_GROUP(&self->group) {
                    create(&self->group, 1, CHILD(1, 4, 0));
                    create(&self->group, 2, CHILD(2, 2, self->fails));
                    point();
                    AWAIT(async_sleep_ticks(1));
                    create(&self->group, 3, CHILD(3, 2, self->fails));
                } ASYNC_END_GROUP;
            }
            ASYNC_FINALLY {
                CHECK(is_gone(1) && is_gone(2) && is_gone(3));
            }
            ASYNC_END_FINALLY;
            CHECK_INT(async_taskgroup_error(&self->group), 0);
        }
        ASYNC_EXCEPT(self->err) {
            CHECK(async_is_group(self->err));
            CHECK_INT(self->err, async_taskgroup_error(&self->group));
            note_n("errors", count_errors(&self->group));
        }
        ASYNC_END_EXCEPT;
        say(0, "left");
        AWAIT(async_pause()); /* where a cancel that met errors is raised */
        CHECK(!is_told());
    }
    ASYNC_CLEANUP;
    SCRUB(&self->group);
    ASYNC_END;
}

static void start_group(void)
{
    spawn(0, ASYNC_CALL(family, &family_frame));
}

static void start_failing_group(void)
{
    spawn(0, ASYNC_CALL(family, &family_frame, .fails = OOPS));
}

/* A child that is cancelled does not end the others, nor the block. */
static void clean_group(void)
{
    unsigned i;
    clean_children();
    for (i = 0; i < 4; i++) {
        CHECK(is_struck(0) || is_struck(i) || status_of(i) == 0);
    }
}

/* SEM INV-01 INV-04 INV-06 INV-07 INV-09 INV-11 INV-12 INV-13 */
SWEEP(group, 4, SPREADS, 0, init_kids, start_group, NULL, NULL, clean_group)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 */
SWEEP(failing_group, 4, SPREADS | ABORTS, OOPS, init_kids, start_failing_group,
      NULL, NULL, clean_children)

/* A group whose child has a group. */
struct nest {
    ASYNC_FRAME;
    bool inside;
    int err;
    async_taskgroup_t group;
};
static struct nest outer_nest, inner_nest;
ASYNC_DEF(nest)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&self->group) {
            if (self->inside) {
                create(&self->group, 3, CHILD(3, 3, 0));
                create(&self->group, 4, CHILD(4, 2, OOPS));
            } else {
                create(&self->group, 1,
                       ASYNC_CALL(nest, &inner_nest, .inside = true));
                create(&self->group, 2, CHILD(2, 3, 0));
            }
            AWAIT(async_pause());
        } ASYNC_END_GROUP;
    }
    ASYNC_FINALLY {
        say(self->inside ? 1 : 0, "left");
        CHECK(is_gone(3) && is_gone(4));
        CHECK(self->inside || (is_gone(1) && is_gone(2)));
    }
    ASYNC_END_FINALLY;
    ASYNC_END;
}

static void start_nest(void)
{
    spawn(0, ASYNC_CALL(nest, &outer_nest));
}

static void clean_nest(void)
{
    clean_children();
    CHECK(is_disturbed() || async_is_group(status_of(0)));
}

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 */
SWEEP(nested_group, 4, SPREADS | ABORTS, OOPS, init_kids, start_nest, NULL,
      NULL, clean_nest)

/* -- Pool ----------------------------------------------------------------- */

struct pooled {
    ASYNC_FRAME;
    async_delay_t delay;
};
ASYNC_DEF(pooled)
{
    ASYNC_BEGIN;
    live++;
    AWAIT(async_sleep_ticks(self->delay));
    ASYNC_CLEANUP;
    live--;
    AWAIT(async_pause());
    ASYNC_END;
}

static ASYNC_POOL_STORAGE(blocks, sizeof(struct pooled), 2);
static async_pool_t pool;

struct spawner {
    ASYNC_FRAME;
    unsigned id;
    int left, err;
};
static struct spawner spawners[2];
ASYNC_DEF(spawner)
{
    ASYNC_BEGIN;
    for (self->left = 3; self->left > 0; self->left--) {
        point();
        for (;;) {
            self->err = ASYNC_SPAWN(pooled, &pool, .delay = self->left);
            if (self->err != ASYNC_ERR_NO_MEMORY) {
                break;
            }
            CHECK_INT(pool.used, 2);
            AWAIT(async_sleep_ticks(1));
        }
        CHECK_INT(self->err, 0);
        say(self->id, "spawned");
    }
    ASYNC_END;
}

/* Cancels all tasks of the pool. */
static int on_pool(async_handle_t *handle)
{
    async_task_t *task = NULL;
    (void)handle;
    while ((task = async_all_tasks(&loop, task)) != NULL) {
        if ((char *)task >= (char *)blocks &&
            (char *)task < (char *)blocks + sizeof blocks) {
            CHECK_INT(async_task_cancel(task), 1);
        }
    }
    return 0;
}

static void init_pool(void)
{
    init();
    async_pool_init(&pool, blocks);
}

static void start_pool(void)
{
    unsigned i;
    async_post_init(&post, on_pool);
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(spawner, &spawners[i], .id = i));
    }
}

static void clean_pool(void)
{
    clean_children();
    CHECK_INT(pool.used, 0);
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(pool, 2, 0, 0, init_pool, start_pool, interrupt, NULL, clean_pool)

static const struct test tests[] = {
    TEST(sweep_wait_for),
    TEST(sweep_wait_for_task),
    TEST(sweep_timeout),
    TEST(sweep_group),
    TEST(sweep_failing_group),
    TEST(sweep_nested_group),
    TEST(sweep_pool),
};
MODEL_MAIN(tests)
