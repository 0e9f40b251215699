/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Asynchronous generators: coroutines that hand out items one by one and may
 * await anything in between.
 *
 *     struct ticks {
 *         ASYNC_AGENERATOR(int);        // yields ints; comes first
 *         int n;
 *     };
 *     ASYNC_DEF(ticks)                  // async def ticks(n):
 *     {
 *         ASYNC_BEGIN;
 *         for (; self->n > 0; self->n--) {
 *             AWAIT(async_sleep_ms(10));
 *             ASYNC_YIELD(self->n);     // what was sent is in self->sent
 *         }
 *         ASYNC_END;
 *     }
 *
 *     async_agenerator_init(ASYNC_CALL(ticks, &self->ticks, .n = 3));
 *     ASYNC_FOR(async_anext(&self->ticks)) {
 *         use(self->ticks.value);       // the item
 *     } ASYNC_END_FOR;
 *
 * async_anext() and its like are coroutines: they can be awaited, and given to
 * async_wait_for(), async_create_task() and so on. A generator serves one of
 * them at a time; awaiting another meanwhile raises ASYNC_ERR_REUSED. A yield
 * goes straight to who awaits the item, without the loop.
 *
 * A generator that has begun and is not finished must stay valid until it is
 * closed or its loop is: with ASYNC_TRACK_GENERATORS the loop knows it, and
 * async_run() closes it.
 */
#ifndef ASYNC_ASYNC_GENERATOR_H_INCLUDED
#define ASYNC_ASYNC_GENERATOR_H_INCLUDED

#include "generator.h"
#include "loop.h"

/** The header of the frame: 24 bytes on a 32-bit machine, 8 more with
 * ASYNC_TRACK_GENERATORS. All private. */
struct async_agenerator {
    async_coro_t coro;  /**< its caller: 0: new; &outer; a mark: finished */
    async_coro_t outer; /**< between it and who awaits an item: its caller */
#if ASYNC_TRACK_GENERATORS
    async_node_t all;   /**< in the loop's list */
#endif
};

/** First member of the frame; `type` is what it yields and what can be sent to
 * it. It declares `value`, the item, and `sent` of that type. */
#define ASYNC_AGENERATOR(type)                                                 \
    union {                                                                    \
        async_coro_t async_;                                                   \
        async_agenerator_t generator_;                                         \
    };                                                                         \
    type value;                                                                \
    type sent

/**
 * Runs the generator to its next item, which is in `value` of its frame behind
 * the AWAIT: anext(generator).
 *
 * @param generator  Pointer to the frame, made by ASYNC_CALL and
 *                   async_agenerator_init(). Evaluated more than once.
 * @returns A coroutine. It raises ASYNC_ERR_STOP_ASYNC_ITERATION when the
 *          generator has ended, and for ever after; ASYNC_ERR_RUNTIME in place
 *          of a stop that the body raised itself; or the error that ended it.
 * @context{any; await it in a task} @cancel{as what the body awaits}
 * @cost{O(1) and what the body does}
 */
#define async_anext(generator)                                                 \
    (async_clear_sent_(&(generator)->generator_, &(generator)->sent,           \
                       sizeof(generator)->sent),                               \
     async_item_needs_AWAIT_(&(generator)->generator_, ASYNC_AG_NEXT_, 0))

/** The same, and `data` becomes what was sent, at the yield it waits at:
 * generator.asend(data). It raises ASYNC_ERR_TYPE if the generator is new, since
 * nobody waits for the value. */
#define async_asend(generator, data)                                           \
    ((generator)->generator_.outer.caller == NULL                              \
         ? (void)((generator)->sent = (data))                                  \
         : (void)0,                                                            \
     async_item_needs_AWAIT_(&(generator)->generator_, ASYNC_AG_SEND_, 0))

/** The same, and `error` is raised at the yield: generator.athrow(error). It
 * does nothing if the generator is finished. */
#define async_athrow(generator, error)                                         \
    async_item_needs_AWAIT_(&(generator)->generator_, ASYNC_AG_THROW_, (error))

/**
 * Ends the generator: raises ASYNC_ERR_GENERATOR_EXIT at its yield, so that it
 * can clean up, which may await: generator.aclose(). A new one ends without
 * running; a finished one is left alone.
 *
 * @returns A coroutine. It raises ASYNC_ERR_RUNTIME if the generator yielded
 *          again; or the error that the body raised. After a generator yielded
 *          again it cannot be closed any more, nor thrown into: that raises
 *          ASYNC_ERR_STOP_ASYNC_ITERATION.
 * @context{any; await it in a task} @cancel{as what the body awaits}
 */
#define async_aclose(generator) async_aclose_(&(generator)->generator_)

/* Bits of outer.point. */
#define ASYNC_AG_ALIVE_ 0x01u   /* always, so that it is never 0 */
#define ASYNC_AG_CLOSED_ 0x02u  /* was told to end */
#define ASYNC_AG_CLOSING_ 0x04u /* and has not answered */
#define ASYNC_AG_RUNNING_ 0x08u /* between a question and the answer */
#define ASYNC_AG_NEXT_ 0x10u    /* what is asked; not begun yet */
#define ASYNC_AG_SEND_ 0x20u
#define ASYNC_AG_THROW_ 0x40u
#define ASYNC_AG_CLOSE_ 0x80u

ASYNC_EXTERN_C_BEGIN

#define async_agenerator_init ASYNC_ABI_(async_agenerator_init)
/** Makes an asynchronous generator of what ASYNC_CALL or ASYNC_CALL_HEADER
 * returned. It must not be an unfinished one. @context{any} @cost{O(1)} */
void async_agenerator_init(async_coro_t *coro);

/** Asks something of a generator that is idle. The name is what a compiler says
 * when the result is not used. */
ASYNC_MUST_USE async_coro_t *
async_item_needs_AWAIT_(async_agenerator_t *generator, unsigned what, int error);

#if ASYNC_TRACK_GENERATORS
/** Iterates over the asynchronous generators that this loop has run and that
 * are not finished, in the order in which they began.
 * @param previous  0 to begin. @returns 0 at the end.
 * @context{any, not ISR} @cost{O(1)} */
async_agenerator_t *async_all_agenerators(async_loop_t *loop,
                                          const async_agenerator_t *previous);
#endif

ASYNC_EXTERN_C_END

/** async_aclose() of what async_all_agenerators() returned. */
static inline ASYNC_MUST_USE async_coro_t *
async_aclose_(async_agenerator_t *generator)
{
    return async_item_needs_AWAIT_(generator, ASYNC_AG_CLOSE_, 0);
}

/* Not while the body runs: it may still want to look at it. */
static inline void async_clear_sent_(const async_agenerator_t *generator,
                                     void *sent, size_t size)
{
    if (generator->outer.caller == NULL) {
        __builtin_memset(sent, 0, size);
    }
}

#endif
