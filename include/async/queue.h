/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Queues between tasks, of elements of any type: asyncio.Queue, LifoQueue and
 * PriorityQueue.
 *
 *     ASYNC_QUEUE(struct reading, 8) queue;    // anywhere, e.g. static
 *     async_queue_init(&queue);
 *
 *     ASYNC_PUT(&queue, self->reading);          // await queue.put(reading)
 *     ASYNC_GET(&queue, self->reading);          // reading = await queue.get()
 *
 * A queue holds as many elements as its storage: there is no unbounded one. An
 * element is copied in and out by assignment.
 *
 * An element that arrives wakes one task that waits for it, and that one takes
 * it when it runs. A task that did not wait may take it before; then the other
 * one waits again, behind those who wait already. All calls are for the context
 * of one loop; what an interrupt has for a task goes through channel.h.
 *
 * The queue is the caller's and must stay valid while somebody uses it.
 */
#ifndef ASYNC_QUEUE_H_INCLUDED
#define ASYNC_QUEUE_H_INCLUDED

#include "operation.h"

typedef struct async_queue async_queue_t;
typedef struct async_order async_order_t;

/** Those who get, or those who put. Private. */
struct async_queue_side {
    async_waiters_t waiters; /**< comes first */
    uint16_t left; /**< how often they can; and ASYNC_QUEUE_SHUT_ */
    uint16_t next; /**< where, if first in, first out */
};

/** What all queues have: 32 bytes on a 32-bit machine. All private. */
struct async_queue {
    struct async_queue_side sides[2]; /**< 0: to get, 1: to put */
    async_waiters_t joiners;
    void (*arrange)(async_queue_t *queue); /**< after a put; 0: nothing to do */
    uint32_t unfinished; /**< put, and no async_queue_task_done() yet */
    uint16_t capacity;
    bool last_first; /**< use the end of the array */
};
#define ASYNC_QUEUE_SHUT_ 0x8000u

/** What a priority queue has besides. All private. */
struct async_order {
    bool (*less)(const void *a, const void *b);
    char *items;
    size_t item_size;
};

/** Storage of a Queue or LifoQueue of up to `n` elements, 1 to 32,767. */
#define ASYNC_QUEUE(type, n)       \
    struct {                       \
        async_queue_t queue;       \
        ASYNC_QUEUE_ITEMS_(type, n) \
    }

/** Storage of a PriorityQueue. */
#define ASYNC_PRIORITY_QUEUE(type, n) \
    struct {                          \
        async_queue_t queue;          \
        async_order_t order;          \
        ASYNC_QUEUE_ITEMS_(type, n)   \
    }

#define ASYNC_QUEUE_ITEMS_(type, n)                         \
    ASYNC_STATIC_ASSERT((n) > 0 && (n) <= 32767,            \
                        "a queue has 1 to 32,767 elements"); \
    type items[n];

/* -- Setting up ------------------------------------------------------------ */

/** Makes an empty queue, first in first out: asyncio.Queue(maxsize=n).
 * @param q  Pointer to an ASYNC_QUEUE. @context{before the first use} */
#define async_queue_init(q) \
    async_queue_init_(&(q)->queue, ASYNC_QUEUE_LENGTH_(q), false)

/** The same, last in first out: asyncio.LifoQueue. */
#define async_queue_init_lifo(q) \
    async_queue_init_(&(q)->queue, ASYNC_QUEUE_LENGTH_(q), true)

/**
 * Makes a queue that gives the smallest first, and of equal ones the oldest:
 * asyncio.PriorityQueue.
 *
 * @param q     Pointer to an ASYNC_PRIORITY_QUEUE.
 * @param less  `bool less(const void *a, const void *b)`: whether element `a`
 *              is smaller. Gets pointers to elements of the queue.
 */
#define async_queue_init_priority(q, less)                                 \
    __extension__({                                                        \
        __typeof__(q) async_q_ = (q);                                      \
        async_queue_init_priority_(&async_q_->queue,                       \
                                   ASYNC_QUEUE_LENGTH_(q), &async_q_->order, \
                                   (less), async_q_->items,                \
                                   sizeof async_q_->items[0]);             \
    })

#define ASYNC_QUEUE_LENGTH_(q) (sizeof(q)->items / sizeof(q)->items[0])

/* -- Putting and getting --------------------------------------------------- */

/**
 * Statement of a coroutine: puts an element in, when there is room:
 * await queue.put(). Raises ASYNC_ERR_QUEUE_SHUTDOWN after a shutdown. Does not
 * suspend if there is room.
 *
 * @param q      Pointer to the queue. Evaluated twice, as it stands.
 * @param value  Evaluated once, after the wait: a field of the frame, or what
 *               is computed from such, not a local.
 * @context{task} @cancel{strict}
 * @cost{O(1); O(smaller elements) in a priority queue}
 */
#define ASYNC_PUT(q, value)                              \
    do {                                                 \
        ASYNC_AWAIT(async_queue_wait_put(q));            \
        ASYNC_FAIL_(async_queue_put_nowait((q), (value))); \
    } while (0)

/**
 * Statement of a coroutine: takes the next element out, when there is one:
 * await queue.get(). Raises ASYNC_ERR_QUEUE_SHUTDOWN when the queue is empty
 * and shut down. Does not suspend if there is an element.
 *
 * @param q       Pointer to the queue. Evaluated twice, as it stands.
 * @param lvalue  Gets the element; of the same type.
 * @context{task} @cancel{strict: no element is lost} @cost{O(1)}
 */
#define ASYNC_GET(q, lvalue)                               \
    do {                                                   \
        ASYNC_AWAIT(async_queue_wait_get(q));              \
        ASYNC_FAIL_(async_queue_get_nowait((q), &(lvalue))); \
    } while (0)

/* Raises a status that is not 0. */
#define ASYNC_FAIL_(error)              \
    do {                                \
        ctx_->status = (int16_t)(error); \
        if (ctx_->status != 0) {        \
            ASYNC_GO_RAISE_;            \
        }                               \
    } while (0)

/**
 * Puts an element in now: queue.put_nowait().
 *
 * @returns 0; ASYNC_ERR_QUEUE_FULL; ASYNC_ERR_QUEUE_SHUTDOWN.
 * @context{task or callback of the loop} @cost{as ASYNC_PUT}
 */
#define async_queue_put_nowait(q, value)                               \
    __extension__({                                                    \
        __typeof__(q) async_q_ = (q);                                  \
        __typeof__(async_q_->items[0]) async_item_ = (value);          \
        int async_slot_ = async_queue_step_(&async_q_->queue, 1);      \
        if (async_slot_ >= 0) {                                        \
            async_q_->items[async_slot_] = async_item_;                \
            async_queue_arrange_(&async_q_->queue);                    \
            async_slot_ = 0;                                           \
        }                                                              \
        async_slot_;                                                   \
    })

/**
 * Takes the next element out now: queue.get_nowait().
 *
 * @param item  Pointer to where it goes; to the same type.
 * @returns 0; ASYNC_ERR_QUEUE_EMPTY; ASYNC_ERR_QUEUE_SHUTDOWN if it is also
 *          shut down. `*item` is written only if 0 is returned.
 * @context{task or callback of the loop} @cost{O(1)}
 */
#define async_queue_get_nowait(q, item)                                \
    __extension__({                                                    \
        __typeof__(q) async_q_ = (q);                                  \
        __typeof__(&async_q_->items[0]) async_item_ = (item);          \
        int async_slot_ = async_queue_step_(&async_q_->queue, 0);      \
        ASYNC_SAME_TYPE_(&async_q_->items[0], item);                   \
        if (async_slot_ >= 0) {                                        \
            *async_item_ = async_q_->items[async_slot_];               \
            async_slot_ = 0;                                           \
        }                                                              \
        async_slot_;                                                   \
    })

/** What ASYNC_PUT awaits. When it has returned 0, async_queue_put_nowait(), at
 * once, returns 0 or ASYNC_ERR_QUEUE_SHUTDOWN. */
#define async_queue_wait_put(q) async_queue_wait_(&(q)->queue, 1)

/** What ASYNC_GET awaits. When it has returned 0, async_queue_get_nowait(), at
 * once, returns 0 or ASYNC_ERR_QUEUE_SHUTDOWN. */
#define async_queue_wait_get(q) async_queue_wait_(&(q)->queue, 0)

/* -- Join, shutdown -------------------------------------------------------- */

/** Says that an element that was got has been dealt with: queue.task_done().
 * @returns 0; ASYNC_ERR_VALUE if there were not as many puts.
 * @context{task or callback of the loop} @cost{O(tasks in join)} */
#define async_queue_task_done(q) async_queue_task_done_(&(q)->queue)

/** Waits until every element that was put has its task_done: await
 * queue.join(). @context{task} @cancel{strict} @cost{O(1)} */
#define async_queue_join(q) async_queue_join_(&(q)->queue)

/**
 * Puts raise ASYNC_ERR_QUEUE_SHUTDOWN from now on, gets when the queue is
 * empty; whoever waits looks again: queue.shutdown().
 *
 * @param immediate  Also drops the elements, each as if dealt with.
 * @context{task or callback of the loop} @cost{O(waiters)}
 */
#define async_queue_shutdown(q, immediate) \
    async_queue_shutdown_(&(q)->queue, (immediate))

/** How many elements are in it: queue.qsize(). @context{as all} */
#define async_queue_size(q) async_queue_size_(&(q)->queue)
/** queue.empty() */
#define async_queue_empty(q) (async_queue_size(q) == 0)
/** queue.full() */
#define async_queue_full(q) (async_queue_size(q) == (q)->queue.capacity)

/* -- Coroutine forms, for what takes a coroutine: wait_for, gather, ... ---- */

/** Frame of a put or get as a coroutine. All private. */
struct async_queue_put {
    ASYNC_FRAME;
    async_queue_t *queue;
    void *items;
    const void *item;
    size_t size;
};
struct async_queue_get {
    ASYNC_FRAME;
    async_queue_t *queue;
    const void *items;
    void *item;
    size_t size;
};

/** The coroutine queue.put(). @param frame  A `struct async_queue_put *`.
 * @param from  Pointer to the element; must stay valid until it is done. */
#define ASYNC_CALL_PUT(frame, q, from) \
    ASYNC_CALL_QUEUE_(async_queue_put, frame, q, from)

/** The coroutine queue.get(). @param frame  A `struct async_queue_get *`.
 * @param to  Pointer to where the element goes; written when it is done. */
#define ASYNC_CALL_GET(frame, q, to) \
    ASYNC_CALL_QUEUE_(async_queue_get, frame, q, to)

#define ASYNC_CALL_QUEUE_(name, frame, q, at)                              \
    __extension__({                                                        \
        __typeof__(q) async_q_ = (q);                                      \
        ASYNC_SAME_TYPE_(&async_q_->items[0], at);                         \
        ASYNC_CALL(name, frame, .queue = &async_q_->queue,                 \
                   .items = async_q_->items, .item = (at),                 \
                   .size = sizeof async_q_->items[0]);                     \
    })

ASYNC_EXTERN_C_BEGIN

ASYNC_DECLARE(async_queue_put);
ASYNC_DECLARE(async_queue_get);

/* Private. */
void async_queue_init_(async_queue_t *queue, size_t capacity, bool last_first);
void async_queue_init_priority_(async_queue_t *queue, size_t capacity,
                                async_order_t *order,
                                bool (*less)(const void *a, const void *b),
                                void *items, size_t item_size);
int async_queue_step_(async_queue_t *queue, int putting);
void async_queue_arrange_(async_queue_t *queue);
ASYNC_MUST_USE async_op_t async_queue_wait_side_(struct async_queue_side *side);
int async_queue_task_done_(async_queue_t *queue);
ASYNC_MUST_USE async_op_t async_queue_join_(async_queue_t *queue);
void async_queue_shutdown_(async_queue_t *queue, bool immediate);

ASYNC_EXTERN_C_END

static inline ASYNC_MUST_USE async_op_t async_queue_wait_(async_queue_t *queue,
                                                          int putting)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(queue->capacity != 0, NOT_CALLED);
    return async_queue_wait_side_(&queue->sides[putting]);
}

static inline unsigned async_queue_size_(const async_queue_t *queue)
{
    ASYNC_CHECK(queue != NULL, NULL_ARGUMENT);
    return queue->sides[0].left & (ASYNC_QUEUE_SHUT_ - 1u);
}

#endif
