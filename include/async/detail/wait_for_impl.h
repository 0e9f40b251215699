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
    if (future == NULL) {
        int status =
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
    member->owner = &self->u.now.waiters;
    async_watch_(&member->done, future, async_wait_for_run_);
    (void)async_future_cancel(future);
    return async_op_wait(&self->u.now.waiters, NULL);
}

ASYNC_DEF_EXTERN(async_wait_for)
{
    ASYNC_BEGIN;
    if (self->delay <= 0) {
        self->was_done = self->what.future != NULL &&
                         async_future_done(self->what.future);
        AWAIT_STATUS(self->status, async_wait_for_none_(self));
        if (self->status == 0) {
            self->status = self->what.future->context.status;
            if (self->status == ASYNC_ERR_CANCELLED && !self->was_done) {
                self->status = ASYNC_ERR_TIMEOUT;
            }
        }
        async_unwatch_(&self->u.now.member.member.done);
    } else {
        AWAIT(async_timeout_enter_(&self->u.timeout, self->delay));
        if (self->what.future != NULL) {
            AWAIT_STATUS(self->status, self->what.future);
        } else {
            AWAIT_STATUS(self->status, self->what.coro);
        }
        self->status =
            (int16_t)async_timeout_leave_(&self->u.timeout, self->status);
    }
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
