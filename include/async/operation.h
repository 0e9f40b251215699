/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Operations of your own: how a driver's "wait for the next byte" becomes as
 * awaitable as the library's own. Three pieces:
 *
 *   start   a function that returns async_op_t. If it need not wait it returns
 *           async_op_done(); else async_op_wait(&waiters, end).
 *   wake    whoever has what is waited for calls async_wake_one() or
 *           async_wake_all(), in loop context; an interrupt posts first.
 *   end     runs in the task's turn, however the wait ended, and decides what
 *           the AWAIT reports. Cancelling lands here too: undo what start did.
 *
 *     static int byte_end(async_handle_t *handle)
 *     {
 *         async_task_t *task = async_op_task(handle);
 *         int status = async_op_status(task);
 *         struct uart *u = async_container_of(async_op_waiters(task),
 *                                             struct uart, waiters);
 *         if (status == ASYNC_ERR_CANCELLED) { uart_rx_disable(u); }
 *         return async_op_end(task, status);
 *     }
 *     async_op_t uart_wait_byte(struct uart *u)
 *     {
 *         if (uart_has_byte(u)) { return async_op_done(ASYNC_OK); }
 *         uart_rx_enable(u);
 *         return async_op_wait(&u->waiters, byte_end);
 *     }
 *
 * No memory per waiter: a task waits for one thing at a time, in its own node.
 */
#ifndef ASYNC_OPERATION_H_INCLUDED
#define ASYNC_OPERATION_H_INCLUDED

#include "task.h"

/** Tasks that wait for something, first come first served. Zero is empty. */
struct async_waiters {
    async_node_t *first;
};
typedef struct async_waiters async_waiters_t;

/** The struct that contains `pointer` as its member. */
#define async_container_of(pointer, type, member) \
    ((type *)(void *)((char *)(pointer)-offsetof(type, member)))

ASYNC_EXTERN_C_BEGIN

/** Ends an operation at once: AWAIT does not suspend.
 * @param status  0, or the error to raise. @context{task} @cost{O(1)} */
ASYNC_MUST_USE async_op_t async_op_done(int status);

/**
 * Makes the running task wait behind those who wait already.
 *
 * @param waiters  Must stay valid until the wait has ended.
 * @param end      Runs in the task's turn; 0 reports 0 or ASYNC_ERR_CANCELLED.
 * @context{task} @cost{O(1)}
 */
ASYNC_MUST_USE async_op_t async_op_wait(async_waiters_t *waiters,
                                        async_run_fn end);

/** Makes the first waiter ready. @returns false if nobody waits.
 * @context{task or callback of the loop} @cost{O(1)} */
bool async_wake_one(async_waiters_t *waiters);

/** Makes all waiters ready, in order. @returns How many.
 * @context{task or callback of the loop} @cost{O(waiters)} */
unsigned async_wake_all(async_waiters_t *waiters);

/** For `end`: 0 if the task was woken, ASYNC_ERR_CANCELLED if it is being
 * cancelled, woken before or not: see async_op_woken(). */
int async_op_status(const async_task_t *task);

/** For `end`: whether somebody woke the task; if it is cancelled as well, pass
 * what it got on to the next. */
bool async_op_woken(const async_task_t *task);

/** For `end`: goes on with the coroutine; `return` its value.
 * @param status  0, or the error to raise at the AWAIT. */
ASYNC_MUST_USE int async_op_end(async_task_t *task, int status);

/** For `end`: lets the task wait again, at the end of the list; `return` its
 * value. For conditions that somebody else may have made untrue meanwhile. */
ASYNC_MUST_USE int async_op_again(async_task_t *task, async_waiters_t *waiters,
                                  async_run_fn end);

ASYNC_EXTERN_C_END

/** For `end`: the task, from the handle it gets. */
static inline async_task_t *async_op_task(async_handle_t *handle)
{
    return (async_task_t *)(void *)handle;
}

/** For `end`: the list the task waited in. */
static inline async_waiters_t *async_op_waiters(const async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return (async_waiters_t *)task->timer.u.object;
}

#endif
