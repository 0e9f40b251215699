/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A real port on its real timer, beside another timer of the chip: its clock
 * has the right rate, sleeps end when they should, in order, without drift, and
 * wherever the deadline is. Once across the wrap of the tick, once from 0. */
#include "proof.h"

/* Ticks in units of the watch, rounded down. */
static uint32_t to_watch(uint32_t ticks)
{
    return (uint32_t)((uint64_t)ticks * WATCH_HZ / ASYNC_TICK_HZ);
}

/* What waking takes at most, in units of the watch: 300 us. */
#define SLACK ((uint32_t)((uint64_t)WATCH_HZ * 300u / 1000000u) + 1u)
/* A millisecond, or a tick if that is longer; and how long a tick is. */
#define MS ((async_delay_t)(ASYNC_TICK_HZ / 1000))
#define TICK (WATCH_HZ / ASYNC_TICK_HZ + 1u)

static async_tick_t clock_now(void)
{
    return async_loop_time(&loop);
}

/* -- The clock ------------------------------------------------------------ */

static void test_rate(void)
{
    async_tick_t start = clock_now(), now, last;
    uint32_t from, passed;
    while (clock_now() == start) { } /* to the edge of a tick */
    from = watch_now();
    last = start = clock_now();
    do {
        now = clock_now();
        CHECK((async_delay_t)(now - last) >= 0);
        last = now;
    } while (now - start < (async_tick_t)(10 * MS));
    passed = watch_now() - from;
    CHECK(passed >= to_watch((uint32_t)(now - start)) - TICK);
    CHECK(passed <= to_watch((uint32_t)(now - start)) + TICK + SLACK);
}

/* -- Sleeps --------------------------------------------------------------- */

/* From one deadline to the next: both ends are on the edge of a tick. */
static bool took(uint32_t from, async_delay_t ticks)
{
    uint32_t passed = watch_now() - from, want = to_watch((uint32_t)ticks);
    if (passed + SLACK >= want && passed <= want + SLACK) {
        return true;
    }
    figure("wanted", want);
    figure("passed", passed);
    return false;
}

#ifdef SPIN /* which takes as long as it says */
enum { LONGEST = 100, PERIODS = 200 };
#elif defined(SLOW_ALARM)
enum { LONGEST = 1000, PERIODS = 300 };
#else
enum { LONGEST = 1000, PERIODS = 10000 };
#endif
static const int16_t lengths[] = {1, 2, 10, LONGEST};

struct sleeps {
    ASYNC_FRAME;
    unsigned i;
    async_tick_t deadline;
    async_delay_t ticks;
    uint32_t from;
};
static struct sleeps sleeps_frame;
ASYNC_DEF(sleeps)
{
    ASYNC_BEGIN;
    for (; self->i < 8; self->i++) {
        self->ticks = lengths[self->i / 2] * (self->i % 2 != 0 ? MS : 1);
        self->deadline = clock_now() + (async_tick_t)(2 * MS);
        AWAIT(async_sleep_until(self->deadline));
        self->from = watch_now();
        self->deadline += (async_tick_t)self->ticks;
        AWAIT(async_sleep_until(self->deadline));
        CHECK(took(self->from, self->ticks));
        self->ticks = (async_delay_t)(clock_now() - self->deadline);
        CHECK(self->ticks >= 0);
        if (ASYNC_TICK_HZ <= 1000) { /* long enough to be in the same tick */
            CHECK_INT(self->ticks, 0);
        }
    }
    ASYNC_END;
}

/* The sleep begins at a moment that moves through the whole of a tick, and over
 * its deadline: that passes before, while and after it is armed. */
#ifdef __riscv /* 1000 instructions in a microsecond */
enum { STEPS = 40 };
#else
enum { STEPS = 200 };
#endif
struct edges {
    ASYNC_FRAME;
    uint32_t step, from;
    async_tick_t deadline;
};
static struct edges edges_frame;
ASYNC_DEF(edges)
{
    ASYNC_BEGIN;
    for (; self->step < STEPS; self->step++) {
        self->deadline = clock_now() + (async_tick_t)MS;
        AWAIT(async_sleep_until(self->deadline));
        self->from = watch_now();
        self->deadline += (async_tick_t)MS;
        /* 100 us before it to 100 us after it */
        while (watch_now() - self->from <
               to_watch((uint32_t)MS) - (WATCH_HZ / 10000u) +
                   WATCH_HZ / 5000u * self->step / STEPS) { }
        AWAIT(async_sleep_until(self->deadline));
        CHECK((async_delay_t)(clock_now() - self->deadline) >= 0);
        CHECK(watch_now() - self->from <=
              to_watch((uint32_t)MS) + WATCH_HZ / 10000u + SLACK);
    }
    ASYNC_END;
}

struct past {
    ASYNC_FRAME;
    uint32_t from;
    int i;
};
static struct past past_frame;
ASYNC_DEF(past)
{
    ASYNC_BEGIN;
    for (; self->i < 20; self->i++) {
        self->from = watch_now();
        AWAIT(async_sleep_until(clock_now() - (async_tick_t)(self->i * MS)));
        CHECK(took(self->from, 0));
    }
    ASYNC_END;
}

/* -- Order ---------------------------------------------------------------- */

static const uint8_t delays[6] = {3, 1, 3, 2, 3, 1};
static const uint8_t order[6] = {1, 5, 3, 0, 2, 4};
static uint8_t woken;
static async_tick_t base;

struct one_of {
    ASYNC_FRAME;
    uint8_t id;
};
static struct one_of some[6];
ASYNC_DEF(one_of)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_until(base + (async_tick_t)(delays[self->id] * MS)));
    CHECK_INT(self->id, order[woken]);
    woken++;
    ASYNC_END;
}

struct equal {
    ASYNC_FRAME;
    uint8_t i;
    async_task_t tasks[6];
};
static struct equal equal_frame;
ASYNC_DEF(equal)
{
    ASYNC_BEGIN;
    woken = 0;
    base = clock_now();
    for (self->i = 0; self->i < 6; self->i++) {
        CHECK_INT(async_create_task(&self->tasks[self->i],
                                    ASYNC_CALL(one_of, &some[self->i],
                                               .id = self->i)), 0);
    }
    for (self->i = 0; self->i < 6; self->i++) {
        AWAIT(&self->tasks[self->i]);
    }
    CHECK_INT(woken, 6);
    ASYNC_END;
}

/* -- Drift ---------------------------------------------------------------- */

struct ticking {
    ASYNC_FRAME;
    async_ticker_t ticker;
    async_tick_t start;
    uint32_t from;
    uint16_t i;
};
static struct ticking ticking_frame;
ASYNC_DEF(ticking)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(MS));
    self->start = clock_now();
    self->from = watch_now();
    CHECK_INT(async_ticker_init_ticks(&self->ticker, &loop, MS), 0);
    self->start = self->ticker.next - (async_tick_t)MS;
    for (; self->i < PERIODS; self->i++) {
        AWAIT(async_ticker_wait(&self->ticker));
    }
    CHECK_INT(self->ticker.missed, 0);
    CHECK_INT(self->ticker.next - self->start,
              (async_delay_t)(PERIODS + 1) * MS);
    CHECK((async_delay_t)(clock_now() - self->start) >= PERIODS * MS);
    CHECK(took(self->from, (async_delay_t)PERIODS * MS));
    ASYNC_END;
}

/* -- All ------------------------------------------------------------------ */

static void run(const char *name, async_coro_t *coro, async_tick_t start)
{
    unsigned long failures = check_.failures;
    check_.test = name;
    CHECK_INT(async_loop_init(&loop, port_start(start)), 0);
    test_rate();
    CHECK_INT(async_run(&loop, coro), 0);
    board_puts(check_.failures == failures ? "ok " : "FAILED ");
    board_puts(name);
    board_puts("\n");
}

static void run_all(async_tick_t start)
{
    check_.start = (unsigned long)start;
    run("sleeps", ASYNC_CALL(sleeps, &sleeps_frame), start);
    run("edges", ASYNC_CALL(edges, &edges_frame), start);
    run("past", ASYNC_CALL(past, &past_frame), start);
    run("equal", ASYNC_CALL(equal, &equal_frame), start);
    run("ticker", ASYNC_CALL(ticking, &ticking_frame), start);
}

int main(void)
{
    board_init();
    watch_start();
    run_all((async_tick_t)0 - (async_tick_t)(15 * MS));
    run_all(0);
#if ASYNC_TICK_BITS == 64
    run_all(((async_tick_t)1 << 32) - (async_tick_t)(15 * MS));
#endif
    return proof_end();
}
