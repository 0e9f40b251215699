/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct count {
    ASYNC_FRAME;
};
ASYNC_DEF(count)
{
    ASYNC_BEGIN;
    printf("One\n");
    AWAIT(async_sleep_ms(1000));
    printf("Two\n");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct count count[3];
    ASYNC_GATHER(3) all;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&self->all, ASYNC_CALL(count, &self->count[0]),
                       ASYNC_CALL(count, &self->count[1]),
                       ASYNC_CALL(count, &self->count[2])));
    printf("executed in %d ms\n", now_ms());
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
