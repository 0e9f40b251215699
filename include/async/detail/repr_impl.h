/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of repr.h. */
#ifndef ASYNC_DETAIL_REPR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_REPR_IMPL_H_INCLUDED

#include "ready.h"

#include "../repr.h"

ASYNC_EXTERN_C_BEGIN

enum async_activity async_task_activity(const async_task_t *task)
{
    const async_future_t *future;
    const async_loop_t *loop;
    unsigned flags;
    async_run_fn run;
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    flags = task->future.context.flags;
    run = task->timer.handle.run;
    if (flags == 0) {
        return ASYNC_ACTIVITY_NONE;
    }
    if (flags & ASYNC_F_DONE_) {
        return task->future.context.status == ASYNC_ERR_CANCELLED
                   ? ASYNC_ACTIVITY_CANCELLED
                   : ASYNC_ACTIVITY_FINISHED;
    }
    loop = task->future.loop;
    if (loop->current == task && (loop->flags & ASYNC_F_RUNNING_)) {
        return ASYNC_ACTIVITY_RUNNING;
    }
    if (run == NULL || run == async_throw_run_) {
        return ASYNC_ACTIVITY_READY;
    }
    if (run == async_wakeup_run_) {
        future = (const async_future_t *)task->timer.u.object;
        return async_future_done(future)              ? ASYNC_ACTIVITY_READY
               : future->context.flags & ASYNC_F_TASK_ ? ASYNC_ACTIVITY_TASK
                                                       : ASYNC_ACTIVITY_FUTURE;
    }
    if (flags & (ASYNC_F_WOKEN_ | ASYNC_F_TAKEN_BACK_)) {
        return ASYNC_ACTIVITY_READY;
    }
    return run == async_sleep_run_ ? ASYNC_ACTIVITY_SLEEPS
                                   : ASYNC_ACTIVITY_OPERATION;
}

/* -- Text -------------------------------------------------------------------- */

/* What is left of the buffer, the 0 at its end included. */
struct async_text {
    char *at;
    size_t left;
};

static void async_put_(struct async_text *text, const char *string)
{
    while (text->left > 1 && *string != '\0') {
        *text->at++ = *string++;
        text->left--;
    }
    if (text->left > 0) {
        *text->at = '\0';
    }
}

static void async_put_number_(struct async_text *text, int number)
{
    char digits[12];
    char *at = digits + sizeof digits - 1;
    unsigned rest = number < 0 ? 0u - (unsigned)number : (unsigned)number;
    *at = '\0';
    do {
        *--at = (char)('0' + rest % 10u);
        rest /= 10u;
    } while (rest != 0);
    if (number < 0) {
        *--at = '-';
    }
    async_put_(text, at);
}

/* A literal in an object of its own: see async_status_texts_. */
#define ASYNC_STRING_(literal)                 \
    __extension__({                            \
        static const char string_[] = literal; \
        string_;                               \
    })

/* " 'name'" */
static void async_put_name_(struct async_text *text, const async_task_t *task)
{
#if ASYNC_TASK_NAMES
    async_put_(text, ASYNC_STRING_(" '"));
    (void)async_task_get_name(task, text->at, text->left);
    while (text->left > 0 && *text->at != '\0') {
        text->at++;
        text->left--;
    }
    async_put_(text, ASYNC_STRING_("'"));
#else
    (void)text;
    (void)task;
#endif
}

/* How something that is done has ended. */
static void async_put_end_(struct async_text *text,
                           const async_future_t *future)
{
    int status = future->context.status;
    if (async_future_cancelled(future)) {
        async_put_(text, ASYNC_STRING_(" cancelled>"));
        return;
    }
    async_put_(text, ASYNC_STRING_(" finished"));
    if (status != 0) {
        async_put_(text, ASYNC_STRING_(", error "));
        async_put_number_(text, status);
        async_put_(text, ASYNC_STRING_(" ("));
        async_put_(text, async_strerror(status));
        async_put_(text, ASYNC_STRING_(")"));
    }
    async_put_(text, ASYNC_STRING_(">"));
}

/* " of name()", of the coroutine that the task was made of. */
static void async_put_coro_(struct async_text *text, const async_task_t *task)
{
#if ASYNC_DEBUG
    const async_coro_t *frame = task->frame;
    while ((uintptr_t)frame->caller > ASYNC_PAUSED_) {
        frame = frame->caller;
    }
    if (frame->name != NULL) {
        async_put_(text, ASYNC_STRING_(" of "));
        async_put_(text, frame->name);
        async_put_(text, ASYNC_STRING_("()"));
    }
#else
    (void)text;
    (void)task;
#endif
}

static void async_put_activity_(struct async_text *text,
                                const async_task_t *task)
{
    switch (async_task_activity(task)) {
    case ASYNC_ACTIVITY_RUNNING:
        async_put_(text, ASYNC_STRING_(", running>"));
        break;
    case ASYNC_ACTIVITY_SLEEPS:
        async_put_(text, ASYNC_STRING_(", sleeps>"));
        break;
    case ASYNC_ACTIVITY_TASK:
        async_put_(text, ASYNC_STRING_(", waits for task"));
        async_put_name_(text, async_task_of_future_(
                                  (async_future_t *)task->timer.u.object));
        async_put_(text, ASYNC_STRING_(">"));
        break;
    case ASYNC_ACTIVITY_FUTURE:
        async_put_(text, ASYNC_STRING_(", waits for future>"));
        break;
    case ASYNC_ACTIVITY_OPERATION:
        async_put_(text, ASYNC_STRING_(", waits in operation>"));
        break;
    default:
        async_put_(text, ASYNC_STRING_(", ready>"));
        break;
    }
}

/* -- Printed forms ------------------------------------------------------------ */

char *async_task_repr(const async_task_t *task, char *buffer, size_t size)
{
    struct async_text text;
    ASYNC_CHECK(task != NULL && buffer != NULL, NULL_ARGUMENT);
    text.at = buffer;
    text.left = size;
    async_put_(&text, ASYNC_STRING_("<Task"));
    if (task->future.context.flags == 0) {
        async_put_(&text, ASYNC_STRING_(" not created>"));
        return buffer;
    }
    async_put_name_(&text, task);
    if (async_future_done(&task->future)) {
        async_put_end_(&text, &task->future);
        return buffer;
    }
    async_put_coro_(&text, task);
    async_put_(&text, task->future.context.cancels > 0
                          ? ASYNC_STRING_(" cancelling")
                          : ASYNC_STRING_(" pending"));
    async_put_activity_(&text, task);
    return buffer;
}

char *async_future_repr(const async_future_t *future, char *buffer,
                        size_t size)
{
    struct async_text text;
    ASYNC_CHECK(future != NULL && buffer != NULL, NULL_ARGUMENT);
    if (future->context.flags & ASYNC_F_TASK_) {
        const char *start = (const char *)future;
        return async_task_repr(
            (const async_task_t *)(const void *)(start -
                                                 offsetof(async_task_t,
                                                          future)),
            buffer, size);
    }
    text.at = buffer;
    text.left = size;
    async_put_(&text, ASYNC_STRING_("<Future"));
    if (async_future_done(future)) {
        async_put_end_(&text, future);
    } else {
        async_put_(&text, ASYNC_STRING_(" pending>"));
    }
    return buffer;
}

char *async_loop_repr(const async_loop_t *loop, char *buffer, size_t size)
{
    struct async_text text;
    const async_task_t *task = NULL;
    int tasks = 0;
    ASYNC_CHECK(loop != NULL && buffer != NULL, NULL_ARGUMENT);
    while (task != loop->newest) {
        task = (task != NULL ? task : loop->newest)->newer;
        tasks++;
    }
    text.at = buffer;
    text.left = size;
    async_put_(&text, async_loop_is_closed(loop)
                          ? ASYNC_STRING_("<Loop closed, ")
                      : async_loop_is_running(loop)
                          ? ASYNC_STRING_("<Loop running, ")
                          : ASYNC_STRING_("<Loop stopped, "));
    async_put_number_(&text, tasks);
    async_put_(&text,
               tasks == 1 ? ASYNC_STRING_(" task>") : ASYNC_STRING_(" tasks>"));
    return buffer;
}

/* In other builds nothing tells a coroutine that has ended. */
static const char *async_coro_state_(const async_coro_t *coro)
{
    if (coro->resume == NULL) {
        return ASYNC_STRING_(" not created>");
    }
    if (coro->caller == NULL) {
        return ASYNC_STRING_(" created>");
    }
#if ASYNC_DEBUG
    if (coro->ended) {
        return ASYNC_STRING_(" ended>");
    }
    if (async_running_ != NULL && async_running_->current != NULL) {
        const async_coro_t *frame = async_running_->current->frame;
        while ((uintptr_t)frame > ASYNC_PAUSED_) {
            if (frame == coro) {
                return ASYNC_STRING_(" running>");
            }
            frame = frame->caller;
        }
    }
    return coro->point == 0 ? ASYNC_STRING_(" created>")
                            : ASYNC_STRING_(" suspended>");
#else
    return ASYNC_STRING_(" awaited>");
#endif
}

char *async_coro_repr(const async_coro_t *coro, char *buffer, size_t size)
{
    struct async_text text;
    ASYNC_CHECK(coro != NULL && buffer != NULL, NULL_ARGUMENT);
    text.at = buffer;
    text.left = size;
    async_put_(&text, ASYNC_STRING_("<coroutine"));
#if ASYNC_DEBUG
    if (coro->name != NULL) {
        async_put_(&text, ASYNC_STRING_(" "));
        async_put_(&text, coro->name);
        async_put_(&text, ASYNC_STRING_("()"));
    }
#endif
    async_put_(&text, async_coro_state_(coro));
    return buffer;
}

ASYNC_EXTERN_C_END

#endif
