/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * wait: until some of several tasks are done, whatever they end with.
 *
 *     ASYNC_WAIT(2) first;                        // in the frame
 *     AWAIT(async_wait_ms(&self->first, ASYNC_FIRST_COMPLETED, 500,
 *                         &self->reader, &self->writer));
 *     if (async_wait_done(&self->first, 0)) { ... }
 */
#ifndef ASYNC_WAIT_H_INCLUDED
#define ASYNC_WAIT_H_INCLUDED

#include "awaitable.h"
#include "operation.h"

/** When async_wait() is over. */
enum async_return_when {
    ASYNC_ALL_COMPLETED,
    ASYNC_FIRST_COMPLETED,
    ASYNC_FIRST_EXCEPTION /**< or all; a cancelled one is no exception */
};

/** A wait under way, and then what came of it. All private. */
struct async_wait {
    async_waiters_t waiters;
    async_timer_t timer;
    async_members_t members;
    uint16_t left; /**< members that have not ended */
    uint8_t when;
};
typedef struct async_wait async_wait_t;

/** Storage for a wait for up to `n` tasks and futures. Zero-initialise. */
#define ASYNC_WAIT(n)              \
    struct {                       \
        async_wait_t wait;         \
        async_member_t members[n]; \
    }

/**
 * async_wait(&storage, when, a, b, ...) waits until all of up to 14 tasks and
 * futures are done, or the first: asyncio.wait(). It raises none of their
 * errors and cancels nothing. One given twice counts once. It always suspends,
 * for two iterations if enough are done already.
 *
 * @param when  ASYNC_ALL_COMPLETED, ASYNC_FIRST_COMPLETED or
 *              ASYNC_FIRST_EXCEPTION.
 * @returns The operation; it raises ASYNC_ERR_WRONG_LOOP for those of another
 *          loop, ASYNC_ERR_BUSY if a task waits with this storage. That is free
 *          when it has ended.
 * @context{task} @cancel{strict}
 * @cost{O(arguments and others who wait for them)}
 */
#define async_wait(storage, when, ...) \
    async_wait_ticks(storage, when, ASYNC_FOREVER, __VA_ARGS__)

/** The same, for at most some milliseconds; then it ends without an error. */
#define async_wait_ms(storage, when, ms, ...) \
    async_wait_ticks(storage, when, async_ms(ms), __VA_ARGS__)

/** The same in ticks. @param timeout  ASYNC_FOREVER for none. */
#define async_wait_ticks(storage, when, timeout, ...)                        \
    async_wait_list_(&(storage)->wait, ASYNC_LAYOUT_(storage), (when),       \
                     (timeout), ASYNC_LIST_(async_watchable_, __VA_ARGS__),  \
                     ASYNC_FITS_(storage, ASYNC_COUNT_(__VA_ARGS__)))

/** The same for a list made at run time.
 * @param count  0, 65,535 and more than the storage has room for raise
 *               ASYNC_ERR_VALUE; a coroutine raises ASYNC_ERR_TYPE. */
#define async_wait_list_ticks(storage, when, timeout, list, count)        \
    async_wait_list_(&(storage)->wait, ASYNC_LAYOUT_(storage), (when),    \
                     (timeout), (list), ASYNC_ROOM_(storage, count))

/** Whether the i-th argument was done when the wait ended: in asyncio's set
 * `done`, else in `pending`. */
#define async_wait_done(storage, i) async_wait_done_(&(storage)->wait, (i))

/** What the i-th argument, from 0, has ended with; ASYNC_PENDING if it has
 * not. */
#define async_wait_status(storage, i) \
    async_member_status_(&(storage)->wait.members, (i))

ASYNC_EXTERN_C_BEGIN

#define async_wait_list_ ASYNC_ABI_(async_wait_list_)
ASYNC_MUST_USE async_op_t async_wait_list_(
    async_wait_t *wait, uint16_t offset, uint16_t stride,
    enum async_return_when when, async_delay_t timeout,
    const async_awaitable_t *list, size_t count);
bool async_wait_done_(const async_wait_t *wait, size_t i);
int async_member_status_(const async_members_t *members, size_t i);

ASYNC_EXTERN_C_END

#endif
