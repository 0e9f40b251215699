/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of taskgroup.h. */
#ifndef ASYNC_DETAIL_TASKGROUP_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TASKGROUP_IMPL_H_INCLUDED

#include "ready.h"

#include "../taskgroup.h"

ASYNC_EXTERN_C_BEGIN

#define ASYNC_GROUP_ENTERED_ 0x01u
#define ASYNC_GROUP_EXITING_ 0x02u
#define ASYNC_GROUP_ABORTING_ 0x04u  /* the children have been cancelled */
#define ASYNC_GROUP_PARENT_ 0x08u    /* so has the parent, by the group */
#define ASYNC_GROUP_CANCELLED_ 0x10u /* the parent, by somebody else */

static async_child_t *async_child_of_(async_node_t *link)
{
    return async_container_of(link, async_child_t, link);
}

/* Cancels all children, oldest first. None leaves the list meanwhile. */
static void async_taskgroup_abort_(async_taskgroup_t *group)
{
    async_node_t *first = group->children, *link = first;
    group->flags |= ASYNC_GROUP_ABORTING_;
    while (link != NULL) {
        (void)async_task_cancel(&async_child_of_(link)->task);
        link = link->next == first ? NULL : link->next;
    }
}

/* A child has ended: its done callback. */
static int async_child_run_(async_handle_t *handle)
{
    async_child_t *child = async_container_of(handle, async_child_t, done);
    async_taskgroup_t *group = child->group;
    async_ring_remove_(&group->children, &child->link);
    if (group->children == NULL) {
        (void)async_wake_one(&group->waiters);
    }
    if (child->task.future.context.status >= ASYNC_ERR_CANCELLED) {
        return ASYNC_OK;
    }
    async_ring_push_(&group->errors, &child->link);
    if ((group->flags & (ASYNC_GROUP_ABORTING_ | ASYNC_GROUP_PARENT_)) == 0) {
        async_taskgroup_abort_(group);
        group->flags |= ASYNC_GROUP_PARENT_;
        (void)async_task_cancel(group->parent);
    }
    return ASYNC_OK;
}

/* Whether a group takes a new child: 0, or why not. */
static inline int async_taskgroup_refuses_(const async_taskgroup_t *group,
                                           const async_child_t *child)
{
    ASYNC_CHECK(group != NULL && child != NULL, NULL_ARGUMENT);
    if ((group->flags & (ASYNC_GROUP_ENTERED_ | ASYNC_GROUP_ABORTING_)) !=
            ASYNC_GROUP_ENTERED_ ||
        ((group->flags & ASYNC_GROUP_EXITING_) && group->children == NULL)) {
        return ASYNC_ERR_RUNTIME;
    }
    return child->done.node.next != NULL
               ? (int)ASYNC_ERR_BUSY /* runs, or its end was not noted yet */
               : (int)ASYNC_OK;
}

int async_taskgroup_create_task(async_taskgroup_t *group, async_child_t *child,
                                async_coro_t *coro)
{
    int status = async_taskgroup_refuses_(group, child);
    if (status == 0) {
        status = async_loop_create_task(group->parent->future.loop,
                                        &child->task, coro);
    }
    if (status == 0) {
        async_debug_watched_(&child->task.future);
        child->group = group;
        child->done.run = async_child_run_;
        async_ring_push_(&child->task.future.u.waiters, &child->done.node);
        async_ring_push_(&group->children, &child->link);
    }
    return status;
}

async_op_t async_taskgroup_enter_(async_taskgroup_t *group)
{
    ASYNC_CHECK(group != NULL, NULL_ARGUMENT);
    if (group->flags & ASYNC_GROUP_ENTERED_) {
        return async_op_done(ASYNC_ERR_RUNTIME);
    }
    group->waiters.first = NULL;
    group->parent = async_caller_();
    group->children = group->errors = NULL;
    group->pending = group->error = 0;
    group->flags = ASYNC_GROUP_ENTERED_;
    return async_op_done(ASYNC_OK);
}

/* All children have ended: what the block raises. */
static int async_taskgroup_result_(async_taskgroup_t *group)
{
    async_task_t *parent = group->parent;
    async_loop_t *loop = parent->future.loop;
    unsigned flags = group->flags;
    group->flags = 0;
    if ((flags & ASYNC_GROUP_PARENT_) && async_task_uncancel(parent) == 0) {
        flags &= ~ASYNC_GROUP_CANCELLED_;
    }
    if (group->errors == NULL && (flags & ASYNC_GROUP_CANCELLED_)) {
        return ASYNC_ERR_CANCELLED;
    }
    if (group->errors == NULL && group->pending >= ASYNC_ERR_CANCELLED) {
        return ASYNC_OK;
    }
    /* A request from outside stays one, to be raised behind the block. */
    if (async_task_cancelling(parent) > 0) {
        (void)async_task_uncancel(parent);
        (void)async_task_cancel(parent);
    }
    group->error = (int16_t)(ASYNC_ERR_GROUP - (int)loop->groups);
    if (loop->groups++ == ASYNC_ERR_GROUP - ASYNC_ERR_GROUP_LAST) {
        loop->groups = 0;
    }
    return group->error;
}

static int async_taskgroup_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_taskgroup_t *group =
        async_container_of(async_op_waiters(task), async_taskgroup_t, waiters);
    int status = async_op_status(task);
    int step = async_op_end(task, ASYNC_OK); /* it counts as running now */
    if (status != 0 && (group->flags & ASYNC_GROUP_ABORTING_) == 0) {
        group->flags |= ASYNC_GROUP_CANCELLED_;
        async_taskgroup_abort_(group);
    }
    if (group->children != NULL) {
        (void)async_op_enter_(task, &group->waiters, async_taskgroup_end_);
        return ASYNC_OK;
    }
    task->future.context.status = (int16_t)async_taskgroup_result_(group);
    return step;
}

/* The block has been left with group->pending. */
async_op_t async_taskgroup_leave_(async_taskgroup_t *group)
{
    group->flags |= ASYNC_GROUP_EXITING_;
    if (group->pending == ASYNC_ERR_CANCELLED) {
        group->flags |= ASYNC_GROUP_CANCELLED_;
    }
    if (group->pending < 0 && (group->flags & ASYNC_GROUP_ABORTING_) == 0) {
        async_taskgroup_abort_(group);
    }
    return group->children != NULL
               ? async_op_enter_(async_caller_(), &group->waiters,
                                 async_taskgroup_end_)
               : async_op_done(async_taskgroup_result_(group));
}

/* -- Errors ------------------------------------------------------------------ */

int async_taskgroup_error(const async_taskgroup_t *group)
{
    ASYNC_CHECK(group != NULL, NULL_ARGUMENT);
    return group->error;
}

const async_child_t *async_taskgroup_next_error(const async_taskgroup_t *group,
                                                const async_child_t *previous)
{
    async_node_t *link;
    ASYNC_CHECK(group != NULL, NULL_ARGUMENT);
    link = previous != NULL ? previous->link.next : group->errors;
    return link == NULL || (previous != NULL && link == group->errors)
               ? NULL
               : async_child_of_(link);
}

int async_taskgroup_body_error(const async_taskgroup_t *group)
{
    ASYNC_CHECK(group != NULL, NULL_ARGUMENT);
    return group->error != 0 && group->pending < ASYNC_ERR_CANCELLED
               ? group->pending
               : 0;
}

ASYNC_EXTERN_C_END

#endif
