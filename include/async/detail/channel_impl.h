/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of channel.h.
 *
 * Each side has a count that it alone writes. If the oldest is kept, the
 * producer never touches a place that was not taken. If the newest is kept, it
 * writes whatever it finds there: a task that takes an element looks afterwards
 * whether the producer may have come round to it meanwhile, and then takes a
 * later one. Elements are copied by atomic bytes, so that the copy that is
 * thrown away is no undefined behaviour, and release and acquire keep it in
 * order with the counts without fences, which ThreadSanitizer cannot see. */
#ifndef ASYNC_DETAIL_CHANNEL_IMPL_H_INCLUDED
#define ASYNC_DETAIL_CHANNEL_IMPL_H_INCLUDED

#include "atomic.h"

#include "../channel.h"

ASYNC_EXTERN_C_BEGIN

/* Counts that the other side reads or writes. An AVR moves them in halves. */
#if !ASYNC_ATOMICS && defined(__AVR__)
static unsigned async_channel_load_(const unsigned *count)
{
    uintptr_t state;
    unsigned value;
    ASYNC_LOCK(state);
    value = *count;
    ASYNC_UNLOCK(state);
    return value;
}

static void async_channel_store_(unsigned *count, unsigned value)
{
    uintptr_t state;
    ASYNC_LOCK(state);
    *count = value;
    ASYNC_UNLOCK(state);
}
#else
static inline unsigned async_channel_load_(const unsigned *count)
{
    return ASYNC_LOAD_(count);
}

static inline void async_channel_store_(unsigned *count, unsigned value)
{
    ASYNC_STORE_(count, value);
}
#endif

static int async_channel_posted_(async_handle_t *handle);

void async_channel_init_(async_channel_t *channel, async_loop_t *loop,
                         size_t places, enum async_channel_keep keep)
{
    ASYNC_CHECK(channel != NULL && loop != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)channel, 0, sizeof *channel);
    async_post_init(&channel->post, async_channel_posted_);
    channel->loop = loop;
    channel->mask = (uint16_t)(places - 1u);
    channel->room =
        (uint16_t)(keep == ASYNC_CHANNEL_KEEP_NEWEST ? places - 1u : places);
}

/* -- Producer -------------------------------------------------------------- */

int async_channel_put_(async_channel_t *channel, void *items, const void *item,
                       size_t size)
{
    unsigned put;
    uint8_t *to;
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    if (channel->closed) {
        return ASYNC_ERR_QUEUE_SHUTDOWN;
    }
    put = channel->put;
    if (put - async_channel_load_(&channel->taken) > channel->mask &&
        channel->room > channel->mask) {
        async_channel_store_(&channel->lost, channel->lost + 1u);
        return ASYNC_ERR_QUEUE_FULL;
    }
    to = (uint8_t *)items + (put & channel->mask) * size;
    while (size-- > 0) {
        ASYNC_STORE_(&to[size], ((const uint8_t *)item)[size]);
    }
    async_channel_store_(&channel->put, put + 1u);
    return async_post(channel->loop, &channel->post);
}

int async_channel_close_(async_channel_t *channel)
{
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    ASYNC_STORE_(&channel->closed, true);
    return async_post(channel->loop, &channel->post);
}

/* -- Tasks ----------------------------------------------------------------- */

/* 0: something can be received. (`closed` first: what was put before is then
 * seen as well.) */
static int async_channel_status_(const async_channel_t *channel)
{
    bool closed = ASYNC_LOAD_(&channel->closed);
    if (async_channel_load_(&channel->put) != channel->taken) {
        return ASYNC_OK;
    }
    return closed ? ASYNC_ERR_STOP_ASYNC_ITERATION : ASYNC_ERR_QUEUE_EMPTY;
}

/* How many elements from `taken` on may have been overwritten, or are being:
 * none if the oldest is kept. */
static unsigned async_channel_overrun_(const async_channel_t *channel,
                                       unsigned taken)
{
    unsigned size = async_channel_load_(&channel->put) - taken;
    return size > channel->room ? size - channel->room : 0;
}

unsigned async_channel_size_(const async_channel_t *channel)
{
    unsigned size;
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    size = async_channel_load_(&channel->put) - channel->taken;
    return size < channel->room ? size : channel->room;
}

unsigned async_channel_lost_(const async_channel_t *channel)
{
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    return async_channel_load_(&channel->lost) +
           async_channel_overrun_(channel, channel->taken);
}

/* Wakes a task for each element that nobody was woken for; a post may stand
 * for many of them. */
static void async_channel_wake_(async_channel_t *channel)
{
    while ((ASYNC_LOAD_(&channel->closed) ||
            async_channel_size_(channel) > channel->promised) &&
           async_wake_one(&channel->waiters)) {
        channel->promised++;
    }
}

static int async_channel_posted_(async_handle_t *handle)
{
    async_channel_wake_(
        async_container_of(handle, async_channel_t, post.handle));
    return ASYNC_OK;
}

static int async_channel_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_channel_t *channel = async_container_of(
        async_op_waiters(task), async_channel_t, waiters);
    int status = async_op_status(task);
    bool woken = async_op_woken(task);
    if (woken) {
        channel->promised--;
    }
    if (status == 0) {
        status = async_channel_status_(channel);
        if (status == ASYNC_ERR_QUEUE_EMPTY) { /* somebody was faster */
            return async_op_again(task, &channel->waiters, async_channel_end_);
        }
    } else if (woken) {
        async_channel_wake_(channel); /* it is for somebody else then */
    }
    return async_op_end(task, status);
}

async_op_t async_channel_wait_(async_channel_t *channel)
{
    int status;
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(channel->mask != 0, NOT_CALLED);
    status = async_channel_status_(channel);
    return status == ASYNC_ERR_QUEUE_EMPTY
               ? async_op_wait(&channel->waiters, async_channel_end_)
               : async_op_done(status);
}

int async_channel_receive_(async_channel_t *channel, const void *items,
                           void *item, size_t size)
{
    unsigned taken;
    int status;
    ASYNC_CHECK(channel != NULL, NULL_ARGUMENT);
    status = async_channel_status_(channel);
    if (status != 0) {
        return status;
    }
    taken = channel->taken;
    for (;;) {
        const uint8_t *from;
        size_t i;
        taken += async_channel_overrun_(channel, taken);
        from = (const uint8_t *)items + (taken & channel->mask) * size;
        for (i = 0; i < size; i++) {
            ((uint8_t *)item)[i] = ASYNC_LOAD_(&from[i]);
        }
        if (async_channel_overrun_(channel, taken) == 0) {
            break;
        }
    }
    if (channel->room == channel->mask) {
        channel->lost += taken - channel->taken;
    }
    async_channel_store_(&channel->taken, taken + 1u);
    return ASYNC_OK;
}

ASYNC_EXTERN_C_END

#endif
