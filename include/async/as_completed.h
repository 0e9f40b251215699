/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * as_completed: one result after the other, earliest first.
 *
 *     ASYNC_AS_COMPLETED(3) each;                 // in the frame
 *     async_as_completed(&self->each, &self->t1, &self->t2, &self->t3);
 *     ASYNC_TRY {
 *         while (async_as_completed_left(&self->each) > 0) {
 *             AWAIT(async_as_completed_next(&self->each));
 *             ... async_as_completed_future(&self->each) has ended
 *         }
 *     }
 *     ASYNC_FINALLY {
 *         async_as_completed_close(&self->each);
 *     }
 *     ASYNC_END_FINALLY;
 */
#ifndef ASYNC_AS_COMPLETED_H_INCLUDED
#define ASYNC_AS_COMPLETED_H_INCLUDED

#include "awaitable.h"
#include "operation.h"

/** The iterator. All private. */
struct async_as_completed {
    async_waiters_t waiters;
    async_node_t *done;      /**< ring of members to hand out, as they ended */
    async_timer_t timer;
    async_loop_t *loop;      /**< of the timer */
    async_members_t members;
    async_future_t *current; /**< handed out last */
    uint16_t todo;           /**< members that have not ended */
    uint16_t left;           /**< items that nobody has asked for yet */
    uint16_t expired;        /**< items that are a timeout instead */
};
typedef struct async_as_completed async_as_completed_t;

/** Storage to watch up to `n` coroutines, tasks and futures: zero at first. */
#define ASYNC_AS_COMPLETED(n)           \
    struct {                            \
        async_as_completed_t each;      \
        async_member_task_t members[n]; \
    }

/** The same for tasks and futures only, without room for tasks. */
#define ASYNC_AS_COMPLETED_FUTURES(n)   \
    struct {                            \
        async_as_completed_t each;      \
        async_member_t members[n];      \
    }

/**
 * async_as_completed(&storage, a, b, ...) starts the coroutines among up to 15
 * arguments as tasks and watches all of them: asyncio.as_completed(). One given
 * twice counts once.
 *
 * @returns 0, or the error of async_create_task(), or ASYNC_ERR_WRONG_LOOP.
 *          The storage must live until every item was received, or until
 *          async_as_completed_close(). A wait that is cancelled receives none:
 *          close in a FINALLY part. Started coroutines run on in any case.
 * @context{task} @cost{as async_gather()}
 */
#define async_as_completed(storage, ...) \
    async_as_completed_ticks(storage, ASYNC_FOREVER, __VA_ARGS__)

/** The same with a timeout: from then on every item is ASYNC_ERR_TIMEOUT. */
#define async_as_completed_ms(storage, ms, ...) \
    async_as_completed_ticks(storage, async_ms(ms), __VA_ARGS__)

/** The same in ticks. @param timeout  ASYNC_FOREVER for none. */
#define async_as_completed_ticks(storage, timeout, ...)                       \
    async_as_completed_list_(&(storage)->each, ASYNC_LAYOUT_(storage),        \
                             (timeout),                                       \
                             ASYNC_LIST_(async_awaitable, __VA_ARGS__),       \
                             ASYNC_FITS_(storage, ASYNC_COUNT_(__VA_ARGS__)))

/** The same for a list made at run time, which may be empty. ASYNC_ERR_VALUE if
 * it is longer than the storage, or has 65,535 items. */
#define async_as_completed_list_ticks(storage, timeout, list, count)      \
    async_as_completed_list_(&(storage)->each, ASYNC_LAYOUT_(storage),    \
                             (timeout), (list),                       \
                             ASYNC_ROOM_(storage, count))

/**
 * Waits for the next one to end. Several tasks may wait; each gets an item.
 *
 * @returns The operation. It raises what the item ended with;
 *          ASYNC_ERR_TIMEOUT; ASYNC_ERR_STOP_ASYNC_ITERATION when no item is
 *          left, so that ASYNC_FOR can iterate.
 * @context{task} @cancel{weak: one item less is left} @cost{O(1)}
 */
#define async_as_completed_next(storage) \
    async_as_completed_next_(&(storage)->each)

/** Items that nobody has asked for yet. */
#define async_as_completed_left(storage) ((unsigned)(storage)->each.left)

/** After async_as_completed_next(), before the next AWAIT: the future or task
 * that has ended; 0 after a timeout. */
#define async_as_completed_future(storage) ((storage)->each.current)

/** Stops watching, so that the storage is free; for a loop left early. Nobody
 * may be waiting. Harmless when all was received, and when it did not start.
 * @context{task or callback} @cost{O(arguments)} */
#define async_as_completed_close(storage) \
    async_as_completed_close_(&(storage)->each)

ASYNC_EXTERN_C_BEGIN

#define async_as_completed_list_ ASYNC_ABI_(async_as_completed_list_)
int async_as_completed_list_(async_as_completed_t *each, uint16_t offset,
                             uint16_t stride, async_delay_t timeout,
                             const async_awaitable_t *list, size_t count);
ASYNC_MUST_USE async_op_t async_as_completed_next_(async_as_completed_t *each);
void async_as_completed_close_(async_as_completed_t *each);

ASYNC_EXTERN_C_END

#endif
