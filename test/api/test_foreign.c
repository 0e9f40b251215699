/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Calls from a thread that does not run the loop: a debug build stops. Each
 * runs in a process of its own, which the hook ends. */
#define ASYNC_IMPLEMENTATION
#include "mistakes.h"

#include <pthread.h>

static async_future_t future;
static async_task_t task, other;
static async_timer_t timer;
static async_handle_t handle;
static async_post_t post;
static async_waiters_t waiters;

static int do_nothing(async_handle_t *which)
{
    (void)which;
    return 0;
}

struct waits {
    ASYNC_FRAME;
};
ASYNC_DEF(waits)
{
    ASYNC_BEGIN;
    AWAIT(&future);
    ASYNC_END;
}
static struct waits waits, again;

/* -- What the other thread does ------------------------------------------------ */

static void call_soon(void)
{
    (void)async_call_soon(&loop, &handle, do_nothing);
}

static void call_later(void)
{
    (void)async_call_later(&loop, &timer, 5, do_nothing);
}

static void create_task(void)
{
    (void)async_loop_create_task(&loop, &other, ASYNC_CALL(waits, &again));
}

static void set_result(void)
{
    (void)async_future_set_result(&future, NULL);
}

static void cancel(void)
{
    (void)async_task_cancel(&task);
}

static void cancel_handle(void)
{
    (void)async_timer_cancel(&loop, &timer);
}

static void allowed(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
    CHECK(!async_loop_is_closed(&loop));
    CHECK(async_loop_is_running(&loop));
    CHECK_INT(async_wake_all(&waiters), 0);
    _exit(check_.failures == 0 ? 98 : 97);
}

/* -- Running it while the loop runs --------------------------------------------- */

static void (*foreign)(void);

static void *thread(void *unused)
{
    foreign();
    return unused;
}

static int start_thread(async_handle_t *which)
{
    pthread_t id;
    (void)which;
    CHECK_INT(pthread_create(&id, NULL, thread, NULL), 0);
    CHECK_INT(pthread_join(id, NULL), 0);
    return 0;
}

static void run_beside_a_thread(void)
{
    static async_handle_t starter;
    world_begin();
    async_future_init(&future, &loop);
    async_post_init(&post, do_nothing);
    (void)async_loop_create_task(&loop, &task, ASYNC_CALL(waits, &waits));
    (void)async_call_later(&loop, &timer, 100, do_nothing);
    turns(1);
    (void)async_call_soon(&loop, &starter, start_thread);
    turns(1);
}

static int mistake_in_thread(void (*run)(void))
{
    foreign = run;
    return mistake_of(run_beside_a_thread);
}

/* SEM DB-10 */
static void test_check_thread(void)
{
    CHECK_INT(mistake_in_thread(call_soon), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(call_later), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(create_task), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(set_result), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(cancel), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(cancel_handle), ASYNC_MISUSE_FOREIGN);
    CHECK_INT(mistake_in_thread(allowed), -2);
}

static const struct test tests[] = {TEST(test_check_thread)};

TEST_MAIN(tests)
