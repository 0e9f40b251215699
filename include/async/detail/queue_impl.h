/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of queue.h. What is awaited only waits: a waiting task has no room for
 * a pointer to the element, which is put or got right after, by the same
 * macro. Nothing runs in between, so it finds what was waited for. */
#ifndef ASYNC_DETAIL_QUEUE_IMPL_H_INCLUDED
#define ASYNC_DETAIL_QUEUE_IMPL_H_INCLUDED

#include "../queue.h"

ASYNC_EXTERN_C_BEGIN

void async_queue_init_(async_queue_t *queue, size_t capacity, bool last_first)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)queue, 0, sizeof *queue);
    queue->capacity = (uint16_t)capacity;
    queue->sides[1].left = (uint16_t)capacity;
    queue->last_first = last_first;
}

/* -- Priority -------------------------------------------------------------- */

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
static void async_queue_sort_(async_queue_t *queue)
{
    const async_order_t *order =
        &((struct async_priority_queue_ *)(void *)queue)->order;
    size_t size = order->item_size;
    char *item = order->items + (async_queue_size_(queue) - 1u) * size;
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
    queue->arrange = async_queue_sort_;
    order->less = less;
    order->items = (char *)items;
    order->item_size = item_size;
}

/* -- Now ------------------------------------------------------------------- */

/* Counts one put or get. Returns where the element goes or is, or an error. The
 * caller copies the element after that: waking somebody runs nothing. */
int async_queue_step_(async_queue_t *queue, int putting)
{
    struct async_queue_side *side;
    unsigned left, slot;
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(queue->capacity != 0, NOT_CALLED);
    side = &queue->sides[putting];
    left = side->left;
    if (left == 0) {
        return ASYNC_ERR_QUEUE_EMPTY - putting;
    }
    if (left == ASYNC_QUEUE_SHUT_ || (putting && left > ASYNC_QUEUE_SHUT_)) {
        return ASYNC_ERR_QUEUE_SHUTDOWN;
    }
    slot = side->next;
    if (queue->last_first) {
        slot = async_queue_size_(queue) + (unsigned)putting - 1u;
    } else if (++side->next == queue->capacity) {
        side->next = 0;
    }
    queue->unfinished += (unsigned)putting;
    side->left--;
    side = &queue->sides[1 - putting];
    side->left++;
    (void)async_wake_one(&side->waiters);
    return (int)slot;
}

ASYNC_STATIC_ASSERT(ASYNC_ERR_QUEUE_FULL == ASYNC_ERR_QUEUE_EMPTY - 1,
                    "see async_queue_step_()");

/* The element that was put has been copied. */
void async_queue_arrange_(async_queue_t *queue)
{
    if (queue->arrange != NULL) {
        queue->arrange(queue);
    }
}

/* -- Waiting --------------------------------------------------------------- */

static int async_queue_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_waiters_t *waiters = async_op_waiters(task);
    int status = async_op_status(task);
    if (((const struct async_queue_side *)(const void *)waiters)->left == 0) {
        if (status == 0) { /* somebody was faster */
            return async_op_again(task, waiters, async_queue_end_);
        }
    } else if (status != 0 && async_op_woken(task)) {
        (void)async_wake_one(waiters); /* it is for somebody else then */
    }
    return async_op_end(task, status);
}

/* An error, that the queue is shut down, is left to the put or get itself. */
async_op_t async_queue_wait_side_(struct async_queue_side *side)
{
    return side->left != 0 ? async_op_done(ASYNC_OK)
                           : async_op_wait(&side->waiters, async_queue_end_);
}

/* -- Join, shutdown -------------------------------------------------------- */

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
    int i;
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    if (immediate) {
        uint32_t size = async_queue_size_(queue);
        queue->sides[0].left = 0;
        queue->unfinished -= size < queue->unfinished ? size
                                                      : queue->unfinished;
        if (queue->unfinished == 0) {
            (void)async_wake_all(&queue->joiners);
        }
    }
    for (i = 0; i < 2; i++) {
        queue->sides[i].left |= ASYNC_QUEUE_SHUT_;
        (void)async_wake_all(&queue->sides[i].waiters);
    }
}

/* -- Coroutine forms ------------------------------------------------------- */

static int async_queue_copy_in_(const struct async_queue_put *put)
{
    int slot = async_queue_step_(put->queue, 1);
    if (slot < 0) {
        return slot;
    }
    __builtin_memcpy((char *)put->items + (size_t)slot * put->size, put->item,
                     put->size);
    async_queue_arrange_(put->queue);
    return ASYNC_OK;
}

static int async_queue_copy_out_(const struct async_queue_get *get)
{
    int slot = async_queue_step_(get->queue, 0);
    if (slot < 0) {
        return slot;
    }
    __builtin_memcpy(get->item,
                     (const char *)get->items + (size_t)slot * get->size,
                     get->size);
    return ASYNC_OK;
}

ASYNC_DEF_EXTERN(async_queue_put)
{
    ASYNC_BEGIN;
    AWAIT(async_queue_wait_(self->queue, 1));
    ASYNC_FAIL_(async_queue_copy_in_(self));
    ASYNC_END;
}

ASYNC_DEF_EXTERN(async_queue_get)
{
    ASYNC_BEGIN;
    AWAIT(async_queue_wait_(self->queue, 0));
    ASYNC_FAIL_(async_queue_copy_out_(self));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
