/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Semaphores: a number of units for those who come first.
 *
 *     async_semaphore_init(&channels, 4);
 *     ...
 *     AWAIT(async_semaphore_acquire(&channels));
 *     ASYNC_TRY { ... } ASYNC_FINALLY {
 *         (void)async_semaphore_release(&channels);
 *     } ASYNC_END_FINALLY;
 *
 * A semaphore is the caller's, needs no memory per waiter, and must stay valid
 * while anybody waits for it. It serves the tasks of one loop; after the loop
 * was closed with tasks waiting, initialise it again.
 */
#ifndef ASYNC_SEMAPHORE_H_INCLUDED
#define ASYNC_SEMAPHORE_H_INCLUDED

#include "operation.h"

/** asyncio.Semaphore and BoundedSemaphore: 16 bytes on a 32-bit machine. All
 * private. */
struct async_semaphore {
    async_waiters_t waiters;
    unsigned value; /**< units that nobody has */
    unsigned woken; /**< tasks that were given a unit and have not run yet */
    unsigned limit; /**< of the value */
};
typedef struct async_semaphore async_semaphore_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a semaphore: asyncio.Semaphore().
 *
 * @param value  Units to begin with.
 * @returns 0, or ASYNC_ERR_VALUE if it is negative.
 * @context{any} @cost{O(1)}
 */
int async_semaphore_init(async_semaphore_t *semaphore, int value);

/** The same, but no more units can be released than there were to begin with:
 * asyncio.BoundedSemaphore(). */
int async_bounded_semaphore_init(async_semaphore_t *semaphore, int value);

/**
 * Takes a unit, and waits for one if there is none or others wait already:
 * semaphore.acquire(). Otherwise it does not suspend.
 *
 * @context{task} @cancel{strict} @cost{O(1); O(units) when units and waiters
 * have piled up}
 */
ASYNC_MUST_USE async_op_t
async_semaphore_acquire(async_semaphore_t *semaphore);

/**
 * Gives a unit to the one who waits longest, or back: semaphore.release().
 *
 * @returns 0, or ASYNC_ERR_VALUE for a unit too many: more than a bounded one
 *          began with, or than an `unsigned` can count.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_semaphore_release(async_semaphore_t *semaphore);

/** Whether async_semaphore_acquire() would wait: semaphore.locked().
 * @context{task or callback of the loop} @cost{O(1)} */
bool async_semaphore_locked(const async_semaphore_t *semaphore);

ASYNC_EXTERN_C_END

/** Units that nobody has. @context{task or callback of the loop} */
static inline unsigned async_semaphore_value(const async_semaphore_t *semaphore)
{
    ASYNC_CHECK(semaphore != NULL, NULL_ARGUMENT);
    return semaphore->value;
}

/* Coroutine form, for what takes a coroutine: create_task, wait_for, ... */

/** Frame of the coroutine form of async_semaphore_acquire():
 * ASYNC_CALL(async_acquire_semaphore, &frame, .semaphore = &channels). */
struct async_acquire_semaphore {
    ASYNC_FRAME;
    async_semaphore_t *semaphore;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_acquire_semaphore);
ASYNC_EXTERN_C_END

#endif
