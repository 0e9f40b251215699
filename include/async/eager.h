/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Eager tasks: they begin at once, not in the next iteration. What is ready
 * already, a cached answer for instance, then costs no trip round the loop:
 *
 *     async_create_eager_task(&self->fetch, ASYNC_CALL(fetch, &self->frame));
 *     if (async_future_done(&self->fetch.future)) { ... }
 */
#ifndef ASYNC_EAGER_H_INCLUDED
#define ASYNC_EAGER_H_INCLUDED

#include "taskgroup.h"

ASYNC_EXTERN_C_BEGIN

/**
 * Starts a coroutine as a task and runs it, within this call, until it waits for
 * the first time or ends: what asyncio.eager_task_factory makes of a coroutine.
 * From then on it is a task like any other.
 *
 * @param task  Zero, or finished. It may be finished again at the return.
 * @param coro  As for async_create_task(). While it runs, it is the current
 *              task, and its caller has not gone on: it must not rely on what
 *              the caller does after this call.
 * @returns As async_create_task(); ASYNC_ERR_RUNTIME if no loop is running.
 * @context{task or callback of the loop; each level of eager tasks that start
 *          eager tasks takes C stack} @cost{O(1) and the coroutine's first step}
 */
#define async_create_eager_task ASYNC_ABI_(async_create_eager_task)
int async_create_eager_task(async_task_t *task, async_coro_t *coro);

/**
 * The same for a task of a group. If it fails at once, so does the group.
 *
 * @returns As async_taskgroup_create_task() and async_create_eager_task().
 * @context{task or callback of the loop, within the block}
 * @cost{O(1) and the coroutine's first step}
 */
#define async_taskgroup_create_eager_task \
    ASYNC_ABI_(async_taskgroup_create_eager_task)
int async_taskgroup_create_eager_task(async_taskgroup_t *group,
                                      async_child_t *child, async_coro_t *coro);

ASYNC_EXTERN_C_END

#endif
