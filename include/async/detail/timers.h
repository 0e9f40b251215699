/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What a timer queue keeps in the loop. Both queues have the same interface:
 *
 *   async_timers_init_(timers)
 *   async_timers_add_(timers, timer, now)    timer->u.when is set
 *   async_timers_first_(timers)              earliest, first added if equal; 0
 *   async_timers_any_(timers)                the node of any timer; 0
 *   async_timers_pop_(timers, now)           remove it if it is due; 0
 *   async_timers_unlink_(timers, node)       also a node of another list
 *
 * Included by loop.h. */
#ifndef ASYNC_DETAIL_TIMERS_H_INCLUDED
#define ASYNC_DETAIL_TIMERS_H_INCLUDED

#if ASYNC_TIMERS == ASYNC_TIMERS_LIST

typedef struct async_timers {
    async_node_t *first; /* ring, by deadline */
} async_timers_t;

#else

#define ASYNC_RADIX_DIGITS_ (1u << ASYNC_TIMERS_RADIX_BITS)
#define ASYNC_RADIX_LEVELS_ \
    ((ASYNC_TICK_BITS + ASYNC_TIMERS_RADIX_BITS - 1) / ASYNC_TIMERS_RADIX_BITS)

#if ASYNC_TIMERS_RADIX_BITS > 5
typedef uint64_t async_digits_t; /* a set of digits */
#else
typedef uint32_t async_digits_t;
#endif

typedef struct async_timers {
    async_node_t late;    /* sentinel: deadlines before `base`, sorted */
    async_tick_t base;    /* what the levels are relative to */
    async_timer_t *first; /* earliest of all; 0: not known */
    uint64_t levels;      /* bit: the level may have timers */
    async_digits_t digits[ASYNC_RADIX_LEVELS_]; /* buckets that may have some */
    async_digits_t stale[ASYNC_RADIX_LEVELS_]; /* first may not be earliest */
    async_node_t buckets[ASYNC_RADIX_LEVELS_][ASYNC_RADIX_DIGITS_];
} async_timers_t;

#endif

#endif
