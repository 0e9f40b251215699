/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * timeout: a block of code that may take only so long.
 *
 *     ASYNC_TIMEOUT_MS(&self->limit, 500) {
 *         AWAIT(...);
 *         AWAIT(...);
 *     } ASYNC_END_TIMEOUT;                        // raises ASYNC_ERR_TIMEOUT
 *
 * At the deadline the task is cancelled; what leaves the block as
 * ASYNC_ERR_CANCELLED because of that becomes ASYNC_ERR_TIMEOUT. Blocks nest.
 */
#ifndef ASYNC_TIMEOUT_H_INCLUDED
#define ASYNC_TIMEOUT_H_INCLUDED

#include "awaitable.h"
#include "operation.h"

/** asyncio.Timeout: 24 bytes on a 32-bit machine. Zero-initialise; lives in the
 * frame. It can be used again when its block has been left; clear it if the loop
 * was closed within. All private. */
struct async_timeout {
    async_timer_t timer;
    async_task_t *task;
    uint8_t cancelling; /**< requests when the block was entered */
    uint8_t state;
    bool never;         /**< no deadline */
};
typedef struct async_timeout async_timeout_t;

/**
 * Block: cancels its task after some milliseconds unless left before:
 * `async with asyncio.timeout()`. Zero or less cancels at its first suspension.
 * It raises ASYNC_ERR_RUNTIME when entered inside itself.
 *
 * @param timeout  Evaluated again when the block is left: the same pointer.
 * @context{task} @cost{one timer}
 */
#define ASYNC_TIMEOUT_MS(timeout, ms) \
    ASYNC_TIMEOUT_TICKS(timeout, async_ms(ms))

/** The same in ticks; ASYNC_FOREVER for no deadline. */
#define ASYNC_TIMEOUT_TICKS(timeout, delay)                  \
    ASYNC_SCOPE_(async_timeout_enter_((timeout), (delay)),   \
                 async_timeout_leave_((timeout), ctx_->status))

/** The same with a time of async_loop_time(): asyncio.timeout_at(). */
#define ASYNC_TIMEOUT_AT(timeout, when)                      \
    ASYNC_SCOPE_(async_timeout_enter_at_((timeout), (when)), \
                 async_timeout_leave_((timeout), ctx_->status))

#define ASYNC_END_TIMEOUT ASYNC_END_SCOPE_

ASYNC_EXTERN_C_BEGIN

/**
 * Moves the deadline of a block that runs: timeout.reschedule().
 *
 * @param when  A time of async_loop_time().
 * @returns 0; ASYNC_ERR_RUNTIME before the block was entered, after the
 *          deadline and after the block was left.
 * @context{task or callback of the loop} @cost{one timer}
 */
int async_timeout_reschedule(async_timeout_t *timeout, async_tick_t when);

/** The same, counted from now, in ticks; ASYNC_FOREVER takes the deadline
 * away: reschedule(None). */
int async_timeout_reschedule_ticks(async_timeout_t *timeout,
                                   async_delay_t delay);

/** Whether the deadline has cancelled the task: timeout.expired(). */
bool async_timeout_expired(const async_timeout_t *timeout);

/** Stores the deadline: timeout.when(). @returns false if there is none. */
bool async_timeout_when(const async_timeout_t *timeout, async_tick_t *when);

async_op_t async_timeout_enter_(async_timeout_t *timeout, async_delay_t delay);
async_op_t async_timeout_enter_at_(async_timeout_t *timeout, async_tick_t when);
int async_timeout_leave_(async_timeout_t *timeout, int status);

ASYNC_EXTERN_C_END

#endif
