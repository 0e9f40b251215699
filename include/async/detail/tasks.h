/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The unfinished tasks of a loop: a ring in the order of their creation, which
 * the loop knows by the newest. */
#ifndef ASYNC_DETAIL_TASKS_H_INCLUDED
#define ASYNC_DETAIL_TASKS_H_INCLUDED

#include "../task.h"

static inline void async_tasks_add_(async_loop_t *loop, async_task_t *task)
{
    async_task_t *newest = loop->newest;
    if (newest == NULL) {
        newest = task;
        task->newer = task;
    }
    task->newer = newest->newer; /* the oldest */
    newest->newer = task;
#if ASYNC_TASK_RING
    task->older = newest;
    task->newer->older = task;
#endif
    loop->newest = task;
}

static inline void async_tasks_remove_(async_loop_t *loop, async_task_t *task)
{
#if ASYNC_TASK_RING
    async_task_t *older = task->older;
    task->newer->older = older;
#else
    async_task_t *older = loop->newest;
    while (older->newer != task) {
        older = older->newer;
    }
#endif
    older->newer = task->newer;
    if (loop->newest == task) {
        loop->newest = older == task ? NULL : older;
    }
}

#endif
