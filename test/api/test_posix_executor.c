/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Jobs that run in threads. Also built with ThreadSanitizer. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <async/port/posix_executor.h>

#include <pthread.h>
#include <time.h>

#ifndef ROUNDS
#define ROUNDS 500
#endif
enum { THREADS = 3, TASKS = 8 };

static async_posix_t posix;
static async_posix_executor_t pool;
static pthread_t threads[THREADS];
static async_task_t tasks[TASKS];

struct work {
    unsigned seed, result;
    bool here; /* it ran in the loop's thread */
    pthread_t loop_thread;
    long nanoseconds;
};

static int compute(void *arg)
{
    struct work *work = (struct work *)arg;
    struct timespec time = {0, 0};
    time.tv_nsec = work->nanoseconds;
    work->result = work->seed * 3u;
    work->here = pthread_equal(pthread_self(), work->loop_thread) != 0;
    (void)nanosleep(&time, NULL);
    return work->seed % 5 == 0 ? -100 : 0;
}

struct user {
    ASYNC_FRAME;
    async_job_t job;
    struct work work;
    unsigned left, wrong, id;
    int err;
};
ASYNC_DEF(user)
{
    ASYNC_BEGIN;
    self->work.loop_thread = pthread_self();
    while (self->left-- > 0) {
        self->work.seed = self->left + 1000u * self->id;
        self->work.result = 0;
        AWAIT_STATUS(self->err,
                     async_run_in_executor(&pool.executor, &self->job, compute,
                                           &self->work));
        if (self->err == ASYNC_ERR_CANCELLED) {
            ASYNC_RETURN; /* the job may still run */
        }
        self->wrong += self->err != (self->work.seed % 5 == 0 ? -100 : 0);
        self->wrong += self->work.result != self->work.seed * 3u;
        self->wrong += self->work.here;
        self->wrong += async_job_busy(&self->job);
    }
    ASYNC_END;
}
static struct user users[TASKS];

static void begin(void)
{
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    CHECK_INT(async_posix_executor_init(&pool, threads, THREADS), 0);
}

static void end(void)
{
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

static void use(unsigned id, unsigned times, long nanoseconds)
{
    async_coro_t *coro =
        ASYNC_CALL(user, &users[id], .id = id, .left = times);
    users[id].work.nanoseconds = nanoseconds;
    CHECK_INT(async_loop_create_task(&loop, &tasks[id], coro), 0);
}

/* SEM EX-01 EX-07 */
static void many_jobs(void)
{
    unsigned i;
    begin();
    for (i = 0; i < TASKS; i++) {
        use(i, ROUNDS, 0);
    }
    for (i = 0; i < TASKS; i++) {
        CHECK_INT(async_loop_run_until_complete(&loop, &tasks[i].future), 0);
        CHECK_INT(users[i].wrong, 0);
    }
    async_posix_executor_close(&pool);
    use(0, 1, 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_INT(users[0].err, ASYNC_ERR_CLOSED);
    end();
}

/* SEM EX-03 EX-07 */
static void closing_waits_for_all(void)
{
    unsigned round, i;
    for (round = 0; round < 20; round++) {
        begin();
        for (i = 0; i < TASKS; i++) {
            use(i, 1, (long)(i * 50000));
        }
        turns(1);
        for (i = 0; i < TASKS; i += 2) { /* begun or not */
            (void)async_task_cancel(&tasks[i]);
        }
        turns(round % 3);
        if (round % 2 == 0) {
            CHECK_INT(async_loop_close(&loop), 0);
            async_posix_executor_close(&pool);
            async_posix_close(&posix);
            for (i = 1; i < TASKS; i += 2) {
                CHECK_INT(users[i].work.result, users[i].work.seed * 3u);
            }
        } else {
            async_posix_executor_close(&pool);
            turns(3);
            for (i = 0; i < TASKS; i++) {
                CHECK(!async_job_busy(&users[i].job));
                CHECK(async_future_done(&tasks[i].future));
            }
            end();
        }
        __builtin_memset((void *)users, 0, sizeof users);
        __builtin_memset((void *)tasks, 0, sizeof tasks);
    }
}

/* SEM EX-07 */
static void no_threads(void)
{
    CHECK_INT(async_posix_executor_init(&pool, threads, 0), ASYNC_ERR_VALUE);
}

static const struct test tests[] = {
    TEST(many_jobs),
    TEST(closing_waits_for_all),
    TEST(no_threads),
};
TEST_MAIN(tests)
