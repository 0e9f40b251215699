/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Barriers: a number of tasks wait for each other.
 *
 *     async_barrier_init(&start, 3);
 *     ...
 *     AWAIT(async_barrier_wait(&start));              // in each of three tasks
 *     if (async_barrier_index(&start) == 0) { ... }   // in one of them
 *
 * A barrier is the caller's, needs no memory per waiter, and must stay valid
 * until all who waited at it have gone on. It serves the tasks of one loop;
 * after the loop was closed with tasks waiting, initialise it again.
 */
#ifndef ASYNC_BARRIER_H_INCLUDED
#define ASYNC_BARRIER_H_INCLUDED

#include "operation.h"

/** asyncio.Barrier: 12 bytes on a 32-bit machine. All private. */
struct async_barrier {
    async_waiters_t waiters; /**< inside, or in front of a closed barrier */
    int16_t parties;
    int16_t count;           /**< tasks inside */
    int16_t index;           /**< of the one that has just left */
    uint8_t state;
};
typedef struct async_barrier async_barrier_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a barrier: asyncio.Barrier().
 *
 * @param parties  How many tasks it takes, 1 to 32767.
 * @returns 0, or ASYNC_ERR_VALUE if `parties` is out of range.
 * @context{any} @cost{O(1)}
 */
int async_barrier_init(async_barrier_t *barrier, int parties);

/**
 * Waits until as many tasks wait as it takes: barrier.wait(). The last one
 * does not suspend. Who comes while those of the last round have not all left
 * belongs to the next round. Raises ASYNC_ERR_BROKEN_BARRIER after
 * async_barrier_abort(), and in those inside at async_barrier_reset().
 *
 * @context{task} @cancel{strict before the barrier opens; after that the place
 * is taken and lost} @cost{O(1); O(tasks waiting) for the last to come or go}
 */
ASYNC_MUST_USE async_op_t async_barrier_wait(async_barrier_t *barrier);

/**
 * A number from 0 to parties - 1 in the order in which the tasks came: what
 * barrier.wait() returns. Another one for each task of a round, unless one was
 * cancelled: who comes next then may get a number that somebody else has.
 *
 * @context{task, behind its await of async_barrier_wait() and before the next}
 * @cost{O(1)}
 */
int async_barrier_index(const async_barrier_t *barrier);

/** Empties the barrier: those who are inside, waiting or not yet gone on,
 * raise ASYNC_ERR_BROKEN_BARRIER: barrier.reset(). Also mends a broken one.
 * Takes effect at once. @context{task or callback of the loop}
 * @cost{O(tasks waiting)} */
void async_barrier_reset(async_barrier_t *barrier);

/** Breaks the barrier: all who wait, and all who come, raise
 * ASYNC_ERR_BROKEN_BARRIER: barrier.abort(). Takes effect at once.
 * @context{task or callback of the loop} @cost{O(tasks waiting)} */
void async_barrier_abort(async_barrier_t *barrier);

/** Tasks waiting for others to come: barrier.n_waiting. @cost{O(1)} */
int async_barrier_n_waiting(const async_barrier_t *barrier);

/** barrier.parties @cost{O(1)} */
int async_barrier_parties(const async_barrier_t *barrier);

/** barrier.broken @cost{O(1)} */
bool async_barrier_broken(const async_barrier_t *barrier);

ASYNC_EXTERN_C_END

/* Coroutine form, for what takes a coroutine: create_task, wait_for, ... */

/** Frame of the coroutine form of async_barrier_wait():
 * ASYNC_CALL(async_wait_barrier, &frame, .barrier = &start). */
struct async_wait_barrier {
    ASYNC_FRAME;
    async_barrier_t *barrier;
    int index; /**< out: async_barrier_index() */
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_wait_barrier);
ASYNC_EXTERN_C_END

#endif
