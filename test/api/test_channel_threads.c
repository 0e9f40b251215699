/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A thread fills a channel and sets a flag as fast as it can. Also built with
 * ThreadSanitizer. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

#ifndef MESSAGES
#define MESSAGES 50000
#endif

/* An element that shows when it is torn, large enough to be overtaken. */
enum { COPIES = 100 };
struct item {
    unsigned number;
    unsigned copies[COPIES];
};

static async_posix_t posix;
static ASYNC_CHANNEL(struct item, 2) channel;
static async_flag_t flag;
static unsigned refused; /* the producer's */
static unsigned shared;  /* plain: written before a set, read after the wait */

static struct item make_item(unsigned number)
{
    struct item item;
    unsigned i;
    item.number = number;
    for (i = 0; i < COPIES; i++) {
        item.copies[i] = number ^ i;
    }
    return item;
}

static void now_and_then(unsigned n)
{
    if (n % 4 == 0) {
        sched_yield();
    }
    if (n % 5000 == 0) {
        struct timespec time = {0, 100000}; /* let the loop fall asleep */
        (void)nanosleep(&time, NULL);
    }
}

static void *run_producer(void *argument)
{
    unsigned n;
    refused = 0;
    for (n = 1; n <= MESSAGES; n++) {
        int status = async_channel_put(&channel, make_item(n));
        if (status == ASYNC_ERR_QUEUE_FULL) {
            refused++;
        } else if (status != 0) {
            return argument;
        }
        now_and_then(n);
    }
    return async_channel_close(&channel) == 0 ? NULL : argument;
}

struct consumer {
    ASYNC_FRAME;
    struct item item;
    unsigned last, count, torn;
};
ASYNC_DEF(consumer)
{
    unsigned i;
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&channel)) {
        if (async_channel_receive_nowait(&channel, &self->item) != 0 ||
            self->item.number <= self->last) {
            self->torn++;
        }
        for (i = 0; i < COPIES; i++) {
            self->torn += self->item.copies[i] != (self->item.number ^ i);
        }
        self->last = self->item.number;
        self->count++;
    }
    ASYNC_END_FOR;
    ASYNC_END;
}

static void run(enum async_channel_keep keep)
{
    static struct consumer frame;
    static async_task_t task;
    pthread_t thread;
    void *failed;
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    async_channel_init(&channel, &loop, keep);
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(consumer, &frame)),
              0);
    CHECK_INT(pthread_create(&thread, NULL, run_producer, &frame), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future), 0);
    CHECK_INT(pthread_join(thread, &failed), 0);
    CHECK(failed == NULL);
    CHECK_INT(frame.torn, 0);
    CHECK_INT(frame.count + async_channel_lost(&channel), MESSAGES);
    CHECK(frame.count > 0);
    if (keep == ASYNC_CHANNEL_KEEP_OLDEST) {
        CHECK_INT(async_channel_lost(&channel), refused);
    } else {
        CHECK_INT(frame.last, MESSAGES);
        CHECK_INT(refused, 0);
    }
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

/* SEM CH-09 */
static void keeping_the_oldest(void)
{
    run(ASYNC_CHANNEL_KEEP_OLDEST);
}

/* SEM CH-09 */
static void keeping_the_newest(void)
{
    run(ASYNC_CHANNEL_KEEP_NEWEST);
}

/* -- Flag ----------------------------------------------------------------- */

static unsigned acknowledged; /* atomic */

static void *run_setter(void *argument)
{
    unsigned n;
    for (n = 1; n <= MESSAGES / 10; n++) {
        shared = n;
        if (async_flag_set(&flag) != 0) {
            return argument;
        }
        while (__atomic_load_n(&acknowledged, __ATOMIC_ACQUIRE) != n) {
            sched_yield();
        }
    }
    return NULL;
}

struct watcher {
    ASYNC_FRAME;
    unsigned n, wrong;
};
ASYNC_DEF(watcher)
{
    ASYNC_BEGIN;
    for (self->n = 1; self->n <= MESSAGES / 10; self->n++) {
        AWAIT(async_flag_wait(&flag));
        self->wrong += shared != self->n;
        __atomic_store_n(&acknowledged, self->n, __ATOMIC_RELEASE);
        if (self->n % 2 == 0) { /* at once or after a wait */
            sched_yield();
        }
    }
    ASYNC_END;
}

/* SEM FL-09 */
static void a_flag_from_a_thread(void)
{
    static struct watcher frame;
    static async_task_t task;
    pthread_t thread;
    void *failed;
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    async_flag_init(&flag, &loop);
    __atomic_store_n(&acknowledged, 0, __ATOMIC_RELEASE);
    CHECK_INT(async_loop_create_task(&loop, &task, ASYNC_CALL(watcher, &frame)),
              0);
    CHECK_INT(pthread_create(&thread, NULL, run_setter, &frame), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future), 0);
    CHECK_INT(pthread_join(thread, &failed), 0);
    CHECK(failed == NULL);
    CHECK_INT(frame.wrong, 0);
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

static const struct test tests[] = {
    TEST(keeping_the_oldest),
    TEST(keeping_the_newest),
    TEST(a_flag_from_a_thread),
};
TEST_MAIN(tests)
