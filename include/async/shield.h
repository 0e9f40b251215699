/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * shield: await a task so that cancelling you does not cancel it.
 *
 *     async_create_task(&save, ASYNC_CALL(save_to_flash, &frame));
 *     AWAIT(async_shield(&self->shield, &save));
 *
 * **The task runs on when the awaiter is gone:** it and its frame must live
 * elsewhere, not in the awaiter's frame.
 */
#ifndef ASYNC_SHIELD_H_INCLUDED
#define ASYNC_SHIELD_H_INCLUDED

#include "awaitable.h"

/** The future that async_shield() returns. All private. */
struct async_shield {
    async_future_t outer;
    async_callback_t inner_done;
    async_callback_t outer_done;
};
typedef struct async_shield async_shield_t;

/**
 * async_shield(&storage, inner) makes a future that ends as `inner`, a task or
 * a future, does, but that can be cancelled without cancelling it:
 * asyncio.shield(). If `inner` is cancelled, so is the shield. For a coroutine
 * make a task first.
 *
 * @param storage  Free again one iteration after the shield is done, when its
 *                 waiters have run. Giving it to another shield before that
 *                 damages the list of those who wait for `inner`. If nobody
 *                 awaits the shield, cancel it first.
 * @returns The shield, or `inner` itself if that is done.
 * @context{task or callback} @cost{O(1)}
 */
#define async_shield(storage, inner) \
    async_shield_((storage), async_watchable_(inner).future)

ASYNC_EXTERN_C_BEGIN

async_future_t *async_shield_(async_shield_t *shield, async_future_t *inner);

ASYNC_EXTERN_C_END

#endif
