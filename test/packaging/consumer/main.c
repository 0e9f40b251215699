/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A user's program, C and C++. */
#ifdef HEADER_ONLY
#define ASYNC_IMPLEMENTATION
#endif
#include <async.h>

struct app {
    ASYNC_FRAME;
    async_tick_t start;
    int slept;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    self->start = async_loop_time(async_get_running_loop());
    AWAIT(async_sleep_ms(5));
    self->slept = (int)(async_loop_time(async_get_running_loop()) - self->start);
    ASYNC_END;
}

static int run(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    int status = async_loop_init(&loop, async_sim_init(&sim, 0));
    if (status == 0) {
        status = async_run(&loop, ASYNC_CALL(app, &app));
    }
    return status == 0 ? app.slept : status;
}

#ifdef FREESTANDING
int firmware(void);
int firmware(void)
{
    return run();
}
#else
#include <stdio.h>

int main(void)
{
    printf("slept %d ms\n", run());
    return 0;
}
#endif
