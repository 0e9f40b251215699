/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of wait_for.h. */
#ifndef ASYNC_DETAIL_WAIT_FOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_WAIT_FOR_IMPL_H_INCLUDED

#include "member_impl.h"
#include "timeout_impl.h"

#include "../wait_for.h"

ASYNC_EXTERN_C_BEGIN

async_coro_t *async_wait_for_(async_wait_for_t *frame, async_awaitable_t what,
                              async_delay_t delay)
{
    return ASYNC_CALL(async_wait_for, frame, .what = what, .delay = delay);
}

static int async_wait_for_run_(async_handle_t *handle)
{
    const async_member_t *member = (async_member_t *)(void *)handle;
    (void)async_wake_one((async_waiters_t *)member->owner);
    return ASYNC_OK;
}

/* Cancels what is awaited and waits until it has ended. A coroutine gets a task
 * for that, which never runs it. The task ends before this wait does, however
 * that ends, because it was made ready first. */
static async_op_t async_wait_for_none_(async_wait_for_t *self)
{
    async_future_t *future = self->what.future;
    async_member_t *member = &self->u.now.member.member;
    int status;
    if (future == NULL) {
        status =
            async_create_task(&self->u.now.member.task, self->what.coro);
        if (status != 0) {
            return async_op_done(status);
        }
        future = &self->u.now.member.task.future;
    }
    self->what.future = future;
    member->done.future = future;
    if (async_future_done(future)) {
        return async_op_done(ASYNC_OK);
    }
    if (future->loop != async_running_) {
        return async_op_done(ASYNC_ERR_WRONG_LOOP);
    }
    member->owner = &self->u.now.waiters;
    async_watch_(&member->done, future, async_wait_for_run_);
    status = async_future_cancel(future);
    return status < 0 ? async_op_done(status) /* it may never end */
                      : async_op_wait(&self->u.now.waiters, NULL);
}

static async_next_t async_wait_for_begin_(async_wait_for_t *self,
                                          async_context_t *context)
{
    async_future_t *future = self->what.future;
    if (self->delay <= 0) {
        self->was_done = future != NULL && async_future_done(future);
        return async_await_op_(async_wait_for_none_(self));
    }
    (void)async_timeout_begin_(&self->u.timeout);
    (void)async_timeout_reschedule_ticks(&self->u.timeout, self->delay);
    return future != NULL
               ? async_await_future_(future)
               : async_await_coro_(self->what.coro, &self->async_, context);
}

/* Returns what becomes of the status that the await ended with. */
static int async_wait_for_end_(async_wait_for_t *self, int status)
{
    if (self->delay > 0) {
        return async_timeout_leave_(&self->u.timeout, status);
    }
    async_unwatch_(&self->u.now.member.member.done);
    if (status == 0) {
        async_debug_seen_(self->what.future);
        status = self->what.future->context.status;
        if (status == ASYNC_ERR_CANCELLED && !self->was_done) {
            status = ASYNC_ERR_TIMEOUT;
        }
    }
    return status;
}

ASYNC_DEF_EXTERN(async_wait_for)
{
    ASYNC_BEGIN;
    ASYNC_SUSPEND_(async_wait_for_begin_(self, ctx_), __COUNTER__);
    ctx_->status = (int16_t)async_wait_for_end_(self, ctx_->status);
    if (ctx_->status != 0) {
        ASYNC_GO_RAISE_;
    }
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
