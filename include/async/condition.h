/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Conditions: wait until something that a lock guards has changed.
 *
 *     AWAIT(async_lock_acquire(&lock));          // who waits
 *     ASYNC_CONDITION_WAIT_FOR(&changed, count > 0);
 *     count--;
 *     (void)async_lock_release(&lock);
 *
 *     AWAIT(async_lock_acquire(&lock));          // who changes it
 *     count++;
 *     (void)async_condition_notify(&changed, 1);
 *     (void)async_lock_release(&lock);
 *
 * Since tasks take turns at AWAITs only, many programs need no lock and are
 * better off with an event or a queue.
 *
 * A condition is the caller's, needs no memory per waiter, and must stay valid
 * while anybody waits for it. After the loop was closed with tasks waiting,
 * initialise it and its lock again.
 */
#ifndef ASYNC_CONDITION_H_INCLUDED
#define ASYNC_CONDITION_H_INCLUDED

#include "lock.h"

/** asyncio.Condition: 8 bytes on a 32-bit machine. All private. */
struct async_condition {
    async_waiters_t waiters; /**< who has not been notified */
    async_lock_t *lock;
};
typedef struct async_condition async_condition_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a condition: asyncio.Condition(lock).
 *
 * @param lock  Must outlive it; any number of conditions may share it. Take
 *              and release the lock itself: a condition has no acquire().
 * @context{any} @cost{O(1)}
 */
void async_condition_init(async_condition_t *condition, async_lock_t *lock);

/**
 * Releases the lock, waits until notified, and takes the lock again:
 * condition.wait(). Even if it is cancelled, and however often, it ends with
 * the lock held. It may end without a reason, so wait in a loop, or with
 * ASYNC_CONDITION_WAIT_FOR. Raises ASYNC_ERR_RUNTIME if the lock is free.
 *
 * @context{task that has the lock}
 * @cancel{strict but for the lock, which was released meanwhile; a
 *         notification goes to somebody else}
 * @cost{O(1)}
 */
ASYNC_MUST_USE async_op_t async_condition_wait(async_condition_t *condition);

/**
 * Wakes those who wait longest; each goes on when it gets the lock, so release
 * it: condition.notify().
 *
 * @param count  How many at most.
 * @returns 0, or ASYNC_ERR_RUNTIME if the lock is free.
 * @context{task or callback of the loop, while somebody has the lock}
 * @cost{O(count)}
 */
int async_condition_notify(async_condition_t *condition, unsigned count);

/** Wakes all who wait: condition.notify_all().
 * @returns As async_condition_notify(). @cost{O(waiters)} */
int async_condition_notify_all(async_condition_t *condition);

ASYNC_EXTERN_C_END

/** Waits until `predicate` holds, and looks at it whenever notified:
 * condition.wait_for(). Does not suspend if it holds. The predicate must not
 * use locals. @context{task that has the lock} */
#define ASYNC_CONDITION_WAIT_FOR(condition, predicate)     \
    do {                                                   \
        while (!(predicate)) {                             \
            ASYNC_AWAIT(async_condition_wait(condition));  \
        }                                                  \
    } while (0)

/* Coroutine form, for what takes a coroutine: wait_for, ... */

/** Frame of the coroutine form of async_condition_wait():
 * ASYNC_CALL(async_wait_condition, &frame, .condition = &changed). */
struct async_wait_condition {
    ASYNC_FRAME;
    async_condition_t *condition;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_wait_condition);
ASYNC_EXTERN_C_END

#endif
