/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A channel from one interrupt, or one other thread, to tasks: a ring of
 * elements of any type, bytes of a UART for instance.
 *
 *     static ASYNC_CHANNEL(uint8_t, 64) rx;
 *     async_channel_init(&rx, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
 *
 *     void USART1_IRQHandler(void) { async_channel_put(&rx, USART1->RDR); }
 *
 *     ASYNC_RECEIVE(&rx, self->byte);
 *
 * One producer at a time, any number of tasks. Neither side masks interrupts
 * (an AVR does, to read a number of two bytes). What does not fit is counted.
 */
#ifndef ASYNC_CHANNEL_H_INCLUDED
#define ASYNC_CHANNEL_H_INCLUDED

#include "operation.h"

typedef struct async_channel async_channel_t;

/** What is dropped when the ring is full. */
enum async_channel_keep {
    ASYNC_CHANNEL_KEEP_OLDEST, /**< the new element */
    ASYNC_CHANNEL_KEEP_NEWEST  /**< the oldest; the ring holds one less */
};

/** A channel: 48 bytes on a 32-bit machine. All private. */
struct async_channel {
    async_post_t post;
    async_waiters_t waiters;
    async_loop_t *loop;
    unsigned put;   /**< elements ever put; written by the producer */
    unsigned taken; /**< elements ever taken or skipped; by the tasks */
    unsigned lost;  /**< by the producer, by the tasks if the newest is kept */
    uint16_t mask;  /**< places, less one */
    uint16_t room;  /**< elements it holds; `mask` if the newest is kept */
    uint16_t promised; /**< tasks that were woken and have not run */
    bool closed;
};

/** Storage of a channel; `n` is a power of two up to 32,768. */
#define ASYNC_CHANNEL(type, n)                                             \
    struct {                                                               \
        async_channel_t channel;                                           \
        ASYNC_STATIC_ASSERT((n) >= 2 && (n) <= 32768 &&                    \
                                ((n) & ((n) - 1)) == 0,                    \
                            "the size of a channel is a power of two");    \
        type items[n];                                                     \
    }

/**
 * Makes an empty, open channel.
 *
 * @param ch    Pointer to an ASYNC_CHANNEL; must stay valid while somebody may
 *              put, and while it is queued in the loop.
 * @param loop  The loop of the tasks that receive.
 * @param keep  An `enum async_channel_keep`.
 * @context{before the first use}
 */
#define async_channel_init(ch, loop, keep)                 \
    async_channel_init_(&(ch)->channel, (loop),            \
                        sizeof(ch)->items / sizeof(ch)->items[0], (keep))

/**
 * Puts an element in and wakes a task that waits.
 *
 * @param value  Copied.
 * @returns 0; ASYNC_ERR_QUEUE_FULL if it was dropped;
 *          ASYNC_ERR_QUEUE_SHUTDOWN after async_channel_close();
 *          ASYNC_ERR_CLOSED if the loop is.
 * @context{any ISR, thread, signal handler or task, but one at a time}
 * @cost{O(size of the element) and async_post()}
 */
#define async_channel_put(ch, value)                                       \
    __extension__({                                                        \
        __typeof__(ch) async_ch_ = (ch);                                   \
        __typeof__(async_ch_->items[0]) async_item_ = (value);             \
        async_channel_put_(&async_ch_->channel, async_ch_->items,          \
                           &async_item_, sizeof async_item_);              \
    })

/**
 * Ends the channel: when it is empty, receivers get
 * ASYNC_ERR_STOP_ASYNC_ITERATION.
 *
 * @returns 0, or ASYNC_ERR_CLOSED if the loop is.
 * @context{as async_channel_put(), by the producer} @cost{O(1)}
 */
#define async_channel_close(ch) async_channel_close_(&(ch)->channel)

/**
 * Statement of a coroutine: takes the next element, when there is one. Raises
 * ASYNC_ERR_STOP_ASYNC_ITERATION when the channel is empty and closed. Does not
 * suspend if there is an element.
 *
 * @param ch      Pointer to the channel. Evaluated twice, as it stands.
 * @param lvalue  Gets the element; of the same type.
 * @context{task} @cancel{strict: no element is lost}
 * @cost{O(size of the element)}
 */
#define ASYNC_RECEIVE(ch, lvalue)                           \
    do {                                                    \
        ASYNC_AWAIT(async_channel_wait(ch));                \
        (void)async_channel_receive_nowait((ch), &(lvalue)); \
    } while (0)

/** What ASYNC_RECEIVE awaits: when it has returned 0, the receive that follows
 * at once succeeds. For ASYNC_FOR and AWAIT_STATUS. */
#define async_channel_wait(ch) async_channel_wait_(&(ch)->channel)

/**
 * Takes the next element now.
 *
 * @param item  Pointer to where it goes; to the same type.
 * @returns 0; ASYNC_ERR_QUEUE_EMPTY; ASYNC_ERR_STOP_ASYNC_ITERATION if it is
 *          also closed.
 * @context{task or callback of the loop} @cost{O(size of the element)}
 */
#define async_channel_receive_nowait(ch, item)                             \
    __extension__({                                                        \
        __typeof__(ch) async_ch_ = (ch);                                   \
        __typeof__(&async_ch_->items[0]) async_item_ = (item);             \
        ASYNC_SAME_TYPE_(&async_ch_->items[0], item);                      \
        async_channel_receive_(&async_ch_->channel, async_ch_->items,      \
                               async_item_, sizeof *async_item_);          \
    })

/** How many elements can be received. @context{task or callback} */
#define async_channel_size(ch) async_channel_size_(&(ch)->channel)

/** How many elements were dropped so far; wraps. @context{task or callback} */
#define async_channel_lost(ch) async_channel_lost_(&(ch)->channel)

ASYNC_EXTERN_C_BEGIN

/* Private. */
void async_channel_init_(async_channel_t *channel, async_loop_t *loop,
                         size_t places, enum async_channel_keep keep);
int async_channel_put_(async_channel_t *channel, void *items, const void *item,
                       size_t size);
int async_channel_close_(async_channel_t *channel);
ASYNC_MUST_USE async_op_t async_channel_wait_(async_channel_t *channel);
int async_channel_receive_(async_channel_t *channel, const void *items,
                           void *item, size_t size);
unsigned async_channel_size_(const async_channel_t *channel);
unsigned async_channel_lost_(const async_channel_t *channel);

ASYNC_EXTERN_C_END

#endif
