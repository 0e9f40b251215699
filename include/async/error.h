/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Status codes: 0 is success, every error is negative and fits 16 bits. They
 * take the place of Python's exceptions: a coroutine that ends with one has
 * "raised" it, and its awaiter gets it unless it catches it.
 */
#ifndef ASYNC_ERROR_H_INCLUDED
#define ASYNC_ERROR_H_INCLUDED

#include "config.h"

#include <stdbool.h>

/** X(name, value, text, exception of asyncio) */
#define ASYNC_STATUS_LIST(X)                                                  \
    X(OK, 0, "ok", "none")                                                    \
    X(ERR_CANCELLED, -1, "cancelled", "CancelledError")                       \
    X(ERR_TIMEOUT, -2, "timeout", "TimeoutError")                             \
    X(ERR_INVALID_STATE, -3, "result not ready or already set",               \
      "InvalidStateError")                                                    \
    X(ERR_STOP_ITERATION, -4, "generator is exhausted", "StopIteration")      \
    X(ERR_GENERATOR_EXIT, -5, "generator is being closed", "GeneratorExit")   \
    X(ERR_RUNTIME, -6, "wrong use at run time", "RuntimeError")               \
    X(ERR_VALUE, -7, "value out of range", "ValueError")                      \
    X(ERR_TYPE, -8, "value of the wrong kind", "TypeError")                   \
    X(ERR_REUSED, -9, "coroutine already awaited", "RuntimeError")            \
    X(ERR_SELF_AWAIT, -10, "task awaits itself", "RuntimeError")              \
    X(ERR_CYCLE, -11, "tasks await each other in a cycle", "RecursionError")  \
    X(ERR_WRONG_LOOP, -12, "object belongs to another loop", "RuntimeError")  \
    X(ERR_CLOSED, -13, "loop is closed", "RuntimeError")                      \
    X(ERR_RUNNING, -14, "a loop is already running", "RuntimeError")          \
    X(ERR_STOPPED, -15, "loop stopped before the future was done",            \
      "RuntimeError")                                                         \
    X(ERR_BUSY, -16, "object is still in use", "RuntimeError")                \
    X(ERR_DEADLOCK, -17, "nothing can ever wake this loop", "none")           \
    X(ERR_NO_MEMORY, -18, "pool is exhausted", "MemoryError")                 \
    X(ERR_OS, -19, "the operating system refused", "OSError")                 \
    X(ERR_QUEUE_EMPTY, -20, "queue is empty", "QueueEmpty")                   \
    X(ERR_QUEUE_FULL, -21, "queue is full", "QueueFull")                      \
    X(ERR_QUEUE_SHUTDOWN, -22, "queue is shut down", "QueueShutDown")         \
    X(ERR_BROKEN_BARRIER, -23, "barrier is broken", "BrokenBarrierError")     \
    X(ERR_STOP_ASYNC_ITERATION, -24, "nothing more to iterate over",          \
      "StopAsyncIteration")

/** Status codes. */
enum async_status {
#define ASYNC_STATUS_ENUM_(name, value, text, python) ASYNC_##name = value,
    ASYNC_STATUS_LIST(ASYNC_STATUS_ENUM_)
#undef ASYNC_STATUS_ENUM_
    /** What async_drive() and async_loop_run_once() say when there is more. */
    ASYNC_PENDING = 1,
    /** An application's own codes go from here down to ASYNC_ERR_USER_LAST. */
    ASYNC_ERR_USER = -100,
    ASYNC_ERR_USER_LAST = -29999,
    /** Errors of a task group, a code for each: see async_is_group(). */
    ASYNC_ERR_GROUP = -30000,
    ASYNC_ERR_GROUP_LAST = -32767
};

/** X(name, text): mistakes that only a change of the program can mend. */
#define ASYNC_MISUSE_LIST(X)                                                   \
    X(RESUME_POINT, "no such resume point: AWAIT inside a switch of your own, " \
                    "or a frame that was not made by ASYNC_CALL")              \
    X(NULL_ARGUMENT, "NULL where an object is needed")                         \
    X(NO_TASK, "an operation was awaited outside a task of a running loop")    \
    X(NO_FUNCTION, "a handle without a function")                              \
    X(GENERATOR_AWAIT, "a generator awaited an operation that suspends")       \
    X(NOT_CALLED, "an object was used that was never initialised (ASYNC_CALL, " \
                  "..._init)")                                                 \
    X(FOREIGN, "called from an interrupt or another thread while the loop "    \
               "runs; async_post() is for that (seen by debug builds)")        \
    X(IN_USE, "ASYNC_CALL in storage that is in use, see the ASYNC_DEBUG report")

/** Mistakes reported to ASYNC_MISUSE_HOOK. */
enum async_misuse {
#define ASYNC_MISUSE_ENUM_(name, text) ASYNC_MISUSE_##name,
    ASYNC_MISUSE_LIST(ASYNC_MISUSE_ENUM_)
#undef ASYNC_MISUSE_ENUM_
    ASYNC_MISUSE_COUNT
};

ASYNC_EXTERN_C_BEGIN

/**
 * Describes a status code in a few words, "unknown error" for foreign codes
 * and "user error" for the application's own.
 *
 * @returns A string in read-only memory.
 * @context{any task or ISR}
 * @cost{O(number of codes)}
 */
const char *async_strerror(int status);

/** Describes an `enum async_misuse` in a few words. @context{any} */
const char *async_misuse_text(int mistake);

/** The default of ASYNC_MISUSE_HOOK; does not return. */
void async_misuse_default_(int mistake) __attribute__((noreturn));

ASYNC_EXTERN_C_END

/**
 * Tells whether asyncio's `except Exception` would catch a status: every error
 * but ASYNC_ERR_CANCELLED and ASYNC_ERR_GENERATOR_EXIT, which must not be
 * swallowed by code that handles errors in general.
 */
static inline bool async_is_exception(int status)
{
    return status < 0 && status != ASYNC_ERR_CANCELLED &&
           status != ASYNC_ERR_GENERATOR_EXIT;
}

/** Whether a status stands for the errors of a task group (ExceptionGroup);
 * async_taskgroup_error() of that group is this status. */
static inline bool async_is_group(int status)
{
    return status <= ASYNC_ERR_GROUP;
}

#if ASYNC_CHECKS
#define ASYNC_CHECK(condition, mistake)                    \
    do {                                                   \
        if (!(condition)) {                                \
            ASYNC_MISUSE_HOOK(ASYNC_MISUSE_##mistake);     \
        }                                                  \
    } while (0)
#else
#define ASYNC_CHECK(condition, mistake) ((void)0)
#endif

#endif
