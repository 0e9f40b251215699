/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The ready queue: how everything becomes runnable, and is taken back. */
#ifndef ASYNC_DETAIL_READY_H_INCLUDED
#define ASYNC_DETAIL_READY_H_INCLUDED

#include "../task.h"
#include "atomic.h"
#include "../port/cpu.h"
#include "flags.h"
#include "list.h"
#include "step.h"
#include "timers_impl.h"

ASYNC_EXTERN_C_BEGIN

/* The loop that runs in this thread, or at this interrupt priority: the only
 * variable of the library. */
extern ASYNC_THREAD_LOCAL async_loop_t *async_running_;

/* Moves what is posted to the ready queue, oldest first. */
static void async_take_posts_(async_loop_t *loop);

/* Finishes a future and makes its waiters ready. */
static void async_future_finish_(async_future_t *future, int status, void *result);

/* Ends a task whose outermost coroutine has returned. */
static void async_task_finish_(async_loop_t *loop, async_task_t *task);

/* Counts a cancel request and passes it on to what the task waits for.
 * Returns 1, or ASYNC_ERR_CYCLE. */
static int async_task_interrupt_(async_task_t *task);

/* Takes a task out of the list of the future or operation it waits for. The
 * end function of an operation that keeps count does that itself: it is called
 * in advance, with neither WOKEN nor TAKEN_BACK set. */
static inline void async_leave_list_(async_task_t *task);

/* Raises a CancelledError in a task, or ends it if it has not begun. */
static int async_throw_(async_task_t *task);

/* Values of a task's handle.run, which tells what the task waits for; the end
 * function of an operation is another. 0: it is running or ready to. */
static int async_throw_run_(async_handle_t *handle);  /* cancelled when it was 0 */
static int async_wakeup_run_(async_handle_t *handle); /* for a future */
static int async_sleep_run_(async_handle_t *handle);  /* for a timer */
static int async_slept_run_(async_handle_t *handle);  /* that, and cancelled */

ASYNC_EXTERN_C_END

/* Appends a node. What was posted earlier goes first: call_soon_threadsafe and
 * call_soon share one FIFO. */
static ASYNC_ALWAYS_INLINE_ void async_append_(async_loop_t *loop,
                                               async_node_t *node)
{
    ASYNC_CHECK(!async_debug_is_foreign_(loop), FOREIGN);
    if (ASYNC_PEEK_(&loop->inbox) != NULL) {
        async_take_posts_(loop);
    }
    async_link_before_(loop->head, node);
}

/* The same, where a call is as good. */
static ASYNC_HOT_ void async_ready_(async_loop_t *loop, async_node_t *node)
{
    async_append_(loop, node);
}

/* Unlinks a node from the ready queue or from the timer queue. */
static inline void async_take_back_(async_loop_t *loop, async_node_t *node)
{
    ASYNC_CHECK(!async_debug_is_foreign_(loop), FOREIGN);
    if (loop->head == node) {
        loop->head = node->next;
    }
    async_timers_unlink_(&loop->timers, node);
}

static inline async_task_t *async_task_of_future_(async_future_t *future)
{
    return (async_task_t *)(void *)((char *)future -
                                    offsetof(async_task_t, future));
}

/* loop.time() */
static ASYNC_ALWAYS_INLINE_ async_tick_t async_now_(const async_loop_t *loop)
{
    return loop->port->now(loop->port);
}

/* The task that called an operation. */
static inline async_task_t *async_caller_(void)
{
    ASYNC_CHECK(async_running_ != NULL && async_running_->current != NULL,
                NO_TASK);
    ASYNC_CHECK(!async_debug_is_foreign_(async_running_), FOREIGN);
    return async_running_->current;
}

static inline async_op_t async_suspended_(void)
{
    async_op_t op = {ASYNC_SUSPENDED_};
    return op;
}

/* A task may still be in the ready queue while it runs: takes it out before it
 * is linked elsewhere. */
static ASYNC_HOT_ void async_leave_ready_(const async_task_t *task)
{
    const async_node_t *node = &task->timer.handle.node;
    if (node->next != NULL) {
        async_bridge_(node);
    }
}

/* A task begins to wait: for what is told by its `run` from now on. Returns what
 * async_waiting_() wants. */
static ASYNC_HOT_ async_run_fn async_wait_(async_task_t *task,
                                           async_run_fn run)
{
    async_run_fn cancelled = task->timer.handle.run;
    async_leave_ready_(task);
    task->timer.handle.run = run;
    return cancelled;
}

/* It waits now: was its cancel requested before? */
static ASYNC_ALWAYS_INLINE_ async_op_t async_waiting_(async_task_t *task,
                                                      async_run_fn cancelled)
{
    if (cancelled != NULL) {
        (void)cancelled(&task->timer.handle);
    }
    return async_suspended_();
}

/* What a handle's run function returns to let its task go on, or another one, the
 * loop's `current`: no status, and not what a callback may return by mistake, a
 * count for instance. (With one value for both, each resume would wait for
 * `current` to be stored and loaded.) */
#define ASYNC_STEP_ (-90)
#define ASYNC_STEP_OTHER_ (-91)

/* Lets another task go on than the one whose handle runs, without an error. */
static inline int async_go_on_(async_loop_t *loop, async_task_t *task)
{
    task->timer.handle.run = NULL;
    loop->current = task;
    return ASYNC_STEP_OTHER_;
}

/* Whether the next iteration has more to do than to run what is ready. */
static inline bool async_has_events_(const async_loop_t *loop)
{
    return ((uintptr_t)loop->port->poll | (uintptr_t)ASYNC_PEEK_(&loop->inbox) |
            async_timers_some_(&loop->timers)) != 0;
}

/* Whether a task that has paused would be all of the next iteration: asked only
 * where that is worth the code. */
static inline bool async_alone_(const async_loop_t *loop,
                                const async_task_t *task)
{
    return ASYNC_FAST && ASYNC_HOSTED && !ASYNC_DEBUG &&
           loop->ready.next == &task->timer.handle.node &&
           loop->ready.prev == &task->timer.handle.node &&
           task->timer.handle.run == NULL &&
           (loop->flags & (ASYNC_F_STOPPING_ | ASYNC_F_ONCE_)) == 0 &&
           !async_has_events_(loop);
}

/* Runs the current task until it waits. Its status is what its AWAIT reports. One
 * that pauses goes to the end of the queue, and is there already if it was left
 * in the queue and nothing was appended meanwhile. */
static inline void async_step_(async_loop_t *loop, async_task_t *task)
{
    uintptr_t mark;
    do {
        mark = async_run_frames_(&task->frame, &task->future.context);
    } while (mark == ASYNC_PAUSED_ && async_alone_(loop, task));
    if (!ASYNC_RARELY_(mark != ASYNC_PAUSED_)) {
        if (ASYNC_RARELY_(ASYNC_PEEK_(&loop->inbox) != NULL)) {
            async_take_posts_(loop);
        }
        if (ASYNC_RARELY_(loop->head->prev != &task->timer.handle.node)) {
            async_leave_ready_(task);
            async_link_before_(loop->head, &task->timer.handle.node);
        }
    } else if (mark != ASYNC_SUSPENDED_) {
        async_task_finish_(loop, task);
    }
}

#endif
