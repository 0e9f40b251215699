/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * wait_for: await one thing, but only so long.
 *
 *     async_wait_for_t limit;                     // in the frame
 *     AWAIT(async_wait_for_ms(&self->limit, ASYNC_CALL(fetch, &self->fetch), 500));
 */
#ifndef ASYNC_WAIT_FOR_H_INCLUDED
#define ASYNC_WAIT_FOR_H_INCLUDED

#include "timeout.h"

/** Frame of the coroutine that async_wait_for_ms() returns. All private. */
struct async_wait_for {
    ASYNC_FRAME;
    async_awaitable_t what;
    async_delay_t delay;
    bool was_done; /**< before a delay of zero or less */
    union {
        async_timeout_t timeout; /**< of a delay above 0 */
        struct {
            async_waiters_t waiters;
            async_member_task_t member;
        } now;                   /**< of one that has passed */
    } u;
};
typedef struct async_wait_for async_wait_for_t;

/**
 * Awaits a coroutine, task or future for at most some milliseconds:
 * asyncio.wait_for(). At the timeout it is cancelled and awaited to its end;
 * then ASYNC_ERR_TIMEOUT is raised, unless it ended with something else than
 * ASYNC_ERR_CANCELLED. A coroutine runs in the calling task, at once. With a
 * delay of zero or less a coroutine never starts, and ASYNC_ERR_CYCLE is raised
 * for a task that waits for itself by way of others.
 *
 * @param frame  An async_wait_for_t; must live while this is awaited.
 * @returns A coroutine, to AWAIT or to make a task of.
 * @context{task} @cancel{cancels what it waits for and waits for that}
 */
#define async_wait_for_ms(frame, awaitable, ms) \
    async_wait_for_ticks(frame, awaitable, async_ms(ms))

/** The same in ticks; ASYNC_FOREVER for no timeout. */
#define async_wait_for_ticks(frame, awaitable, delay) \
    async_wait_for_((frame), async_awaitable(awaitable), (delay))

ASYNC_EXTERN_C_BEGIN

ASYNC_DECLARE(async_wait_for);
ASYNC_MUST_USE async_coro_t *async_wait_for_(async_wait_for_t *frame,
                                             async_awaitable_t what,
                                             async_delay_t delay);

ASYNC_EXTERN_C_END

#endif
