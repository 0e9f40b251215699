/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of condition.h. One operation in two stages: the task waits in the
 * condition's list and then, unless the lock is free, in the lock's. While it
 * does so its context.status is what the AWAIT will report: whether it has
 * been cancelled on the way. */
#ifndef ASYNC_DETAIL_CONDITION_IMPL_H_INCLUDED
#define ASYNC_DETAIL_CONDITION_IMPL_H_INCLUDED

#include "lock_impl.h"

#include "../condition.h"

ASYNC_EXTERN_C_BEGIN

static int async_condition_relock_(async_handle_t *handle);

/* Ends the wait if the task has the lock now or can take it. */
static int async_condition_go_on_(async_condition_t *condition,
                                  async_task_t *task, int status, bool locked)
{
    int step = async_op_end(task, status);
    if (locked || async_lock_take_(condition->lock)) {
        if (status != 0) { /* it may have been notified: pass that on */
            (void)async_wake_one(&condition->waiters);
        }
        return step;
    }
    (void)async_lock_enter_(task, condition->lock, async_condition_relock_);
    task->timer.u.object = condition;
    return ASYNC_OK;
}

/* The turn of a task that was in the lock's list. */
static int async_condition_relock_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_condition_t *condition = (async_condition_t *)task->timer.u.object;
    int status = async_lock_turn_(condition->lock, task);
    if (status == ASYNC_PENDING) {
        return ASYNC_OK;
    }
    return status == 0 ? async_condition_go_on_(
                             condition, task, task->future.context.status, true)
                       : async_condition_go_on_(condition, task, status, false);
}

/* The turn of a task that was in the condition's list. */
static int async_condition_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    return async_condition_go_on_(
        async_container_of(async_op_waiters(task), async_condition_t, waiters),
        task, async_op_status(task), false);
}

void async_condition_init(async_condition_t *condition, async_lock_t *lock)
{
    ASYNC_CHECK(condition != NULL && lock != NULL, NULL_ARGUMENT);
    condition->waiters.first = NULL;
    condition->lock = lock;
}

async_op_t async_condition_wait(async_condition_t *condition)
{
    int status;
    ASYNC_CHECK(condition != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(condition->lock != NULL, NOT_CALLED);
    status = async_lock_release(condition->lock);
    return status != 0
               ? async_op_done(status)
               : async_op_wait(&condition->waiters, async_condition_end_);
}

int async_condition_notify(async_condition_t *condition, unsigned count)
{
    ASYNC_CHECK(condition != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(condition->lock != NULL, NOT_CALLED);
    if (!async_lock_locked(condition->lock)) {
        return ASYNC_ERR_RUNTIME;
    }
    while (count-- > 0 && async_wake_one(&condition->waiters)) {
    }
    return ASYNC_OK;
}

int async_condition_notify_all(async_condition_t *condition)
{
    return async_condition_notify(condition, ~0u);
}

ASYNC_DEF_EXTERN(async_wait_condition)
{
    ASYNC_BEGIN;
    AWAIT(async_condition_wait(self->condition));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
