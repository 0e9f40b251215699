/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of future.h. */
#ifndef ASYNC_DETAIL_FUTURE_IMPL_H_INCLUDED
#define ASYNC_DETAIL_FUTURE_IMPL_H_INCLUDED

#include "ready.h"

ASYNC_EXTERN_C_BEGIN

enum async_state async_future_state(const async_future_t *future)
{
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    if ((future->context.flags & ASYNC_F_DONE_) == 0) {
        return ASYNC_STATE_PENDING;
    }
    return future->context.status == ASYNC_ERR_CANCELLED &&
                   (future->context.flags &
                    (ASYNC_F_TASK_ | ASYNC_F_RAISED_)) != ASYNC_F_RAISED_
               ? ASYNC_STATE_CANCELLED
               : ASYNC_STATE_FINISHED;
}

bool async_future_done(const async_future_t *future)
{
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    return (future->context.flags & ASYNC_F_DONE_) != 0;
}

bool async_future_cancelled(const async_future_t *future)
{
    return async_future_state(future) == ASYNC_STATE_CANCELLED;
}

void async_future_init(async_future_t *future, async_loop_t *loop)
{
    ASYNC_CHECK(future != NULL && loop != NULL, NULL_ARGUMENT);
    async_debug_begins_(loop, future);
    future->u.waiters = NULL;
    future->loop = loop;
    future->context.status = 0;
    future->context.flags = 0;
    future->context.cancels = 0;
}

/* Splices the whole ring of waiters, tasks and callbacks alike, to the end of
 * the ready queue: O(1), however many there are. */
static void async_future_finish_(async_future_t *future, int status, void *result)
{
    async_node_t *first = future->u.waiters, *ready = future->loop->head;
    ASYNC_CHECK(!async_debug_is_foreign_(future->loop), FOREIGN);
    future->u.result = result;
    future->context.status = (int16_t)status;
    future->context.flags |= ASYNC_F_DONE_;
    async_debug_ended_(future);
    if (first != NULL) {
        async_node_t *last = first->prev, *tail;
        if (ASYNC_PEEK_(&future->loop->inbox) != NULL) {
            async_take_posts_(future->loop);
        }
        tail = ready->prev;
        first->prev = tail;
        tail->next = first;
        last->next = ready;
        ready->prev = last;
    }
}

/* Why the user cannot finish this future, or 0. */
static int async_cannot_finish_(const async_future_t *future)
{
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    if (future->context.flags & ASYNC_F_TASK_) {
        return ASYNC_ERR_RUNTIME;
    }
    if (future->loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    return async_future_done(future) ? ASYNC_ERR_INVALID_STATE : ASYNC_OK;
}

int async_future_set_result(async_future_t *future, void *result)
{
    int status = async_cannot_finish_(future);
    if (status == 0) {
        async_future_finish_(future, 0, result);
    }
    return status;
}

/* An error that a future can be finished with by hand. */
static inline bool async_is_settable_(int error)
{
    return error < ASYNC_ERR_CANCELLED && error >= ASYNC_ERR_GROUP_LAST;
}

int async_future_set_exception(async_future_t *future, int error)
{
    int status = async_cannot_finish_(future);
    if (status == 0 && !async_is_settable_(error)) {
        status = ASYNC_ERR_TYPE;
    }
    if (status == 0) {
        async_future_finish_(future, error, NULL);
    }
    return status;
}

/* GCC 12 would warn in a copy for a future that it sees is not a task's. */
#if defined(__GNUC__) && !defined(__clang__)
__attribute__((noinline, noclone))
#endif
int async_future_cancel(async_future_t *future)
{
    unsigned flags;
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    flags = future->context.flags;
    if (flags & ASYNC_F_DONE_) {
        async_debug_seen_(future);
        return 0;
    }
    if (flags & ASYNC_F_TASK_) {
        return async_task_interrupt_(async_task_of_future_(future));
    }
    if (flags & ASYNC_F_HOOKED_) {
        return ((async_hooked_t *)(void *)future)->cancel(future);
    }
    async_future_finish_(future, ASYNC_ERR_CANCELLED, NULL);
    return 1;
}

int async_future_result(const async_future_t *future, void **result)
{
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    if (!async_future_done(future)) {
        return ASYNC_ERR_INVALID_STATE;
    }
    async_debug_seen_(future);
    if (result != NULL && future->context.status == 0) {
        *result = future->u.result;
    }
    return future->context.status;
}

int async_future_exception(const async_future_t *future, int *error)
{
    ASYNC_CHECK(future != NULL && error != NULL, NULL_ARGUMENT);
    switch (async_future_state(future)) {
    case ASYNC_STATE_PENDING:
        return ASYNC_ERR_INVALID_STATE;
    case ASYNC_STATE_CANCELLED:
        return ASYNC_ERR_CANCELLED;
    default:
        async_debug_seen_(future);
        *error = future->context.status;
        return ASYNC_OK;
    }
}

int async_future_add_done_callback(async_future_t *future,
                                   async_callback_t *callback,
                                   async_run_fn run)
{
    ASYNC_CHECK(future != NULL && callback != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(run != NULL, NO_FUNCTION);
    if (future->loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    if (callback->handle.node.next != NULL) {
        return ASYNC_ERR_BUSY;
    }
    callback->handle.run = run;
    callback->future = future;
    if (async_future_done(future)) {
        async_ready_(future->loop, &callback->handle.node);
    } else {
        async_ring_push_(&future->u.waiters, &callback->handle.node);
    }
    return ASYNC_OK;
}

bool async_future_remove_done_callback(async_future_t *future,
                                       async_callback_t *callback)
{
    ASYNC_CHECK(future != NULL && callback != NULL, NULL_ARGUMENT);
    if (callback->handle.node.next == NULL || callback->future != future ||
        async_future_done(future)) {
        return false;
    }
    async_ring_remove_(&future->u.waiters, &callback->handle.node);
    return true;
}

ASYNC_EXTERN_C_END

#endif
