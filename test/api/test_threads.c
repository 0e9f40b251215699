/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Four threads post to one loop as fast as they can. Nothing may be lost: the
 * program would never end. Also built with ThreadSanitizer. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#ifndef MESSAGES
#define MESSAGES 20000
#endif
enum { THREADS = 4, SLOTS = 8 };

/* A message: whoever finds it free fills it in and posts it. */
struct message {
    async_post_t post; /* comes first */
    int taken;         /* atomic */
    int sender;
    long number; /* plain: what was written before the post can be read */
};

struct sender {
    struct message messages[SLOTS];
    async_post_t bell; /* posted again and again, read as a counter */
    long rung;         /* atomic */
    long heard;
    long sum, count;
    int id;
};

static async_posix_t posix;
static struct sender senders[THREADS];
static async_post_t shared; /* posted by all of them */
static long shared_value;   /* atomic: how often */
static long shared_seen;
static int finished;        /* threads */
static async_post_t over;

static int on_message(async_handle_t *handle)
{
    struct message *message = (struct message *)(void *)handle;
    struct sender *sender = &senders[message->sender];
    sender->sum += message->number;
    sender->count++;
    __atomic_store_n(&message->taken, 0, __ATOMIC_RELEASE);
    return 0;
}

static int on_bell(async_handle_t *handle)
{
    struct sender *sender = async_container_of(handle, struct sender,
                                               bell.handle);
    sender->heard = __atomic_load_n(&sender->rung, __ATOMIC_RELAXED);
    return 0;
}

static int on_shared(async_handle_t *handle)
{
    (void)handle;
    shared_seen = __atomic_load_n(&shared_value, __ATOMIC_RELAXED);
    return 0;
}

static int on_over(async_handle_t *handle)
{
    (void)handle;
    if (__atomic_load_n(&finished, __ATOMIC_ACQUIRE) == THREADS) {
        async_loop_stop(&loop);
    }
    return 0;
}

static bool post(async_post_t *which)
{
    return async_post(&loop, which) == 0;
}

static void *run_sender(void *argument)
{
    struct sender *sender = (struct sender *)argument;
    bool ok = true;
    long n;
    for (n = 1; n <= MESSAGES; n++) {
        struct message *message = &sender->messages[n % SLOTS];
        while (__atomic_load_n(&message->taken, __ATOMIC_ACQUIRE)) {
            sched_yield();
        }
        message->number = n;
        message->sender = sender->id;
        message->taken = 1;
        ok = post(&message->post) && ok;

        __atomic_store_n(&sender->rung, n, __ATOMIC_RELAXED);
        ok = post(&sender->bell) && ok;
        (void)__atomic_fetch_add(&shared_value, 1, __ATOMIC_RELAXED);
        ok = post(&shared) && ok;
        if (n % 1000 == 0) {
            struct timespec time = {0, 100000}; /* let the loop fall asleep */
            (void)nanosleep(&time, NULL);
        }
    }
    (void)__atomic_fetch_add(&finished, 1, __ATOMIC_RELEASE);
    ok = post(&over) && ok;
    return ok ? NULL : argument;
}

static int out_of_time(async_handle_t *handle)
{
    (void)handle;
    CHECK_PUTS("something was lost\n");
    abort();
    return 0;
}

/* SEM P-04 P-07 X-02 */
static void nothing_is_lost(void)
{
    static async_timer_t alarm_timer;
    pthread_t threads[THREADS];
    void *failed;
    int i, j;
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    __builtin_memset((void *)senders, 0, sizeof senders);
    shared_value = shared_seen = 0;
    finished = 0;
    async_post_init(&shared, on_shared);
    async_post_init(&over, on_over);
    for (i = 0; i < THREADS; i++) {
        senders[i].id = i;
        async_post_init(&senders[i].bell, on_bell);
        for (j = 0; j < SLOTS; j++) {
            async_post_init(&senders[i].messages[j].post, on_message);
        }
    }
    CHECK_INT(async_call_later_ms(&loop, &alarm_timer, 120000, out_of_time), 0);
    for (i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL, run_sender, &senders[i]),
                  0);
    }
    CHECK_INT(async_loop_run_forever(&loop), 0);
    for (i = 0; i < THREADS; i++) {
        CHECK_INT(pthread_join(threads[i], &failed), 0);
        CHECK(failed == NULL);
        CHECK_INT(senders[i].count, MESSAGES);
        CHECK_INT(senders[i].sum, (long)MESSAGES * (MESSAGES + 1l) / 2);
        CHECK_INT(senders[i].heard, MESSAGES);
    }
    CHECK_INT(shared_seen, (long)THREADS * MESSAGES);
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

/* Posting while the loop is closed: refused or discarded, never run, and the
 * post can be used again. */
static int closing; /* atomic */

static void *post_for_ever(void *argument)
{
    struct sender *sender = (struct sender *)argument;
    while (!__atomic_load_n(&closing, __ATOMIC_ACQUIRE)) {
        (void)post(&sender->bell);
        sched_yield();
    }
    return NULL;
}

/* SEM P-08 */
static void closing_while_posts_arrive(void)
{
    pthread_t threads[THREADS];
    int round, i;
    for (round = 0; round < 20; round++) {
        CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
        __atomic_store_n(&closing, 0, __ATOMIC_RELEASE);
        for (i = 0; i < THREADS; i++) {
            async_post_init(&senders[i].bell, on_bell);
            CHECK_INT(pthread_create(&threads[i], NULL, post_for_ever,
                                     &senders[i]),
                      0);
        }
        for (i = 0; i < 20; i++) {
            turns(1);
            sched_yield();
        }
        CHECK_INT(async_loop_close(&loop), 0);
        CHECK_INT(async_post(&loop, &shared), ASYNC_ERR_CLOSED);
        __atomic_store_n(&closing, 1, __ATOMIC_RELEASE);
        for (i = 0; i < THREADS; i++) {
            CHECK_INT(pthread_join(threads[i], NULL), 0);
        }
        async_posix_close(&posix);
    }
}

static const struct test tests[] = {
    TEST(nothing_is_lost),
    TEST(closing_while_posts_arrive),
};
TEST_MAIN(tests)
