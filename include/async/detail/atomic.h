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

static inline uintptr_t async_fetch_or_(uintptr_t *where, uintptr_t bits)
{
    return __atomic_fetch_or(where, bits, __ATOMIC_ACQ_REL);
}

static inline uintptr_t async_fetch_and_(uintptr_t *where, uintptr_t bits)
{
    return __atomic_fetch_and(where, bits, __ATOMIC_ACQ_REL);
}

/* Pushes onto a stack; true if that was empty. A take-all and pushes cannot
 * have an ABA problem. */
static inline bool async_push_(async_handle_t **stack, async_handle_t *handle)
{
    async_handle_t *top = __atomic_load_n(stack, __ATOMIC_RELAXED);
    do {
        handle->node.next = top != NULL ? &top->node : NULL;
    } while (!__atomic_compare_exchange_n(stack, &top, handle, true,
                                          __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    return top == NULL;
}

#define ASYNC_EXCHANGE_(object, value) \
    __atomic_exchange_n((object), (value), __ATOMIC_ACQ_REL)
#define ASYNC_LOAD_(object) __atomic_load_n((object), __ATOMIC_ACQUIRE)
/* Whether a read-modify-write, which is an acquire, is worth while. */
#define ASYNC_PEEK_(object) __atomic_load_n((object), __ATOMIC_RELAXED)
#define ASYNC_STORE_(object, value) \
    __atomic_store_n((object), (value), __ATOMIC_RELEASE)

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
