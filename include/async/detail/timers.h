/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What a timer queue keeps in the loop. Both queues have the same interface:
 *
 *   async_timers_init_(timers)
 *   async_timers_add_(timers, timer, now)    timer->u.when is set
 *   async_timers_first_(timers)              earliest, first added if equal; 0
 *   async_timers_any_(timers)                the node of any timer; 0
 *   async_timers_some_(timers)               not 0 if there are any
 *   async_timers_pop_(timers, now)           take it out if it is due; 0
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

/* Sets of buckets are made of the machine's words. */
#ifndef ASYNC_RADIX_WORD_
#if UINTPTR_MAX > 0xffffffffu
#define ASYNC_RADIX_WORD_ 64
#elif UINTPTR_MAX > 0xffffu
#define ASYNC_RADIX_WORD_ 32
#else
#define ASYNC_RADIX_WORD_ 8
#endif
#endif

#if ASYNC_RADIX_WORD_ == 64
typedef uint64_t async_word_t;
#define ASYNC_RADIX_SOON_BITS_ 6
#elif ASYNC_RADIX_WORD_ == 32
typedef uint32_t async_word_t;
#define ASYNC_RADIX_SOON_BITS_ 5
#else
typedef uint8_t async_word_t;
#define ASYNC_RADIX_SOON_BITS_ 3
#endif

/* The buckets of the first word hold one deadline each. Above are those of the
 * digits from 1 on, level by level, and one for the highest bit. */
#define ASYNC_RADIX_SOON_ (1u << ASYNC_RADIX_SOON_BITS_)
#define ASYNC_RADIX_ABOVE_ (ASYNC_TICK_BITS - 1u - ASYNC_RADIX_SOON_BITS_)
#define ASYNC_RADIX_DIGIT_ ((1u << ASYNC_TIMERS_RADIX_BITS) - 1u)
#define ASYNC_RADIX_LATER_                                               \
    (ASYNC_RADIX_ABOVE_ / ASYNC_TIMERS_RADIX_BITS * ASYNC_RADIX_DIGIT_ + \
     (1u << ASYNC_RADIX_ABOVE_ % ASYNC_TIMERS_RADIX_BITS))
#define ASYNC_RADIX_BUCKETS_ (ASYNC_RADIX_SOON_ + ASYNC_RADIX_LATER_)
#define ASYNC_RADIX_WORDS_ \
    ((ASYNC_RADIX_BUCKETS_ + ASYNC_RADIX_WORD_ - 1u) / ASYNC_RADIX_WORD_)

typedef struct async_timers {
    async_tick_t base; /* what the buckets are relative to */
    async_word_t used[ASYNC_RADIX_WORDS_];  /* buckets that are not empty */
    async_word_t stale[ASYNC_RADIX_WORDS_]; /* first may not be earliest */
    async_node_t buckets[ASYNC_RADIX_BUCKETS_];
} async_timers_t;

#endif

#endif
