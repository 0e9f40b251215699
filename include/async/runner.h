/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A runner runs several main coroutines one after the other on one loop, and
 * ends it once: asyncio.Runner. async_run() is one that runs a single one.
 *
 *     static async_runner_t runner;
 *     async_runner_init(&runner, &loop);
 *     async_runner_run(&runner, ASYNC_CALL(first, &a));
 *     async_runner_run(&runner, ASYNC_CALL(second, &b));
 *     async_runner_close(&runner);
 */
#ifndef ASYNC_RUNNER_H_INCLUDED
#define ASYNC_RUNNER_H_INCLUDED

#include "task.h"

/** asyncio.Runner: 44 bytes on a 32-bit machine. All private. */
struct async_runner {
    async_loop_t *loop;
    async_task_t main;
};
typedef struct async_runner async_runner_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a runner ready.
 *
 * @param runner  Must stay valid until it is closed.
 * @param loop    Initialised; must outlive the runner, which closes it.
 * @context{outside any loop} @cost{O(1)}
 */
#define async_runner_init ASYNC_ABI_(async_runner_init)
void async_runner_init(async_runner_t *runner, async_loop_t *loop);

/**
 * Runs a coroutine as the main task until it ends: runner.run(). Other tasks
 * that are left go on in the next run.
 *
 * @returns As async_run(). After ASYNC_ERR_STOPPED and ASYNC_ERR_DEADLOCK the
 *          coroutine is not finished: only async_runner_close() can follow, and
 *          ASYNC_ERR_BUSY says so. ASYNC_ERR_CLOSED after the close.
 * @context{outside any loop}
 */
int async_runner_run(async_runner_t *runner, async_coro_t *main);

/**
 * Ends everything and closes the loop: runner.close(). In this order: cancels
 * the tasks that are left and waits for them; closes the asynchronous generators
 * that are not finished (see ASYNC_TRACK_GENERATORS), one after the other, in
 * the order in which they began; closes the loop. What fails meanwhile goes to
 * the exception handler. Closing twice is harmless.
 *
 * @returns 0; ASYNC_ERR_RUNNING inside a running loop, and nothing is done;
 *          ASYNC_ERR_DEADLOCK when a task or generator cannot end, and
 *          ASYNC_ERR_CYCLE as async_run(): the loop is closed all the same.
 * @context{outside any loop}
 */
int async_runner_close(async_runner_t *runner);

ASYNC_EXTERN_C_END

#endif
