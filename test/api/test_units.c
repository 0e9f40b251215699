/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Milliseconds and microseconds at several rates of the clock: rounded up,
 * never out of range without saying so. Compiled once for each rate. */
#include "world.h"

#if ASYNC_TICK_BITS == 32
typedef int64_t wide;
#else
__extension__ typedef __int128 wide;
#endif

static async_task_t task;
static async_timer_t timer;

static int on_call(async_handle_t *handle)
{
    (void)handle;
    return 0;
}

/* The smallest number of whole ticks that is not shorter. */
static wide exact_ticks(int32_t amount, int32_t per_second)
{
    wide product = (wide)amount * ASYNC_TICK_HZ;
    wide ticks = product / per_second;
    if (product > 0 && ticks * per_second != product) {
        ticks++;
    }
    return ticks;
}

static bool in_range(wide ticks)
{
    return ticks >= -(wide)ASYNC_DELAY_MAX - 1 && ticks <= ASYNC_DELAY_MAX;
}

struct sleeper {
    ASYNC_FRAME;
    bool us;
    int32_t amount;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    if (self->us) {
        AWAIT(async_sleep_us(self->amount));
    } else {
        AWAIT(async_sleep_ms(self->amount));
    }
    ASYNC_END;
}

static void sleep_for(bool us, int32_t amount)
{
    static struct sleeper frame;
    wide ticks = exact_ticks(amount, us ? 1000000 : 1000);
    async_tick_t before;
    world_begin();
    before = sim.time;
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(sleeper, &frame, .us = us,
                                                .amount = amount)),
              0);
    if (!in_range(ticks)) {
        turns(1);
        CHECK_INT(async_future_result(&task.future, NULL), ASYNC_ERR_VALUE);
    } else {
        CHECK_INT(async_loop_run_until_complete(&loop, &task.future), 0);
        CHECK(sim.time - before == (async_tick_t)(ticks > 0 ? ticks : 0));
    }
    world_end();
}

static void delay_for(int32_t ms)
{
    wide ticks = exact_ticks(ms, 1000);
    world_begin();
    if (!in_range(ticks)) {
        async_ticker_t ticker;
        CHECK_INT(async_call_later_ms(&loop, &timer, ms, on_call),
                  ASYNC_ERR_VALUE);
        CHECK_INT(async_ticker_init_ms(&ticker, &loop, ms), ASYNC_ERR_VALUE);
    } else {
        CHECK_INT(async_call_later_ms(&loop, &timer, ms, on_call), 0);
        CHECK(async_timer_when(&timer) == sim.time + (async_tick_t)ticks);
        CHECK(async_timer_cancel(&loop, &timer));
    }
    world_end();
}

static void convert(int32_t amount)
{
    wide ms = exact_ticks(amount, 1000), us = exact_ticks(amount, 1000000);
    CHECK(async_ms(amount) == (in_range(ms) ? (async_delay_t)ms
                                            : ASYNC_DELAY_MAX));
    CHECK(async_us(amount) == (in_range(us) ? (async_delay_t)us
                                            : ASYNC_DELAY_MAX));
}

/* SEM TM-09 TM-10 TM-16 M-13 */
static void every_unit(void)
{
    static const int32_t amounts[] = {
        0, 1, 2, 3, 29, 30, 31, 61, 999, 1000, 1001, 65535, 65536, 65537,
        1999999, 2147483, 2147484, 2147485, 65535999, 65536000, 65536001,
        2000000000, INT32_MAX - 1, INT32_MAX, -1, -29, -1000, -1001, -2147484,
        -2147485, -65536001, -INT32_MAX, INT32_MIN,
    };
    unsigned i;
    for (i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        check_.step = i;
        sleep_for(true, amounts[i]);
        sleep_for(false, amounts[i]);
        delay_for(amounts[i]);
        convert(amounts[i]);
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(every_unit),
};
TEST_MAIN(tests)
