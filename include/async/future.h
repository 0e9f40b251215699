/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Futures: a result that is not there yet, and who waits for it.
 *
 *     ASYNC_FUTURE(int) answer;                  // anywhere, for instance static
 *     async_future_init(&answer.future, loop);
 *     AWAIT(&answer.future);                     // some tasks wait
 *     async_future_set(&answer, 42);             // a driver sets it
 *     use(answer.value);                         // they go on
 *
 * A future is the caller's and must stay valid until everyone who awaited it
 * has run. All calls are for its loop's context, not for interrupts: those use
 * async_post() and set the future in the callback.
 */
#ifndef ASYNC_FUTURE_H_INCLUDED
#define ASYNC_FUTURE_H_INCLUDED

#include "loop.h"

typedef struct async_callback async_callback_t;

/** asyncio.Future: 12 bytes on a 32-bit machine. All private. */
struct async_future {
    union {
        async_node_t *waiters; /**< ring, while pending */
        void *result;          /**< when finished */
    } u;
    async_loop_t *loop;
    async_context_t context;   /**< status and flags */
};

/** A future that is not simply cancelled, gather's for instance. Private. */
struct async_hooked {
    async_future_t future;
    int (*cancel)(async_future_t *future); /**< what async_future_cancel() does */
};
typedef struct async_hooked async_hooked_t;

/** A done callback: a handle and the future it watches. All private. */
struct async_callback {
    async_handle_t handle;
    async_future_t *future;
};

enum async_state { ASYNC_STATE_PENDING, ASYNC_STATE_FINISHED, ASYNC_STATE_CANCELLED };

/** A future with a value: `struct { async_future_t future; type value; }`. */
#define ASYNC_FUTURE(type)     \
    struct {                   \
        async_future_t future; \
        type value;            \
    }

/** Stores the value in an ASYNC_FUTURE and finishes it.
 * @returns As async_future_set_result(). */
#define async_future_set(typed, data)                                     \
    (async_future_done(&(typed)->future)                                  \
         ? (int)ASYNC_ERR_INVALID_STATE                                   \
         : ((typed)->value = (data),                                      \
            async_future_set_result(&(typed)->future, &(typed)->value)))

ASYNC_EXTERN_C_BEGIN

/** Makes a pending future: loop.create_future(). @context{task or callback of
 * the loop, or outside any} @cost{O(1)} */
#define async_future_init ASYNC_ABI_(async_future_init)
void async_future_init(async_future_t *future, async_loop_t *loop);

/**
 * Finishes the future and makes everyone who waits ready, in the order they
 * began to: future.set_result().
 *
 * @param result  What async_future_result() hands out; may be 0. Not copied.
 * @returns 0; ASYNC_ERR_INVALID_STATE if it is done; ASYNC_ERR_RUNTIME for a
 *          task, which sets its own result; ASYNC_ERR_CLOSED if its loop is.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_future_set_result(async_future_t *future, void *result);

/**
 * Finishes the future with an error, raised in everyone who waits:
 * future.set_exception().
 *
 * @returns As async_future_set_result(); ASYNC_ERR_TYPE if `error` is not a
 *          negative status, or ASYNC_ERR_CANCELLED: that is what
 *          async_future_cancel() is for.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_future_set_exception(async_future_t *future, int error);

/**
 * Cancels a pending future, or asks a task to end: future.cancel().
 *
 * @returns 1; 0 if it is done; ASYNC_ERR_CYCLE, see async_task_cancel().
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_future_cancel(async_future_t *future);

/**
 * What it ended with: future.result().
 *
 * @param result  Out, if 0 is returned: the pointer given to
 *                async_future_set_result(), for a task the frame of its
 *                coroutine. May be 0.
 * @returns 0; the error it was finished with; ASYNC_ERR_CANCELLED;
 *          ASYNC_ERR_INVALID_STATE while pending.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_future_result(const async_future_t *future, void **result);

/** The error it was finished with, 0 if none: future.exception().
 * @returns 0 and `*error`; ASYNC_ERR_CANCELLED or ASYNC_ERR_INVALID_STATE. */
int async_future_exception(const async_future_t *future, int *error);

/** Pending, finished or cancelled. @context{task or callback of the loop} */
enum async_state async_future_state(const async_future_t *future);

/** future.done() */
bool async_future_done(const async_future_t *future);

/** future.cancelled() */
bool async_future_cancelled(const async_future_t *future);

/**
 * Runs a callback when the future is done, in the iteration after:
 * future.add_done_callback().
 *
 * @param callback  Must stay valid until it ran or was removed.
 * @param run       Gets `&callback->handle`; see async_callback_future().
 * @returns 0; ASYNC_ERR_BUSY if this callback is registered already;
 *          ASYNC_ERR_CLOSED if the loop is.
 * @context{task or callback of the loop} @cost{O(1)}
 */
int async_future_add_done_callback(async_future_t *future,
                                   async_callback_t *callback,
                                   async_run_fn run);

/** Takes a callback back: future.remove_done_callback(). One that is already
 * scheduled still runs. @returns true if it was waiting. @cost{O(1)} */
bool async_future_remove_done_callback(async_future_t *future,
                                       async_callback_t *callback);

ASYNC_EXTERN_C_END

/** The future that a done callback watches, from the handle it gets. */
static inline async_future_t *async_callback_future(async_handle_t *handle)
{
    ASYNC_CHECK(handle != NULL, NULL_ARGUMENT);
    return ((async_callback_t *)(void *)handle)->future;
}

#endif
