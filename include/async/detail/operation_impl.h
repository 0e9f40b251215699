/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of operation.h. */
#ifndef ASYNC_DETAIL_OPERATION_IMPL_H_INCLUDED
#define ASYNC_DETAIL_OPERATION_IMPL_H_INCLUDED

#include "ready.h"

#include "../operation.h"

ASYNC_EXTERN_C_BEGIN

async_op_t async_op_done(int status)
{
    async_op_t op = {ASYNC_READY_};
    async_caller_()->future.context.status =
        status == 0 ? (int16_t)0 : async_error_(status);
    return op;
}

static int async_op_run_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    return async_op_end(task, async_op_status(task));
}

/* Lets a task wait at the end of a list. */
static ASYNC_HOT_ async_op_t async_op_enter_(async_task_t *task,
                                             async_waiters_t *waiters,
                                             async_run_fn end)
{
    async_run_fn cancelled;
    ASYNC_CHECK(waiters != NULL, NULL_ARGUMENT);
    cancelled = async_wait_(task, end != NULL ? end : async_op_run_);
    task->timer.u.object = waiters;
    async_ring_push_(&waiters->first, &task->timer.handle.node);
    return async_waiting_(task, cancelled);
}

async_op_t async_op_wait(async_waiters_t *waiters, async_run_fn end)
{
    return async_op_enter_(async_caller_(), waiters, end);
}

int async_op_again(async_task_t *task, async_waiters_t *waiters,
                   async_run_fn end)
{
    if (async_op_end(task, ASYNC_OK) == ASYNC_STEP_) {
        (void)async_op_enter_(task, waiters, end);
    }
    return ASYNC_OK;
}

bool async_wake_one(async_waiters_t *waiters)
{
    async_node_t *node;
    async_task_t *task;
    ASYNC_CHECK(waiters != NULL, NULL_ARGUMENT);
    node = waiters->first;
    if (node == NULL) {
        return false;
    }
    task = (async_task_t *)(void *)node;
    async_ring_pop_(&waiters->first);
    if (task->timer.handle.run == async_op_run_) {
        task->timer.handle.run = NULL; /* what that would do is known now */
    } else {
        ASYNC_BRANCH_();
        task->future.context.flags |= ASYNC_F_WOKEN_;
    }
    async_ready_(task->future.loop, node);
    return true;
}

unsigned async_wake_all(async_waiters_t *waiters)
{
    unsigned count = 0;
    while (async_wake_one(waiters)) {
        count++;
    }
    return count;
}

int async_op_status(const async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return task->future.context.flags &
                   (ASYNC_F_MUST_CANCEL_ | ASYNC_F_TAKEN_BACK_)
               ? ASYNC_ERR_CANCELLED
               : ASYNC_OK;
}

bool async_op_woken(const async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return (task->future.context.flags &
            (ASYNC_F_WOKEN_ | ASYNC_F_TAKEN_BACK_)) == ASYNC_F_WOKEN_;
}

ASYNC_EXTERN_C_END

#endif
