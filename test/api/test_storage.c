/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The rules of storage: what a debug build reports when it ends, or is used
 * again, while it is in use. What is certain to destroy something is a misuse
 * as well; each of these runs in a process of its own. */
#include <unistd.h>

static void misuse(int mistake) __attribute__((noreturn));
static const char *expected_trace;

#define ASYNC_MISUSE_HOOK(mistake) misuse(mistake)
#define ASYNC_CHECKS 1
#define ASYNC_IMPLEMENTATION
#include "reports.h"

#include <sys/wait.h>

static void misuse(int mistake)
{
    _exit(mistake == ASYNC_MISUSE_IN_USE && strcmp(trace_, expected_trace) == 0
              ? 7
              : 8);
}

/* -- Frames that end ------------------------------------------------------------ */

enum way { CLEAN, TASK, FRAME, HANDLE, TIMER, CALLBACK, AWAITED, SHIELD, GATHER,
           OWNER, AGEN };

struct items {
    ASYNC_AGENERATOR(int);
};
ASYNC_DEF(items)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_YIELD(2);
    ASYNC_END;
}

static async_task_t outside, waiter;
static struct fails frame_outside;

struct waits {
    ASYNC_FRAME;
    async_semaphore_t *units;
};
ASYNC_DEF(waits)
{
    ASYNC_BEGIN;
    AWAIT(async_semaphore_acquire(self->units));
    ASYNC_END;
}
static struct waits frame_waits;

static int nothing_run(async_handle_t *handle)
{
    (void)handle;
    return 0;
}

/* Handles a cancel, which takes some time. */
struct stubborn {
    ASYNC_FRAME;
    int status;
    struct fails rest;
};
ASYNC_DEF(stubborn)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->status, async_sleep_ticks(100));
    AWAIT(ASYNC_CALL(fails, &self->rest, .pauses = 9));
    ASYNC_END;
}

/* Leaves something behind in its frame. */
struct leaves {
    ASYNC_FRAME;
    enum way way;
    int status;
    async_task_t task;
    struct fails frame, second;
    async_handle_t handle;
    async_timer_t timer;
    async_callback_t callback;
    async_semaphore_t units;
    async_shield_t shield;
    async_wait_for_t limit;
    ASYNC_GATHER(2) gather;
    struct items items;
    struct stubborn stubborn;
};
ASYNC_DEF(leaves)
{
    ASYNC_BEGIN;
    switch (self->way) {
    case TASK:
        CHECK_INT(async_create_task(&self->task,
                                    ASYNC_CALL(fails, &frame_outside,
                                               .pauses = 4)),
                  0);
        break;
    case FRAME:
        CHECK_INT(async_create_task(&outside, ASYNC_CALL(fails, &self->frame,
                                                         .pauses = 4)),
                  0);
        break;
    case HANDLE:
        CHECK_INT(async_call_soon(&loop, &self->handle, nothing_run), 0);
        break;
    case TIMER:
        CHECK_INT(async_call_later(&loop, &self->timer, 5, nothing_run), 0);
        break;
    case CALLBACK:
        CHECK_INT(async_create_task(&outside,
                                    ASYNC_CALL(fails, &frame_outside,
                                               .pauses = 4)),
                  0);
        CHECK_INT(async_future_add_done_callback(
                      &outside.future, &self->callback, nothing_run),
                  0);
        break;
    case AWAITED:
        CHECK_INT(async_create_task(&waiter, ASYNC_CALL(waits, &frame_waits,
                                                        .units = &self->units)),
                  0);
        break;
    default:
        break;
    }
    if (self->way == CLEAN) { /* everything used, and nothing left */
        CHECK_INT(async_create_task(&self->task,
                                    ASYNC_CALL(fails, &self->frame,
                                               .pauses = 2)),
                  0);
        AWAIT(async_shield(&self->shield, &self->task));
        AWAIT(async_gather(&self->gather, ASYNC_CALL(fails, &self->frame),
                           ASYNC_CALL(fails, &self->second, .pauses = 3)));
        AWAIT(async_wait_for_ms(&self->limit, ASYNC_CALL(fails, &self->frame),
                                5));
        CHECK_INT(async_call_soon(&loop, &self->handle, nothing_run), 0);
        AWAIT(async_pause());
        async_agenerator_init(ASYNC_CALL(items, &self->items));
        AWAIT(async_anext(&self->items));
        AWAIT(async_aclose(&self->items));
    } else if (self->way == AWAITED) {
        AWAIT(async_pause());
        async_semaphore_release(&self->units); /* it has not run yet */
    } else if (self->way == SHIELD) {
        CHECK_INT(async_create_task(&self->task,
                                    ASYNC_CALL(fails, &self->frame,
                                               .pauses = 9)),
                  0);
        AWAIT(async_shield(&self->shield, &self->task));
    } else if (self->way == GATHER) { /* the second runs on */
        AWAIT_STATUS(self->status,
                     async_gather(&self->gather,
                                  ASYNC_CALL(fails, &self->frame,
                                             .error = -105),
                                  ASYNC_CALL(fails, &self->second,
                                             .pauses = 9)));
    } else if (self->way == OWNER) { /* cancelled meanwhile; so does this */
        AWAIT_STATUS(self->status,
                     async_gather(&self->gather,
                                  ASYNC_CALL(stubborn, &self->stubborn),
                                  ASYNC_CALL(waits, &frame_waits,
                                             .units = &self->units)));
    } else if (self->way == AGEN) {
        async_agenerator_init(ASYNC_CALL(items, &self->items));
        AWAIT(async_anext(&self->items));
    }
    ASYNC_END;
}

/* Awaits `leaves` and keeps its storage for as long as it takes. */
struct keeps {
    ASYNC_FRAME;
    enum way way;
    int status, i;
    struct leaves child;
};
ASYNC_DEF(keeps)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->status, ASYNC_CALL(leaves, &self->child,
                                          .way = self->way));
    note("|");
    for (self->i = 0; self->i < 12; self->i++) {
        AWAIT(async_sleep_ticks(1));
    }
    if (self->way == AGEN) {
        AWAIT(async_aclose(&self->child.items));
    }
    ASYNC_END;
}
static struct keeps keeps;

static int cancel_run(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(async_task_cancel(async_all_tasks(&loop, NULL)), 1);
    return 0;
}

static void run_keeps(enum way way, const char *expected)
{
    static async_timer_t timer;
    reports_begin();
    async_loop_set_slow_ticks(&loop, 1000);
    if (way == SHIELD || way == OWNER) {
        CHECK_INT(async_call_later(&loop, &timer, way == OWNER, cancel_run), 0);
    }
    CHECK_INT(async_run(&loop, ASYNC_CALL(keeps, &keeps, .way = way)), 0);
    CHECK_TRACE_VAR(expected);
}

/* SEM ST-01 ST-10 */
static void nothing_is_left(void)
{
    run_keeps(CLEAN, "|");
}

/* SEM ST-01 */
static void tasks_and_frames(void)
{
    run_keeps(TASK, "task-pending |");
    CHECK(reported.object == &keeps.child.task);
    run_keeps(FRAME, "task-pending |");
    CHECK(reported.object == &outside);
}

/* SEM ST-05 */
static void callbacks_and_timers(void)
{
    run_keeps(HANDLE, "handle-pending |");
    CHECK(reported.object == &keeps.child.handle);
    run_keeps(TIMER, "handle-pending |");
    CHECK(reported.object == &keeps.child.timer);
    run_keeps(CALLBACK, "handle-pending |");
    CHECK(reported.object == &keeps.child.callback);
}

/* SEM ST-06 */
static void what_is_awaited(void)
{
    run_keeps(AWAITED, "awaited |");
    CHECK(reported.object == &waiter);
}

/* SEM ST-07 */
static void a_shielded_task(void)
{
    run_keeps(SHIELD, "task-pending |");
    CHECK(reported.object == &keeps.child.task);
}

/* SEM ST-08 */
static void a_gather_that_failed(void)
{
    run_keeps(GATHER, "task-pending |");
    CHECK(reported.object == &keeps.child.gather.members[1].task);
}

/* SEM ST-08 */
static void a_gather_whose_owner_was_cancelled(void)
{
    run_keeps(OWNER, "task-pending |");
    CHECK(reported.object == &keeps.child.gather.members[0].task);
}

/* SEM ST-11 */
static void an_unfinished_generator(void)
{
    run_keeps(AGEN, ASYNC_TRACK_GENERATORS ? "generator-pending |" : "|");
}

/* -- Storage that is used again --------------------------------------------------- */

/* Whether a function ends in the misuse hook, after these reports. */
static bool is_misuse(void (*run)(void), const char *trace)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        expected_trace = trace;
        run();
        _exit(9);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 7;
}

struct again {
    ASYNC_FRAME;
    int depth;
    struct fails child;
    async_task_t task;
};
ASYNC_DEF(again)
{
    ASYNC_BEGIN;
    if (self->depth == 1) { /* its own frame */
        AWAIT(ASYNC_CALL_HEADER(again, self, .depth = 2));
    } else if (self->depth == 3) { /* a task, and the frame that it runs */
        CHECK_INT(async_create_task(&self->task,
                                    ASYNC_CALL(fails, &self->child,
                                               .pauses = 4)),
                  0);
        AWAIT(async_pause());
        AWAIT(ASYNC_CALL(fails, &self->child));
    }
    ASYNC_END;
}
static struct again again;

static void call_itself(void)
{
    reports_begin();
    (void)async_run(&loop, ASYNC_CALL(again, &again, .depth = 1));
}

static void call_a_running_frame(void)
{
    reports_begin();
    (void)async_run(&loop, ASYNC_CALL(again, &again, .depth = 3));
}

static int again_run(async_handle_t *h)
{
    (void)h;
    (void)async_create_task(&outside, ASYNC_CALL(keeps, &keeps));
    return 0;
}

/* A task's own coroutine ends, and a task in its frame runs on. */
static void call_an_outermost_frame(void)
{
    static async_handle_t at;
    reports_begin();
    (void)async_loop_create_task(&loop, &waiter,
                                 ASYNC_CALL(leaves, &keeps.child, .way = TASK));
    turns(2);
    CHECK_TRACE("");
    CHECK(async_future_done(&waiter.future));
    (void)async_call_soon(&loop, &at, again_run);
    turns(1);
}

/* SEM ST-02 ST-03 */
static void used_again(void)
{
    CHECK(is_misuse(call_itself, "task-pending"));
    CHECK(is_misuse(call_a_running_frame, "task-pending"));
    CHECK(is_misuse(call_an_outermost_frame, "task-pending"));
}

/* SEM ST-04 DB-06 */
static void blocks_of_a_pool(void)
{
    static ASYNC_POOL_STORAGE(blocks, sizeof(struct leaves), 1);
    static async_pool_t pool;
    reports_begin();
    async_pool_init(&pool, blocks);
    async_running_ = &loop; /* as in a callback */
    CHECK_INT(ASYNC_SPAWN(leaves, &pool, .way = FRAME), 0);
    async_running_ = NULL;
    turns(4);
    CHECK_INT(pool.used, 0);
    CHECK_TRACE("task-pending");
    CHECK(reported.object == &outside);
    turns(4);
    async_running_ = &loop;
    CHECK_INT(ASYNC_SPAWN(fails, &pool, .error = -114), 0);
    async_running_ = NULL;
    turns(4);
    CHECK_TRACE("never-retrieved -114");
    world_end();
}

/* SEM ST-12 */
static void after_the_close(void)
{
    reports_begin();
    CHECK_INT(async_loop_create_task(
                  &loop, &waiter,
                  ASYNC_CALL(leaves, &keeps.child, .way = TIMER)),
              0);
    turns(1);
    CHECK_INT(async_loop_close(&loop), 0);
    memset(&keeps, 0x55, sizeof keeps);
    reports_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(keeps, &keeps, .way = CLEAN)), 0);
    CHECK_TRACE("|");
}

static const struct test tests[] = {
    TEST(nothing_is_left),
    TEST(tasks_and_frames),
    TEST(callbacks_and_timers),
    TEST(what_is_awaited),
    TEST(a_shielded_task),
    TEST(a_gather_that_failed),
    TEST(a_gather_whose_owner_was_cancelled),
    TEST(an_unfinished_generator),
    TEST(used_again),
    TEST(blocks_of_a_pool),
    TEST(after_the_close),
};
TEST_MAIN(tests)
