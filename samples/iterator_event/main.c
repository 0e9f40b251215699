/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;
static async_loop_t loop;

/* -- The driver: an interrupt fills a channel -------------------------------- */

static ASYNC_CHANNEL(int, 4) samples;
static int conversions;

static void adc_isr(async_sim_interrupt_t *interrupt)
{
    if (conversions < 5) {
        async_channel_put(&samples, 100 + conversions++);
        async_sim_at(&sim, interrupt, sim.time + 50, adc_isr);
    } else {
        async_channel_close(&samples);
    }
}

/* -- The application ---------------------------------------------------------- */

struct app {
    ASYNC_FRAME;
    int sample;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&samples)) {   /* async for x in samples: */
        async_channel_receive_nowait(&samples, &self->sample);
        printf("%3d ms  sample %d\n", (int)async_loop_time(&loop),
               self->sample);
    } ASYNC_END_FOR;
    printf("%3d ms  no more\n", (int)async_loop_time(&loop));
    ASYNC_END;
}

int main(void)
{
    static async_sim_interrupt_t interrupt;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_channel_init(&samples, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    async_sim_at(&sim, &interrupt, 50, adc_isr);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
