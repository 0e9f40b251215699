/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Locks: one task at a time, first come first served.
 *
 *     static async_lock_t bus;
 *     ...
 *     AWAIT(async_lock_acquire(&bus));
 *     ASYNC_TRY { ... } ASYNC_FINALLY {
 *         (void)async_lock_release(&bus);
 *     } ASYNC_END_FINALLY;
 *
 * A lock is the caller's, needs no memory per waiter, and must stay valid
 * while anybody waits for it. It serves the tasks of one loop; after the loop
 * was closed with tasks waiting, initialise it again.
 */
#ifndef ASYNC_LOCK_H_INCLUDED
#define ASYNC_LOCK_H_INCLUDED

#include "operation.h"

/** asyncio.Lock: 12 bytes on a 32-bit machine. Zero is a free lock. All
 * private. */
struct async_lock {
    async_waiters_t waiters; /**< comes first: see detail/lock_impl.h */
    unsigned heads;          /**< were first, are done, have not run yet */
    uint8_t state;
};
typedef struct async_lock async_lock_t;

ASYNC_EXTERN_C_BEGIN

/** Makes a free lock: asyncio.Lock(). Zero is one too. @context{any}
 * @cost{O(1)} */
void async_lock_init(async_lock_t *lock);

/**
 * Waits until the lock is free and takes it: lock.acquire(). A free lock that
 * nobody waits for is taken without suspending. Nobody overtakes: a lock that
 * was released for somebody who has not run yet makes newcomers wait too.
 *
 * @context{task} @cancel{strict} @cost{O(1)}
 */
ASYNC_MUST_USE async_op_t async_lock_acquire(async_lock_t *lock);

/**
 * Frees the lock and wakes the one who waits longest: lock.release(). Anybody
 * may, not only the task that took it.
 *
 * @returns 0, or ASYNC_ERR_RUNTIME if it is free.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_lock_release(async_lock_t *lock);

/** Whether somebody has it: lock.locked(). @context{task or callback of the
 * loop} @cost{O(1)} */
bool async_lock_locked(const async_lock_t *lock);

ASYNC_EXTERN_C_END

/* Coroutine form, for what takes a coroutine: create_task, wait_for, ... */

/** Frame of the coroutine form of async_lock_acquire():
 * ASYNC_CALL(async_acquire_lock, &frame, .lock = &bus). */
struct async_acquire_lock {
    ASYNC_FRAME;
    async_lock_t *lock;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_acquire_lock);
ASYNC_EXTERN_C_END

#endif
