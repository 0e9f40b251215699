/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* How ASYNC_CALL turns `.field = value` into assignments. Included by coro.h. */
#ifndef ASYNC_DETAIL_CALL_H_INCLUDED
#define ASYNC_DETAIL_CALL_H_INCLUDED

/* Picks ASYNC_CALL_<n>_ where n is the number of arguments; that turns each
 * `.field = value` into an assignment and calls `make` with all of them. */
#define ASYNC_PICK_(...)                                                       \
    ASYNC_PICK_15_(__VA_ARGS__, ASYNC_CALL_14_, ASYNC_CALL_13_,                \
                   ASYNC_CALL_12_, ASYNC_CALL_11_, ASYNC_CALL_10_,             \
                   ASYNC_CALL_9_, ASYNC_CALL_8_, ASYNC_CALL_7_, ASYNC_CALL_6_, \
                   ASYNC_CALL_5_, ASYNC_CALL_4_, ASYNC_CALL_3_, ASYNC_CALL_2_, \
                   ASYNC_CALL_1_, 0)
#define ASYNC_PICK_15_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, pick, ...) pick

/* Nothing of this name is declared. */
#define ASYNC_CALL_1_(make, name) ASYNC_CALL_needs_a_name_and_a_frame
#define ASYNC_CALL_2_(make, name, at) make(name, at, )
#define ASYNC_CALL_3_(make, name, at, a) make(name, at, ASYNC_SET_(name, a))
#define ASYNC_CALL_4_(make, name, at, ...) \
    make(name, at, ASYNC_SET_2_(name, __VA_ARGS__))
#define ASYNC_CALL_5_(make, name, at, ...) \
    make(name, at, ASYNC_SET_3_(name, __VA_ARGS__))
#define ASYNC_CALL_6_(make, name, at, ...) \
    make(name, at, ASYNC_SET_4_(name, __VA_ARGS__))
#define ASYNC_CALL_7_(make, name, at, ...) \
    make(name, at, ASYNC_SET_5_(name, __VA_ARGS__))
#define ASYNC_CALL_8_(make, name, at, ...) \
    make(name, at, ASYNC_SET_6_(name, __VA_ARGS__))
#define ASYNC_CALL_9_(make, name, at, ...) \
    make(name, at, ASYNC_SET_7_(name, __VA_ARGS__))
#define ASYNC_CALL_10_(make, name, at, ...) \
    make(name, at, ASYNC_SET_8_(name, __VA_ARGS__))
#define ASYNC_CALL_11_(make, name, at, ...) \
    make(name, at, ASYNC_SET_9_(name, __VA_ARGS__))
#define ASYNC_CALL_12_(make, name, at, ...) \
    make(name, at, ASYNC_SET_10_(name, __VA_ARGS__))
#define ASYNC_CALL_13_(make, name, at, ...) \
    make(name, at, ASYNC_SET_11_(name, __VA_ARGS__))
#define ASYNC_CALL_14_(make, name, at, ...) \
    make(name, at, ASYNC_SET_12_(name, __VA_ARGS__))

#define ASYNC_SET_(name, a) (*name##_frame_) a;
#define ASYNC_SET_2_(name, a, b) ASYNC_SET_(name, a) ASYNC_SET_(name, b)
#define ASYNC_SET_3_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_2_(name, __VA_ARGS__)
#define ASYNC_SET_4_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_3_(name, __VA_ARGS__)
#define ASYNC_SET_5_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_4_(name, __VA_ARGS__)
#define ASYNC_SET_6_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_5_(name, __VA_ARGS__)
#define ASYNC_SET_7_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_6_(name, __VA_ARGS__)
#define ASYNC_SET_8_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_7_(name, __VA_ARGS__)
#define ASYNC_SET_9_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_8_(name, __VA_ARGS__)
#define ASYNC_SET_10_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_9_(name, __VA_ARGS__)
#define ASYNC_SET_11_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_10_(name, __VA_ARGS__)
#define ASYNC_SET_12_(name, a, ...) \
    ASYNC_SET_(name, a) ASYNC_SET_11_(name, __VA_ARGS__)

#define ASYNC_CALL_CLEARED_(name, frame, assignments)                          \
    ASYNC_CALL_WITH_(name, frame,                                              \
                     ASYNC_DEBUG_CALL_(name, sizeof *name##_frame_)            \
                     ASYNC_MAKE_(name) assignments)
#define ASYNC_CALL_KEPT_(name, frame, assignments)                             \
    ASYNC_CALL_WITH_(name, frame,                                              \
                     ASYNC_DEBUG_CALL_(name, sizeof(async_coro_t))             \
                     async_make_header_(&name##_frame_->async_,                \
                                        ASYNC_RESUME_(name)); assignments)

/* Clears a frame and makes its header. On a small part a call of our own is less
 * code than one of memset(), which would be linked for it, too. */
#define ASYNC_MAKE_(name)                                                      \
    ASYNC_CHECK_PLAIN_(name)                                                   \
    if (ASYNC_FAST) {                                                          \
        (void)__builtin_memset((void *)name##_frame_, 0,                       \
                               sizeof *name##_frame_);                         \
    }                                                                          \
    if (ASYNC_FAST || sizeof *name##_frame_ == sizeof(async_coro_t)) {         \
        async_make_header_(&name##_frame_->async_, ASYNC_RESUME_(name));       \
    } else {                                                                   \
        async_make_frame_(&name##_frame_->async_, sizeof *name##_frame_,       \
                          ASYNC_RESUME_(name));                                \
    }

/* What would not outlive that, such as a String of Arduino. */
#ifdef __cplusplus
#define ASYNC_CHECK_PLAIN_(name)                                               \
    static_assert(__is_trivially_constructible(struct name) &&                 \
                      __is_trivially_copyable(struct name),                    \
                  "ASYNC_CALL clears the frame: a member must not have a "     \
                  "constructor, a destructor or an initialiser");
#else
#define ASYNC_CHECK_PLAIN_(name)
#endif

/* Stores the frame's address first, so that it is evaluated once. Assigning
 * field by field costs fewer instructions than a compound literal, and is the
 * same in every C++. */
#define ASYNC_CALL_WITH_(name, frame, assignments)                             \
    async_call_needs_AWAIT_(__extension__({                                    \
        struct name *name##_frame_ = (frame);                                  \
        ASYNC_CHECK(name##_frame_ != NULL, NULL_ARGUMENT);                     \
        assignments                                                            \
        ASYNC_DEBUG_NAME_(name)                                                \
        &name##_frame_->async_;                                                \
    }))

/* The name is what a compiler says when the result is not used. */
static inline ASYNC_MUST_USE async_coro_t *
async_call_needs_AWAIT_(async_coro_t *coro)
{
    return coro;
}

static inline void async_make_header_(async_coro_t *coro,
                                      async_resume_fn resume)
{
    coro->resume = resume;
    coro->caller = NULL;
    coro->point = 0;
#if !ASYNC_LABELS
    coro->raise = 0;
#endif
    coro->pending = 0;
}

#endif
