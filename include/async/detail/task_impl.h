/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of task.h: how tasks start, wait for futures, are cancelled and end. */
#ifndef ASYNC_DETAIL_TASK_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TASK_IMPL_H_INCLUDED

#include "ready.h"
#include "tasks.h"

#include "../operation.h"

ASYNC_EXTERN_C_BEGIN

/* Whether a future is that of a task that was started and has not ended. */
static bool async_task_is_pending_(const async_future_t *future)
{
    return (future->context.flags & (ASYNC_F_TASK_ | ASYNC_F_DONE_)) ==
           ASYNC_F_TASK_;
}

/* -- Start and end -------------------------------------------------------- */

int async_loop_create_task(async_loop_t *loop, async_task_t *task,
                           async_coro_t *coro)
{
    ASYNC_CHECK(task != NULL && coro != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(coro->resume != NULL, NOT_CALLED);
    if (loop == NULL) {
        loop = async_running_;
    }
    if (loop == NULL) {
        return ASYNC_ERR_RUNTIME;
    }
    if (loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    if (async_task_is_pending_(&task->future)) {
        return ASYNC_ERR_BUSY;
    }
    if (coro->caller != NULL) {
        return ASYNC_ERR_REUSED;
    }
    coro->caller = ASYNC_MARK_(ASYNC_ENDED_);
    task->frame = coro;
    task->timer.handle.run = NULL;
    async_future_init(&task->future, loop);
    task->future.context.flags = ASYNC_F_TASK_;
#if ASYNC_TASK_NAMES
    task->name = NULL;
    task->number = ++loop->task_count;
#endif
    async_tasks_add_(loop, task);
    async_ready_(loop, &task->timer.handle.node);
    return ASYNC_OK;
}

/* Inlined where it is used: the second place, eager tasks, is rarely linked. */
static ASYNC_ALWAYS_INLINE_ void async_task_finish_(async_loop_t *loop,
                                                    async_task_t *task)
{
    unsigned flags = task->future.context.flags;
    int status = task->future.context.status;

    if (status == 0 && (flags & ASYNC_F_MUST_CANCEL_)) {
        status = ASYNC_ERR_CANCELLED; /* asked to end while in its last step */
    } else if (status == ASYNC_ERR_STOP_ITERATION) {
        status = ASYNC_ERR_RUNTIME;
    }
    async_leave_ready_(task);
    task->timer.handle.node.next = NULL;
    async_tasks_remove_(loop, task);
    task->future.context.flags =
        (uint8_t)(ASYNC_F_TASK_ | (flags & ASYNC_F_SEEN_));
#if ASYNC_DEBUG
    task->frame->ended = true;
#endif
    async_future_finish_(&task->future, status, task->frame);
    if ((flags & ASYNC_F_LEFT_) && status < ASYNC_ERR_CANCELLED) {
        async_report_(loop, &task->timer.handle, status);
    }
}

/* -- Going on ------------------------------------------------------------- */

int async_op_end(async_task_t *task, int status)
{
    async_context_t *context;
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    context = &task->future.context;
    context->status = (int16_t)status;
    context->flags &= ASYNC_F_TASK_ | ASYNC_F_LEFT_ | ASYNC_F_SEEN_;
    task->timer.handle.run = NULL;
    return ASYNC_STEP_;
}

static int async_throw_(async_task_t *task)
{
    if (task->frame->point == 0) { /* has not begun: the body never runs */
#if ASYNC_LABELS
        task->future.context.status = ASYNC_ERR_CANCELLED;
        async_task_finish_(task->future.loop, task);
        return ASYNC_OK;
#else
        task->frame->raise = ASYNC_RAISE_TO_(ASYNC_EXIT_);
#endif
    }
    return async_op_end(task, ASYNC_ERR_CANCELLED);
}

/* A task that was running when it was cancelled begins to wait: the request goes
 * on to what is awaited. From a future, `run` is 0 then, it comes back at once if
 * that is done now, or waits for this task. */
static int async_forward_(async_task_t *task)
{
    async_context_t *context = &task->future.context;
    context->flags &= (uint8_t)~ASYNC_F_MUST_CANCEL_;
    if (task->timer.handle.run == NULL) {
        async_future_t *future = (async_future_t *)task->timer.u.object;
        int accepted = async_future_cancel(future);
        if ((future->context.flags & ASYNC_F_DONE_) |
            (context->flags & ASYNC_F_MUST_CANCEL_)) {
            return ASYNC_ERR_CANCELLED;
        }
        if (accepted == 0) {
            context->flags |= ASYNC_F_MUST_CANCEL_; /* it ends by itself */
        }
    } else {
        context->cancels--; /* this one is counted already */
        (void)async_task_interrupt_(task);
    }
    return ASYNC_OK;
}

/* Runs in the task's turn, and where a task begins to wait: then its handle has
 * another function by now. Who never cancels does not link what this calls. */
static int async_throw_run_(async_handle_t *handle)
{
    async_task_t *task = (async_task_t *)(void *)handle;
    return handle->run == async_throw_run_ ? async_throw_(task)
                                           : async_forward_(task);
}

static int async_slept_run_(async_handle_t *handle)
{
    return async_throw_((async_task_t *)(void *)handle);
}

static int async_wakeup_run_(async_handle_t *handle)
{
    async_task_t *task = (async_task_t *)(void *)handle;
    async_future_t *future = (async_future_t *)task->timer.u.object;
    return async_op_end(task,
                        task->future.context.flags & ASYNC_F_MUST_CANCEL_
                            ? (int)ASYNC_ERR_CANCELLED
                            : future->context.status);
}

/* -- await of a task or future ---------------------------------------------- */

async_next_t async_await_future_(async_future_t *future)
{
    async_task_t *task = async_caller_();
    async_context_t *context = &task->future.context;
    async_run_fn cancelled = task->timer.handle.run;
    async_next_t next = {NULL};
    int status = 0;
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    if (async_future_done(future)) {
        async_debug_seen_(future);
        context->status = future->context.status;
        return next;
    }
    if (future == &task->future) {
        status = ASYNC_ERR_SELF_AWAIT;
    } else if (future->loop != task->future.loop) {
        status = ASYNC_ERR_WRONG_LOOP;
    } else {
        task->timer.u.object = future;
        if (cancelled != NULL) {
            task->timer.handle.run = NULL;
            status = cancelled(&task->timer.handle);
        }
    }
    if (status != 0) { /* as in CPython it is raised one iteration later */
        task->timer.handle.run = cancelled;
        context->status = (int16_t)status;
        next.frame_ = ASYNC_MARK_(ASYNC_PAUSED_);
        return next;
    }
    async_debug_watched_(future);
    async_leave_ready_(task);
    task->timer.handle.run = async_wakeup_run_;
    async_ring_push_(&future->u.waiters, &task->timer.handle.node);
    next.frame_ = ASYNC_MARK_(ASYNC_SUSPENDED_);
    return next;
}

/* -- Cancel --------------------------------------------------------------- */

/* The unfinished task that a task waits for, or 0. */
static async_task_t *async_task_awaited_(const async_task_t *task)
{
    if (task->timer.handle.run == async_wakeup_run_) {
        async_future_t *future = (async_future_t *)task->timer.u.object;
        if (async_task_is_pending_(future)) {
            return async_task_of_future_(future);
        }
    }
    return NULL;
}

/* Longer chains of tasks that await each other are taken for a cycle. A cycle
 * is a bug of the program that deserves an error, not speed. */
#if ASYNC_HOSTED
#define ASYNC_CHAIN_MAX_ 0x1000000
#else
#define ASYNC_CHAIN_MAX_ 0xff00
#endif

static ASYNC_ALWAYS_INLINE_ void async_leave_list_(async_task_t *task)
{
    if (task->future.context.flags & ASYNC_F_LEAVES_) {
        (void)task->timer.handle.run(&task->timer.handle);
    } else {
        async_ring_remove_(&async_op_waiters(task)->first,
                           &task->timer.handle.node);
    }
}

/* A loop, not a recursion, down the tasks that await each other. */
static int async_task_interrupt_(async_task_t *task)
{
    uint_fast32_t rest = ASYNC_CHAIN_MAX_;
    async_handle_t *handle;
    async_task_t *inner;
    uint8_t *flags;
    for (;;) {
        if (task->future.context.cancels < UINT8_MAX) {
            task->future.context.cancels++;
        }
        inner = async_task_awaited_(task);
        if (inner == NULL) {
            break;
        }
        if (--rest == 0) {
            return ASYNC_ERR_CYCLE;
        }
        task = inner;
    }
    handle = &task->timer.handle;
    flags = &task->future.context.flags;
    if (handle->run == async_wakeup_run_) {
        async_future_t *future = (async_future_t *)task->timer.u.object;
        if (!async_future_done(future)) {
            int status = async_future_cancel(future);
            if (status != 0) {
                return status;
            }
        }
    } else if (handle->run == NULL) {
        handle->run = async_throw_run_;
    } else if (handle->run != async_throw_run_ &&
               (*flags & (ASYNC_F_WOKEN_ | ASYNC_F_TAKEN_BACK_)) == 0) {
        if (handle->run == async_sleep_run_) {
            async_take_back_(task->future.loop, &handle->node);
            handle->run = async_slept_run_;
        } else {
            async_leave_list_(task);
        }
        *flags |= ASYNC_F_TAKEN_BACK_;
        async_ready_(task->future.loop, &handle->node);
        return 1;
    }
    *flags |= ASYNC_F_MUST_CANCEL_;
    return 1;
}

unsigned async_task_cancelling(const async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return task->future.context.cancels;
}

unsigned async_task_uncancel(async_task_t *task)
{
    async_context_t *context;
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    context = &task->future.context;
    if (context->cancels > 0 && --context->cancels == 0) {
        context->flags &= (uint8_t)~ASYNC_F_MUST_CANCEL_;
        if (task->timer.handle.run == async_throw_run_) {
            task->timer.handle.run = NULL;
        }
    }
    return context->cancels;
}

/* -- Looking around --------------------------------------------------------- */

async_task_t *async_current_task(void)
{
    return async_running_ != NULL ? async_running_->current : NULL;
}

async_task_t *async_all_tasks(async_loop_t *loop, const async_task_t *previous)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    if (previous == loop->newest) { /* the last one, or there is none */
        return NULL;
    }
    return (previous != NULL ? previous : loop->newest)->newer;
}

#if ASYNC_TASK_NAMES
void async_task_set_name(async_task_t *task, const char *name)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    task->name = name;
}

/* Not by snprintf: a small part may have no <stdio.h>, or no room for it. */
const char *async_task_get_name(const async_task_t *task, char *buffer,
                                size_t size)
{
    char number[] = "Task-\0\0\0\0\0";
    const char *from;
    size_t i = 0;
    ASYNC_CHECK(task != NULL && buffer != NULL, NULL_ARGUMENT);
    from = task->name;
    if (from == NULL) {
        unsigned n = task->number, digits = 1;
        while (digits < 5 && n >= 10) {
            n /= 10;
            digits++;
        }
        for (n = task->number; digits > 0; n /= 10) {
            number[4 + digits--] = (char)('0' + n % 10);
        }
        from = number;
    }
    while (i + 1 < size && from[i] != '\0') {
        buffer[i] = from[i];
        i++;
    }
    if (size > 0) {
        buffer[i] = '\0';
    }
    return buffer;
}
#endif

ASYNC_EXTERN_C_END

#endif
