/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of eager.h. */
#ifndef ASYNC_DETAIL_EAGER_IMPL_H_INCLUDED
#define ASYNC_DETAIL_EAGER_IMPL_H_INCLUDED

#include "ready.h"
#include "step.h"
#include "taskgroup_impl.h"

#include "../eager.h"

ASYNC_EXTERN_C_BEGIN

/* Not by async_step_(): a task that pauses must wait for its creator, who is
 * running, even if nothing is ready. */
int async_create_eager_task(async_task_t *task, async_coro_t *coro)
{
    int status = async_create_task(task, coro);
    if (status == ASYNC_OK) {
        async_loop_t *loop = task->future.loop;
        async_task_t *creator = loop->current;
        uintptr_t mark;
        async_take_back_(loop, &task->timer.handle.node);
        loop->current = task;
        mark = async_run_frames_(&task->frame, &task->future.context);
        loop->current = creator;
        if (mark == ASYNC_PAUSED_) {
            async_ready_(loop, &task->timer.handle.node);
        } else if (mark != ASYNC_SUSPENDED_) {
            async_task_finish_(loop, task);
        }
    }
    return status;
}

/* It is a child from when its first step is over. One that has ended by then
 * is counted at once. */
int async_taskgroup_create_eager_task(async_taskgroup_t *group,
                                      async_child_t *child, async_coro_t *coro)
{
    int status = async_taskgroup_refuses_(group, child);
    if (status == ASYNC_OK) {
        status = async_create_eager_task(&child->task, coro);
    }
    if (status == ASYNC_OK) {
        async_debug_watched_(&child->task.future);
        child->group = group;
        child->done.run = async_child_run_;
        async_ring_push_(&group->children, &child->link);
        if (async_future_done(&child->task.future)) {
            (void)async_child_run_(&child->done);
        } else {
            async_ring_push_(&child->task.future.u.waiters, &child->done.node);
        }
    }
    return status;
}

ASYNC_EXTERN_C_END

#endif
