/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of gather.h. */
#ifndef ASYNC_DETAIL_GATHER_IMPL_H_INCLUDED
#define ASYNC_DETAIL_GATHER_IMPL_H_INCLUDED

#include "member_impl.h"

#include "../gather.h"

ASYNC_EXTERN_C_BEGIN

/* flags, beside ASYNC_GATHER_ALL_ */
#define ASYNC_GATHER_CANCELLED_ 2u  /* the gather itself was cancelled */
#define ASYNC_GATHER_CANCELLING_ 4u /* its members are being cancelled now */

/* Ends the gather. What its members still do is no longer of interest, so that
 * the storage is free from now on. */
static void async_gather_finish_(async_gather_t *gather, int status)
{
    async_members_unwatch_(&gather->members);
    if (status == ASYNC_ERR_CANCELLED) {
        gather->outer.future.context.flags |= ASYNC_F_RAISED_;
    }
    async_future_finish_(&gather->outer.future, status, NULL);
}

/* A member has ended. */
static void async_gather_count_(async_gather_t *gather, int status)
{
    gather->left--;
    if (async_future_done(&gather->outer.future)) {
        return; /* the user has finished it by hand */
    }
    if (gather->flags & ASYNC_GATHER_ALL_) {
        status = 0;
    }
    if (gather->left == 0 && status == 0 &&
        (gather->flags & ASYNC_GATHER_CANCELLED_)) {
        status = ASYNC_ERR_CANCELLED;
    }
    if (gather->left == 0 || status != 0) {
        async_gather_finish_(gather, status);
    }
}

static int async_gather_run_(async_handle_t *handle)
{
    async_member_t *member = (async_member_t *)(void *)handle;
    async_gather_count_((async_gather_t *)member->owner,
                        member->done.future->context.status);
    return ASYNC_OK;
}

/* A gather may contain another one, so this may call itself, once per level;
 * a cycle of them is found by the flag. */
static int async_gather_cancel_(async_future_t *future)
{
    async_gather_t *gather = (async_gather_t *)(void *)future;
    size_t i;
    int any = 0;
    if (gather->flags & ASYNC_GATHER_CANCELLING_) {
        return ASYNC_ERR_CYCLE;
    }
    gather->flags |= ASYNC_GATHER_CANCELLING_;
    for (i = 0; i < gather->members.count; i++) {
        int status =
            async_future_cancel(async_member_(&gather->members, i)->done.future);
        if (status != 0 && any >= 0) {
            any = status;
        }
    }
    gather->flags &= (uint8_t)~ASYNC_GATHER_CANCELLING_;
    if (any != 0) {
        gather->flags |= ASYNC_GATHER_CANCELLED_;
    }
    return any;
}

/* Makes a member and watches it, or counts it if it is done. */
static int async_gather_add_(async_gather_t *gather, async_awaitable_t what)
{
    async_future_t *outer = &gather->outer.future;
    size_t i = gather->members.count;
    async_member_t *member = async_member_(&gather->members, i);
    int status = async_member_make_(&gather->members, i, what, outer->loop,
                                    gather);
    if (status != 0) {
        return status;
    }
    gather->members.count++;
    async_debug_watched_(member->done.future);
    if (async_future_done(member->done.future)) {
        gather->left++;
        async_gather_count_(gather, member->done.future->context.status);
    } else if (!async_future_done(outer) &&
               !async_member_is_double_(member, async_gather_run_)) {
        gather->left++;
        async_watch_(&member->done, member->done.future, async_gather_run_);
    }
    return ASYNC_OK;
}

async_future_t *async_gather_list_(async_gather_t *gather, uint16_t offset,
                                   uint16_t stride,
                                   const async_awaitable_t *list, size_t count,
                                   unsigned flags)
{
    async_loop_t *loop = async_running_;
    int status = 0;
    ASYNC_CHECK(gather != NULL, NULL_ARGUMENT);
    if (loop == NULL && count > 0 && list->future != NULL) {
        loop = list->future->loop;
    }
    ASYNC_CHECK(loop != NULL, NO_TASK);
    async_future_init(&gather->outer.future, loop);
    gather->outer.future.context.flags = ASYNC_F_HOOKED_;
    gather->outer.cancel = async_gather_cancel_;
    gather->members.first = (char *)gather + offset;
    gather->members.count = 0;
    gather->members.stride = stride;
    gather->left = 1; /* not before all are added */
    gather->flags = (uint8_t)flags;
    while (count > 0 && status == 0) {
        status = (ptrdiff_t)count < 0 ? (int)ASYNC_ERR_VALUE
                                      : async_gather_add_(gather, *list++);
        count--;
    }
    if (status != 0) {
        gather->flags = 0; /* this is no member's error */
    }
    async_gather_count_(gather, status);
    return &gather->outer.future;
}

ASYNC_EXTERN_C_END

#endif
