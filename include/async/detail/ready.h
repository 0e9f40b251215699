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

/* Values of a task's handle.run, which tells what the task waits for; the end
 * function of an operation is another. 0: it is running or ready to. */
static int async_throw_run_(async_handle_t *handle);  /* ready; cancel at its step */
static int async_wakeup_run_(async_handle_t *handle); /* for a future */
static int async_sleep_run_(async_handle_t *handle);  /* for a timer */

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
static inline void async_ready_(async_loop_t *loop, async_node_t *node)
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

/* A task that has just begun to wait: was its cancel requested before? */
static ASYNC_ALWAYS_INLINE_ async_op_t async_waiting_(async_task_t *task)
{
    if (task->future.context.flags & ASYNC_F_MUST_CANCEL_) {
        task->future.context.flags &= (uint8_t)~ASYNC_F_MUST_CANCEL_;
        task->future.context.cancels--; /* this one is counted already */
        (void)async_task_interrupt_(task);
    }
    return async_suspended_();
}

/* What a handle's run function returns to let its task go on: no status, and
 * not what a callback may return by mistake, a count for instance. */
#define ASYNC_STEP_ (-90)

/* Whether the next iteration has more to do than to run what is ready. */
static inline bool async_has_events_(const async_loop_t *loop)
{
    return ((uintptr_t)loop->port->poll | (uintptr_t)ASYNC_PEEK_(&loop->inbox) |
            async_timers_some_(&loop->timers) |
            (loop->flags & ASYNC_F_STOPPING_)) != 0;
}

/* Whether a task that has paused would be all of the next iteration. */
static inline bool async_alone_(const async_loop_t *loop,
                                const async_task_t *task)
{
    return loop->ready.next == &loop->ready && !async_has_events_(loop) &&
           task->timer.handle.run == NULL;
}

/* Runs a task until it waits. Its status is what its AWAIT reports. While no
 * other is ready, one that pauses is run again without going through the queue:
 * that is an iteration of its own. */
static inline void async_step_(async_loop_t *loop, async_task_t *task)
{
    uintptr_t mark;
    loop->current = task;
    do {
        mark = async_run_frames_(&task->frame, &task->future.context);
    } while (ASYNC_FAST && !ASYNC_DEBUG && mark == ASYNC_PAUSED_ &&
             async_alone_(loop, task));
    if (mark == ASYNC_PAUSED_) {
#if ASYNC_FAST
        async_append_(loop, &task->timer.handle.node);
#else
        async_ready_(loop, &task->timer.handle.node);
#endif
    } else if (mark != ASYNC_SUSPENDED_) {
        async_task_finish_(loop, task);
    }
}

#endif
