/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * gather: several things at once, and all their results.
 *
 *     struct app {
 *         ASYNC_FRAME;
 *         struct fetch a, b;
 *         ASYNC_GATHER(2) both;
 *     };
 *     AWAIT(async_gather(&self->both, ASYNC_CALL(fetch, &self->a),
 *                                     ASYNC_CALL(fetch, &self->b)));
 *     use(self->a.result, self->b.result);
 *
 * The storage is zero at first, and may be used again once the future is done
 * and those who awaited it have run. **Coroutines run on when the gather has
 * failed or was cancelled:** their frames, and the tasks in the storage, must
 * outlive them. If that is not wanted, use a task group.
 */
#ifndef ASYNC_GATHER_H_INCLUDED
#define ASYNC_GATHER_H_INCLUDED

#include "awaitable.h"

/** The future that async_gather() returns, and how far it is. All private. */
struct async_gather {
    async_hooked_t outer;
    async_members_t members;
    uint16_t left; /**< distinct members that have not ended */
    uint8_t flags;
};
typedef struct async_gather async_gather_t;

/** Storage for a gather of up to `n` coroutines, tasks and futures. */
#define ASYNC_GATHER(n)                  \
    struct {                             \
        async_gather_t gather;           \
        async_member_task_t members[n];  \
    }

/** The same for tasks and futures only, without room for tasks. */
#define ASYNC_GATHER_FUTURES(n)          \
    struct {                             \
        async_gather_t gather;           \
        async_member_t members[n];       \
    }

/**
 * async_gather(&storage, a, b, ...) starts the coroutines among its arguments,
 * up to 15, as tasks, and makes a future that is done when all arguments are,
 * or as soon as one fails, with its error: asyncio.gather(). The others run on
 * then. An argument given twice counts once.
 *
 * Cancelling the future cancels all arguments that are not done; it ends with
 * ASYNC_ERR_CANCELLED when the first of them has ended so. An argument that was
 * cancelled by somebody else ends it with ASYNC_ERR_CANCELLED too, but as an
 * error: async_future_cancelled() is false. Do not set its result: it would
 * go on watching its arguments.
 *
 * @returns The future, in the storage; done already if all arguments are. It
 *          ends with ASYNC_ERR_WRONG_LOOP for arguments of several loops, and
 *          with the error of async_create_task() if a coroutine cannot start.
 * @context{task, or a callback}
 * @cost{O(arguments and others who wait for them); a list of n coroutines takes
 *       n * n comparisons}
 */
#define async_gather(...) ASYNC_GATHER_(0u, __VA_ARGS__)

/** The same, but is done when all arguments are, whatever they end with, and
 * does not fail: return_exceptions=True. See async_gather_status(). It fails
 * with ASYNC_ERR_CANCELLED if it was cancelled itself. */
#define async_gather_return_exceptions(...) \
    ASYNC_GATHER_(ASYNC_GATHER_ALL_, __VA_ARGS__)

/** What the i-th argument, from 0, ended with; ASYNC_PENDING if it has not.
 * @param storage  The ASYNC_GATHER. */
#define async_gather_status(storage, i) \
    async_member_status_(&(storage)->gather.members, (i))

/** The future or task behind the i-th argument: for async_future_result(). */
#define async_gather_future(storage, i) \
    async_member_future_(&(storage)->gather.members, (i))

#define ASYNC_GATHER_ALL_ 1u

#define ASYNC_GATHER_(flags, ...)                                             \
    ASYNC_NONE_OR_SOME_(ASYNC_GATHER_NONE_, ASYNC_GATHER_SOME_, __VA_ARGS__)  \
    (flags, __VA_ARGS__)
#define ASYNC_GATHER_NONE_(flags, storage)                                 \
    async_gather_list_(&(storage)->gather, ASYNC_LAYOUT_(storage), NULL, 0, \
                       (flags))
#define ASYNC_GATHER_SOME_(flags, storage, ...)                            \
    async_gather_list_(&(storage)->gather, ASYNC_LAYOUT_(storage),         \
                       ASYNC_LIST_(async_awaitable, __VA_ARGS__),          \
                       ASYNC_FITS_(storage, ASYNC_COUNT_(__VA_ARGS__)),    \
                       (flags))

ASYNC_EXTERN_C_BEGIN

/**
 * async_gather() of a list made at run time.
 *
 * @param list   Not needed after the call.
 * @param count  May be 0: then the future is done. More than the storage has
 *               room for, or 65,535: it ends with ASYNC_ERR_VALUE.
 */
#define async_gather_list(storage, list, count)                           \
    async_gather_list_(&(storage)->gather, ASYNC_LAYOUT_(storage), (list), \
                       ASYNC_ROOM_(storage, count), 0u)
#define async_gather_list_return_exceptions(storage, list, count)         \
    async_gather_list_(&(storage)->gather, ASYNC_LAYOUT_(storage), (list), \
                       ASYNC_ROOM_(storage, count), ASYNC_GATHER_ALL_)

#define async_gather_list_ ASYNC_ABI_(async_gather_list_)
async_future_t *async_gather_list_(async_gather_t *gather, uint16_t offset,
                                   uint16_t stride,
                                   const async_awaitable_t *list, size_t count,
                                   unsigned flags);
int async_member_status_(const async_members_t *members, size_t i);
async_future_t *async_member_future_(const async_members_t *members, size_t i);

ASYNC_EXTERN_C_END

#endif
