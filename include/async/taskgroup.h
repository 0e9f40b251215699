/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Task groups: tasks that cannot outlive the block that started them.
 *
 *     ASYNC_GROUP(&self->group) {
 *         async_taskgroup_create_task(&self->group, &self->reader, ASYNC_CALL(...));
 *         async_taskgroup_create_task(&self->group, &self->writer, ASYNC_CALL(...));
 *     } ASYNC_END_GROUP;                      // waits for both
 *
 * When one fails, the others and the block are cancelled, and when all have
 * ended, the block raises one error that stands for all of them.
 */
#ifndef ASYNC_TASKGROUP_H_INCLUDED
#define ASYNC_TASKGROUP_H_INCLUDED

#include "operation.h"

typedef struct async_taskgroup async_taskgroup_t;

/** A task of a group: 64 bytes on a 32-bit machine. Zero-initialise. Can be used
 * again when it is done; a failed one, when the group's errors were looked at.
 * Private but for `task`. */
struct async_child {
    async_task_t task;
    async_handle_t done;
    async_node_t link;        /**< in the group's children or errors */
    async_taskgroup_t *group;
};
typedef struct async_child async_child_t;

/** asyncio.TaskGroup: 24 bytes on a 32-bit machine. Zero-initialise. It can be
 * used again when its block has been left; clear it and its children if the
 * loop was closed within. All private. */
struct async_taskgroup {
    async_waiters_t waiters;
    async_task_t *parent;
    async_node_t *children; /**< ring of those that run, by creation */
    async_node_t *errors;   /**< ring of those that failed, as they ended */
    int16_t pending;        /**< how the block was left */
    int16_t error;          /**< code for all errors */
    uint8_t flags;
};

/**
 * Block: `async with asyncio.TaskGroup()`. Left when all children have ended.
 * It raises
 *   - a code of its own for which async_is_group() is true, if children or the
 *     block failed: async_taskgroup_error() is the same, and
 *     async_taskgroup_next_error() lists them;
 *   - ASYNC_ERR_CANCELLED, if the task was cancelled from outside and nothing
 *     failed;
 *   - ASYNC_ERR_RUNTIME, when it is entered inside itself.
 *
 * @param group  Evaluated again when the block is left: the same pointer.
 * @context{task} @cancel{cancels the children and waits for them}
 */
#define ASYNC_GROUP(group)                                            \
    ASYNC_SCOPE_AWAIT_(async_taskgroup_enter_(group), (group)->pending, \
                       async_taskgroup_leave_(group))
#define ASYNC_END_GROUP ASYNC_END_SCOPE_

ASYNC_EXTERN_C_BEGIN

/**
 * Starts a task of the group: group.create_task().
 *
 * @param child  Zero, or done. It and the frame must live until the group's
 *               block has been left.
 * @returns 0; ASYNC_ERR_RUNTIME outside the block, when the group is being
 *          cancelled, and when it has ended; or as async_create_task().
 * @context{task or callback of the loop, within the block} @cost{O(1)}
 */
#define async_taskgroup_create_task ASYNC_ABI_(async_taskgroup_create_task)
int async_taskgroup_create_task(async_taskgroup_t *group, async_child_t *child,
                                async_coro_t *coro);

/** The code that the block raised for its errors, 0 if there were none. */
int async_taskgroup_error(const async_taskgroup_t *group);

/** Iterates over the children that failed, in the order they ended.
 * @param previous  0 to begin. @returns 0 at the end. */
const async_child_t *async_taskgroup_next_error(const async_taskgroup_t *group,
                                                const async_child_t *previous);

/** The error that left the block itself, the last of the group's; 0 if none. */
int async_taskgroup_body_error(const async_taskgroup_t *group);

async_op_t async_taskgroup_enter_(async_taskgroup_t *group);
async_op_t async_taskgroup_leave_(async_taskgroup_t *group);

ASYNC_EXTERN_C_END

#endif
