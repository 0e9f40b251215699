/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Sleeping, once and periodically. */
#include "world.h"

static async_task_t tasks[8];
static async_handle_t handle;

static int on_call(async_handle_t *h)
{
    (void)h;
    note("call");
    return 0;
}

static void tick_time(const char *name)
{
    note_n_var(name, world_time());
}

/* -- sleep ---------------------------------------------------------------- */

enum unit { TICKS, MS, US, UNTIL, UNTIL_AGO };

struct sleeper {
    ASYNC_FRAME;
    const char *name;
    enum unit unit;
    async_delay_t delay;
    int times, err;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        if (self->unit == TICKS) {
            AWAIT_STATUS(self->err, async_sleep_ticks(self->delay));
        } else if (self->unit == MS) {
            AWAIT_STATUS(self->err, async_sleep_ms((int32_t)self->delay));
        } else if (self->unit == US) {
            AWAIT_STATUS(self->err, async_sleep_us((int32_t)self->delay));
        } else {
            AWAIT_STATUS(self->err,
                         async_sleep_until(async_loop_time(&loop) +
                                           (async_tick_t)self->delay));
        }
        tick_time(self->name);
        if (self->err != 0) {
            ASYNC_RAISE(self->err);
        }
    }
    ASYNC_END;
}
static struct sleeper frames[8];

static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

static void start(int id, enum unit unit, async_delay_t delay, int times)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[id],
                  ASYNC_CALL(sleeper, &frames[id], .name = names[id],
                             .unit = unit, .delay = delay, .times = times)),
              0);
}

static void run_all(void)
{
    while (async_all_tasks(&loop, NULL) != NULL) {
        int status = async_loop_run_until_complete(
            &loop, &async_all_tasks(&loop, NULL)->future);
        if (!CHECK(status != ASYNC_ERR_DEADLOCK)) {
            break;
        }
    }
}

/* SEM TM-05 M-14 */
static void nothing_to_sleep(void)
{
    static const async_delay_t delays[] = {0, -1, -1000, -ASYNC_DELAY_MAX,
                                           -ASYNC_DELAY_MAX - 1};
    unsigned i;
    for (i = 0; i < sizeof delays / sizeof *delays; i++) {
        int unit;
        for (unit = TICKS; unit <= UNTIL; unit++) {
            if ((unit == MS || unit == US) &&
                delays[i] < (async_delay_t)INT32_MIN) {
                continue;
            }
            world_begin();
            start(0, (enum unit)unit, delays[i], 2);
            turns(1);
            CHECK_TRACE("");
            turns(1);
            CHECK_TRACE("a0");
            turns(1);
            CHECK_TRACE("a0");
            CHECK_INT(world_time(), 0);
            world_end();
        }
    }
}

/* SEM TM-06 */
static void two_steps(void)
{
    async_timer_t timer;
    world_begin();
    __builtin_memset((void *)&timer, 0, sizeof timer);
    start(0, TICKS, 5, 1);
    turns(1);
    CHECK_INT(async_call_later(&loop, &timer, 5, on_call), 0);
    async_sim_advance(&sim, 5);
    turns(1); /* both timers run */
    CHECK_TRACE("call");
    CHECK_INT(async_call_soon(&loop, &handle, on_call), 0);
    turns(1); /* the sleeper, which was queued first */
    CHECK_TRACE("a5 call");
    world_end();
}

/* SEM TM-07 */
static void sleepers_wake_by_deadline(void)
{
    world_begin();
    start(0, TICKS, 30, 1);
    start(1, TICKS, 10, 1);
    start(2, TICKS, 20, 3);
    start(3, TICKS, 10, 2);
    start(4, TICKS, 20, 1);
    start(5, UNTIL, 20, 1);
    run_all();
    CHECK_TRACE("b10 d10 c20 e20 f20 d20 a30 c40 c60");
    world_end();
}

/* SEM TM-08 */
static void until_a_time(void)
{
    world_begin();
    start(0, UNTIL, 7, 3);
    run_all();
    CHECK_TRACE("a7 a14 a21");
    start(0, UNTIL, -3, 1); /* has passed */
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("a21");
    world_end();
}

/* SEM TM-11 M-15 */
static void across_the_wrap(void)
{
    async_tick_t start_at;
    long offset;
    for (offset = 0; offset <= 40; offset++) {
        if (!world_step((unsigned long)offset)) {
            continue;
        }
        start_at = (async_tick_t)0 - (async_tick_t)offset;
        world_begin_at(start_at);
        start(0, TICKS, 30, 1);
        start(1, TICKS, 10, 3);
        start(2, TICKS, 25, 1);
        run_all();
        CHECK_INT(sim.time - start_at, 30);
        CHECK(async_future_done(&tasks[2].future));
        CHECK(trace_[0] == 'b' && trace_[trace_length_ - 1] != 'c');
        world_end();
    }
    check_.step = 0;
}

/* Many sleepers with random times, against when they should wake. */
struct napper {
    ASYNC_FRAME;
    async_tick_t due;
    int naps;
};
static long late;
ASYNC_DEF(napper)
{
    ASYNC_BEGIN;
    while (self->naps-- > 0) {
        self->due = async_loop_time(&loop) + 1u + random_below(500);
        AWAIT(async_sleep_until(self->due));
        late += self->due != async_loop_time(&loop);
    }
    ASYNC_END;
}

/* SEM L-08 TM-07 */
static void exactly_on_time(void)
{
    enum { NAPPERS = WORLD_SIZE(40, 40, 10) };
    static struct napper nappers[NAPPERS];
    static async_task_t napping[NAPPERS];
    int i;
    world_begin();
    random_seed(check_.start);
    late = 0;
    for (i = 0; i < NAPPERS; i++) {
        CHECK_INT(async_loop_create_task(
                      &loop, &napping[i],
                      ASYNC_CALL(napper, &nappers[i], .naps = 50)),
                  0);
    }
    run_all();
    CHECK_INT(late, 0);
    world_end();
}

/* -- Periods -------------------------------------------------------------- */

struct periodic {
    ASYNC_FRAME;
    async_ticker_t ticker;
    async_delay_t period;
    const int *busy; /* ticks of work after each wait */
    int times;
};
ASYNC_DEF(periodic)
{
    ASYNC_BEGIN;
    CHECK_INT(async_ticker_init_ticks(&self->ticker, &loop, self->period), 0);
    while (self->times-- > 0) {
        AWAIT(async_ticker_wait(&self->ticker));
        tick_time("");
        async_sim_advance(&sim, (async_tick_t)*self->busy++);
    }
    note_n("missed", self->ticker.missed);
    ASYNC_END;
}

static void run_periodic(const int *busy, int times)
{
    static struct periodic frame;
    world_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(periodic, &frame, .period = 10,
                                          .busy = busy, .times = times)),
              0);
}

/* SEM TM-12 */
static void no_drift(void)
{
    static const int busy[] = {3, 9, 0, 10, 1, 0};
    run_periodic(busy, 6);
    CHECK_TRACE("10 20 30 40 50 60 missed0");
}

/* SEM TM-13 */
static void missed_periods(void)
{
    static const int busy[] = {15, 0, 20, 0, 35, 4, 109, 0, 0};
    run_periodic(busy, 9);
    /* 20 is 5 late; 40 is missed; 70 and 80 are missed, 90 is 5 late; 110 to
     * 190 are missed, 200 is 9 late */
    CHECK_TRACE("10 25 30 50 60 95 100 209 210 missed12");
}

struct ticking {
    ASYNC_FRAME;
    async_ticker_t ticker;
    int turns;
};
ASYNC_DEF(ticking)
{
    ASYNC_BEGIN;
    CHECK_INT(async_ticker_init_ms(&self->ticker, &loop, 10), 0);
    for (;;) {
        AWAIT(async_ticker_wait(&self->ticker));
        self->turns++;
    }
    ASYNC_END;
}

static int advance_far(async_handle_t *h)
{
    (void)h;
    async_sim_advance(&sim, 700000);
    return 0;
}

/* SEM TM-13 */
static void missed_counts_wrap(void)
{
    static struct ticking frame;
    world_begin();
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(ticking, &frame)),
              0);
    turns(1);
    CHECK_INT(async_call_soon(&loop, &handle, advance_far), 0);
    turns(4);
    CHECK_INT(frame.ticker.missed, 69998 % 65536);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    world_end();
}

/* SEM TM-14 */
static void periods_out_of_range(void)
{
    async_ticker_t ticker;
    world_begin();
    CHECK_INT(async_ticker_init_ticks(&ticker, &loop, 0), ASYNC_ERR_VALUE);
    CHECK_INT(async_ticker_init_ticks(&ticker, &loop, -1), ASYNC_ERR_VALUE);
    CHECK_INT(async_ticker_init_ms(&ticker, &loop, 0), ASYNC_ERR_VALUE);
    CHECK_INT(async_ticker_init_ms(&ticker, &loop, -5), ASYNC_ERR_VALUE);
    world_end();
}

static const struct test tests[] = {
    TEST(nothing_to_sleep),
    TEST(two_steps),
    TEST(sleepers_wake_by_deadline),
    TEST(until_a_time),
    TEST(across_the_wrap),
    TEST(exactly_on_time),
    TEST(no_drift),
    TEST(missed_periods),
    TEST(missed_counts_wrap),
    TEST(periods_out_of_range),
};
TEST_MAIN(tests)
