/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of awaitable.h: what gather, wait and as_completed share. */
#ifndef ASYNC_DETAIL_MEMBER_IMPL_H_INCLUDED
#define ASYNC_DETAIL_MEMBER_IMPL_H_INCLUDED

#include "ready.h"

#include "../awaitable.h"

ASYNC_EXTERN_C_BEGIN

static inline async_member_t *async_member_(const async_members_t *members,
                                            size_t i)
{
    return (async_member_t *)(void *)(members->first + i * members->stride);
}

/* -- Watching a future ----------------------------------------------------- */

static void async_watch_(async_callback_t *callback, async_future_t *future,
                         async_run_fn run)
{
    callback->handle.node.next = NULL;
    (void)async_future_add_done_callback(future, callback, run);
}

/* Takes the callback back, also when it is about to run. */
static void async_unwatch_(async_callback_t *callback)
{
    if (callback->handle.node.next != NULL &&
        !async_future_remove_done_callback(callback->future, callback)) {
        async_take_back_(callback->future->loop, &callback->handle.node);
    }
}

static void async_members_unwatch_(const async_members_t *members)
{
    size_t i;
    for (i = 0; i < members->count; i++) {
        async_unwatch_(&async_member_(members, i)->done);
    }
}

/* -- Timeouts of all members ---------------------------------------------- */

/* Starts a timeout, unless it is none. */
static int async_timer_start_(async_loop_t *loop, async_timer_t *timer,
                              async_delay_t timeout, async_run_fn run)
{
    timer->handle.node.next = NULL;
    return timeout == ASYNC_FOREVER
               ? (int)ASYNC_OK
               : async_call_later(loop, timer, timeout, run);
}

/* -- Making members --------------------------------------------------------- */

/* The task that an earlier member made of the same coroutine, or 0. */
static async_future_t *async_member_of_coro_(const async_members_t *members,
                                             size_t count,
                                             const async_coro_t *coro)
{
    size_t i;
    for (i = 0; i < count; i++) {
        async_member_task_t *at =
            (async_member_task_t *)(void *)async_member_(members, i);
        if (at->member.done.future == &at->task.future &&
            at->task.frame == coro) {
            return &at->task.future;
        }
    }
    return NULL;
}

/* Whether an earlier member has the same future, if that is pending: the owner
 * watches it already then, most likely as the last to do so. */
static bool async_member_is_double_(const async_member_t *member,
                                    async_run_fn run)
{
    const async_node_t *first = member->done.future->u.waiters, *node = first;
    if (async_future_done(member->done.future)) {
        return false;
    }
    while (node != NULL) {
        node = node->prev;
        if (((const async_handle_t *)(const void *)node)->run == run &&
            ((const async_member_t *)(const void *)node)->owner ==
                member->owner) {
            return true;
        }
        node = node == first ? NULL : node;
    }
    return false;
}

/* Makes member i of an awaitable, not watched yet. A coroutine becomes a task
 * in the member. Returns 0 or why that cannot be. */
static int async_member_make_(async_members_t *members, size_t i,
                              async_awaitable_t what, async_loop_t *loop,
                              void *owner)
{
    async_member_t *member = async_member_(members, i);
    async_future_t *future = what.future;
    int status = 0;
    member->done.handle.node.next = NULL;
    member->owner = owner;
    if (future == NULL) {
        async_task_t *task = &((async_member_task_t *)(void *)member)->task;
        if (members->stride < sizeof(async_member_task_t)) {
            return ASYNC_ERR_TYPE; /* no room for a task */
        }
        future = async_member_of_coro_(members, i, what.coro);
        if (future == NULL) {
            future = &task->future;
            status = async_loop_create_task(loop, task, what.coro);
        }
    }
    member->done.future = future;
    return status == 0 && future->loop != loop ? (int)ASYNC_ERR_WRONG_LOOP
                                               : status;
}

/* -- Asking ------------------------------------------------------------------ */

async_future_t *async_member_future_(const async_members_t *members, size_t i)
{
    ASYNC_CHECK(members != NULL, NULL_ARGUMENT);
    return i < members->count ? async_member_(members, i)->done.future : NULL;
}

int async_member_status_(const async_members_t *members, size_t i)
{
    const async_future_t *future = async_member_future_(members, i);
    if (future == NULL) {
        return ASYNC_ERR_VALUE;
    }
    async_debug_seen_(future);
    return async_future_done(future) ? future->context.status
                                     : (int)ASYNC_PENDING;
}

ASYNC_EXTERN_C_END

#endif
