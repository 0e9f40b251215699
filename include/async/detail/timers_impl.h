/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The timer queues. */
#ifndef ASYNC_DETAIL_TIMERS_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TIMERS_IMPL_H_INCLUDED

#include "../task.h"
#include "list.h"

/* The run function of a task that sleeps. */
ASYNC_EXTERN_C_BEGIN
static int async_sleep_run_(async_handle_t *handle);
ASYNC_EXTERN_C_END

/* Wrap-safe as long as the two are less than half the range apart. */
static inline bool async_before_(async_tick_t a, async_tick_t b)
{
    return (async_delay_t)(b - a) > 0;
}

/* The same for two deadlines which may be further apart, one long past and one
 * far ahead, but each at most half the range away from `now`. */
static inline bool async_earlier_(async_tick_t a, async_tick_t b,
                                  async_tick_t now)
{
    return (async_delay_t)(a - now) < (async_delay_t)(b - now);
}

static inline async_timer_t *async_timer_of_(async_node_t *node)
{
    return (async_timer_t *)(void *)node;
}

#if ASYNC_TIMERS == ASYNC_TIMERS_LIST

static inline void async_timers_init_(async_timers_t *timers)
{
    timers->first = NULL;
}

/* Searches from the end, since most timers are set behind most others. */
static ASYNC_HOT_ void async_timers_add_(async_timers_t *timers,
                                         async_timer_t *timer, async_tick_t now)
{
    async_node_t *first = timers->first, *at = first;
    async_node_t *node = &timer->handle.node;
    if (first == NULL) {
        async_ring_push_(&timers->first, node);
        return;
    }
    while (async_earlier_(timer->u.when, async_timer_of_(at->prev)->u.when,
                          now)) {
        at = at->prev;
        if (at == first) { /* before all others */
            timers->first = node;
            break;
        }
    }
    async_link_before_(at, node);
}

static inline async_timer_t *async_timers_first_(async_timers_t *timers)
{
    return async_timer_of_(timers->first);
}

static inline uintptr_t async_timers_some_(const async_timers_t *timers)
{
    return (uintptr_t)timers->first;
}

static inline async_node_t *async_timers_any_(async_timers_t *timers)
{
    return timers->first;
}

static inline void async_timers_unlink_(async_timers_t *timers,
                                        async_node_t *node)
{
    async_ring_remove_(&timers->first, node);
}

static inline async_timer_t *async_timers_pop_(async_timers_t *timers,
                                               async_tick_t now)
{
    async_node_t *node = timers->first;
    if (node == NULL || async_before_(now, async_timer_of_(node)->u.when)) {
        return NULL;
    }
    async_ring_pop_(&timers->first);
    return async_timer_of_(node);
}

#else

/* A radix heap. Read a deadline as a number with digits of RADIX_BITS bits. A
 * timer lies in bucket [level][digit], where `level` is the highest digit in
 * which its deadline differs from `base`, and `digit` is its value there. All
 * of a lower level is earlier than all of a higher one, all in a bucket of
 * level 0 are equal, and equal deadlines are always in one bucket, in the order
 * they were added. The first of a bucket is its earliest: one that is earlier
 * is put in front, which changes the order of unequal ones only. When the
 * earliest is due and not of level 0, `base` moves up to it and its bucket is
 * spread over lower levels: each timer moves at most once per level, however
 * many there are. `base` never passes the present, so a new timer is never
 * behind it, except one that is late already: those go to the sorted list
 * `late`. */

static inline void async_timers_init_(async_timers_t *timers)
{
    unsigned level, digit;
    async_list_init_(&timers->late);
    timers->base = 0;
    timers->first = NULL;
    timers->levels = 0;
    for (level = 0; level < ASYNC_RADIX_LEVELS_; level++) {
        timers->digits[level] = 0;
        timers->stale[level] = 0;
        for (digit = 0; digit < ASYNC_RADIX_DIGITS_; digit++) {
            async_list_init_(&timers->buckets[level][digit]);
        }
    }
}

static inline unsigned async_highest_bit_(async_tick_t word)
{
#if ASYNC_TICK_BITS == 32
    return 31u - (unsigned)__builtin_clzl((unsigned long)word)
           + (unsigned)(sizeof(long) * 8u - 32u);
#else
    return 63u - (unsigned)__builtin_clzll(word);
#endif
}

static inline unsigned async_digit_(async_tick_t when, unsigned level)
{
    return (unsigned)(when >> (level * ASYNC_TIMERS_RADIX_BITS)) &
           (ASYNC_RADIX_DIGITS_ - 1u);
}

static void async_timers_insert_late_(async_timers_t *timers,
                                      async_timer_t *timer)
{
    async_node_t *at = &timers->late;
    while (at->prev != &timers->late &&
           async_earlier_(timer->u.when, async_timer_of_(at->prev)->u.when,
                          timers->base)) {
        at = at->prev;
    }
    async_link_before_(at, &timer->handle.node);
}

static inline void async_timers_insert_(async_timers_t *timers,
                                        async_timer_t *timer)
{
    async_tick_t when = timer->u.when;
    unsigned level = async_highest_bit_((when ^ timers->base) | 1u) /
                     ASYNC_TIMERS_RADIX_BITS;
    unsigned digit = async_digit_(when, level);
    async_node_t *at = &timers->buckets[level][digit];
    timers->levels |= (uint64_t)1 << level;
    timers->digits[level] |= (async_digits_t)1 << digit;
    if (level != 0 && at->next != at &&
        (timers->stale[level] >> digit & 1u) == 0 &&
        async_earlier_(when, async_timer_of_(at->next)->u.when, timers->base)) {
        at = at->next;
    }
    async_link_before_(at, &timer->handle.node);
}

/* Puts the earliest of a bucket in front, after that was taken away. */
static void async_timers_mend_(const async_timers_t *timers,
                               async_node_t *bucket)
{
    async_node_t *node, *least = bucket->next;
    for (node = least->next; node != bucket; node = node->next) {
        if (async_earlier_(async_timer_of_(node)->u.when,
                           async_timer_of_(least)->u.when, timers->base)) {
            least = node;
        }
    }
    async_unlink_(least);
    async_link_before_(bucket->next, least);
}

/* The earliest bucket that is not empty, or 0. */
static async_node_t *async_timers_bucket_(async_timers_t *timers)
{
    while (timers->levels != 0) {
        unsigned level = (unsigned)__builtin_ctzll(timers->levels);
        async_digits_t digits = timers->digits[level];
        if (digits == 0) {
            timers->levels &= timers->levels - 1u;
        } else {
            /* Only in the top level can there be digits below the one of
             * `base`: the time wraps there, and they come after the others. */
            async_digits_t above =
                digits & ~(async_digits_t)0
                             << async_digit_(timers->base, level);
            unsigned digit =
                (unsigned)__builtin_ctzll(above != 0 ? above : digits);
            async_node_t *bucket = &timers->buckets[level][digit];
            async_digits_t bit = (async_digits_t)1 << digit;
            if (bucket->next != bucket) {
                if (timers->stale[level] & bit) {
                    timers->stale[level] &= ~bit;
                    async_timers_mend_(timers, bucket);
                }
                return bucket;
            }
            timers->digits[level] = digits & ~bit;
            timers->stale[level] &= ~bit;
        }
    }
    return NULL;
}

/* Whether there may be timers: not 0. There can be more levels than a pointer
 * has bits. */
static inline uintptr_t async_timers_some_(const async_timers_t *timers)
{
    uintptr_t levels = ASYNC_RADIX_LEVELS_ <= 8u * sizeof(uintptr_t)
                           ? (uintptr_t)timers->levels
                           : (uintptr_t)(timers->levels != 0);
    return levels | ((uintptr_t)timers->late.next ^ (uintptr_t)&timers->late);
}

static async_timer_t *async_timers_find_(async_timers_t *timers)
{
    async_node_t *node = timers->late.next;
    if (node == &timers->late) {
        node = async_timers_bucket_(timers);
        if (node == NULL) {
            return NULL;
        }
        node = node->next;
    }
    timers->first = async_timer_of_(node);
    return timers->first;
}

static inline async_timer_t *async_timers_first_(async_timers_t *timers)
{
    return timers->first != NULL ? timers->first : async_timers_find_(timers);
}

static inline async_node_t *async_timers_any_(async_timers_t *timers)
{
    async_timer_t *first = async_timers_first_(timers);
    return first != NULL ? &first->handle.node : NULL;
}

/* A large bucket is a walk through memory that is in no cache, from node to
 * node. Walking from its other end at the same time halves the waiting; and the
 * frames of sleepers will soon be needed. */
#if ASYNC_FAST
#define ASYNC_PREFETCH_(address) __builtin_prefetch(address)
#else
#define ASYNC_PREFETCH_(address) ((void)0)
#endif

static inline async_node_t *async_timers_look_ahead_(async_node_t *node,
                                                     async_node_t *other)
{
    const async_handle_t *handle = (const async_handle_t *)(const void *)node;
    if (handle->run == async_sleep_run_) {
        ASYNC_PREFETCH_(((const async_task_t *)(const void *)node)->frame);
    }
    ASYNC_PREFETCH_(other->prev);
    return other->prev;
}

/* Moves `base` up to the earliest timers and spreads their bucket. */
static void async_timers_spread_(async_timers_t *timers, async_node_t *bucket,
                                 async_tick_t base)
{
    async_node_t *node = bucket->next, *other = bucket->prev;
    timers->base = base;
    other->next = NULL;
    async_list_init_(bucket);
    while (node != NULL) {
        async_node_t *next = node->next;
        if (ASYNC_FAST) {
            other = async_timers_look_ahead_(node, other);
        }
        async_timers_insert_(timers, async_timer_of_(node));
        node = next;
    }
}

static inline void async_timers_unlink_(async_timers_t *timers,
                                        async_node_t *node)
{
    /* As a number: it may be the sentinel of another list. */
    uintptr_t index = ((uintptr_t)node->prev - (uintptr_t)timers->buckets) /
                      sizeof(async_node_t);
    if (timers->first == async_timer_of_(node)) {
        timers->first = NULL;
    }
    if (index < ASYNC_RADIX_LEVELS_ * ASYNC_RADIX_DIGITS_) {
        timers->stale[index / ASYNC_RADIX_DIGITS_] |=
            (async_digits_t)1 << index % ASYNC_RADIX_DIGITS_;
    }
    async_unlink_(node);
}

/* When `base` has stayed behind so long that the present or a new deadline is
 * more than half the range away from it, everything is inserted again. Rare: it
 * takes a delay of nearly half the range, or that long without a timer. */
static void async_timers_rebase_(async_timers_t *timers, async_tick_t now)
{
    async_node_t all, *node, *bucket;
    async_list_init_(&all);
    for (bucket = &timers->late; bucket != NULL;
         bucket = async_timers_bucket_(timers)) {
        while ((node = bucket->next) != bucket) {
            async_unlink_(node);
            async_link_before_(&all, node);
        }
    }
    timers->base = now;
    timers->first = NULL;
    while ((node = all.next) != &all) {
        async_timer_t *timer = async_timer_of_(node);
        async_unlink_(node);
        if ((async_delay_t)(timer->u.when - now) < 0) {
            async_timers_insert_late_(timers, timer);
        } else {
            async_timers_insert_(timers, timer);
        }
    }
}

static void async_timers_add_(async_timers_t *timers, async_timer_t *timer,
                              async_tick_t now)
{
    async_tick_t when = timer->u.when;
    if (__builtin_expect((async_delay_t)(now - timers->base) < 0 ||
                         ((async_delay_t)(when - now) >= 0 &&
                          (async_delay_t)(when - timers->base) < 0), 0)) {
        async_timers_rebase_(timers, now);
    }
    if (timers->first != NULL &&
        async_earlier_(when, timers->first->u.when, now)) {
        timers->first = timer;
    }
    if (__builtin_expect((async_delay_t)(when - timers->base) < 0, 0)) {
        async_timers_insert_late_(timers, timer);
    } else {
        async_timers_insert_(timers, timer);
    }
}

static async_timer_t *async_timers_pop_(async_timers_t *timers,
                                        async_tick_t now)
{
    async_timer_t *timer = async_timers_first_(timers);
    async_node_t *node, *next;
    if (timer == NULL || async_before_(now, timer->u.when)) {
        return NULL;
    }
    node = &timer->handle.node;
    if (timers->late.next == &timers->late) {
        async_node_t *bucket = node->prev; /* it is the first in its bucket */
        if (bucket >= timers->buckets[1]) {
            async_timers_spread_(timers, bucket, timer->u.when);
        }
    }
    next = node->next;
    if (next != node->prev) { /* of the same deadline, or late too */
        timers->first = async_timer_of_(next);
    } else {
        timers->first = NULL;
        if (next != &timers->late) {
            timers->digits[0] &=
                ~((async_digits_t)1 << async_digit_(timer->u.when, 0));
        }
    }
    async_unlink_(node);
    return timer;
}

#endif

#endif
