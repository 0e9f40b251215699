/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of queue.h. The waiting operations only wait: the element is copied by
 * the macro that awaits them, which knows its type. Nothing runs between the
 * end of a wait and that copy, so it cannot fail. */
#ifndef ASYNC_DETAIL_QUEUE_IMPL_H_INCLUDED
#define ASYNC_DETAIL_QUEUE_IMPL_H_INCLUDED

#include "../queue.h"

ASYNC_EXTERN_C_BEGIN

void async_queue_init_(async_queue_t *queue, size_t capacity, bool last_first)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)queue, 0, sizeof *queue);
    queue->capacity = (uint16_t)capacity;
    queue->last_first = last_first;
}

/* -- Priority --------------------------------------------------------------- */

struct async_priority_queue_ { /* how an ASYNC_PRIORITY_QUEUE begins */
    async_queue_t queue;
    async_order_t order;
};

static void async_queue_swap_(char *a, char *b, size_t size)
{
    while (size-- > 0) {
        char c = a[size];
        a[size] = b[size];
        b[size] = c;
    }
}

/* Moves the element that was just put to its place in an array with the
 * largest first, in front of those that are not larger: the smallest and oldest
 * is at the end, where a get finds it. Moving is linear where a heap would be
 * logarithmic, but much less code, and the order of equal ones is kept. */
static void async_queue_arrange_(async_queue_t *queue)
{
    const async_order_t *order =
        &((struct async_priority_queue_ *)(void *)queue)->order;
    size_t size = order->item_size;
    char *item = order->items + (size_t)(queue->size - 1u) * size;
    while (item != order->items && !order->less(item, item - size)) {
        async_queue_swap_(item, item - size, size);
        item -= size;
    }
}

void async_queue_init_priority_(async_queue_t *queue, size_t capacity,
                                async_order_t *order,
                                bool (*less)(const void *a, const void *b),
                                void *items, size_t item_size)
{
    ASYNC_CHECK(less != NULL, NO_FUNCTION);
    async_queue_init_(queue, capacity, true);
    queue->arrange = async_queue_arrange_;
    order->less = less;
    order->items = (char *)items;
    order->item_size = item_size;
}

/* -- Now -------------------------------------------------------------------- */

int async_queue_can_put_(const async_queue_t *queue)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(queue->capacity != 0, NOT_CALLED);
    if (queue->shut_down) {
        return ASYNC_ERR_QUEUE_SHUTDOWN;
    }
    return async_queue_full_(queue) ? (int)ASYNC_ERR_QUEUE_FULL : 0;
}

static int async_queue_can_get_(const async_queue_t *queue)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(queue->capacity != 0, NOT_CALLED);
    if (queue->size != 0) {
        return 0;
    }
    return queue->shut_down ? ASYNC_ERR_QUEUE_SHUTDOWN : ASYNC_ERR_QUEUE_EMPTY;
}

/* The element has been stored. */
void async_queue_put_(async_queue_t *queue)
{
    queue->size++;
    queue->unfinished++;
    if (queue->arrange != NULL) {
        queue->arrange(queue);
    }
    (void)async_wake_one(&queue->getters);
}

/* Returns where the element is that is got, to be copied at once. */
int async_queue_get_(async_queue_t *queue)
{
    int slot = async_queue_can_get_(queue);
    if (slot == 0) {
        queue->size--;
        if (queue->last_first) {
            slot = queue->size;
        } else {
            slot = queue->first++;
            if (queue->first == queue->capacity) {
                queue->first = 0;
            }
        }
        (void)async_wake_one(&queue->putters);
    }
    return slot;
}

/* -- Waiting ---------------------------------------------------------------- */

static bool async_queue_blocks_(int status)
{
    return status == ASYNC_ERR_QUEUE_EMPTY || status == ASYNC_ERR_QUEUE_FULL;
}

static async_op_t async_queue_wait_(async_waiters_t *waiters, int status,
                                    async_run_fn end)
{
    return async_queue_blocks_(status) ? async_op_wait(waiters, end)
                                       : async_op_done(status);
}

static int async_queue_end_(async_handle_t *handle, int status)
{
    async_task_t *task = async_op_task(handle);
    async_waiters_t *waiters = async_op_waiters(task);
    int cancelled = async_op_status(task);
    if (async_queue_blocks_(status)) {
        if (cancelled == 0) { /* somebody was faster */
            return async_op_again(task, waiters, handle->run);
        }
    } else if (cancelled != 0 && async_op_woken(task)) {
        (void)async_wake_one(waiters); /* it is for somebody else then */
    }
    return async_op_end(task, cancelled != 0 ? cancelled : status);
}

static int async_queue_put_end_(async_handle_t *handle)
{
    return async_queue_end_(
        handle, async_queue_can_put_(async_container_of(
                    async_op_waiters(async_op_task(handle)), async_queue_t,
                    putters)));
}

static int async_queue_get_end_(async_handle_t *handle)
{
    return async_queue_end_(
        handle, async_queue_can_get_(async_container_of(
                    async_op_waiters(async_op_task(handle)), async_queue_t,
                    getters)));
}

async_op_t async_queue_wait_put_(async_queue_t *queue)
{
    return async_queue_wait_(&queue->putters, async_queue_can_put_(queue),
                             async_queue_put_end_);
}

async_op_t async_queue_wait_get_(async_queue_t *queue)
{
    return async_queue_wait_(&queue->getters, async_queue_can_get_(queue),
                             async_queue_get_end_);
}

/* -- Join, shutdown --------------------------------------------------------- */

int async_queue_task_done_(async_queue_t *queue)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    if (queue->unfinished == 0) {
        return ASYNC_ERR_VALUE;
    }
    if (--queue->unfinished == 0) {
        (void)async_wake_all(&queue->joiners);
    }
    return ASYNC_OK;
}

async_op_t async_queue_join_(async_queue_t *queue)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    return queue->unfinished == 0 ? async_op_done(ASYNC_OK)
                                  : async_op_wait(&queue->joiners, NULL);
}

void async_queue_shutdown_(async_queue_t *queue, bool immediate)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    queue->shut_down = true;
    if (immediate) {
        queue->unfinished -= queue->unfinished < queue->size
                                 ? queue->unfinished
                                 : queue->size;
        queue->size = 0;
        if (queue->unfinished == 0) {
            (void)async_wake_all(&queue->joiners);
        }
    }
    (void)async_wake_all(&queue->getters);
    (void)async_wake_all(&queue->putters);
}

/* -- Coroutine forms -------------------------------------------------------- */

static void async_queue_copy_in_(const struct async_queue_put *put)
{
    size_t slot = async_queue_room_(put->queue);
    __builtin_memcpy((char *)put->items + slot * put->size, put->item,
                     put->size);
    async_queue_put_(put->queue);
}

static void async_queue_copy_out_(const struct async_queue_get *get)
{
    size_t slot = (size_t)async_queue_get_(get->queue);
    __builtin_memcpy(get->item, (const char *)get->items + slot * get->size,
                     get->size);
}

ASYNC_DEF_EXTERN(async_queue_put)
{
    ASYNC_BEGIN;
    AWAIT(async_queue_wait_put_(self->queue));
    async_queue_copy_in_(self);
    ASYNC_END;
}

ASYNC_DEF_EXTERN(async_queue_get)
{
    ASYNC_BEGIN;
    AWAIT(async_queue_wait_get_(self->queue));
    async_queue_copy_out_(self);
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
