/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Sleeping, once and periodically.
 */
#ifndef ASYNC_SLEEP_H_INCLUDED
#define ASYNC_SLEEP_H_INCLUDED

#include "operation.h"

/** Wakes at a fixed rate without drift. */
struct async_ticker {
    async_tick_t next;    /**< when the next period ends */
    async_delay_t period; /**< in ticks */
    uint16_t missed;      /**< periods that passed unnoticed; read-only */
};
typedef struct async_ticker async_ticker_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Waits for some ticks: asyncio.sleep(). Zero or less gives up one iteration.
 * The clock counts whole ticks, so it may be up to one tick short. The timer
 * runs in one iteration of the loop, the task in the next.
 *
 * @context{task} @cancel{strict}
 * @cost{O(1) amortised (radix); O(later timers) (list)}
 */
ASYNC_MUST_USE async_op_t async_sleep_ticks(async_delay_t delay);

/** Waits until a time of async_loop_time(); one that has passed gives up one
 * iteration. @context{task} @cancel{strict} */
ASYNC_MUST_USE async_op_t async_sleep_until(async_tick_t when);

/**
 * Starts the first period now.
 *
 * @param period  In ticks, at least 1.
 * @returns 0, or ASYNC_ERR_VALUE for a period of 0 or less.
 * @context{task or callback} @cost{O(1)}
 */
#define async_ticker_init_ticks ASYNC_ABI_(async_ticker_init_ticks)
int async_ticker_init_ticks(async_ticker_t *ticker, async_loop_t *loop,
                            async_delay_t period);

/** async_ticker_init_ticks() in milliseconds, rounded up to ticks. */
#define async_ticker_init_ms ASYNC_ABI_(async_ticker_init_ms)
int async_ticker_init_ms(async_ticker_t *ticker, async_loop_t *loop,
                         int32_t period);

/**
 * Waits for the end of the period. Ends are whole periods after the start,
 * whatever the task does meanwhile; periods that have passed altogether are
 * skipped and counted in `missed`; one that has passed a while ago ends the
 * wait at once.
 *
 * @context{task} @cancel{weak: the period counts as waited for}
 */
ASYNC_MUST_USE async_op_t async_ticker_wait(async_ticker_t *ticker);

ASYNC_EXTERN_C_END

/* Inline, so that a constant becomes a constant number of ticks. */
static ASYNC_ALWAYS_INLINE_ ASYNC_MUST_USE async_op_t
async_sleep_units_(int32_t amount, int32_t per_second)
{
    async_delay_t ticks;
    return async_to_ticks_(amount, per_second, &ticks)
               ? async_sleep_ticks(ticks)
               : async_op_done(ASYNC_ERR_VALUE);
}

/** async_sleep_ticks() in milliseconds, rounded up to ticks. Raises
 * ASYNC_ERR_VALUE if that is out of the range of ticks. */
static ASYNC_ALWAYS_INLINE_ ASYNC_MUST_USE async_op_t
async_sleep_ms(int32_t ms)
{
    return async_sleep_units_(ms, 1000);
}

/** async_sleep_ticks() in microseconds, rounded up to ticks. Raises
 * ASYNC_ERR_VALUE if that is out of the range of ticks. */
static ASYNC_ALWAYS_INLINE_ ASYNC_MUST_USE async_op_t
async_sleep_us(int32_t us)
{
    return async_sleep_units_(us, 1000000);
}

/* Coroutine forms, for what takes a coroutine: create_task, wait_for, ... */

/** Frame of the coroutine form of async_sleep_ms():
 * ASYNC_CALL(async_sleep, &frame, .ms = 250). */
struct async_sleep {
    ASYNC_FRAME;
    int32_t ms;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_sleep);
ASYNC_EXTERN_C_END

#endif
