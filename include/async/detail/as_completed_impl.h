/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of as_completed.h. */
#ifndef ASYNC_DETAIL_AS_COMPLETED_IMPL_H_INCLUDED
#define ASYNC_DETAIL_AS_COMPLETED_IMPL_H_INCLUDED

#include "member_impl.h"

#include "../as_completed.h"

ASYNC_EXTERN_C_BEGIN

/* A member has ended: its node is free now, and queues it for handing out. */
static int async_as_completed_run_(async_handle_t *handle)
{
    async_member_t *member = (async_member_t *)(void *)handle;
    async_as_completed_t *each = (async_as_completed_t *)member->owner;
    handle->run = NULL;
    async_ring_push_(&each->done, &handle->node);
    (void)async_wake_one(&each->waiters);
    if (--each->todo == 0) {
        (void)async_timer_cancel(member->done.future->loop, &each->timer);
    }
    return ASYNC_OK;
}

/* Stops watching those that have not ended. */
static void async_as_completed_unwatch_(async_as_completed_t *each)
{
    size_t i;
    for (i = 0; i < each->members.count; i++) {
        async_member_t *member = async_member_(&each->members, i);
        if (member->done.handle.run != NULL) {
            async_unwatch_(&member->done);
        }
    }
    each->members.count = 0;
}

static int async_as_completed_expired_(async_handle_t *handle)
{
    async_as_completed_t *each =
        async_container_of(handle, async_as_completed_t, timer.handle);
    async_as_completed_unwatch_(each);
    each->expired = each->todo;
    while (each->todo > 0) {
        each->todo--;
        (void)async_wake_one(&each->waiters);
    }
    return ASYNC_OK;
}

static bool async_as_completed_any_(const async_as_completed_t *each)
{
    return each->done != NULL || each->expired > 0;
}

/* Hands out the oldest item. Returns its status. */
static int async_as_completed_take_(async_as_completed_t *each)
{
    async_node_t *node = each->done;
    if (node == NULL) {
        each->expired--;
        each->current = NULL;
        return ASYNC_ERR_TIMEOUT;
    }
    async_ring_remove_(&each->done, node);
    each->current = ((async_member_t *)(void *)node)->done.future;
    async_debug_seen_(each->current);
    return each->current->context.status;
}

/* As the getters of a queue: another task may have been faster, and one that
 * is cancelled after it was woken wakes the next. */
static int async_as_completed_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_as_completed_t *each = async_container_of(
        async_op_waiters(task), async_as_completed_t, waiters);
    int status = async_op_status(task);
    if (status != 0) {
        if (async_op_woken(task) && async_as_completed_any_(each)) {
            (void)async_wake_one(&each->waiters);
        }
        return async_op_end(task, status);
    }
    if (!async_as_completed_any_(each)) {
        return async_op_again(task, &each->waiters, async_as_completed_end_);
    }
    return async_op_end(task, async_as_completed_take_(each));
}

async_op_t async_as_completed_next_(async_as_completed_t *each)
{
    ASYNC_CHECK(each != NULL, NULL_ARGUMENT);
    if (each->left == 0) {
        return async_op_done(ASYNC_ERR_STOP_ASYNC_ITERATION);
    }
    each->left--;
    if (async_as_completed_any_(each)) {
        return async_op_done(async_as_completed_take_(each));
    }
    return async_op_wait(&each->waiters, async_as_completed_end_);
}

/* Whether an earlier member has the same future. */
static bool async_as_completed_is_double_(const async_as_completed_t *each,
                                          size_t i)
{
    const async_member_t *member = async_member_(&each->members, i);
    if (!async_future_done(member->done.future)) {
        return async_member_is_double_(member, async_as_completed_run_);
    }
    while (i > 0) {
        if (async_member_(&each->members, --i)->done.future ==
            member->done.future) {
            return true;
        }
    }
    return false;
}

int async_as_completed_list_(async_as_completed_t *each, uint16_t offset,
                             uint16_t stride, async_delay_t timeout,
                             const async_awaitable_t *list, size_t count)
{
    async_loop_t *loop = async_caller_()->future.loop;
    int status = (ptrdiff_t)count < 0 ? (int)ASYNC_ERR_VALUE : 0;
    size_t i;
    ASYNC_CHECK(each != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)each, 0, sizeof *each);
    each->loop = loop;
    each->members.first = (char *)each + offset;
    each->members.stride = stride;
    for (i = 0; i < count && status == 0; i++) {
        async_member_t *member = async_member_(&each->members, i);
        status = async_member_make_(&each->members, i, list[i], loop, each);
        member->done.handle.run = NULL;
        each->members.count++;
    }
    /* Those that are done already come behind the first steps of all tasks. */
    for (i = 0; i < count && status == 0; i++) {
        async_member_t *member = async_member_(&each->members, i);
        if (!async_as_completed_is_double_(each, i)) {
            each->todo++;
            async_watch_(&member->done, member->done.future,
                         async_as_completed_run_);
        }
    }
    each->left = each->todo;
    if (status == 0 && each->todo > 0) {
        status = async_timer_start_(loop, &each->timer, timeout,
                                    async_as_completed_expired_);
    }
    if (status != 0) {
        async_as_completed_close_(each);
    }
    return status;
}

void async_as_completed_close_(async_as_completed_t *each)
{
    ASYNC_CHECK(each != NULL, NULL_ARGUMENT);
    if (each->timer.handle.node.next != NULL) {
        (void)async_timer_cancel(each->loop, &each->timer);
    }
    async_as_completed_unwatch_(each);
    each->todo = each->left = each->expired = 0;
    each->done = NULL;
}

ASYNC_EXTERN_C_END

#endif
