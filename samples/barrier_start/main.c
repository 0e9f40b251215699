/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

static async_barrier_t start;

struct runner {
    ASYNC_FRAME;
    const char *name;
    int warm_up_ms, run_ms;
};
ASYNC_DEF(runner)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->warm_up_ms));
    printf("%4d ms  %s is ready\n", now_ms(), self->name);
    AWAIT(async_barrier_wait(&start));
    if (async_barrier_index(&start) == 0) {     /* one of them */
        printf("%4d ms  go!\n", now_ms());
    }
    AWAIT(async_sleep_ms(self->run_ms));
    printf("%4d ms  %s has arrived\n", now_ms(), self->name);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct runner a, b, c;
    ASYNC_GATHER(3) race;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_barrier_init(&start, 3);
    AWAIT(async_gather(
        &self->race,
        ASYNC_CALL(runner, &self->a, .name = "Ann", .warm_up_ms = 100,
                   .run_ms = 900),
        ASYNC_CALL(runner, &self->b, .name = "Bob", .warm_up_ms = 300,
                   .run_ms = 700),
        ASYNC_CALL(runner, &self->c, .name = "Cid", .warm_up_ms = 200,
                   .run_ms = 800)));
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
