/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The timer queue against a plain array: random adding, cancelling and running
 * from clocks that are about to wrap, with delays of every size. Compiled once
 * for each queue, digit and tick. */
#include "world.h"

#if ASYNC_TICK_BITS == 32
typedef int64_t wide;
#define HALF ((wide)1 << 31)
#else
__extension__ typedef __int128 wide;
#define HALF ((wide)1 << 63)
#endif

enum { TIMERS = 24 };

struct item {
    async_timer_t timer; /* comes first */
    int id;
    bool queued;
    wide when;            /* does not wrap */
    unsigned long number; /* order of creation */
};

static struct item items[TIMERS];
static wide now;
static unsigned long created;
static int ran[TIMERS];
static int ran_count;

static int record(async_handle_t *handle)
{
    struct item *item = (struct item *)(void *)handle;
    ran[ran_count++] = item->id;
    return 0;
}

/* The one of those queued that runs first, or 0. */
static struct item *model_first(void)
{
    struct item *first = NULL;
    int i;
    for (i = 0; i < TIMERS; i++) {
        struct item *item = &items[i];
        if (item->queued &&
            (first == NULL || item->when < first->when ||
             (item->when == first->when && item->number < first->number))) {
            first = item;
        }
    }
    return first;
}

static wide random_wide(void)
{
    uint64_t n = 0;
    int i;
    for (i = 0; i < 8; i++) {
        n = n << 8 | random_below(256);
    }
    return (wide)n & (HALF - 1);
}

/* A delay from -HALF to HALF - 1, with an eye on the limits. */
static wide random_delay(void)
{
    struct item *other = &items[random_below(TIMERS)];
    switch (random_below(12)) {
    case 0:
        return 0;
    case 1: case 2:
        return (wide)random_below(8);
    case 3:
        return -(wide)random_below(8);
    case 4:
        return (wide)random_below(1000);
    case 5:
        return ((wide)1 << random_below(ASYNC_TICK_BITS - 1)) -
               (wide)random_below(2);
    case 6:
        return HALF - 1 - (wide)random_below(3);
    case 7:
        return -HALF + (wide)random_below(3);
    case 8:
        return random_wide();
    case 9:
        return -random_wide();
    default: /* the deadline of another one */
        return other->queued ? other->when - now : 1;
    }
}

static void add(int id, wide delay)
{
    struct item *item = &items[id];
    int status;
    if (delay >= HALF || delay < -HALF) {
        return; /* as another's deadline may be */
    }
    status = random_below(2) ? async_call_later(&loop, &item->timer,
                                                (async_delay_t)delay, record)
                             : async_call_at(&loop, &item->timer,
                                             (async_tick_t)(now + delay),
                                             record);
    CHECK_INT(status, item->queued ? (int)ASYNC_ERR_BUSY : 0);
    if (!item->queued) {
        item->queued = true;
        item->when = now + delay;
        item->number = created++;
    }
}

static void cancel(int id)
{
    struct item *item = &items[id];
    CHECK(async_timer_cancel(&loop, &item->timer) == item->queued);
    item->queued = false;
}

/* Runs an iteration: just the timers that are due, in order; and the deadline
 * it reports is that of the next one. */
static void run(void)
{
    async_tick_t deadline;
    bool has_deadline;
    struct item *first;
    int i;
    ran_count = 0;
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    for (i = 0; i < ran_count; i++) {
        first = model_first();
        if (!CHECK(first != NULL && first->when <= now) ||
            !CHECK_INT(ran[i], first->id)) {
            return;
        }
        first->queued = false;
    }
    first = model_first();
    CHECK(has_deadline == (first != NULL));
    if (first != NULL) {
        CHECK(first->when > now);
        CHECK(deadline == (async_tick_t)first->when);
    }
}

/* Moves the clock, but no deadline may be left more than HALF behind. */
static void advance(wide ticks)
{
    const struct item *first = model_first();
    if (first != NULL && now + ticks - first->when > HALF) {
        ticks = HALF + first->when - now;
    }
    async_sim_advance(&sim, (async_tick_t)ticks);
    now += ticks;
}

static void advance_somehow(void)
{
    const struct item *first = model_first();
    switch (random_below(7)) {
    case 0: case 1:
        advance((wide)random_below(5));
        break;
    case 2:
        advance((wide)random_below(2000));
        break;
    case 3:
        advance((wide)1 << random_below(ASYNC_TICK_BITS));
        break;
    case 4:
        advance(random_wide());
        break;
    default: /* to the next deadline, or just before it */
        if (first != NULL && first->when > now) {
            advance(first->when - now - (wide)random_below(2));
        }
        break;
    }
}

static void begin(async_tick_t start)
{
    int i;
    world_begin_at(start);
    __builtin_memset((void *)items, 0, sizeof items);
    for (i = 0; i < TIMERS; i++) {
        items[i].id = i;
    }
    now = (wide)start;
    created = 0;
}

static void end(void)
{
    int i;
    for (i = 0; i < TIMERS; i++) {
        cancel(i);
    }
    run();
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM L-06 L-07 TM-01 TM-02 TM-03 TM-04 */
static void random_timers(void)
{
    static const async_tick_t starts[] = {
        0, 0x7ffffff0u, 0xfffffff0u, (async_tick_t)-16,
        (async_tick_t)((async_tick_t)1 << (ASYNC_TICK_BITS - 1)) - 16u,
    };
    unsigned long seed;
    for (seed = 0; seed < 2000; seed++) {
        unsigned op, few = 1u + (unsigned)(seed % TIMERS);
        if (!world_step(seed)) {
            continue;
        }
        random_seed(seed + check_.start);
        begin(starts[seed % (sizeof starts / sizeof *starts)]);
        for (op = 0; op < 150; op++) {
            switch (random_below(8)) {
            case 0:
                cancel((int)random_below(few));
                break;
            case 1: case 2:
                run();
                break;
            case 3:
                advance_somehow();
                break;
            default:
                add((int)random_below(few), random_delay());
                break;
            }
        }
        end();
    }
    check_.step = 0;
}

/* Long silences between timers: what the queue remembers is stale. */
/* SEM TM-03 */
static void long_silences(void)
{
    static const wide silences[] = {
        HALF / 2, HALF - 1, HALF, HALF + 1, 2 * HALF - 1, 2 * HALF,
        3 * HALF,
    };
    unsigned i, j;
    for (i = 0; i < sizeof silences / sizeof *silences; i++) {
        for (j = 0; j < sizeof silences / sizeof *silences; j++) {
            if (!world_step(10ul * i + j)) {
                continue;
            }
            begin((async_tick_t)check_.start);
            add(0, 3);
            advance(3);
            run();
            advance(silences[i]);
            add(1, -5);
            add(2, 7);
            add(3, HALF - 1);
            add(4, -HALF);
            add(5, 7);
            run();
            advance(7);
            run();
            advance(HALF);
            run();
            CHECK(model_first() == NULL);
            advance(silences[j]);
            add(1, HALF - 2);
            add(2, -1);
            run();
            advance(HALF);
            run();
            end();
        }
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(random_timers),
    TEST(long_silences),
};
TEST_MAIN(tests)
