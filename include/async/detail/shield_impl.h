/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of shield.h. */
#ifndef ASYNC_DETAIL_SHIELD_IMPL_H_INCLUDED
#define ASYNC_DETAIL_SHIELD_IMPL_H_INCLUDED

#include "member_impl.h"

#include "../shield.h"

ASYNC_EXTERN_C_BEGIN

static int async_shield_inner_run_(async_handle_t *handle)
{
    async_shield_t *shield =
        async_container_of(handle, async_shield_t, inner_done.handle);
    const async_future_t *inner = shield->inner_done.future;
    async_debug_seen_(inner);
    if (async_future_cancelled(inner)) {
        (void)async_future_cancel(&shield->outer);
    } else if (async_future_done(&shield->outer)) {
        /* cancelled, or finished by the user by hand */
        return async_future_cancelled(&shield->outer)
                   ? (int)ASYNC_OK
                   : (int)ASYNC_ERR_INVALID_STATE;
    } else {
        int status = inner->context.status;
        if (status == ASYNC_ERR_CANCELLED) {
            shield->outer.context.flags |= ASYNC_F_RAISED_;
        }
        async_future_finish_(&shield->outer, status, inner->u.result);
    }
    return ASYNC_OK;
}

/* First among the waiters of the shield: the storage must be free before they
 * run. asyncio leaves the callback of an inner future that is done just now
 * alone; after a cancel it would do nothing. */
static int async_shield_outer_run_(async_handle_t *handle)
{
    async_shield_t *shield =
        async_container_of(handle, async_shield_t, outer_done.handle);
    if (!async_future_done(shield->inner_done.future) ||
        async_future_cancelled(&shield->outer)) {
        async_unwatch_(&shield->inner_done);
        async_debug_seen_(shield->inner_done.future); /* if it is done */
    }
    return ASYNC_OK;
}

async_future_t *async_shield_(async_shield_t *shield, async_future_t *inner)
{
    ASYNC_CHECK(shield != NULL && inner != NULL, NULL_ARGUMENT);
    if (async_future_done(inner)) {
        return inner;
    }
    async_future_init(&shield->outer, inner->loop);
    async_watch_(&shield->inner_done, inner, async_shield_inner_run_);
    async_watch_(&shield->outer_done, &shield->outer, async_shield_outer_run_);
    return &shield->outer;
}

ASYNC_EXTERN_C_END

#endif
