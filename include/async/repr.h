/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Looking at objects: what a task is doing, and printed forms for a console.
 *
 *     char text[60];
 *     puts(async_task_repr(&task, text, sizeof text));
 *
 *     <Task 'Task-3' pending, waits for 'Task-2'>
 *     <Future finished, error -2 (timeout)>
 *     <Loop running, 3 tasks>
 *     <coroutine created>
 *
 * A debug build also knows the names of coroutines, and which have ended:
 * `<Task 'Task-3' of fetch() pending, sleeps>`, `<coroutine fetch() ended>`.
 * All texts are cut to the size of the buffer and end with a 0 if it has room
 * for one. None of this needs <stdio.h>, nor is it linked if it is not used.
 */
#ifndef ASYNC_REPR_H_INCLUDED
#define ASYNC_REPR_H_INCLUDED

#include "task.h"

/** What a task is doing. */
enum async_activity {
    ASYNC_ACTIVITY_NONE,      /**< it was never created */
    ASYNC_ACTIVITY_RUNNING,   /**< it is the current task */
    ASYNC_ACTIVITY_READY,     /**< its turn comes in this iteration or the next */
    ASYNC_ACTIVITY_SLEEPS,    /**< it waits for a timer */
    ASYNC_ACTIVITY_TASK,      /**< it awaits a task */
    ASYNC_ACTIVITY_FUTURE,    /**< it awaits a future */
    ASYNC_ACTIVITY_OPERATION, /**< it waits in an operation: a lock, a queue, ... */
    ASYNC_ACTIVITY_FINISHED,  /**< it ended, perhaps with an error */
    ASYNC_ACTIVITY_CANCELLED  /**< it ended with ASYNC_ERR_CANCELLED */
};

ASYNC_EXTERN_C_BEGIN

/** What a task is doing. @context{task or callback of its loop, or outside any
 * while that does not run} @cost{O(1)} */
enum async_activity async_task_activity(const async_task_t *task);

/**
 * The printed form of a future, or of the task whose future it is:
 * repr(future).
 *
 * @param buffer  Gets the text. @param size  Of the buffer, in bytes.
 * @returns buffer.
 * @context{task or callback of its loop, or outside any while that does not
 * run} @cost{O(1)}
 */
char *async_future_repr(const async_future_t *future, char *buffer,
                        size_t size);

/** The same for a task: repr(task). It says "cancelling" in place of "pending"
 * if the task was asked to end and has not taken that back. */
char *async_task_repr(const async_task_t *task, char *buffer, size_t size);

/** The same for a loop: repr(loop). @cost{O(unfinished tasks)} */
char *async_loop_repr(const async_loop_t *loop, char *buffer, size_t size);

/** The same for a coroutine, from ASYNC_CALL. A frame that was never made into
 * one must be zero. */
char *async_coro_repr(const async_coro_t *coro, char *buffer, size_t size);

ASYNC_EXTERN_C_END

#endif
