/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The keywords in standard C: a coroutine is one big switch, and each place
 * where it can go on is a `case` in the middle of it.
 *
 * The cases are numbered with __COUNTER__ from ASYNC_BEGIN on, densely, so that
 * the switch is a jump table. Besides the resume points of AWAIT, each TRY has
 * two: where its errors go, and where everything meets after it.
 *
 * Which TRY encloses an AWAIT is known at compile time: nested blocks shadow
 * the constants async_raise_ and async_return_. There are two of them because an
 * error goes to the nearest EXCEPT or FINALLY, but a return only stops at a
 * FINALLY. So an AWAIT stores two points, where to go on and where its error
 * goes, and returns in any case; whoever runs frames looks at the status and
 * passes one of them (detail/step.h). What an AWAIT does on success and what it
 * does on failure are no code of the coroutine. */
#ifndef ASYNC_DETAIL_KEYWORDS_SWITCH_H_INCLUDED
#define ASYNC_DETAIL_KEYWORDS_SWITCH_H_INCLUDED

#define ASYNC_BODY_(name, storage)                                             \
    static ASYNC_ALWAYS_INLINE_ async_next_t name##_body_(                     \
        struct name *self, async_context_t *ctx_, uint8_t async_point_);       \
    ASYNC_FRAME_FIRST_(name);                                                  \
    storage async_next_t ASYNC_RESUME_(name)(                                  \
        async_coro_t * frame_, async_context_t * ctx_, uint8_t point_)         \
    {                                                                          \
        return name##_body_((struct name *)(void *)frame_, ctx_, point_);      \
    }                                                                          \
    static ASYNC_ALWAYS_INLINE_ async_next_t name##_body_(                     \
        struct name *self, async_context_t *ctx_, uint8_t async_point_)

/* Resume points count from a magic number, so that a `switch` of the user around
 * an AWAIT does not run into its `case` by accident. The first three are of the
 * coroutine's own `switch`, which no other can be around. */
#define ASYNC_MAGIC_ 0x80u
#define ASYNC_POINT_MAX_ 0xffu
#define ASYNC_START_ 0u     /* the function's begin */
#define ASYNC_UNHANDLED_ 1u /* the CLEANUP part, if any */
#define ASYNC_EXIT_ 2u      /* out of the function */

/* What `raise` of a frame is: 0 in one that is all zero. */
#define ASYNC_RAISE_TO_(point) (uint8_t)((point) ^ ASYNC_UNHANDLED_)
#define ASYNC_ENTRY_(frame, context)   \
    ((context)->status == 0 ? (frame)->point : ASYNC_RAISE_TO_((frame)->raise))

/* What no point is. A case of this value draws a warning in a `switch` of the user,
 * over an int or less, and goes without a trace in that of the coroutine. */
#if defined(__SIZEOF_INT__) && __SIZEOF_INT__ == 2
#define ASYNC_NEVER_ 0xa500u
#else
#define ASYNC_NEVER_ 0xa5110000u
#endif

#define ASYNC_POINT_(counter) (ASYNC_MAGIC_ + (unsigned)((counter) - async_base_))
#define ASYNC_CASE_(point) case (unsigned)(point)
#define ASYNC_JUMP_(point)                                                     \
    do {                                                                       \
        async_point_ = (uint8_t)(point);                                       \
        goto async_dispatch_;                                                  \
    } while (0)

#if defined(__GNUC__) && (__GNUC__ >= 7 || defined(__clang__))
#define ASYNC_FALLTHROUGH_ __attribute__((fallthrough))
#else
#define ASYNC_FALLTHROUGH_ (void)0
#endif

/* Tags: async_raise_ and async_return_ are the points that an error and a
 * return go to from here; async_cleanup_ and async_in_finally_ are flags. */

#define ASYNC_BEGIN_                                                           \
    enum { async_base_ = __COUNTER__ };                                        \
    ASYNC_TAG_(async_raise_, ASYNC_UNHANDLED_);                                \
    ASYNC_TAG_(async_return_, ASYNC_UNHANDLED_);                               \
    ASYNC_TAG_(async_cleanup_, 0u);                                            \
    ASYNC_TAG_(async_in_finally_, 0u);                                         \
    if (0) {                                                                   \
        goto async_dispatch_; /* so that the label is always used */           \
    }                                                                          \
async_dispatch_:                                                               \
    switch ((unsigned)async_point_) {                                          \
    default:                                                                   \
        if (ASYNC_DEBUG && async_point_ <= ASYNC_EXIT_) {                      \
            goto async_exit_;                                                  \
        }                                                                      \
        return async_other_point_(&self->async_, ctx_, async_point_);          \
    ASYNC_CASE_(ASYNC_START_): {                                               \
            {

#define ASYNC_CLEANUP_                                                         \
            }                                                                  \
        }                                                                      \
        ASYNC_FALLTHROUGH_;                                                    \
    ASYNC_CASE_(ASYNC_UNHANDLED_): {                                           \
            ASYNC_TAG_(async_raise_, ASYNC_EXIT_);                             \
            ASYNC_TAG_(async_return_, ASYNC_EXIT_);                            \
            ASYNC_TAG_(async_cleanup_, 1u);                                    \
            ASYNC_TAG_(async_in_finally_, 1u);                                 \
            self->async_.pending = ctx_->status;                               \
            ctx_->status = 0;                                                  \
            {                                                                  \
                (void)0

#define ASYNC_END_                                                             \
            }                                                                  \
            if (ASYNC_GET_(async_cleanup_) && ctx_->status == 0) {             \
                ctx_->status = self->async_.pending;                           \
            }                                                                  \
            goto async_exit_;                                                  \
        }                                                                      \
    }                                                                          \
    async_break_outside_a_loop_of_a_coroutine_();                              \
    ASYNC_STATIC_ASSERT(ASYNC_POINT_(__COUNTER__) <= ASYNC_POINT_MAX_ + 1u,    \
                        "this coroutine has too many resume points");          \
async_exit_:                                                                   \
    ASYNC_DEBUG_END_                                                           \
    return async_caller_of_(&self->async_)

/* Where an error and a return go from here. */
#define ASYNC_GO_RAISE_ ASYNC_JUMP_(ASYNC_GET_(async_raise_))
#define ASYNC_GO_RETURN_                                                       \
    ctx_->status = ASYNC_GET_(async_return_) <= ASYNC_EXIT_                    \
                       ? 0                                                     \
                       : ASYNC_RETURNING_;                                     \
    ASYNC_JUMP_(ASYNC_GET_(async_return_))

/* Goes on here: in any case, or if there is no error. */
#define ASYNC_SUSPEND_(next, counter)                                          \
    ASYNC_SUSPEND_AT_(next, ASYNC_POINT_(counter), ASYNC_POINT_(counter))
#define ASYNC_SUSPEND_OR_RAISE_(next, counter)                                 \
    ASYNC_SUSPEND_AT_(next, ASYNC_POINT_(counter), ASYNC_GET_(async_raise_))
#if ASYNC_FAST && ASYNC_HOSTED
/* What need not wait goes on at once: more code, but neither a return nor a call
 * through a pointer. */
#define ASYNC_SUSPEND_AT_(next, number, error)                                 \
    {                                                                          \
        async_next_t async_next_ = (next);                                     \
        if (async_next_.frame_ != NULL || ctx_->status != 0) {                 \
            self->async_.point = (uint8_t)(number);                            \
            self->async_.raise = ASYNC_RAISE_TO_(error);                       \
            return async_next_;                                                \
        }                                                                      \
    }                                                                          \
    ASYNC_FALLTHROUGH_;                                                        \
    ASYNC_CASE_(ASYNC_NEVER_ + (number)): /* see above */                      \
    ASYNC_CASE_(number):
#else
#define ASYNC_SUSPEND_AT_(next, number, error)                                 \
    self->async_.point = (uint8_t)(number);                                    \
    self->async_.raise = ASYNC_RAISE_TO_(error);                               \
    return (next);                                                             \
    ASYNC_CASE_(ASYNC_NEVER_ + (number)): /* see above */                      \
    ASYNC_CASE_(number):
#endif

#define ASYNC_TRY_                                                             \
    {                                                                          \
        ASYNC_TAG_(async_catch_, ASYNC_POINT_(__COUNTER__));                   \
        ASYNC_TAG_(async_after_, ASYNC_POINT_(__COUNTER__));                   \
        do {                                                                   \
            ASYNC_TAG_(async_raise_, ASYNC_GET_(async_catch_));                \
            ASYNC_TAG_(async_return_, ASYNC_GET_(async_after_));               \
            {

#define ASYNC_END_OF_TRY_                                                      \
            }                                                                  \
            ASYNC_JUMP_(ASYNC_GET_(async_after_));                             \
        } while (0);                                                           \
        async_break_or_continue_out_of_ASYNC_TRY_();

#define ASYNC_EXCEPT_WHEN_(lvalue, condition)                                  \
        ASYNC_END_OF_TRY_                                                      \
        ASYNC_CASE_(ASYNC_GET_(async_catch_)) : (lvalue) = ctx_->status;       \
        if (!(condition)) {                                                    \
            ASYNC_GO_RAISE_;                                                   \
        }                                                                      \
        ctx_->status = 0;                                                      \
        {                                                                      \
            {

#define ASYNC_END_EXCEPT_                                                      \
            }                                                                  \
        }                                                                      \
        ASYNC_FALLTHROUGH_;                                                    \
        ASYNC_CASE_(ASYNC_GET_(async_after_)) : if (ctx_->status != 0)         \
        {                                                                      \
            ASYNC_GO_RETURN_;                                                  \
        }                                                                      \
    }                                                                          \
    (void)0

#define ASYNC_FINALLY_                                                         \
        ASYNC_FINALLY_BEGIN_(self->async_.pending)                             \
        ASYNC_STATIC_ASSERT(ASYNC_GET_(async_in_finally_) == 0,                \
                            "FINALLY inside FINALLY or CLEANUP: use "          \
                            "ASYNC_FINALLY_IN with a field of the frame");     \
        {                                                                      \
            ASYNC_TAG_(async_in_finally_, 1u);                                 \
            {

#define ASYNC_FINALLY_IN_(slot)                                                \
        ASYNC_FINALLY_BEGIN_(slot)                                             \
        {                                                                      \
            {

#define ASYNC_FINALLY_BEGIN_(slot)                                             \
        ASYNC_END_OF_TRY_                                                      \
        ASYNC_CASE_(ASYNC_GET_(async_catch_)) :                                \
        ASYNC_CASE_(ASYNC_GET_(async_after_)) : (slot) = ctx_->status;         \
        ctx_->status = 0;

#define ASYNC_END_FINALLY_IN_(slot)                                            \
            }                                                                  \
        }                                                                      \
        ctx_->status = (slot);                                                 \
        if (ctx_->status > 0) {                                                \
            ASYNC_GO_RETURN_;                                                  \
        }                                                                      \
        if (ctx_->status < 0) {                                                \
            ASYNC_GO_RAISE_;                                                   \
        }                                                                      \
    }                                                                          \
    (void)0

/* Blocks with an enter and a leave part: with, timeout, group. What END cannot
 * be told, `leave`, stands before the body, where only errors, returns and the
 * end of the body jump to; from there it goes on behind both. */
#define ASYNC_SCOPE_(enter, leave)                                             \
    ASYNC_SCOPE_BEGIN_(enter)                                                  \
            ctx_->status = (int16_t)(leave);                                   \
    ASYNC_SCOPE_BODY_

/* `then` is what becomes of the body if the awaited `leave` did not fail. */
#define ASYNC_SCOPE_AWAIT_THEN_(enter, slot, leave, then)                      \
    ASYNC_SCOPE_BEGIN_(enter)                                                  \
            (slot) = ctx_->status;                                             \
            ctx_->status = 0;                                                  \
            ASYNC_SUSPEND_(async_await_(leave), __COUNTER__);                  \
            if (ctx_->status == 0) {                                           \
                ctx_->status = (int16_t)(then);                                \
            }                                                                  \
    ASYNC_SCOPE_BODY_

#define ASYNC_SCOPE_BEGIN_(enter)                                              \
    {                                                                          \
        ASYNC_TAG_(async_leave_, ASYNC_POINT_(__COUNTER__));                   \
        ASYNC_AWAIT(enter);                                                    \
        if (0) {                                                               \
        ASYNC_CASE_(ASYNC_GET_(async_leave_)):

#define ASYNC_SCOPE_BODY_                                                      \
            if (ctx_->status > 0) {                                            \
                ASYNC_GO_RETURN_;                                              \
            }                                                                  \
            if (ctx_->status < 0) {                                            \
                ASYNC_GO_RAISE_;                                               \
            }                                                                  \
        } else {                                                               \
            do {                                                               \
                ASYNC_TAG_(async_raise_, ASYNC_GET_(async_leave_));            \
                ASYNC_TAG_(async_return_, ASYNC_GET_(async_leave_));           \
                {

#define ASYNC_END_SCOPE_                                                       \
                }                                                              \
                ASYNC_JUMP_(ASYNC_GET_(async_leave_));                         \
            } while (0);                                                       \
            async_break_or_continue_out_of_a_block_();                         \
        }                                                                      \
    }                                                                          \
    (void)0

#endif
