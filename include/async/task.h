/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Tasks: coroutines that the loop runs side by side.
 *
 *     async_create_task(&self->t, ASYNC_CALL(blink, &self->led, .pin = 13));
 *     ...
 *     async_task_cancel(&self->t);
 *     AWAIT_STATUS(self->err, &self->t);
 *
 * A task and its frame are the caller's and must stay valid until the task is
 * done and everyone who awaited it has run. Zero-initialise a task before its
 * first use; a finished one can be created again.
 */
#ifndef ASYNC_TASK_H_INCLUDED
#define ASYNC_TASK_H_INCLUDED

#include "future.h"

/** asyncio.Task: 36 bytes on a 32-bit machine. Private but for `future`. */
struct async_task {
    async_timer_t timer;   /**< its one node; `run` tells what it waits for */
    async_future_t future; /**< its end; context.status is the error in flight */
    async_coro_t *frame;   /**< innermost frame */
#if ASYNC_TASK_RING
    async_task_t *older;   /**< in the loop's ring of tasks */
#endif
    async_task_t *newer;
#if ASYNC_TASK_NAMES
    const char *name;
    uint16_t number;
#endif
};

ASYNC_EXTERN_C_BEGIN

/**
 * Starts a coroutine as a task: loop.create_task(). It takes its first step in
 * the next iteration.
 *
 * @param loop  Running or not; 0 for the running loop.
 * @param task  Zero, or finished.
 * @param coro  From ASYNC_CALL. Its frame must outlive the task.
 * @returns 0; ASYNC_ERR_BUSY if this task is still running; ASYNC_ERR_REUSED if
 *          the coroutine was awaited or started before; ASYNC_ERR_CLOSED;
 *          ASYNC_ERR_RUNTIME if `loop` is 0 and no loop is running.
 * @context{task or callback, or outside any with a loop} @cost{O(1)}
 */
#define async_loop_create_task ASYNC_ABI_(async_loop_create_task)
int async_loop_create_task(async_loop_t *loop, async_task_t *task,
                           async_coro_t *coro);

/** The same in the running loop: asyncio.create_task(). */
static inline int async_create_task(async_task_t *task, async_coro_t *coro)
{
    return async_loop_create_task(NULL, task, coro);
}

/**
 * Asks a task to end: ASYNC_ERR_CANCELLED is raised where it waits, in the
 * next iteration: task.cancel(). If it waits for another task or a future,
 * that is cancelled instead, and the error comes back through it. A task that
 * catches the error may go on.
 *
 * @returns 1; 0 if it is done; ASYNC_ERR_CYCLE if the tasks it waits for wait
 *          for each other in a cycle: none of them is woken, and their counts
 *          mean nothing any more.
 * @context{task or callback of the loop} @cost{O(tasks awaiting each other)}
 */
static inline int async_task_cancel(async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return task->future.context.flags != 0 ? async_future_cancel(&task->future)
                                           : 0; /* never started */
}

/** Cancel requests not taken back: task.cancelling(). */
unsigned async_task_cancelling(const async_task_t *task);

/** Takes one cancel request back: task.uncancel(). @returns The rest. */
unsigned async_task_uncancel(async_task_t *task);

/** The running task, 0 in a plain callback and outside: current_task(). In an
 * interrupt it is the task that was interrupted, 0 while the loop idles: a
 * watchdog names the task that does not yield with it. An AVR may be interrupted
 * while it writes the pointer: compare it there, do not follow it.
 * @context{any task or ISR} */
async_task_t *async_current_task(void);

/** Iterates over the unfinished tasks of a loop, oldest first: all_tasks().
 * @param previous  0 to begin. @returns 0 at the end. */
async_task_t *async_all_tasks(async_loop_t *loop, const async_task_t *previous);

#if ASYNC_TASK_NAMES
/** Names a task: task.set_name(). @param name  Not copied; 0 for "Task-N". */
void async_task_set_name(async_task_t *task, const char *name);

/** Writes the task's name, "Task-N" if it was given none: task.get_name().
 * @returns buffer, always terminated if size > 0. */
const char *async_task_get_name(const async_task_t *task, char *buffer,
                                size_t size);
#endif

ASYNC_EXTERN_C_END

/* -- await ---------------------------------------------------------------- */

#ifdef __cplusplus
inline async_next_t async_await_of_(async_task_t *task, async_coro_t *,
                                    async_context_t *)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return async_await_future_(&task->future);
}
#else
static inline async_next_t async_await_task_(async_task_t *task,
                                             async_coro_t *caller,
                                             async_context_t *ctx)
{
    (void)caller;
    (void)ctx;
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return async_await_future_(&task->future);
}
#undef ASYNC_AWAIT_TASK_
#define ASYNC_AWAIT_TASK_ async_await_task_
#endif

/* -- ensure_future -------------------------------------------------------- */

/**
 * Makes a future of anything awaitable: asyncio.ensure_future(). A future or
 * task is returned as it is; of a coroutine a task is made in `storage`.
 *
 * @returns An `async_future_t *`, or 0 if the task could not be created.
 */
#ifdef __cplusplus
template <class T> struct async_ensure_future_takes_a_coroutine_task_or_future;
template <class T> async_future_t *async_ensure_future(T, async_task_t *)
{
    return async_ensure_future_takes_a_coroutine_task_or_future<T>::future();
}
inline async_future_t *async_ensure_future(async_future_t *future,
                                           async_task_t *)
{
    return future;
}
inline async_future_t *async_ensure_future(async_task_t *task, async_task_t *)
{
    return &task->future;
}
inline async_future_t *async_ensure_future(async_coro_t *coro,
                                           async_task_t *storage)
{
    return async_create_task(storage, coro) == 0 ? &storage->future : NULL;
}
#else
#define async_ensure_future(awaitable, storage)       \
    _Generic((awaitable),                             \
        async_future_t *: async_ensure_of_future_,    \
        async_task_t *: async_ensure_of_task_,        \
        async_coro_t *: async_ensure_of_coro_,        \
        default: async_ensure_of_nothing_)(awaitable, storage)

struct async_ensure_future_takes_a_coroutine_task_or_future {
    int unused;
};
async_future_t *async_ensure_of_nothing_(
    struct async_ensure_future_takes_a_coroutine_task_or_future awaitable,
    async_task_t *storage);
static inline async_future_t *async_ensure_of_future_(async_future_t *future,
                                                      async_task_t *storage)
{
    (void)storage;
    return future;
}
static inline async_future_t *async_ensure_of_task_(async_task_t *task,
                                                    async_task_t *storage)
{
    (void)storage;
    return &task->future;
}
static inline async_future_t *async_ensure_of_coro_(async_coro_t *coro,
                                                    async_task_t *storage)
{
    return async_create_task(storage, coro) == 0 ? &storage->future : NULL;
}
#endif

#endif
