/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Functions that take long, run by somebody else: loop.run_in_executor() and
 * asyncio.to_thread(). Who that is, is up to the executor: threads
 * (port/posix_executor.h), the superloop or an interrupt of a low priority
 * (async_worker_t, below), a simulated worker (port/sim_executor.h), or a
 * struct of your own with a submit function.
 *
 *     static int hash(void *arg) { ... return 0; }     // not in the loop
 *
 *     AWAIT(async_run_in_executor(&pool.executor, &self->job, hash, &data));
 *
 * The result comes back by async_post(). **A job must stay valid until
 * async_job_busy() is false**, also if its future was cancelled: nobody can
 * stop a function that runs. Let the jobs end before you close the loop: the
 * result of one is lost that was not taken in, and then it stays busy.
 */
#ifndef ASYNC_EXECUTOR_H_INCLUDED
#define ASYNC_EXECUTOR_H_INCLUDED

#include "task.h"

typedef struct async_executor async_executor_t;
typedef struct async_job async_job_t;
typedef struct async_worker async_worker_t;

/** What runs a job. */
struct async_executor {
    /**
     * Takes a job and sees to it that async_job_run() is called once for it,
     * from anywhere but the loop's own context.
     * @returns 0, or the error that the job's future then has.
     */
    int (*submit)(async_executor_t *executor, async_job_t *job);
};

/** A function to run, and the future of its result. Zero-initialise. Private,
 * but for `post.handle`: executors may use that to link a job until they run
 * it. */
struct async_job {
    async_hooked_t hooked;
    async_post_t post;
    int (*fn)(void *arg);
    void *arg;
    int16_t status;
    bool busy;    /**< atomic: the executor or the inbox has it */
    bool dropped; /**< atomic: cancelled, nobody wants the result */
};

/** An executor whose jobs run where async_worker_run_one() is called. Fields
 * are private but for `executor`. */
struct async_worker {
    async_executor_t executor;
    async_handle_t *submitted; /**< newest first */
    async_node_t *taken;       /**< the worker's, oldest first */
    void (*on_work)(async_worker_t *worker);
};

ASYNC_EXTERN_C_BEGIN

/**
 * Lets an executor run `fn(arg)`: loop.run_in_executor().
 *
 * @param job  Zero, or not busy. Must stay valid until it is not busy any more
 *             and everyone who awaited the future has run.
 * @param fn   Returns 0, or the negative status that the future then has. What
 *             it computes goes where `arg` points; that is also the result.
 * @returns The future of the result, in the running loop. It has an error at
 *          once if the executor refused the job. 0 if the job is busy or no
 *          loop is running.
 * @context{task or callback}
 * @cancel{strict for what has not begun, which then never runs; a function
 *         that runs goes on, and its result is dropped}
 * @cost{O(1) and the executor's submit}
 */
async_future_t *async_run_in_executor(async_executor_t *executor,
                                      async_job_t *job, int (*fn)(void *arg),
                                      void *arg);

/** Whether the executor still uses the job; if not, the job and what `arg`
 * points to can be used again. @context{any} @cost{O(1)} */
bool async_job_busy(const async_job_t *job);

/** For executors: runs the job's function and delivers the result. Afterwards
 * the job is not the executor's any more.
 * @context{a thread, another loop, an ISR; the superloop between iterations} */
void async_job_run(async_job_t *job);

/**
 * Makes an executor that only collects jobs.
 *
 * @param on_work  Called by each submit, in the loop's context: wakes or pends
 *                 whoever calls async_worker_run_one(). May be 0.
 * @context{before the first use}
 */
void async_worker_init(async_worker_t *worker,
                       void (*on_work)(async_worker_t *worker));

/** Runs the oldest job here. @returns false if there was none.
 * @context{outside the loop's tasks and callbacks; one caller at a time}
 * @cost{what the function does} */
bool async_worker_run_one(async_worker_t *worker);

/** Whether async_worker_run_one() has something to do. @context{as that} */
bool async_worker_has_work(const async_worker_t *worker);

/** Frame of the coroutine form, asyncio.to_thread():
 * ASYNC_CALL(async_to_thread, &frame, .executor = e, .fn = f, .arg = a). It
 * must stay valid until its `job` is not busy. */
struct async_to_thread {
    ASYNC_FRAME;
    async_executor_t *executor;
    int (*fn)(void *arg);
    void *arg;
    async_job_t job;
};
ASYNC_DECLARE(async_to_thread);

ASYNC_EXTERN_C_END

#endif
