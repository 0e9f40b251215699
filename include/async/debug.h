/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Debug builds: with `-DASYNC_DEBUG=1` for all files of a program, the loop
 * reports mistakes that do not show at once, as asyncio's debug mode does, and
 * those that only C can make: storage that ends while it is in use. The rules
 * of storage are in docs/semantics.md, part ST.
 *
 * It is on from async_loop_init(), and prints to stderr on a host. What happens
 * while no loop runs is not checked. A debug build needs all of async.h, two
 * words more in each frame, and its calls take longer: ASYNC_CALL and ASYNC_END
 * go through all tasks and queues. Without ASYNC_DEBUG nothing of it is there,
 * and the calls below, but async_loop_get_debug(), do not compile.
 */
#ifndef ASYNC_DEBUG_H_INCLUDED
#define ASYNC_DEBUG_H_INCLUDED

#include "future.h"

/** What is reported, and what `object` is then. */
enum async_debug_event {
    /** A task ran for long between two awaits: the async_task_t. */
    ASYNC_DEBUG_SLOW_STEP,
    /** So did a callback: the async_handle_t. It may be gone by now. */
    ASYNC_DEBUG_SLOW_CALLBACK,
    /** A coroutine was made and, when its frame is used again, never awaited:
     * the async_coro_t. */
    ASYNC_DEBUG_NEVER_AWAITED,
    /** A future or task ended with an error that nobody has looked at: the
     * async_future_t. It may be gone by now. Told when its storage is used
     * again or ends, when the loop is closed, or when eight others wait. */
    ASYNC_DEBUG_NEVER_RETRIEVED,
    /** The storage of a task that has not ended, or of one of its frames, ends
     * or is used again, or its loop is closed: the async_task_t. */
    ASYNC_DEBUG_TASK_PENDING,
    /** So does that of a queued handle or timer: the async_handle_t. */
    ASYNC_DEBUG_HANDLE_PENDING,
    /** So does that of something a task waits for, a future or a lock for
     * instance: the async_task_t. */
    ASYNC_DEBUG_AWAITED,
    /** So does that of an asynchronous generator that is not finished (with
     * ASYNC_TRACK_GENERATORS): its async_coro_t. */
    ASYNC_DEBUG_GENERATOR_PENDING
};

/** One event. */
struct async_debug_report {
    enum async_debug_event event;
    const void *object;
    async_delay_t ticks; /**< SLOW: how long it ran */
    int status;          /**< NEVER_RETRIEVED: the error */
};

/** Gets the reports. It may look at objects that are not gone and print, but
 * not run, wake or make anything. */
typedef void (*async_debug_fn)(async_loop_t *loop,
                               const async_debug_report_t *report);

#if ASYNC_DEBUG

ASYNC_EXTERN_C_BEGIN

/** Switches the reports off, and on again: loop.set_debug().
 * @context{task or callback of the loop, or outside any} @cost{O(1)} */
void async_loop_set_debug(async_loop_t *loop, bool on);

/** Sets what is slow: loop.slow_callback_duration. The default is 100 ms.
 * @param ticks  A callback, or a task between two awaits, that runs as long or
 *               longer is reported.
 * @context{task or callback of the loop, or outside any} @cost{O(1)} */
void async_loop_set_slow_ticks(async_loop_t *loop, async_delay_t ticks);

/** Sets who gets the reports; 0 for the default, which prints them on a host.
 * @context{task or callback of the loop, or outside any} @cost{O(1)} */
void async_loop_set_debug_handler(async_loop_t *loop, async_debug_fn handler);

/** Describes an `enum async_debug_event` in a few words. @context{any} */
const char *async_debug_text(enum async_debug_event event);

ASYNC_EXTERN_C_END

#else /* nothing of this name is declared */

#define async_loop_set_debug(loop, on) this_needs_ASYNC_DEBUG_1
#define async_loop_set_slow_ticks(loop, ticks) this_needs_ASYNC_DEBUG_1
#define async_loop_set_debug_handler(loop, handler) this_needs_ASYNC_DEBUG_1
#define async_debug_text(event) this_needs_ASYNC_DEBUG_1

#endif

/** Whether it is a debug build and it is on: loop.get_debug().
 * @context{any} */
static inline bool async_loop_get_debug(const async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
#if ASYNC_DEBUG
    return loop->debug.on;
#else
    (void)loop;
    return false;
#endif
}

#endif
