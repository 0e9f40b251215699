/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Generators: coroutines that hand out items one by one. They need no loop, and
 * may await nothing but coroutines that do not wait: the error of an operation
 * or a future would end up in the task that asks for the item.
 *
 *     struct countdown {
 *         ASYNC_GENERATOR(int);     // yields ints; comes first
 *         int n;
 *     };
 *     ASYNC_DEF(countdown)          // def countdown(n):
 *     {
 *         ASYNC_BEGIN;
 *         for (; self->n > 0; self->n--) {
 *             ASYNC_YIELD(self->n); // what was sent is in self->sent
 *         }
 *         ASYNC_END;
 *     }
 *
 *     struct countdown g;
 *     int item;
 *     async_generator_init(ASYNC_CALL(countdown, &g, .n = 3));
 *     while (async_next(&g, &item) == ASYNC_OK) { ... }
 */
#ifndef ASYNC_GENERATOR_H_INCLUDED
#define ASYNC_GENERATOR_H_INCLUDED

#include "coro.h"

typedef struct async_generator async_generator_t;
typedef struct async_agenerator async_agenerator_t; /* async_generator.h */

/** The header of a generator's frame. All private. */
struct async_generator {
    async_coro_t coro;
    async_coro_t *inner;      /**< where to resume; 0: new or finished */
    async_generator_t *root;  /**< who is iterated, for a `yield from`; or 0 */
    void *exchange;           /**< the item yielded, then the value sent */
};

/** First member of a generator's frame; `type` is what it yields and what can
 * be sent to it. It declares `value` and `sent` of that type. */
#define ASYNC_GENERATOR(type)                                                  \
    union {                                                                    \
        async_coro_t async_;                                                   \
        async_generator_t generator_;                                          \
    };                                                                         \
    type value;                                                                \
    type sent

/**
 * Hands out an item and waits for the next request. Afterwards `self->sent` is
 * what async_send() sent, or zero. An error that async_throw() threw is raised
 * here, ASYNC_ERR_GENERATOR_EXIT by async_close(). In an asynchronous generator
 * the same, with async_asend() and so on.
 */
#define ASYNC_YIELD(item)                                                      \
    do {                                                                       \
        self->value = (item);                                                  \
        ASYNC_SUSPEND_OR_RAISE_(                                               \
            ASYNC_YIELD_OF_(&self->generator_, &self->value, ctx_),            \
            __COUNTER__);                                                      \
        ASYNC_RECEIVED_(&self->generator_, &self->sent, sizeof self->sent);    \
    } while (0)

/**
 * Hands out all items of another generator (ASYNC_CALL) of the same type:
 * `yield from`. What is sent and thrown goes straight to the innermost one; a
 * close goes from the innermost outwards, and one that yields again is an
 * ASYNC_ERR_RUNTIME here. Its result is where it left it in its frame.
 *
 * @cost{O(1) per item, however deep}
 */
#define ASYNC_YIELD_FROM(coro)                                                 \
    do {                                                                       \
        ASYNC_SUSPEND_(                                                        \
            async_await_(async_yield_from_(&self->generator_, (coro))),        \
            __COUNTER__);                                                      \
        async_yielded_from_(&self->generator_, ctx_);                          \
        if (ctx_->status != 0) {                                               \
            ASYNC_GO_RAISE_;                                                   \
        }                                                                      \
    } while (0)

ASYNC_EXTERN_C_BEGIN

/**
 * Runs the generator to its next item: next(generator).
 *
 * @param generator  Pointer to the frame, made by ASYNC_CALL.
 * @param item       Pointer to where the item is copied.
 * @returns 0 and an item; ASYNC_ERR_STOP_ITERATION at the end and for ever
 *          after; ASYNC_ERR_VALUE if the generator is running right now; or the
 *          error the generator raised, which ends it.
 * @context{any}
 * @cost{O(1) and what the generator does}
 */
#define async_next(generator, item)                                            \
    (ASYNC_SAME_TYPE_(&(generator)->value, item),                              \
     __builtin_memset(&(generator)->sent, 0, sizeof(generator)->sent),         \
     async_generator_next_(&(generator)->generator_, &(generator)->sent,       \
                           (item), sizeof *(item)))

/**
 * The same, and `value` becomes the result of the yield it waits at:
 * generator.send(value).
 *
 * @returns As async_next(); ASYNC_ERR_TYPE for a generator that has not been
 *          started, since nobody waits for the value.
 */
#define async_send(generator, data, item)                                      \
    (ASYNC_SAME_TYPE_(&(generator)->value, item), (generator)->sent = (data),  \
     async_generator_send_(&(generator)->generator_, &(generator)->sent,       \
                           (item), sizeof *(item)))

/** The same, and `error` is raised at the yield: generator.throw(error). */
#define async_throw(generator, error, item)                                    \
    (ASYNC_SAME_TYPE_(&(generator)->value, item),                              \
     async_generator_throw_(&(generator)->generator_, (error), (item),         \
                            sizeof *(item)))

/**
 * Ends the generator: raises ASYNC_ERR_GENERATOR_EXIT at its yield so that it
 * can clean up. A new or finished one is left alone.
 *
 * @returns 0; ASYNC_ERR_RUNTIME if it yielded again; or the error it raised.
 */
#define async_close(generator) async_generator_close_(&(generator)->generator_)

#define async_generator_next_ ASYNC_ABI_(async_generator_next_)
#define async_generator_send_ ASYNC_ABI_(async_generator_send_)
#define async_generator_throw_ ASYNC_ABI_(async_generator_throw_)
#define async_generator_close_ ASYNC_ABI_(async_generator_close_)
int async_generator_next_(async_generator_t *generator, void *sent, void *item,
                          size_t size);
int async_generator_send_(async_generator_t *generator, void *sent, void *item,
                          size_t size);
int async_generator_throw_(async_generator_t *generator, int error, void *item,
                           size_t size);
int async_generator_close_(async_generator_t *generator);
async_next_t async_yield_(async_generator_t *self, void *value,
                          async_context_t *context);
void async_yielded_from_(async_generator_t *self, async_context_t *context);
async_next_t async_ayield_(async_agenerator_t *self, void *value,
                           async_context_t *context);

ASYNC_EXTERN_C_END

/** Makes a generator of what ASYNC_CALL or ASYNC_CALL_HEADER returned, to be
 * iterated by its frame. */
static inline void async_generator_init(async_coro_t *coro)
{
    async_generator_t *generator = (async_generator_t *)(void *)coro;
    ASYNC_CHECK(coro != NULL, NULL_ARGUMENT);
    async_debug_generator_(coro);
    generator->inner = NULL;
    generator->root = NULL;
}

static inline async_generator_t *async_root_(async_generator_t *generator)
{
    return generator->root != NULL ? generator->root : generator;
}

static inline async_coro_t *async_yield_from_(async_generator_t *self,
                                              async_coro_t *coro)
{
    if (coro->caller == NULL) { /* else the await fails */
        ((async_generator_t *)(void *)coro)->root = async_root_(self);
    }
    return coro;
}

/* The value was sent to the root's frame; a `yield from` copies it inside. */
static inline void async_received_(async_generator_t *self, void *sent,
                                   size_t size)
{
    if (self->root != NULL) {
        __builtin_memcpy(sent, self->root->exchange, size);
    }
}

/* An asynchronous generator gets it in its own frame. */
static inline void async_areceived_(async_agenerator_t *self, void *sent,
                                    size_t size)
{
    (void)self;
    (void)sent;
    (void)size;
}

/* The two kinds of ASYNC_YIELD. */
#ifdef __cplusplus
inline async_next_t async_yield_of_(async_generator_t *self, void *value,
                                    async_context_t *context)
{
    return async_yield_(self, value, context);
}
inline async_next_t async_yield_of_(async_agenerator_t *self, void *value,
                                    async_context_t *context)
{
    return async_ayield_(self, value, context);
}
inline void async_received_of_(async_generator_t *self, void *sent, size_t size)
{
    async_received_(self, sent, size);
}
inline void async_received_of_(async_agenerator_t *self, void *sent,
                               size_t size)
{
    async_areceived_(self, sent, size);
}
#define ASYNC_YIELD_OF_ async_yield_of_
#define ASYNC_RECEIVED_ async_received_of_
#else
#define ASYNC_YIELD_OF_(generator, value, context)            \
    _Generic((generator),                                     \
        async_generator_t *: async_yield_,                    \
        async_agenerator_t *: async_ayield_)(generator, value, context)
#define ASYNC_RECEIVED_(generator, sent, size)                \
    _Generic((generator),                                     \
        async_generator_t *: async_received_,                 \
        async_agenerator_t *: async_areceived_)(generator, sent, size)
#endif

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_GENERATOR_IMPLEMENTED)
#define ASYNC_GENERATOR_IMPLEMENTED
#include "detail/generator_impl.h"
#endif
