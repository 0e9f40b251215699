/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of sleep.h. */
#ifndef ASYNC_DETAIL_SLEEP_IMPL_H_INCLUDED
#define ASYNC_DETAIL_SLEEP_IMPL_H_INCLUDED

#include "ready.h"

#include "../operation.h"
#include "../sleep.h"

ASYNC_EXTERN_C_BEGIN

/* Runs when the timer is due. asyncio's timer sets a future that wakes the
 * sleeper one iteration later; the same order comes from queueing the task once
 * more. */
static int async_sleep_run_(async_handle_t *handle)
{
    handle->run = NULL;
    async_ready_(async_op_task(handle)->future.loop, &handle->node);
    return ASYNC_OK;
}

static ASYNC_ALWAYS_INLINE_ async_op_t
async_sleep_at_(async_task_t *task, async_tick_t when, async_tick_t now)
{
    async_run_fn cancelled;
    if (!async_before_(now, when)) {
        return async_pause();
    }
    cancelled = async_wait_(task, async_sleep_run_);
    task->timer.u.when = when;
    async_timers_add_(&task->future.loop->timers, &task->timer, now);
    return async_waiting_(task, cancelled);
}

async_op_t async_sleep_ticks(async_delay_t delay)
{
    async_task_t *task = async_caller_();
    async_tick_t now;
    if (delay <= 0) {
        return async_pause();
    }
    now = async_now_(task->future.loop);
    return async_sleep_at_(task, now + (async_tick_t)delay, now);
}

async_op_t async_sleep_until(async_tick_t when)
{
    async_task_t *task = async_caller_();
    return async_sleep_at_(task, when, async_now_(task->future.loop));
}

int async_ticker_init_ticks(async_ticker_t *ticker, async_loop_t *loop,
                            async_delay_t period)
{
    ASYNC_CHECK(ticker != NULL && loop != NULL, NULL_ARGUMENT);
    if (period <= 0) {
        return ASYNC_ERR_VALUE;
    }
    ticker->period = period;
    ticker->next = async_loop_time(loop) + (async_tick_t)period;
    ticker->missed = 0;
    return ASYNC_OK;
}

int async_ticker_init_ms(async_ticker_t *ticker, async_loop_t *loop,
                         int32_t period)
{
    async_delay_t ticks;
    return async_to_ticks_(period, 1000, &ticks)
               ? async_ticker_init_ticks(ticker, loop, ticks)
               : (int)ASYNC_ERR_VALUE;
}

async_op_t async_ticker_wait(async_ticker_t *ticker)
{
    async_task_t *task = async_caller_();
    async_tick_t now = async_now_(task->future.loop);
    async_tick_t end, late, period;
    ASYNC_CHECK(ticker != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(ticker->period > 0, NOT_CALLED);
    end = ticker->next;
    period = (async_tick_t)ticker->period;
    late = now - end;
    if (!async_before_(now, end) && late >= period) {
        ticker->missed = (uint16_t)(ticker->missed + late / period);
        end += late - late % period; /* the last end that has passed */
    }
    ticker->next = end + period;
    return async_sleep_at_(task, end, now);
}

ASYNC_DEF_EXTERN(async_sleep)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->ms));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
