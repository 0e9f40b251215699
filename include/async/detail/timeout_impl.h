/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of timeout.h. */
#ifndef ASYNC_DETAIL_TIMEOUT_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TIMEOUT_IMPL_H_INCLUDED

#include "ready.h"

#include "../timeout.h"

ASYNC_EXTERN_C_BEGIN

enum async_timeout_state {
    ASYNC_TIMEOUT_CREATED_,
    ASYNC_TIMEOUT_ENTERED_,
    ASYNC_TIMEOUT_EXPIRING_,
    ASYNC_TIMEOUT_EXPIRED_,
    ASYNC_TIMEOUT_EXITED_
};

static int async_timeout_run_(async_handle_t *handle)
{
    async_timeout_t *timeout = (async_timeout_t *)(void *)handle;
    timeout->state = ASYNC_TIMEOUT_EXPIRING_;
    return async_task_cancel(timeout->task) < 0 ? (int)ASYNC_ERR_CYCLE
                                                : (int)ASYNC_OK;
}

int async_timeout_reschedule(async_timeout_t *timeout, async_tick_t when)
{
    async_loop_t *loop;
    ASYNC_CHECK(timeout != NULL, NULL_ARGUMENT);
    if (timeout->state != ASYNC_TIMEOUT_ENTERED_) {
        return ASYNC_ERR_RUNTIME;
    }
    loop = timeout->task->future.loop;
    (void)async_timer_cancel(loop, &timeout->timer);
    timeout->never = false;
    if (async_before_(async_loop_time(loop), when)) {
        return async_call_at(loop, &timeout->timer, when, async_timeout_run_);
    }
    timeout->timer.u.when = when;
    return async_call_soon(loop, &timeout->timer.handle, async_timeout_run_);
}

int async_timeout_reschedule_ticks(async_timeout_t *timeout,
                                   async_delay_t delay)
{
    async_loop_t *loop;
    ASYNC_CHECK(timeout != NULL, NULL_ARGUMENT);
    if (timeout->state != ASYNC_TIMEOUT_ENTERED_) {
        return ASYNC_ERR_RUNTIME;
    }
    loop = timeout->task->future.loop;
    if (delay == ASYNC_FOREVER) {
        (void)async_timer_cancel(loop, &timeout->timer);
        timeout->never = true;
        return ASYNC_OK;
    }
    return async_timeout_reschedule(
        timeout, async_loop_time(loop) + (async_tick_t)delay);
}

/* The block begins, with no deadline yet. */
static int async_timeout_begin_(async_timeout_t *timeout)
{
    ASYNC_CHECK(timeout != NULL, NULL_ARGUMENT);
    if (timeout->state == ASYNC_TIMEOUT_ENTERED_ ||
        timeout->state == ASYNC_TIMEOUT_EXPIRING_) {
        return ASYNC_ERR_RUNTIME;
    }
    timeout->timer.handle.node.next = NULL;
    timeout->task = async_caller_();
    timeout->cancelling = timeout->task->future.context.cancels;
    timeout->state = ASYNC_TIMEOUT_ENTERED_;
    return ASYNC_OK;
}

async_op_t async_timeout_enter_(async_timeout_t *timeout, async_delay_t delay)
{
    int status = async_timeout_begin_(timeout);
    return async_op_done(
        status != 0 ? status : async_timeout_reschedule_ticks(timeout, delay));
}

async_op_t async_timeout_enter_at_(async_timeout_t *timeout, async_tick_t when)
{
    int status = async_timeout_begin_(timeout);
    return async_op_done(
        status != 0 ? status : async_timeout_reschedule(timeout, when));
}

/* The block has been left with a status, 0, an error or a return; returns what
 * becomes of it. It is a timeout only if nobody else has cancelled the task. */
int async_timeout_leave_(async_timeout_t *timeout, int status)
{
    async_task_t *task = timeout->task;
    (void)async_timer_cancel(task->future.loop, &timeout->timer);
    if (timeout->state == ASYNC_TIMEOUT_ENTERED_) {
        timeout->state = ASYNC_TIMEOUT_EXITED_;
        return status;
    }
    timeout->state = ASYNC_TIMEOUT_EXPIRED_;
    return async_task_uncancel(task) <= timeout->cancelling &&
                   status == ASYNC_ERR_CANCELLED
               ? (int)ASYNC_ERR_TIMEOUT
               : status;
}

bool async_timeout_expired(const async_timeout_t *timeout)
{
    ASYNC_CHECK(timeout != NULL, NULL_ARGUMENT);
    return timeout->state == ASYNC_TIMEOUT_EXPIRING_ ||
           timeout->state == ASYNC_TIMEOUT_EXPIRED_;
}

bool async_timeout_when(const async_timeout_t *timeout, async_tick_t *when)
{
    ASYNC_CHECK(timeout != NULL && when != NULL, NULL_ARGUMENT);
    if (timeout->state == ASYNC_TIMEOUT_CREATED_ || timeout->never) {
        return false;
    }
    *when = timeout->timer.u.when;
    return true;
}

ASYNC_EXTERN_C_END

#endif
