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

/* A radix heap. A timer lies in the bucket that is told by the highest digit in
 * which its deadline differs from `base`, and by its value there. All with a
 * lower such digit are earlier than all with a higher one, and equal deadlines
 * are always in one bucket, in the order they were added. The lowest digit is as
 * wide as a word has bits, so that the first word of `used` tells at once what
 * is due soon, and all in such a bucket are equal. In the other buckets the
 * first is the earliest: one that is earlier is put in front, which changes the
 * order of unequal ones only. When the earliest is due and not of the lowest
 * digit, `base` moves up to it and its bucket is spread over lower ones: each
 * timer moves at most once per digit, however many there are. `base` never
 * passes the present, so a new timer is never behind it, except one that is late
 * already: those are sorted in bucket 0, in front of what may be there.
 *
 * The highest bit is a digit by itself, since it is the only one that may
 * change to 0: there the time wraps. */

/* Whether no instruction counts zeros. */
#ifndef ASYNC_RADIX_LOOPS_
#if ASYNC_HOSTED || defined(__ARM_FEATURE_CLZ) || defined(__riscv_zbb)
#define ASYNC_RADIX_LOOPS_ 0
#else
#define ASYNC_RADIX_LOOPS_ 1
#endif
#endif

/* The lowest bit of a word that is not 0. */
static inline unsigned async_radix_lowest_(async_word_t word)
{
#if ASYNC_RADIX_LOOPS_
    unsigned bit = 0;
    uint32_t rest = word;
    while ((rest & 0xffu) == 0) {
        rest >>= 8;
        bit += 8;
    }
    while ((rest & 1u) == 0) {
        rest >>= 1;
        bit++;
    }
    return bit;
#elif ASYNC_RADIX_WORD_ == 64
    return (unsigned)__builtin_ctzll(word);
#else
    return (unsigned)__builtin_ctzl(word);
#endif
}

/* The highest bit of ticks, counted from the second digit. */
static inline unsigned async_radix_highest_(async_tick_t ticks)
{
#if ASYNC_RADIX_LOOPS_
    unsigned bit = 0;
    ticks >>= ASYNC_RADIX_SOON_BITS_;
    while (ticks > 0xffu) {
        ticks >>= 8;
        bit += 8;
    }
    while (ticks > 1u) {
        ticks >>= 1;
        bit++;
    }
    return bit;
#elif ASYNC_TICK_BITS == 32
    return (unsigned)sizeof(long) * 8u - 1u - ASYNC_RADIX_SOON_BITS_ -
           (unsigned)__builtin_clzl(ticks);
#else
    return 63u - ASYNC_RADIX_SOON_BITS_ - (unsigned)__builtin_clzll(ticks);
#endif
}

static ASYNC_ALWAYS_INLINE_ async_word_t async_radix_bit_(unsigned index)
{
    return (async_word_t)((async_word_t)1 << index % ASYNC_RADIX_WORD_);
}

static inline void async_timers_init_(async_timers_t *timers)
{
    unsigned i;
    timers->base = 0;
    for (i = 0; i < ASYNC_RADIX_WORDS_; i++) {
        timers->used[i] = 0;
        timers->stale[i] = 0;
    }
    for (i = 0; i < ASYNC_RADIX_BUCKETS_; i++) {
        async_list_init_(&timers->buckets[i]);
    }
}

/* -- Adding --------------------------------------------------------------- */

/* The bucket, counted from the second digit. `apart` are the bits in which the
 * deadline differs from `base`. */
static inline unsigned async_radix_later_(async_tick_t when,
                                          async_tick_t apart)
{
    unsigned bit = async_radix_highest_(apart);
#if ASYNC_TIMERS_RADIX_BITS == 1
    (void)when;
    return bit;
#else
    unsigned digit, level = bit / ASYNC_TIMERS_RADIX_BITS;
    if (bit == ASYNC_RADIX_ABOVE_) {
        return ASYNC_RADIX_LATER_ - 1u;
    }
    digit = (unsigned)((when & ((async_tick_t)-1 >> 1)) >>
                       (ASYNC_RADIX_SOON_BITS_ +
                        level * ASYNC_TIMERS_RADIX_BITS)) &
            ASYNC_RADIX_DIGIT_;
    return level * ASYNC_RADIX_DIGIT_ + digit - 1u;
#endif
}

static ASYNC_HOT_ void async_timers_insert_(async_timers_t *timers,
                                            async_timer_t *timer)
{
    async_tick_t when = timer->u.when, apart = when ^ timers->base;
    async_node_t *at;
    if (apart < ASYNC_RADIX_SOON_) {
        unsigned index = (unsigned)when % ASYNC_RADIX_SOON_;
        timers->used[0] = (async_word_t)(timers->used[0] |
                                         async_radix_bit_(index));
        at = &timers->buckets[index];
    } else {
        unsigned index = async_radix_later_(when, apart);
        unsigned word = 1u + index / ASYNC_RADIX_WORD_;
        async_word_t bit = async_radix_bit_(index);
        timers->used[word] = (async_word_t)(timers->used[word] | bit);
        at = &timers->buckets[ASYNC_RADIX_SOON_ + index];
        if (at->next != at && when < async_timer_of_(at->next)->u.when &&
            (timers->stale[word] & bit) == 0) {
            at = at->next;
        }
    }
    async_link_before_(at, &timer->handle.node);
}

/* A large bucket is a walk through memory that is in no cache, from node to
 * node. Walking from its other end at the same time halves the waiting; and the
 * frames of sleepers will soon be needed. */
static inline async_node_t *async_timers_look_ahead_(async_node_t *node,
                                                     async_node_t *other)
{
    const async_handle_t *handle = (const async_handle_t *)(const void *)node;
    if (handle->run == async_sleep_run_) {
        __builtin_prefetch(((const async_task_t *)(const void *)node)->frame);
    }
    __builtin_prefetch(other->prev);
    return other->prev;
}

/* Inserts what is linked from `node` to `last`, whose next is 0. */
static void async_timers_insert_all_(async_timers_t *timers, async_node_t *node,
                                     async_node_t *last)
{
    do {
        async_node_t *next = node->next;
        if (ASYNC_FAST && ASYNC_HOSTED) {
            last = async_timers_look_ahead_(node, last);
        }
        async_timers_insert_(timers, async_timer_of_(node));
        node = next;
    } while (node != NULL);
    (void)last;
}

static inline void async_timers_insert_late_(async_timers_t *timers,
                                             async_timer_t *timer)
{
    async_node_t *bucket = timers->buckets, *at = bucket;
    while (at->prev != bucket &&
           async_earlier_(timer->u.when, async_timer_of_(at->prev)->u.when,
                          timers->base)) {
        at = at->prev;
    }
    timers->used[0] |= 1u;
    async_link_before_(at, &timer->handle.node);
}

/* Adds a timer that is late, or finds that `base` has stayed behind so long that
 * the present or the deadline is more than half the range away from it. Then
 * everything is inserted again: it takes a delay of nearly half the range, or
 * that long without a timer. */
static ASYNC_RARE_ void async_timers_add_rare_(async_timers_t *timers,
                                               async_timer_t *timer,
                                               async_tick_t now)
{
    async_node_t *node = &timer->handle.node, *next;
    unsigned i;
    node->next = NULL;
    if ((async_delay_t)(now - timers->base) < 0 ||
        (async_delay_t)(timer->u.when - now) >= 0) {
        for (i = 0; i < ASYNC_RADIX_BUCKETS_; i++) {
            async_node_t *bucket = &timers->buckets[i];
            bucket->prev->next = node; /* its own if it is empty */
            node = bucket->next;
        }
        async_timers_init_(timers);
        timers->base = now;
    }
    for (; node != NULL; node = next) {
        timer = async_timer_of_(node);
        next = node->next;
        if ((async_delay_t)(timer->u.when - timers->base) < 0) {
            async_timers_insert_late_(timers, timer);
        } else {
            node->next = NULL;
            async_timers_insert_all_(timers, node, node);
        }
    }
}

static void async_timers_add_(async_timers_t *timers, async_timer_t *timer,
                              async_tick_t now)
{
    async_tick_t base = timers->base;
    if (__builtin_expect(
            (async_delay_t)((timer->u.when - base) | (now - base)) < 0, 0)) {
        async_timers_add_rare_(timers, timer, now);
    } else if (ASYNC_FAST) {
        async_timers_insert_(timers, timer);
    } else {
        timer->handle.node.next = NULL;
        async_timers_insert_all_(timers, &timer->handle.node, NULL);
    }
}

/* -- Looking -------------------------------------------------------------- */

static ASYNC_HOT_ uintptr_t async_timers_later_(const async_timers_t *timers)
{
    async_word_t some = 0;
    unsigned i;
    for (i = 1; i < ASYNC_RADIX_WORDS_; i++) {
        some |= timers->used[i];
    }
    return (uintptr_t)some;
}

static inline uintptr_t async_timers_some_(const async_timers_t *timers)
{
    return (uintptr_t)timers->used[0] | async_timers_later_(timers);
}

/* The earliest bucket that is not empty; there must be one. */
static inline unsigned async_timers_bucket_(const async_timers_t *timers)
{
    unsigned i = 0;
    while (timers->used[i] == 0) {
        i++;
    }
    return i * ASYNC_RADIX_WORD_ + async_radix_lowest_(timers->used[i]);
}

static inline async_node_t *async_timers_any_(async_timers_t *timers)
{
    return async_timers_some_(timers)
               ? timers->buckets[async_timers_bucket_(timers)].next
               : NULL;
}

/* Puts the earliest of a bucket in front, after that was taken away. */
static inline void async_timers_mend_(async_node_t *bucket)
{
    async_node_t *node, *least = bucket->next;
    for (node = least->next; node != bucket; node = node->next) {
        if (async_timer_of_(node)->u.when < async_timer_of_(least)->u.when) {
            least = node;
        }
    }
    async_unlink_(least);
    async_link_before_(bucket->next, least);
}

static ASYNC_RARE_ async_timer_t *async_timers_find_(async_timers_t *timers)
{
    unsigned index = async_timers_bucket_(timers);
    async_node_t *bucket = &timers->buckets[index];
    async_word_t *stale = &timers->stale[index / ASYNC_RADIX_WORD_];
    async_word_t bit = async_radix_bit_(index);
    if (*stale & bit) {
        *stale ^= bit;
        async_timers_mend_(bucket);
    }
    return async_timer_of_(bucket->next);
}

static ASYNC_HOT_ async_timer_t *async_timers_first_(async_timers_t *timers)
{
    async_word_t soon = timers->used[0];
    if (soon != 0) {
        return async_timer_of_(
            timers->buckets[async_radix_lowest_(soon)].next);
    }
    return async_timers_later_(timers) ? async_timers_find_(timers) : NULL;
}

/* -- Taking out ----------------------------------------------------------- */

static inline void async_timers_unlink_(async_timers_t *timers,
                                        async_node_t *node)
{
    /* As a number: it may be the sentinel of another list. */
    uintptr_t index = ((uintptr_t)node->prev - (uintptr_t)timers->buckets) /
                      sizeof(async_node_t);
    if (index < ASYNC_RADIX_BUCKETS_) {
        async_word_t bit = async_radix_bit_((unsigned)index);
        if (node->next == node->prev) {
            timers->used[index / ASYNC_RADIX_WORD_] ^= bit;
        } else if (index >= ASYNC_RADIX_SOON_) {
            timers->stale[index / ASYNC_RADIX_WORD_] |= bit;
        }
    }
    async_unlink_(node);
}

/* Takes the first timer out, which is due and not of the lowest digit, and
 * spreads the rest of its bucket. */
static ASYNC_RARE_ void async_timers_take_later_(async_timers_t *timers,
                                                 async_timer_t *timer)
{
    async_node_t *next = timer->handle.node.next;
    async_node_t *bucket = timer->handle.node.prev, *last = bucket->prev;
    unsigned index = (unsigned)(bucket - timers->buckets);
    timers->base = timer->u.when;
    timers->used[index / ASYNC_RADIX_WORD_] = (async_word_t)(
        timers->used[index / ASYNC_RADIX_WORD_] ^ async_radix_bit_(index));
    async_list_init_(bucket);
    if (next != bucket) {
        last->next = NULL;
        async_timers_insert_all_(timers, next, last);
    }
}

/* Takes the first timer out if it is due. Its links remain. */
static ASYNC_HOT_ async_timer_t *async_timers_pop_(async_timers_t *timers,
                                                   async_tick_t now)
{
    async_word_t soon = timers->used[0];
    async_timer_t *timer;
    if (soon != 0) {
        async_node_t *node = timers->buckets[async_radix_lowest_(soon)].next;
        async_node_t *bucket = node->prev, *next = node->next;
        timer = async_timer_of_(node);
        if (async_before_(now, timer->u.when)) {
            return NULL;
        }
        bucket->next = next;
        next->prev = bucket;
        if (next == bucket) {
            timers->used[0] = soon & (async_word_t)(soon - 1u);
        }
        return timer;
    }
    if (!async_timers_later_(timers)) {
        return NULL;
    }
    timer = async_timers_find_(timers);
    if (async_before_(now, timer->u.when)) {
        return NULL;
    }
    async_timers_take_later_(timers, timer);
    return timer;
}

#endif

#endif
