/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A future that an interrupt or another thread finishes, in asyncio
 * loop.call_soon_threadsafe(future.set_result, result):
 *
 *     static async_completion_t done;
 *
 *     void DMA_IRQHandler(void) { async_completion_set_result(&done, buffer); }
 *
 *     async_completion_init(&done, &loop);
 *     dma_start(buffer);
 *     AWAIT(&done.future);
 *
 * One event, with a result or an error, for any number of tasks. For events
 * that come again and again use flag.h, for data channel.h.
 */
#ifndef ASYNC_COMPLETION_H_INCLUDED
#define ASYNC_COMPLETION_H_INCLUDED

#include "future.h"

/** A completion: 44 bytes on a 32-bit machine. Zero-initialise. Private but for
 * `future`. */
struct async_completion {
    async_future_t future; /**< comes first; awaited, gathered, cancelled, ... */
    async_post_t post;
    void *result;
    uintptr_t claimed; /**< atomic: somebody has completed it */
    int error;
};
typedef struct async_completion async_completion_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the future pending.
 *
 * @param completion  Zero, or not in use any more: nobody will complete it and
 *                    everyone who awaited it has run. Must stay valid until
 *                    then.
 * @param loop        The loop of the tasks that wait.
 * @returns 0, or ASYNC_ERR_BUSY while the loop has not taken in an earlier
 *          completion, of a future that was cancelled for instance.
 * @context{task or callback of the loop, or outside any} @cost{O(1)}
 */
#define async_completion_init ASYNC_ABI_(async_completion_init)
int async_completion_init(async_completion_t *completion, async_loop_t *loop);

/**
 * Finishes the future, in the loop's next iteration. What the caller wrote
 * before is visible to those who wait.
 *
 * @param result  What async_future_result() hands out; may be 0. Not copied.
 * @returns 0, also if the future was cancelled meanwhile;
 *          ASYNC_ERR_INVALID_STATE if it was completed before, also by an
 *          interrupt of another priority at the same time; ASYNC_ERR_CLOSED if
 *          its loop is.
 * @context{any task, thread, signal handler or ISR} @cost{as async_post()}
 */
int async_completion_set_result(async_completion_t *completion, void *result);

/**
 * Finishes the future with an error, in the loop's next iteration.
 *
 * @returns As async_completion_set_result(); ASYNC_ERR_TYPE as
 *          async_future_set_exception().
 * @context{any task, thread, signal handler or ISR} @cost{as async_post()}
 */
int async_completion_set_exception(async_completion_t *completion, int error);

ASYNC_EXTERN_C_END

#endif
