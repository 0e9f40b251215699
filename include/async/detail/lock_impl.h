/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of lock.h.
 *
 * CPython keeps a waiter in its queue until it runs, also when it has been
 * woken or cancelled; release() wakes the first of the queue, or nobody if
 * that one is done already. Here a waiter leaves when it is done. What is
 * missing then is whether a done waiter stands before the first pending one.
 * Since waiters run in the order in which they got done, it does if and only
 * if it was the first pending one itself, so counting those (`heads`) is
 * enough. Each has ASYNC_F_WOKEN_ set, also if it was cancelled. */
#ifndef ASYNC_DETAIL_LOCK_IMPL_H_INCLUDED
#define ASYNC_DETAIL_LOCK_IMPL_H_INCLUDED

#include "operation_impl.h"

#include "../lock.h"

ASYNC_EXTERN_C_BEGIN

#define ASYNC_LOCK_FREE_ 0u /* must be 0 */
#define ASYNC_LOCK_RESERVED_ 1u /* free, for a waiter that has been woken */
#define ASYNC_LOCK_LOCKED_ 2u

/* Takes the lock if that overtakes nobody. */
static bool async_lock_take_(async_lock_t *lock)
{
    if (lock->state != ASYNC_LOCK_FREE_ || lock->waiters.first != NULL) {
        return false;
    }
    lock->state = ASYNC_LOCK_LOCKED_;
    return true;
}

/* If the lock is free, reserves it for the first waiter, unless one before it
 * will do that when it runs. */
static void async_lock_wake_(async_lock_t *lock)
{
    if ((lock->heads | lock->state) == 0 && async_wake_one(&lock->waiters)) {
        lock->heads = 1;
        lock->state = ASYNC_LOCK_RESERVED_;
    }
}

static async_op_t async_lock_enter_(async_task_t *task, async_lock_t *lock,
                                    async_run_fn end)
{
    task->future.context.flags |= ASYNC_F_LEAVES_;
    return async_op_enter_(task, &lock->waiters, end);
}

/* What every end function begins with. ASYNC_PENDING: it was called at a
 * cancel, and the task has left the list. 0: the task has the lock now.
 * ASYNC_ERR_CANCELLED: it does not, and somebody else was woken if need be. */
static int async_lock_turn_(async_lock_t *lock, async_task_t *task)
{
    async_node_t *node = &task->timer.handle.node;
    uint8_t *flags = &task->future.context.flags;
    int status;
    if ((*flags & (ASYNC_F_WOKEN_ | ASYNC_F_TAKEN_BACK_)) == 0) {
        if (lock->waiters.first == node) {
            lock->heads++;
            *flags |= ASYNC_F_WOKEN_;
        }
        async_ring_remove_(&lock->waiters.first, node);
        return ASYNC_PENDING;
    }
    status = async_op_status(task);
    if (*flags & ASYNC_F_WOKEN_) {
        lock->heads--;
        if (async_op_woken(task)) { /* the lock was reserved for it */
            lock->state = status == 0 ? ASYNC_LOCK_LOCKED_ : ASYNC_LOCK_FREE_;
        }
        async_lock_wake_(lock);
    }
    return status;
}

static int async_lock_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    int status = async_lock_turn_((async_lock_t *)task->timer.u.object, task);
    return status == ASYNC_PENDING ? (int)ASYNC_OK
                                   : async_op_end(task, status);
}

void async_lock_init(async_lock_t *lock)
{
    ASYNC_CHECK(lock != NULL, NULL_ARGUMENT);
    lock->waiters.first = NULL;
    lock->heads = 0;
    lock->state = ASYNC_LOCK_FREE_;
}

async_op_t async_lock_acquire(async_lock_t *lock)
{
    ASYNC_CHECK(lock != NULL, NULL_ARGUMENT);
    return async_lock_take_(lock)
               ? async_op_done(ASYNC_OK)
               : async_lock_enter_(async_caller_(), lock, async_lock_end_);
}

int async_lock_release(async_lock_t *lock)
{
    if (!async_lock_locked(lock)) {
        return ASYNC_ERR_RUNTIME;
    }
    lock->state = ASYNC_LOCK_FREE_;
    async_lock_wake_(lock);
    return ASYNC_OK;
}

bool async_lock_locked(const async_lock_t *lock)
{
    ASYNC_CHECK(lock != NULL, NULL_ARGUMENT);
    return lock->state == ASYNC_LOCK_LOCKED_;
}

ASYNC_DEF_EXTERN(async_acquire_lock)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(self->lock));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
