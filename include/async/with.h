/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * async with: blocks with something to do before and after them, however they
 * end.
 *
 *     ASYNC_WITH(&bus_lock) {                     // async with bus_lock:
 *         AWAIT(...);
 *     } ASYNC_END_WITH;                           // released
 *
 *     ASYNC_WITH_CALL(self->end, ASYNC_CALL(power_on, &self->power),
 *                     ASYNC_CALL(power_off, &self->power)) {
 *         AWAIT(...);
 *     } ASYNC_END_WITH;
 *
 * Several managers are blocks in each other. `break` and `continue` that would
 * leave the block do not compile.
 */
#ifndef ASYNC_WITH_H_INCLUDED
#define ASYNC_WITH_H_INCLUDED

#include "async_generator.h"
#include "barrier.h"
#include "condition.h"
#include "lock.h"
#include "semaphore.h"

/**
 * Block: takes a lock, the lock of a condition or a unit of a semaphore, and
 * gives it back when the block ends or is left by an error or ASYNC_RETURN; of
 * a barrier: waits for the others. What entering raises is raised outside, and
 * then nothing is given back; so is what giving back fails with, in place of
 * the block's error.
 *
 * @param manager  Pointer to it; evaluated twice.
 * @context{task} @cancel{as the acquire; in the block: gives back}
 */
#define ASYNC_WITH(manager) \
    ASYNC_SCOPE_(async_with_enter_(manager), \
                 async_with_leave_(manager, ctx_->status))

/**
 * Block with a manager of your own: `enter` is awaited before the block, and
 * `leave` however it ends; if `enter` fails, neither the block nor `leave`
 * runs.
 *
 * @param slot   An int16_t of the frame. When `leave` runs it holds how the
 *               block ended: a negative error, else 0 or more. After an error
 *               `leave` may set it to 0: then the error is over. Give it the
 *               address, as an argument, if it wants to know.
 * @param enter,leave  Anything that can be awaited. An error of `leave` takes
 *               the place of the block's.
 * @context{task}
 */
#define ASYNC_WITH_CALL(slot, enter, leave) \
    ASYNC_SCOPE_AWAIT_THEN_(enter, slot, leave, slot)

/**
 * Block: closes an asynchronous generator at its end: contextlib.aclosing().
 *
 * @param generator  Pointer to its frame; evaluated more than once.
 */
#define ASYNC_WITH_CLOSING(generator)                              \
    ASYNC_WITH_CALL((generator)->generator_.outer.pending,         \
                    async_at_once_(), async_aclose(generator))

#define ASYNC_END_WITH ASYNC_END_SCOPE_

/* An operation that has nothing to do. */
static inline async_op_t async_at_once_(void)
{
    async_op_t op = {ASYNC_READY_};
    return op;
}

static inline async_op_t async_enter_condition_(async_condition_t *condition)
{
    ASYNC_CHECK(condition != NULL, NULL_ARGUMENT);
    return async_lock_acquire(condition->lock);
}

/* An error of giving back, or how the block ended. */
static inline int async_left_(int error, int status)
{
    return error != 0 ? error : status;
}
static inline int async_leave_lock_(async_lock_t *lock, int status)
{
    return async_left_(async_lock_release(lock), status);
}
static inline int async_leave_condition_(async_condition_t *condition,
                                         int status)
{
    return async_leave_lock_(condition->lock, status);
}
static inline int async_leave_semaphore_(async_semaphore_t *semaphore,
                                         int status)
{
    return async_left_(async_semaphore_release(semaphore), status);
}
static inline int async_leave_barrier_(async_barrier_t *barrier, int status)
{
    (void)barrier;
    return status;
}

#ifdef __cplusplus
template <class T> struct async_WITH_takes_a_lock_condition_semaphore_or_barrier;
template <class T> async_op_t async_with_enter_(T)
{
    return async_WITH_takes_a_lock_condition_semaphore_or_barrier<T>::enter();
}
template <class T> int async_with_leave_(T, int status)
{
    return status; /* entering does not compile */
}
inline async_op_t async_with_enter_(async_lock_t *lock)
{
    return async_lock_acquire(lock);
}
inline async_op_t async_with_enter_(async_condition_t *condition)
{
    return async_enter_condition_(condition);
}
inline async_op_t async_with_enter_(async_semaphore_t *semaphore)
{
    return async_semaphore_acquire(semaphore);
}
inline async_op_t async_with_enter_(async_barrier_t *barrier)
{
    return async_barrier_wait(barrier);
}
inline int async_with_leave_(async_lock_t *lock, int status)
{
    return async_leave_lock_(lock, status);
}
inline int async_with_leave_(async_condition_t *condition, int status)
{
    return async_leave_condition_(condition, status);
}
inline int async_with_leave_(async_semaphore_t *semaphore, int status)
{
    return async_leave_semaphore_(semaphore, status);
}
inline int async_with_leave_(async_barrier_t *barrier, int status)
{
    return async_leave_barrier_(barrier, status);
}
#else
#define async_with_enter_(manager)                  \
    _Generic((manager),                             \
        async_lock_t *: async_lock_acquire,         \
        async_condition_t *: async_enter_condition_, \
        async_semaphore_t *: async_semaphore_acquire, \
        async_barrier_t *: async_barrier_wait,      \
        default: async_enter_nothing_)(manager)
#define async_with_leave_(manager, status)          \
    _Generic((manager),                             \
        async_lock_t *: async_leave_lock_,          \
        async_condition_t *: async_leave_condition_, \
        async_semaphore_t *: async_leave_semaphore_, \
        async_barrier_t *: async_leave_barrier_,    \
        default: async_leave_nothing_)(manager, status)

struct async_WITH_takes_a_lock_condition_semaphore_or_barrier {
    int unused;
};
async_op_t async_enter_nothing_(
    struct async_WITH_takes_a_lock_condition_semaphore_or_barrier manager);
int async_leave_nothing_(
    struct async_WITH_takes_a_lock_condition_semaphore_or_barrier manager,
    int status);
#endif

#endif
