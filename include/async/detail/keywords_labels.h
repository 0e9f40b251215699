/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The keywords with the addresses of labels, a GNU extension that ASYNC_LABELS
 * asks for: the frame holds the address where the coroutine goes on, so that
 * an AWAIT may stand inside a `switch` of the user. A pointer, not an offset:
 * the compiler may put a part of the function into another section.
 *
 * Each TRY declares its own labels async_raise_ and async_return_, which hide
 * those outside; behind them the status tells how the part was left: 0, an
 * error, or ASYNC_RETURNING_. */
#ifndef ASYNC_DETAIL_KEYWORDS_LABELS_H_INCLUDED
#define ASYNC_DETAIL_KEYWORDS_LABELS_H_INCLUDED

/* A function with a computed goto is never inlined, and must not be copied. */
#ifdef __clang__
#define ASYNC_ONE_COPY_ __attribute__((noinline))
#else
#define ASYNC_ONE_COPY_ __attribute__((noinline, noclone))
#endif

#define ASYNC_BODY_(name, storage)                                             \
    static ASYNC_ONE_COPY_ async_next_t name##_body_(struct name *self,        \
                                                     async_context_t *ctx_);   \
    ASYNC_FRAME_FIRST_(name);                                                  \
    storage async_next_t ASYNC_RESUME_(name)(                                  \
        async_coro_t * frame_, async_context_t * ctx_, uint8_t point_)         \
    {                                                                          \
        (void)point_;                                                          \
        return name##_body_((struct name *)(void *)frame_, ctx_);              \
    }                                                                          \
    static ASYNC_ONE_COPY_ async_next_t name##_body_(struct name *self,        \
                                                     async_context_t *ctx_)

/* From ASYNC_BEGIN to ASYNC_END: GCC 12 takes a label for a local variable
 * whose address must not be stored. */
#if !defined(__clang__) && __GNUC__ >= 12
#define ASYNC_DANGLING_OFF_ \
    _Pragma("GCC diagnostic ignored \"-Wdangling-pointer\"")
#else
#define ASYNC_DANGLING_OFF_
#endif
#define ASYNC_PEDANTIC_OFF_                           \
    _Pragma("GCC diagnostic push")                    \
    _Pragma("GCC diagnostic ignored \"-Wpedantic\"") \
    ASYNC_DANGLING_OFF_
#define ASYNC_PEDANTIC_ON_ _Pragma("GCC diagnostic pop")

#define ASYNC_ENTRY_(frame, context) 0u /* the frame has an address */

#define ASYNC_JOIN_(a, b) ASYNC_JOIN_2_(a, b)
#define ASYNC_JOIN_2_(a, b) a##b

/* A part of a coroutine that errors and returns can leave: a block with its
 * own labels, each used at least once so that none is ever "unused". */
#define ASYNC_PART_BEGIN_                                                      \
    {                                                                          \
        __label__ async_raise_, async_return_;                                 \
        if (0) {                                                               \
            goto async_return_;                                                \
        }                                                                      \
        do {                                                                   \
            {

/* `on_return` is the status a return leaves; break_ does not compile. */
#define ASYNC_PART_END_(on_return, break_)                                     \
            }                                                                  \
            goto async_raise_; /* with status 0 */                             \
        } while (0);                                                           \
        break_();                                                              \
    async_return_:                                                             \
        ctx_->status = (on_return);                                            \
    async_raise_:;                                                             \
    }

#define ASYNC_BODY_END_                                                        \
    ASYNC_PART_END_(0, async_break_outside_a_loop_of_a_coroutine_)

/* Whether the point that follows is in a CLEANUP part, and in a FINALLY or
 * CLEANUP part. */
#define ASYNC_BEGIN_                                                           \
    ASYNC_PEDANTIC_OFF_                                                        \
    ASYNC_TAG_(async_cleanup_, 0u);                                            \
    ASYNC_TAG_(async_in_finally_, 0u);                                         \
    async_next_t async_next_;                                                  \
    async_next_.frame_ = NULL;                                                 \
    (void)async_next_;                                                         \
    if (self->async_.point != NULL) {                                          \
        goto *self->async_.point;                                              \
    }                                                                          \
    (void)__extension__ &&async_start_; /* clang wants one, AWAIT or not */    \
async_start_:                                                                  \
    {                                                                          \
        ASYNC_PART_BEGIN_

#define ASYNC_CLEANUP_                                                         \
        ASYNC_BODY_END_                                                        \
    }                                                                          \
    {                                                                          \
        ASYNC_TAG_(async_cleanup_, 1u);                                        \
        ASYNC_TAG_(async_in_finally_, 1u);                                     \
        self->async_.pending = ctx_->status;                                   \
        ctx_->status = 0;                                                      \
        ASYNC_PART_BEGIN_                                                      \
        (void)0

#define ASYNC_END_                                                             \
            if (ASYNC_GET_(async_cleanup_)) {                                  \
                ctx_->status = self->async_.pending;                           \
            }                                                                  \
        ASYNC_BODY_END_                                                        \
    }                                                                          \
    ASYNC_DEBUG_END_                                                           \
    async_next_.frame_ = self->async_.caller;                                  \
    ASYNC_PEDANTIC_ON_                                                         \
    return async_next_

/* Where an error and a return go from here. */
#define ASYNC_GO_RAISE_ goto async_raise_
#define ASYNC_GO_RETURN_ goto async_return_

#define ASYNC_SUSPEND_(next, counter)                                          \
    ASYNC_SUSPEND_AT_(next, ASYNC_JOIN_(async_point_, counter))
#define ASYNC_SUSPEND_AT_(next, label)                                         \
    async_next_ = (next);                                                      \
    if (async_next_.frame_ != NULL) {                                          \
        self->async_.point = __extension__ &&label;                            \
        return async_next_;                                                    \
    label:;                                                                    \
    }                                                                          \
    (void)0

#define ASYNC_SUSPEND_OR_RAISE_(next, counter)                                 \
    ASYNC_SUSPEND_(next, counter);                                             \
    if (ctx_->status != 0) {                                                   \
        goto async_raise_;                                                     \
    }

#define ASYNC_TRY_                                                             \
    {                                                                          \
        ASYNC_PART_BEGIN_

#define ASYNC_END_OF_TRY_                                                      \
        ASYNC_PART_END_(ASYNC_RETURNING_,                                      \
                        async_break_or_continue_out_of_ASYNC_TRY_)

#define ASYNC_EXCEPT_WHEN_(lvalue, condition)                                  \
        ASYNC_END_OF_TRY_                                                      \
        if (ctx_->status > 0) {                                                \
            goto async_return_;                                                \
        }                                                                      \
        if (ctx_->status < 0) {                                                \
            (lvalue) = ctx_->status;                                           \
            if (!(condition)) {                                                \
                goto async_raise_;                                             \
            }                                                                  \
            ctx_->status = 0;                                                  \
            {

#define ASYNC_END_EXCEPT_                                                      \
            }                                                                  \
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
        (slot) = ctx_->status;                                                 \
        ctx_->status = 0;

#define ASYNC_END_FINALLY_IN_(slot)                                            \
            }                                                                  \
        }                                                                      \
        ctx_->status = (slot);                                                 \
        if (ctx_->status > 0) {                                                \
            goto async_return_;                                                \
        }                                                                      \
        if (ctx_->status < 0) {                                                \
            goto async_raise_;                                                 \
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
        __label__ async_leave_;                                                \
        ASYNC_AWAIT(enter);                                                    \
        if (0) {                                                               \
        async_leave_:

#define ASYNC_SCOPE_BODY_                                                      \
            if (ctx_->status > 0) {                                            \
                goto async_return_;                                            \
            }                                                                  \
            if (ctx_->status < 0) {                                            \
                goto async_raise_;                                             \
            }                                                                  \
        } else {                                                               \
            ASYNC_PART_BEGIN_

#define ASYNC_END_SCOPE_                                                       \
            ASYNC_PART_END_(ASYNC_RETURNING_,                                  \
                            async_break_or_continue_out_of_a_block_)           \
            goto async_leave_;                                                 \
        }                                                                      \
    }                                                                          \
    (void)0

#endif
