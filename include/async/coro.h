/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Coroutines: C functions that can wait in the middle. This header needs no
 * loop; async_drive() at its end runs a coroutine by hand, as protothreads do.
 *
 *     struct blink {             // the frame: all that lives across an AWAIT
 *         ASYNC_FRAME;           // comes first
 *         int pin;
 *     };
 *     ASYNC_DEF(blink)           // async def blink(pin):
 *     {
 *         ASYNC_BEGIN;
 *         AWAIT(async_sleep_ms(250));
 *         ASYNC_END;
 *     }
 *
 * **Locals do not survive AWAIT; keep them in the frame and write
 * `self->name`.** The keywords stand on one page in docs/getting-started.md.
 *
 * How one AWAIT works: it stores the number of its resume point in the frame
 * and returns the frame to run next (the child just called, or "suspended") to
 * the short loop in detail/step.h. When that loop calls the function again, the
 * switch in ASYNC_BEGIN jumps to the `case` inside the AWAIT. The macros are in
 * detail/keywords_switch.h.
 */
#ifndef ASYNC_CORO_H_INCLUDED
#define ASYNC_CORO_H_INCLUDED

#include "config.h"
#include "error.h"

#include <stddef.h>
#include <stdint.h>

typedef struct async_coro async_coro_t;
typedef struct async_context async_context_t;
typedef struct async_future async_future_t;
typedef struct async_task async_task_t;

/** What a resume function returns. The name is what a stray `return 0;` in a
 * coroutine makes the compiler say. */
struct async_coroutines_end_with_ASYNC_RETURN_not_return {
    async_coro_t *frame_; /**< next frame to run, or a mark; 0: do not wait */
};
typedef struct async_coroutines_end_with_ASYNC_RETURN_not_return async_next_t;

/* `point`: where to go on, one of the two in the frame. */
typedef async_next_t (*async_resume_fn)(async_coro_t *frame,
                                        async_context_t *context,
                                        uint8_t point);

#if ASYNC_LABELS
typedef const void *async_point_t; /**< address of a label */
#else
typedef uint8_t async_point_t; /**< number of a case */
#endif

/** The header of every frame: 12 bytes on a 32-bit machine, 20 with ASYNC_DEBUG.
 * All private. */
struct async_coro {
    async_resume_fn resume;
    async_coro_t *caller; /**< who awaits it; 0: nobody yet */
    async_point_t point;  /**< where to go on; 0: has not begun */
#if !ASYNC_LABELS
    uint8_t raise;        /**< where an error goes */
#endif
    int16_t pending;      /**< status held back while a FINALLY part runs */
#if ASYNC_DEBUG
    const char *name;     /**< of the function */
    bool ended;
#endif
};

/** What is known about a chain of awaits while it runs: part of its task, or
 * of an async_driver_t, or of whoever runs a generator. All private. */
struct async_context {
    int16_t status;   /**< error in flight, ASYNC_RETURNING_, or 0 */
    uint8_t flags;    /**< see detail/flags.h */
    uint8_t cancels;  /**< cancel requests of a task */
};

/**
 * An operation that has been started, such as async_sleep_ms(5). It can only
 * be awaited, at once, by the coroutine that started it.
 */
struct async_operation {
    uintptr_t mark_; /**< 0: finished at once */
};
typedef struct async_operation async_op_t;

/* Marks in async_next_t and async_op_t; frames have higher addresses. */
#define ASYNC_READY_ 0u     /* go on, nothing to wait for */
#define ASYNC_SUSPENDED_ 1u /* somebody will wake this task */
#define ASYNC_ENDED_ 2u     /* caller of an outermost frame */
#define ASYNC_PAUSED_ 3u    /* run me again in the next turn */
#define ASYNC_MARK_(mark) ((async_coro_t *)(uintptr_t)(mark))

/* -- Declaring and calling ------------------------------------------------- */

/** First member of every frame. */
#define ASYNC_FRAME async_coro_t async_

/** Starts the definition of a coroutine that is used in this file only; its
 * frame is `struct name`. Inside, `self` is the frame. */
#define ASYNC_DEF(name)                                                        \
    static async_next_t ASYNC_RESUME_(name)(async_coro_t *, async_context_t *, \
                                            uint8_t);                          \
    ASYNC_BODY_(name, static)

/** Declares a coroutine that another file defines with ASYNC_DEF_EXTERN. */
#define ASYNC_DECLARE(name)                                                    \
    async_next_t ASYNC_RESUME_(name)(async_coro_t *, async_context_t *, uint8_t)

/** Declares a coroutine that this file defines with ASYNC_DEF further down. */
#define ASYNC_DECLARE_STATIC(name) static ASYNC_DECLARE(name)

/** Starts the definition of a coroutine declared with ASYNC_DECLARE. */
#define ASYNC_DEF_EXTERN(name) ASYNC_BODY_(name, )

/**
 * ASYNC_CALL(name, frame, .argument = value, ...) makes a coroutine object in
 * `frame`, a `struct name *`, and runs nothing: await it or make a task of it.
 * All other fields become zero, and that comes first: what the last run left
 * in this frame cannot be read by an argument. At most 12 arguments; one with a
 * comma in it needs parentheses.
 *
 * @returns The coroutine, an `async_coro_t *`. The frame must outlive its run
 *          and must not be running. Forgetting the AWAIT is a warning.
 * @context{any}
 * @cost{O(size of the frame)}
 */
#define ASYNC_CALL(...)                                                        \
    ASYNC_PICK_(__VA_ARGS__)(ASYNC_CALL_CLEARED_, __VA_ARGS__)

/** The same, but leaves all fields that are not given as they are: for large
 * frames, or to keep what the last run left. Not for generators. */
#define ASYNC_CALL_HEADER(...)                                                 \
    ASYNC_PICK_(__VA_ARGS__)(ASYNC_CALL_KEPT_, __VA_ARGS__)

/* -- Body ----------------------------------------------------------------- */

/** First statement of every coroutine. There is room for 127 AWAITs behind it,
 * where a TRY counts as two and a block such as WITH as three: more do not
 * compile. (Without limit with ASYNC_LABELS.) */
#define ASYNC_BEGIN ASYNC_BEGIN_

/**
 * Starts the last part of a coroutine, which runs however the coroutine ends:
 * a `finally` round everything before it. It may await. An error raised in it
 * takes the place of the one that led here.
 */
#define ASYNC_CLEANUP ASYNC_CLEANUP_

/** Last statement of every coroutine. */
#define ASYNC_END ASYNC_END_

/** Ends the coroutine; store its result in the frame before. Runs enclosing
 * FINALLY parts and the CLEANUP part. */
#define ASYNC_RETURN         \
    do {                     \
        ASYNC_GO_RETURN_;    \
    } while (0)

/** Raises an error, a negative status, in this coroutine. */
#define ASYNC_RAISE(error)                         \
    do {                                           \
        ctx_->status = async_error_((int)(error)); \
        ASYNC_GO_RAISE_;                           \
    } while (0)

/* -- await ---------------------------------------------------------------- */

/**
 * Waits for a coroutine (ASYNC_CALL), a task, a future or an operation. What
 * is finished already does not suspend. An error goes to the nearest enclosing
 * TRY of this coroutine, or ends it with that error.
 *
 * @context{task}
 * @cost{O(1) at every depth of awaits}
 */
#define ASYNC_AWAIT(awaitable)                                 \
    do {                                                       \
        ASYNC_SUSPEND_OR_RAISE_(async_await_(awaitable), __COUNTER__); \
    } while (0)

/** The same, but stores the status, 0 or an error (ASYNC_ERR_CANCELLED
 * included), in `lvalue`, a field of the frame, and goes on in any case. */
#define ASYNC_AWAIT_STATUS(lvalue, awaitable)                  \
    do {                                                       \
        ASYNC_SUSPEND_(async_await_(awaitable), __COUNTER__);  \
        (lvalue) = ctx_->status;                               \
        ctx_->status = 0;                                      \
    } while (0)

#if ASYNC_SHORT_NAMES
#define AWAIT(awaitable) ASYNC_AWAIT(awaitable)
#define AWAIT_STATUS(lvalue, awaitable) ASYNC_AWAIT_STATUS(lvalue, awaitable)
#endif

/** Waits until `condition` holds: looks at it once per turn of the loop, or
 * once per async_drive(). A condition that something can announce is better
 * waited for with a future. The condition must not use locals. */
#define ASYNC_WAIT_UNTIL(condition)      \
    do {                                 \
        while (!(condition)) {           \
            ASYNC_AWAIT(async_pause());  \
        }                                \
    } while (0)

/** Lets everything else that is ready run first: asyncio.sleep(0).
 * @context{task} @cancel{strict} @cost{O(1)} */
static inline ASYNC_MUST_USE async_op_t async_pause(void)
{
    async_op_t op = {ASYNC_PAUSED_};
    return op;
}

/* -- try / except / finally ----------------------------------------------- */

/**
 * ASYNC_TRY { ... } ASYNC_EXCEPT(self->error) { ... } ASYNC_END_EXCEPT;
 * ASYNC_TRY { ... } ASYNC_FINALLY { ... } ASYNC_END_FINALLY;
 *
 * All parts may await and may nest. `break` and `continue` that would leave
 * the TRY part do not compile. For try-except-finally nest one in the other.
 */
#define ASYNC_TRY ASYNC_TRY_

/** Catches what asyncio's `except Exception` would: every error but
 * ASYNC_ERR_CANCELLED and ASYNC_ERR_GENERATOR_EXIT. The error is stored in
 * `lvalue`, a field of the frame. */
#define ASYNC_EXCEPT(lvalue) \
    ASYNC_EXCEPT_WHEN(lvalue, async_is_exception(lvalue))

/** Catches everything, cancellation too. Raise that again, or be sure. */
#define ASYNC_EXCEPT_ALL(lvalue) ASYNC_EXCEPT_WHEN(lvalue, true)

/** Catches what the condition accepts, which may look at `lvalue`. */
#define ASYNC_EXCEPT_WHEN(lvalue, condition) \
    ASYNC_EXCEPT_WHEN_(lvalue, condition)

#define ASYNC_END_EXCEPT ASYNC_END_EXCEPT_

/** Runs its part however the TRY part ended, and then goes on with that end. A
 * FINALLY inside a FINALLY or CLEANUP part needs ASYNC_FINALLY_IN. */
#define ASYNC_FINALLY ASYNC_FINALLY_

#define ASYNC_END_FINALLY ASYNC_END_FINALLY_IN(self->async_.pending)

/** FINALLY with a slot of its own, an int16_t of the frame, so that it may
 * stand inside another FINALLY. End it with ASYNC_END_FINALLY_IN(slot). */
#define ASYNC_FINALLY_IN(slot) ASYNC_FINALLY_IN_(slot)

#define ASYNC_END_FINALLY_IN(slot) ASYNC_END_FINALLY_IN_(slot)

/* -- Running by hand ------------------------------------------------------- */

/** Runs one coroutine without a loop. Zero-initialise or async_driver_init. */
struct async_driver {
    async_context_t context;
    async_coro_t *frame; /**< innermost frame; 0 when done */
};
typedef struct async_driver async_driver_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Prepares to run a coroutine by hand.
 *
 * @param driver  Must live as long as the coroutine runs.
 * @returns 0, or ASYNC_ERR_REUSED if the coroutine was awaited before.
 * @context{any}
 * @cost{O(1)}
 */
#define async_driver_init ASYNC_ABI_(async_driver_init)
int async_driver_init(async_driver_t *driver, async_coro_t *coro);

/**
 * Runs the coroutine until it waits or ends. It may await coroutines,
 * async_pause() and ASYNC_WAIT_UNTIL, which need no loop; nothing else: inside
 * a task an operation would take that one for its own.
 *
 * @returns ASYNC_PENDING, or the status it ended with, from then on.
 * @context{any; not from inside the coroutine}
 * @cost{O(1) and what the coroutine does}
 */
int async_drive(async_driver_t *driver);

/* Private. */
async_next_t async_await_future_(async_future_t *future);
async_next_t async_other_point_(async_coro_t *frame, async_context_t *context,
                                uint8_t point);
void async_make_frame_(async_coro_t *coro, size_t size, async_resume_fn resume);

ASYNC_EXTERN_C_END

#include "detail/await.h"
#include "detail/debug_frame.h"
#include "detail/call.h"
#include "detail/scope.h"
#if ASYNC_LABELS
#include "detail/keywords_labels.h"
#else
#include "detail/keywords_switch.h"
#endif

#endif

/* The bodies, once per program: see async.h. They stand after the guard so
 * that it does not matter whether this header was included before. */
#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_CORO_IMPLEMENTED)
#define ASYNC_CORO_IMPLEMENTED
#include "detail/coro_impl.h"
#endif
