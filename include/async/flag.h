/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A flag that an interrupt or another thread sets and a task waits for:
 * MicroPython's asyncio.ThreadSafeFlag.
 *
 *     static async_flag_t button;
 *     async_flag_init(&button, &loop);
 *
 *     void EXTI_IRQHandler(void) { async_flag_set(&button); }
 *
 *     AWAIT(async_flag_wait(&button));
 *
 * Waiting consumes it. Set several times before it is consumed, it is one
 * event; to count or to pass data use channel.h.
 */
#ifndef ASYNC_FLAG_H_INCLUDED
#define ASYNC_FLAG_H_INCLUDED

#include "operation.h"

/** A flag: 32 bytes on a 32-bit machine. All private. */
struct async_flag {
    async_post_t post;
    async_waiters_t waiters;
    async_loop_t *loop;
    bool is_set; /**< and nobody waited */
};
typedef struct async_flag async_flag_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a flag that is not set.
 *
 * @param flag  Must stay valid while somebody may set it, and while it is
 *              queued in the loop.
 * @param loop  The loop of the tasks that wait.
 * @context{before the first use}
 */
void async_flag_init(async_flag_t *flag, async_loop_t *loop);

/**
 * Sets the flag: the task that waits longest goes on. What the caller wrote
 * before is visible to that task.
 *
 * @returns 0, or ASYNC_ERR_CLOSED if the loop is.
 * @context{any task, thread, signal handler or ISR} @cost{as async_post()}
 */
int async_flag_set(async_flag_t *flag);

/** Forgets that it was set. @context{task or callback of the loop}
 * @cost{O(1)} */
void async_flag_clear(async_flag_t *flag);

/**
 * Waits until the flag is set, and clears it. Does not suspend if it is set
 * and nobody waits already. Several tasks get one set each, in the order in
 * which they began to wait.
 *
 * @context{task} @cancel{strict: a set that came too late for it goes to the
 * next, or stays} @cost{O(1)}
 */
ASYNC_MUST_USE async_op_t async_flag_wait(async_flag_t *flag);

ASYNC_EXTERN_C_END

#endif
