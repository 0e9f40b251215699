/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The read-modify-writes that async_post() needs: with the CPU's own
 * atomics where they are lock-free, else with interrupts masked for the few
 * instructions of one of them. */
#ifndef ASYNC_DETAIL_ATOMIC_H_INCLUDED
#define ASYNC_DETAIL_ATOMIC_H_INCLUDED

#include "../loop.h"

/* Cortex-M0 and AVR say 1 here: only plain loads and stores are atomic. */
#ifndef ASYNC_ATOMICS
#if defined(__GCC_ATOMIC_POINTER_LOCK_FREE) && \
    __GCC_ATOMIC_POINTER_LOCK_FREE == 2
#define ASYNC_ATOMICS 1
#else
#define ASYNC_ATOMICS 0
#endif
#endif

#if ASYNC_ATOMICS

/* On one core an interrupt sees everything that was written before it, so that
 * only the compiler must keep the order. */
#if ASYNC_CORES > 1
#define ASYNC_ACQ_REL_ __ATOMIC_ACQ_REL
#define ASYNC_ACQUIRE_ __ATOMIC_ACQUIRE
#define ASYNC_RELEASE_ __ATOMIC_RELEASE
#define ASYNC_FENCE_() ((void)0)
#else
#define ASYNC_ACQ_REL_ __ATOMIC_RELAXED
#define ASYNC_ACQUIRE_ __ATOMIC_RELAXED
#define ASYNC_RELEASE_ __ATOMIC_RELAXED
#define ASYNC_FENCE_() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#endif

static inline uintptr_t async_fetch_or_(uintptr_t *where, uintptr_t bits)
{
    uintptr_t old;
    ASYNC_FENCE_();
    old = __atomic_fetch_or(where, bits, ASYNC_ACQ_REL_);
    ASYNC_FENCE_();
    return old;
}

static inline uintptr_t async_fetch_and_(uintptr_t *where, uintptr_t bits)
{
    uintptr_t old;
    ASYNC_FENCE_();
    old = __atomic_fetch_and(where, bits, ASYNC_ACQ_REL_);
    ASYNC_FENCE_();
    return old;
}

/* Pushes onto a stack; true if that was empty. A take-all and pushes cannot
 * have an ABA problem. */
static ASYNC_HOT_ bool async_push_(async_handle_t **stack,
                                   async_handle_t *handle)
{
    async_handle_t *top = __atomic_load_n(stack, __ATOMIC_RELAXED);
    do {
        handle->node.next = top != NULL ? &top->node : NULL;
        ASYNC_FENCE_();
    } while (!__atomic_compare_exchange_n(stack, &top, handle, true,
                                          ASYNC_RELEASE_, __ATOMIC_RELAXED));
    return top == NULL;
}

#define ASYNC_EXCHANGE_(object, value)                                   \
    __extension__({                                                      \
        __typeof__(*(object)) async_old_;                                \
        ASYNC_FENCE_();                                                  \
        async_old_ = __atomic_exchange_n((object), (value), ASYNC_ACQ_REL_); \
        ASYNC_FENCE_();                                                  \
        async_old_;                                                      \
    })
#define ASYNC_LOAD_(object)                                              \
    __extension__({                                                      \
        __typeof__(*(object)) async_new_ =                               \
            __atomic_load_n((object), ASYNC_ACQUIRE_);                   \
        ASYNC_FENCE_();                                                  \
        async_new_;                                                      \
    })
/* Whether a read-modify-write, which is an acquire, is worth while. */
#define ASYNC_PEEK_(object) __atomic_load_n((object), __ATOMIC_RELAXED)
#define ASYNC_STORE_(object, value)                                      \
    do {                                                                 \
        ASYNC_FENCE_();                                                  \
        __atomic_store_n((object), (value), ASYNC_RELEASE_);             \
    } while (0)

#else

#include "../port/cpu.h"
#ifndef ASYNC_LOCK
#error "no atomics: define ASYNC_LOCK(state) and ASYNC_UNLOCK(state)"
#endif

static inline uintptr_t async_fetch_or_(uintptr_t *where, uintptr_t bits)
{
    uintptr_t state, old;
    ASYNC_LOCK(state);
    old = *where;
    *where = old | bits;
    ASYNC_UNLOCK(state);
    return old;
}

static inline uintptr_t async_fetch_and_(uintptr_t *where, uintptr_t bits)
{
    uintptr_t state, old;
    ASYNC_LOCK(state);
    old = *where;
    *where = old & bits;
    ASYNC_UNLOCK(state);
    return old;
}

static inline bool async_push_(async_handle_t **stack, async_handle_t *handle)
{
    uintptr_t state;
    async_handle_t *top;
    ASYNC_LOCK(state);
    top = *stack;
    handle->node.next = top != NULL ? &top->node : NULL;
    *stack = handle;
    ASYNC_UNLOCK(state);
    return top == NULL;
}

#define ASYNC_EXCHANGE_(object, value)                     \
    __extension__({                                        \
        uintptr_t async_state_;                            \
        __typeof__(*(object)) async_old_;                  \
        ASYNC_LOCK(async_state_);                          \
        async_old_ = *(object);                            \
        *(object) = (value);                               \
        ASYNC_UNLOCK(async_state_);                        \
        async_old_;                                        \
    })
/* One word or less on these CPUs, but AVR reads a pointer in two halves: good
 * enough for "is it 0", which is all the loop asks without the lock. */
#define ASYNC_LOAD_(object) \
    (*(__typeof__(*(object)) const volatile *)(object))
#define ASYNC_PEEK_(object) ASYNC_LOAD_(object)
#define ASYNC_STORE_(object, value) \
    (*(__typeof__(*(object)) volatile *)(object) = (value))

#endif

#endif
