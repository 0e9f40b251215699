/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What tasks are doing, and printed forms. */
#include "world.h"

#include <string.h>

static char text[80];

/* Expected texts differ by what the build knows: names of tasks, of coroutines
 * in a debug build. */
#if ASYNC_TASK_NAMES
#define NAME(name) " '" name "'"
#else
#define NAME(name) ""
#endif
#if ASYNC_DEBUG
#define OF(name) " of " name "()"
#define CORO(name) " " name "()"
#define STATE(debug, other) debug
#else
#define OF(name) ""
#define CORO(name) ""
#define STATE(debug, other) other
#endif

#define CHECK_TASK(task, expected) \
    CHECK_STR(async_task_repr((task), text, sizeof text), expected)

static async_task_t task, other;
static async_future_t future;
static async_event_t event;

struct child {
    ASYNC_FRAME;
};
ASYNC_DEF(child)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_END;
}

struct doer {
    ASYNC_FRAME;
    int status;
    struct child child;
};
ASYNC_DEF(doer)
{
    ASYNC_BEGIN;
    CHECK_INT(async_task_activity(&task), ASYNC_ACTIVITY_RUNNING);
    CHECK_TASK(&task, "<Task" NAME("Task-1") OF("doer") " pending, running>");
    CHECK_STR(async_coro_repr(&self->async_, text, sizeof text),
              "<coroutine" CORO("doer") STATE(" running>", " awaited>"));
    CHECK_STR(async_loop_repr(&loop, text, sizeof text),
              "<Loop running, 2 tasks>");
    AWAIT(ASYNC_CALL(child, &self->child));
    CHECK_STR(async_coro_repr(&self->child.async_, text, sizeof text),
              "<coroutine" CORO("child") STATE(" ended>", " awaited>"));
    AWAIT(async_sleep_ticks(1));
    AWAIT(&future);
    AWAIT(&other);
    AWAIT_STATUS(self->status, async_event_wait(&event));
    ASYNC_RAISE(ASYNC_ERR_TIMEOUT);
    ASYNC_END;
}

struct sleeper {
    ASYNC_FRAME;
    async_delay_t ticks;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->ticks));
    ASYNC_END;
}

static struct doer doer;
static struct sleeper sleeper;

#define CHECK_DOING(what, expected)                                  \
    (CHECK_INT(async_task_activity(&task), ASYNC_ACTIVITY_##what),   \
     CHECK_TASK(&task, "<Task" NAME("Task-1") OF("doer") expected))

static void begin(void)
{
    world_begin();
    memset(&task, 0, sizeof task);
    memset(&other, 0, sizeof other);
    async_future_init(&future, &loop);
    async_event_init(&event);
    CHECK_INT(async_task_activity(&task), ASYNC_ACTIVITY_NONE);
    CHECK_TASK(&task, "<Task not created>");
    CHECK_INT(async_loop_create_task(&loop, &task, ASYNC_CALL(doer, &doer)), 0);
    CHECK_INT(async_loop_create_task(&loop, &other,
                                     ASYNC_CALL(sleeper, &sleeper,
                                                .ticks = 50)),
              0);
}

/* SEM RP-01 RP-02 */
static void a_life(void)
{
    begin();
    CHECK_DOING(READY, " pending, ready>");
    turns(1);
    CHECK_DOING(READY, " pending, ready>");
    CHECK_STR(async_coro_repr(&doer.async_, text, sizeof text),
              "<coroutine" CORO("doer") STATE(" suspended>", " awaited>"));
    turns(1);
    CHECK_DOING(SLEEPS, " pending, sleeps>");
    async_sim_advance(&sim, 1);
    turns(2);
    CHECK_DOING(FUTURE, " pending, waits for future>");
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    CHECK_DOING(READY, " pending, ready>");
    turns(1);
    CHECK_DOING(TASK, " pending, waits for task" NAME("Task-2") ">");
    async_sim_advance(&sim, 50);
    turns(3);
    CHECK_DOING(OPERATION, " pending, waits in operation>");
    CHECK_INT(async_task_cancel(&task), 1);
    CHECK_DOING(READY, " cancelling, ready>");
    turns(1);
    CHECK_INT(async_task_activity(&task), ASYNC_ACTIVITY_FINISHED);
    CHECK_TASK(&task, "<Task" NAME("Task-1")
                      " finished, error -2 (timeout)>");
    CHECK_TASK(&other, "<Task" NAME("Task-2") " finished>");
    CHECK_STR(async_future_repr(&task.future, text, sizeof text),
              "<Task" NAME("Task-1") " finished, error -2 (timeout)>");
    CHECK_INT(async_future_exception(&task.future, &doer.status), 0);
    world_end();
}

/* SEM RP-01 RP-02 */
static void a_cancelled_task(void)
{
    begin();
    CHECK_INT(async_task_cancel(&other), 1);
    turns(1);
    CHECK_INT(async_task_activity(&other), ASYNC_ACTIVITY_CANCELLED);
    CHECK_TASK(&other, "<Task" NAME("Task-2") " cancelled>");
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM RP-03 */
static void futures_loops_and_coroutines(void)
{
    async_coro_t *coro;
    world_begin();
    async_future_init(&future, &loop);
    CHECK_STR(async_future_repr(&future, text, sizeof text),
              "<Future pending>");
    CHECK_INT(async_future_set_exception(&future, -300), 0);
    CHECK_STR(async_future_repr(&future, text, sizeof text),
              "<Future finished, error -300 (user error)>");
    async_future_init(&future, &loop);
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    CHECK_STR(async_future_repr(&future, text, sizeof text),
              "<Future finished>");
    async_future_init(&future, &loop);
    CHECK_INT(async_future_cancel(&future), 1);
    CHECK_STR(async_future_repr(&future, text, sizeof text),
              "<Future cancelled>");
    CHECK_STR(async_loop_repr(&loop, text, sizeof text),
              "<Loop stopped, 0 tasks>");
    coro = ASYNC_CALL(sleeper, &sleeper);
    CHECK_STR(async_coro_repr(coro, text, sizeof text),
              "<coroutine" CORO("sleeper") " created>");
    CHECK_INT(async_loop_create_task(&loop, &task, coro), 0);
    CHECK_STR(async_loop_repr(&loop, text, sizeof text),
              "<Loop stopped, 1 task>");
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_STR(async_loop_repr(&loop, text, sizeof text),
              "<Loop closed, 0 tasks>");
    memset(&doer, 0, sizeof doer);
    CHECK_STR(async_coro_repr(&doer.async_, text, sizeof text),
              "<coroutine not created>");
}

/* SEM RP-04 */
static void small_buffers(void)
{
    static const char whole[] = "<Loop stopped, 0 tasks>";
    size_t size;
    world_begin();
    for (size = 0; size <= sizeof whole; size++) {
        memset(text, '#', sizeof text);
        CHECK(async_loop_repr(&loop, text, size) == text);
        CHECK(text[size] == '#');
        if (size > 0) {
            size_t length = size - 1 < sizeof whole - 1 ? size - 1
                                                        : sizeof whole - 1;
            CHECK(memcmp(text, whole, length) == 0);
            CHECK_INT(text[length], 0);
        }
    }
    world_end();
}

static const struct test tests[] = {
    TEST(a_life),
    TEST(a_cancelled_task),
    TEST(futures_loops_and_coroutines),
    TEST(small_buffers),
};
TEST_MAIN(tests)
