/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What AWAIT becomes for each kind of awaitable. Included by coro.h. */
#ifndef ASYNC_DETAIL_AWAIT_H_INCLUDED
#define ASYNC_DETAIL_AWAIT_H_INCLUDED

/* Numbers known at compile time that a nested block may redefine, which is how
 * an AWAIT knows its handler: a shadowing struct tag does not warn where a
 * shadowing enumerator does, and the other way round in g++. */
#if defined(__cplusplus) && !defined(__clang__)
#define ASYNC_TAG_(tag, number) enum { tag = (number) }
#define ASYNC_GET_(tag) ((unsigned)(tag))
#else
#define ASYNC_TAG_(tag, number) struct tag { char n[(number) + 1u]; }
#define ASYNC_GET_(tag) ((unsigned)sizeof(((struct tag *)0)->n) - 1u)
#endif

/* In C++ offsetof is for plain structs only. */
#ifdef __cplusplus
#define ASYNC_FRAME_FIRST_(name) struct name
#else
#define ASYNC_FRAME_FIRST_(name)                                               \
    _Static_assert(offsetof(struct name, async_) == 0,                         \
                   "ASYNC_FRAME comes first in struct " #name)
#endif

#define ASYNC_RETURNING_ 1 /* status on the way of an ASYNC_RETURN */

static inline async_next_t async_caller_of_(const async_coro_t *coro)
{
    async_next_t next = {coro->caller};
    return next;
}

/* As in Python, only exceptions can be raised. */
static inline int16_t async_error_(int error)
{
    return (int16_t)(error < 0 && error >= ASYNC_ERR_GROUP_LAST
                         ? error
                         : ASYNC_ERR_TYPE);
}

static inline async_next_t async_await_coro_(async_coro_t *coro,
                                             async_coro_t *caller,
                                             async_context_t *ctx)
{
    async_next_t next = {coro};
    ASYNC_CHECK(coro != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(coro->resume != NULL, NOT_CALLED);
    if (coro->caller != NULL) {
        ctx->status = ASYNC_ERR_REUSED;
        next.frame_ = NULL;
        return next;
    }
    coro->caller = caller;
    return next;
}

static inline async_next_t async_await_op_(async_op_t op)
{
    async_next_t next = {ASYNC_MARK_(op.mark_)};
    return next;
}

#ifdef __cplusplus
template <class T> struct async_AWAIT_takes_a_coroutine_task_future_or_operation;
template <class T>
async_next_t async_await_of_(T, async_coro_t *, async_context_t *)
{
    return async_AWAIT_takes_a_coroutine_task_future_or_operation<T>::next();
}
inline async_next_t async_await_of_(async_coro_t *coro, async_coro_t *caller,
                                    async_context_t *ctx)
{
    return async_await_coro_(coro, caller, ctx);
}
inline async_next_t async_await_of_(async_op_t op, async_coro_t *,
                                    async_context_t *)
{
    return async_await_op_(op);
}
inline async_next_t async_await_of_(async_future_t *future, async_coro_t *,
                                    async_context_t *)
{
    return async_await_future_(future);
}
/* task.h adds the one for tasks. */
#define async_await_(x) async_await_of_((x), &self->async_, ctx_)
extern "C" {
#else
#define async_await_(x)                                                        \
    _Generic((x),                                                              \
        async_coro_t *: async_await_coro_,                                     \
        async_op_t: async_await_op_3_,                                         \
        async_future_t *: async_await_future_3_,                               \
        async_task_t *: ASYNC_AWAIT_TASK_,                                     \
        default: async_await_nothing_)(x, &self->async_, ctx_)

static inline async_next_t async_await_op_3_(async_op_t op, async_coro_t *caller,
                                             async_context_t *ctx)
{
    (void)caller;
    (void)ctx;
    return async_await_op_(op);
}
static inline async_next_t async_await_future_3_(async_future_t *future,
                                                 async_coro_t *caller,
                                                 async_context_t *ctx)
{
    (void)caller;
    (void)ctx;
    return async_await_future_(future);
}
/* Defined again by task.h, which knows where a task's future is. */
#define ASYNC_AWAIT_TASK_ async_await_nothing_

struct async_AWAIT_takes_a_coroutine_task_future_or_operation {
    int unused;
};
async_next_t async_await_nothing_(
    struct async_AWAIT_takes_a_coroutine_task_future_or_operation awaitable,
    async_coro_t *caller, async_context_t *ctx);
#endif

#if defined(__GNUC__) && (!defined(__clang__) || __clang_major__ >= 14)
#define ASYNC_COMPILE_ERROR_(text) __attribute__((noreturn, error(text)))
#else
#define ASYNC_COMPILE_ERROR_(text) /* then it is an error at link time */
#endif
void async_break_or_continue_out_of_ASYNC_TRY_(void) ASYNC_COMPILE_ERROR_(
    "break or continue out of ASYNC_TRY: it would skip the FINALLY part");
void async_break_or_continue_out_of_a_block_(void) ASYNC_COMPILE_ERROR_(
    "break or continue out of ASYNC_WITH, ASYNC_TIMEOUT, ... : it would skip "
    "the exit");
void async_break_outside_a_loop_of_a_coroutine_(void) ASYNC_COMPILE_ERROR_(
    "break outside a loop: use ASYNC_RETURN to end a coroutine");

#ifdef __cplusplus
}
#endif

#endif
