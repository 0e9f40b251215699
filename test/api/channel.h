/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* An operation of a user's own for the tests: bytes from an interrupt. A byte
 * that has woken somebody is reserved for it; if that one is cancelled before
 * it runs, the byte goes to the next. */
#ifndef CHANNEL_H_INCLUDED
#define CHANNEL_H_INCLUDED

#include <async.h>

struct channel {
    async_waiters_t waiters;
    unsigned char bytes[16];
    unsigned head, count, reserved;
    unsigned ends;      /* how often an end function ran */
    unsigned passed_on; /* how often a byte found another taker */
};

/* Gives a byte that nobody has been promised to the first waiter. */
static inline void channel_wake(struct channel *channel)
{
    if (channel->count > channel->reserved &&
        async_wake_one(&channel->waiters)) {
        channel->reserved++;
    }
}

static inline int channel_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    struct channel *channel = async_container_of(async_op_waiters(task),
                                                 struct channel, waiters);
    int status = async_op_status(task);
    channel->ends++;
    if (async_op_woken(task)) {
        channel->reserved--;
        if (status != 0) {
            channel->passed_on++;
            channel_wake(channel);
        }
    }
    return async_op_end(task, status);
}

/* Waits for a byte; take it at once. */
static inline ASYNC_MUST_USE async_op_t channel_wait(struct channel *channel)
{
    if (channel->count > channel->reserved) {
        return async_op_done(ASYNC_OK);
    }
    return async_op_wait(&channel->waiters, channel_end);
}

static inline int channel_take(struct channel *channel)
{
    unsigned char byte = channel->bytes[channel->head];
    channel->head = (channel->head + 1u) % sizeof channel->bytes;
    channel->count--;
    return byte;
}

/* In the context of the loop; false if it is full. */
static inline bool channel_feed(struct channel *channel, int byte)
{
    if (channel->count == sizeof channel->bytes) {
        return false;
    }
    channel->bytes[(channel->head + channel->count++) %
                   sizeof channel->bytes] = (unsigned char)byte;
    channel_wake(channel);
    return true;
}

#endif
