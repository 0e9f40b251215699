/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * An executor of POSIX threads: concurrent.futures.ThreadPoolExecutor. Not
 * part of async.h, so that programs without it need not link with -pthread.
 *
 *     static pthread_t threads[4];
 *     static async_posix_executor_t pool;
 *     async_posix_executor_init(&pool, threads, 4);
 *     ... AWAIT(async_run_in_executor(&pool.executor, &self->job, f, arg)); ...
 *     async_posix_executor_close(&pool);    // before the loop goes away
 */
#ifndef ASYNC_PORT_POSIX_EXECUTOR_H_INCLUDED
#define ASYNC_PORT_POSIX_EXECUTOR_H_INCLUDED

#include "../executor.h"

#include <pthread.h>

/** A pool of threads. Fields are private but for `executor`. */
struct async_posix_executor {
    async_executor_t executor; /**< comes first */
    pthread_mutex_t mutex;     /**< of all that follows */
    pthread_cond_t work;
    async_node_t *first; /**< jobs that wait, oldest first */
    async_node_t **last; /**< where the next one is linked */
    bool closing;
    pthread_t *threads;
    unsigned count;
};
typedef struct async_posix_executor async_posix_executor_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Starts the threads.
 *
 * @param executor  Must stay valid until async_posix_executor_close().
 * @param threads   Storage for `count` threads, as long.
 * @returns 0; ASYNC_ERR_VALUE if `count` is 0; ASYNC_ERR_OS if there are no
 *          more threads to be had, and none is left running.
 * @context{before the first use}
 */
int async_posix_executor_init(async_posix_executor_t *executor,
                              pthread_t *threads, unsigned count);

/**
 * Ends the threads when they have run all jobs, and waits for that:
 * loop.shutdown_default_executor(). Jobs submitted afterwards get
 * ASYNC_ERR_CLOSED. Call it while the loops of the jobs still exist, open or
 * closed.
 *
 * @context{outside any loop, or where blocking does not matter}
 */
void async_posix_executor_close(async_posix_executor_t *executor);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && \
    !defined(ASYNC_PORT_POSIX_EXECUTOR_IMPLEMENTED)
#define ASYNC_PORT_POSIX_EXECUTOR_IMPLEMENTED
#include "../detail/posix_executor_impl.h"
#endif
