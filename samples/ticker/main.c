/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct ticker {
    ASYNC_AGENERATOR(int);      /* yields ints */
    int delay_ms, to;
    int i;
};
ASYNC_DEF(ticker)               /* async def ticker(delay, to): */
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < self->to; self->i++) {
        ASYNC_YIELD(self->i);
        AWAIT(async_sleep_ms(self->delay_ms));
    }
    ASYNC_CLEANUP;
    printf("  ticker ends\n");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct ticker ticker;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_agenerator_init(
        ASYNC_CALL(ticker, &self->ticker, .delay_ms = 1000, .to = 5));
    ASYNC_FOR(async_anext(&self->ticker)) {     /* async for i in ticker: */
        printf("%4d ms  %d\n",
               (int)async_loop_time(async_get_running_loop()),
               self->ticker.value);
    } ASYNC_ELSE {
        printf("that was all\n");
    } ASYNC_END_ELSE;

    /* One that is left early is closed behind the block. */
    async_agenerator_init(
        ASYNC_CALL(ticker, &self->ticker, .delay_ms = 10, .to = 1000));
    ASYNC_WITH_CLOSING(&self->ticker) {
        ASYNC_FOR(async_anext(&self->ticker)) {
            if (self->ticker.value == 2) {
                break;
            }
        } ASYNC_END_FOR;
        printf("enough\n");
    } ASYNC_END_WITH;
    printf("closed\n");
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
