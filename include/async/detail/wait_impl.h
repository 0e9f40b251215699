/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of wait.h. */
#ifndef ASYNC_DETAIL_WAIT_IMPL_H_INCLUDED
#define ASYNC_DETAIL_WAIT_IMPL_H_INCLUDED

#include "member_impl.h"

#include "../wait.h"

ASYNC_EXTERN_C_BEGIN

/* A member has ended. */
static int async_wait_run_(async_handle_t *handle)
{
    const async_member_t *member = (async_member_t *)(void *)handle;
    async_wait_t *wait = (async_wait_t *)member->owner;
    const async_future_t *future = member->done.future;
    wait->left--;
    if (wait->when == ASYNC_FIRST_EXCEPTION) {
        async_debug_seen_(future);
    }
    if (wait->left == 0 || wait->when == ASYNC_FIRST_COMPLETED ||
        (wait->when == ASYNC_FIRST_EXCEPTION && future->context.status != 0 &&
         !async_future_cancelled(future))) {
        (void)async_timer_cancel(future->loop, &wait->timer);
        (void)async_wake_one(&wait->waiters);
    }
    return ASYNC_OK;
}

static int async_wait_expired_(async_handle_t *handle)
{
    async_wait_t *wait = async_container_of(handle, async_wait_t, timer.handle);
    (void)async_wake_one(&wait->waiters);
    return ASYNC_OK;
}

/* The handles of the members tell from now on which of them are done. */
static int async_wait_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_wait_t *wait =
        async_container_of(async_op_waiters(task), async_wait_t, waiters);
    size_t i;
    (void)async_timer_cancel(task->future.loop, &wait->timer);
    async_members_unwatch_(&wait->members);
    for (i = 0; i < wait->members.count; i++) {
        async_callback_t *done = &async_member_(&wait->members, i)->done;
        done->handle.run =
            async_future_done(done->future) ? async_wait_run_ : NULL;
    }
    return async_op_end(task, async_op_status(task));
}

async_op_t async_wait_list_(async_wait_t *wait, uint16_t offset,
                            uint16_t stride, enum async_return_when when,
                            async_delay_t timeout,
                            const async_awaitable_t *list, size_t count)
{
    async_task_t *task = async_caller_();
    async_loop_t *loop = task->future.loop;
    int status = (ptrdiff_t)count <= 0 ? (int)ASYNC_ERR_VALUE : 0;
    size_t i;
    ASYNC_CHECK(wait != NULL, NULL_ARGUMENT);
    if (wait->waiters.first != NULL) {
        return async_op_done(ASYNC_ERR_BUSY);
    }
    wait->members.first = (char *)wait + offset;
    wait->members.count = (uint16_t)count;
    wait->members.stride = stride;
    wait->left = 0;
    wait->when = (uint8_t)when;
    for (i = 0; i < count && status == 0; i++) {
        status = async_member_make_(&wait->members, i, list[i], loop, wait);
    }
    if (status == 0) {
        status = async_timer_start_(loop, &wait->timer, timeout,
                                    async_wait_expired_);
    }
    if (status != 0) {
        wait->members.count = 0;
        return async_op_done(status);
    }
    for (i = 0; i < count; i++) {
        async_member_t *member = async_member_(&wait->members, i);
        /* (one that is done may count twice, since both run in a row) */
        if (!async_member_is_double_(member, async_wait_run_)) {
            wait->left++;
            async_watch_(&member->done, member->done.future, async_wait_run_);
        }
    }
    return async_op_wait(&wait->waiters, async_wait_end_);
}

bool async_wait_done_(const async_wait_t *wait, size_t i)
{
    ASYNC_CHECK(wait != NULL, NULL_ARGUMENT);
    return i < wait->members.count &&
           async_member_(&wait->members, i)->done.handle.run != NULL;
}

ASYNC_EXTERN_C_END

#endif
