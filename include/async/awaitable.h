/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * What gather(), wait() and their like take: any number of awaitables of
 * different kinds, and where they keep track of each.
 */
#ifndef ASYNC_AWAITABLE_H_INCLUDED
#define ASYNC_AWAITABLE_H_INCLUDED

#include "task.h"

/** A coroutine, a task or a future; what async_awaitable() makes of them. For
 * lists that are made at run time; otherwise the macros use it for you. */
struct async_any_awaitable {
    async_future_t *future; /**< of a future or task; 0 for a coroutine */
    async_coro_t *coro;
};
typedef struct async_any_awaitable async_awaitable_t;

/** How one awaitable is watched: 20 bytes on a 32-bit machine. Private. */
struct async_member {
    async_callback_t done; /**< done.future is what is watched */
    void *owner;           /**< who watches */
};
typedef struct async_member async_member_t;

/** The same with room for a task, to run a coroutine in. Private. */
struct async_member_task {
    async_member_t member;
    async_task_t task;
};
typedef struct async_member_task async_member_task_t;

/** Where the members of a gather, wait, ... are. Private. */
struct async_members {
    char *first;
    uint16_t count;
    uint16_t stride; /**< bytes from one to the next */
};
typedef struct async_members async_members_t;

/** Means no timeout where a delay in ticks is given. */
#define ASYNC_FOREVER ASYNC_DELAY_MAX

static inline async_awaitable_t async_awaitable_coro_(async_coro_t *coro)
{
    async_awaitable_t awaitable = {NULL, coro};
    ASYNC_CHECK(coro != NULL, NULL_ARGUMENT);
    return awaitable;
}
static inline async_awaitable_t async_awaitable_future_(async_future_t *future)
{
    async_awaitable_t awaitable = {future, NULL};
    ASYNC_CHECK(future != NULL, NULL_ARGUMENT);
    return awaitable;
}
static inline async_awaitable_t async_awaitable_task_(async_task_t *task)
{
    ASYNC_CHECK(task != NULL, NULL_ARGUMENT);
    return async_awaitable_future_(&task->future);
}

/**
 * async_awaitable(x): what can be awaited by way of a task: a coroutine, a task
 * or a future. An operation has a coroutine form for that.
 * async_watchable_(x): the same without coroutines.
 */
#ifdef __cplusplus
template <class T> struct async_awaitable_takes_a_coroutine_task_or_future;
template <class T> async_awaitable_t async_awaitable(T)
{
    return async_awaitable_takes_a_coroutine_task_or_future<T>::awaitable();
}
inline async_awaitable_t async_awaitable(async_coro_t *coro)
{
    return async_awaitable_coro_(coro);
}
inline async_awaitable_t async_awaitable(async_future_t *future)
{
    return async_awaitable_future_(future);
}
inline async_awaitable_t async_awaitable(async_task_t *task)
{
    return async_awaitable_task_(task);
}
template <class T> struct async_this_takes_tasks_and_futures_not_coroutines;
template <class T> async_awaitable_t async_watchable_(T)
{
    return async_this_takes_tasks_and_futures_not_coroutines<T>::awaitable();
}
inline async_awaitable_t async_watchable_(async_future_t *future)
{
    return async_awaitable_future_(future);
}
inline async_awaitable_t async_watchable_(async_task_t *task)
{
    return async_awaitable_task_(task);
}

/* An array of what it is given, for the length of a call. */
template <unsigned n> struct async_list_ {
    async_awaitable_t items[n + 1u];
    operator const async_awaitable_t *() const { return items; }
};
template <class... T> async_list_<sizeof...(T)> async_make_list_(T... x)
{
    return {{x..., {NULL, NULL}}};
}
#define ASYNC_LIST_(convert, ...) \
    (const async_awaitable_t *)async_make_list_(  \
        ASYNC_EACH_(convert, __VA_ARGS__))
#else
#define async_awaitable(x)                                       \
    _Generic((x),                                                \
        async_coro_t *: async_awaitable_coro_,                   \
        async_future_t *: async_awaitable_future_,               \
        async_task_t *: async_awaitable_task_,                   \
        default: async_awaitable_nothing_)(x)
#define async_watchable_(x)                                      \
    _Generic((x),                                                \
        async_future_t *: async_awaitable_future_,               \
        async_task_t *: async_awaitable_task_,                   \
        default: async_watchable_nothing_)(x)

struct async_awaitable_takes_a_coroutine_task_or_future {
    int unused;
};
async_awaitable_t async_awaitable_nothing_(
    struct async_awaitable_takes_a_coroutine_task_or_future awaitable);
struct async_this_takes_tasks_and_futures_not_coroutines {
    int unused;
};
async_awaitable_t async_watchable_nothing_(
    struct async_this_takes_tasks_and_futures_not_coroutines awaitable);

#define ASYNC_LIST_(convert, ...) \
    ((const async_awaitable_t[]){ASYNC_EACH_(convert, __VA_ARGS__)})
#endif

/* ASYNC_COUNT_(...): how many arguments, 1 to 16.
 * ASYNC_EACH_(f, ...): f of each, with commas. */
#define ASYNC_COUNT_(...)                                                      \
    ASYNC_17TH_(__VA_ARGS__, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3,  \
                2, 1, 0)
#define ASYNC_17TH_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, x, ...) x
#define ASYNC_EACH_(f, ...)                                                    \
    ASYNC_17TH_(__VA_ARGS__, ASYNC_EACH_16_, ASYNC_EACH_15_, ASYNC_EACH_14_,   \
                ASYNC_EACH_13_, ASYNC_EACH_12_, ASYNC_EACH_11_,                \
                ASYNC_EACH_10_, ASYNC_EACH_9_, ASYNC_EACH_8_, ASYNC_EACH_7_,   \
                ASYNC_EACH_6_, ASYNC_EACH_5_, ASYNC_EACH_4_, ASYNC_EACH_3_,    \
                ASYNC_EACH_2_, ASYNC_EACH_1_, 0)(f, __VA_ARGS__)
#define ASYNC_EACH_1_(f, a) f(a)
#define ASYNC_EACH_2_(f, a, ...) f(a), ASYNC_EACH_1_(f, __VA_ARGS__)
#define ASYNC_EACH_3_(f, a, ...) f(a), ASYNC_EACH_2_(f, __VA_ARGS__)
#define ASYNC_EACH_4_(f, a, ...) f(a), ASYNC_EACH_3_(f, __VA_ARGS__)
#define ASYNC_EACH_5_(f, a, ...) f(a), ASYNC_EACH_4_(f, __VA_ARGS__)
#define ASYNC_EACH_6_(f, a, ...) f(a), ASYNC_EACH_5_(f, __VA_ARGS__)
#define ASYNC_EACH_7_(f, a, ...) f(a), ASYNC_EACH_6_(f, __VA_ARGS__)
#define ASYNC_EACH_8_(f, a, ...) f(a), ASYNC_EACH_7_(f, __VA_ARGS__)
#define ASYNC_EACH_9_(f, a, ...) f(a), ASYNC_EACH_8_(f, __VA_ARGS__)
#define ASYNC_EACH_10_(f, a, ...) f(a), ASYNC_EACH_9_(f, __VA_ARGS__)
#define ASYNC_EACH_11_(f, a, ...) f(a), ASYNC_EACH_10_(f, __VA_ARGS__)
#define ASYNC_EACH_12_(f, a, ...) f(a), ASYNC_EACH_11_(f, __VA_ARGS__)
#define ASYNC_EACH_13_(f, a, ...) f(a), ASYNC_EACH_12_(f, __VA_ARGS__)
#define ASYNC_EACH_14_(f, a, ...) f(a), ASYNC_EACH_13_(f, __VA_ARGS__)
#define ASYNC_EACH_15_(f, a, ...) f(a), ASYNC_EACH_14_(f, __VA_ARGS__)
#define ASYNC_EACH_16_(f, a, ...) f(a), ASYNC_EACH_15_(f, __VA_ARGS__)

/* The first if there is one argument, the second if there are more. */
#define ASYNC_NONE_OR_SOME_(none, some, ...)                                   \
    ASYNC_17TH_(__VA_ARGS__, some, some, some, some, some, some, some, some,   \
                some, some, some, some, some, some, some, none, 0)

/* Where the members of a storage are, which is { owner; members[n]; }, for the
 * functions: offset and stride. The storage is not evaluated. */
#define ASYNC_LAYOUT_(storage)                            \
    (uint16_t)(sizeof *(storage) - sizeof (storage)->members), \
        (uint16_t)sizeof *(storage)->members
/* `n`, or a compile error if the storage has no room for as many. */
#define ASYNC_FITS_(storage, n)                                             \
    ((n) * sizeof(char[(n) <= sizeof (storage)->members /                   \
                                  sizeof *(storage)->members                \
                           ? 1                                              \
                           : -1]))
/* `count`, known at run time, or what the functions refuse: a negative one. */
#define ASYNC_ROOM_(storage, count) \
    async_room_((count), sizeof (storage)->members / sizeof *(storage)->members)

static inline size_t async_room_(size_t count, size_t room)
{
    return count <= room && count < UINT16_MAX ? count : SIZE_MAX;
}

#endif
