/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;

/* Keeps the CPU for some milliseconds. */
static void work(const char *who, int ms)
{
    printf("%s at %4d ms, works %3d ms\n", who, (int)sim.time, ms);
    async_sim_advance(&sim, (async_tick_t)async_ms(ms));
}

struct sleeper {
    ASYNC_FRAME;
    int i;
};
ASYNC_DEF(sleeper)          /* drifts: its periods are 100 ms and the work */
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 4; self->i++) {
        AWAIT(async_sleep_ms(100));
        work("sleeper", 30);
    }
    ASYNC_END;
}

struct ticker {
    ASYNC_FRAME;
    async_ticker_t ticker;
    int i;
};
ASYNC_DEF(ticker)           /* does not drift, and knows what it missed */
{
    ASYNC_BEGIN;
    async_ticker_init_ms(&self->ticker, async_get_running_loop(), 100);
    for (self->i = 0; self->i < 6; self->i++) {
        AWAIT(async_ticker_wait(&self->ticker));
        work("ticker ", self->i == 2 ? 250 : 30);
    }
    printf("missed %d\n", (int)self->ticker.missed);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct sleeper sleeper;
    struct ticker ticker;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(sleeper, &self->sleeper));
    AWAIT(async_sleep_until(1000));
    AWAIT(ASYNC_CALL(ticker, &self->ticker));
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
