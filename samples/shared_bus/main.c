/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

static async_lock_t bus;           /* zero is a free lock */

struct sensor {
    ASYNC_FRAME;
    const char *name;
};
ASYNC_DEF(sensor)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&bus) {          /* async with bus: */
        printf("%3d ms  %s has the bus\n", now_ms(), self->name);
        AWAIT(async_sleep_ms(10));
        printf("%3d ms  %s is done\n", now_ms(), self->name);
    } ASYNC_END_WITH;
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct sensor a, b, c;
    ASYNC_GATHER(3) all;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&self->all,
                       ASYNC_CALL(sensor, &self->a, .name = "thermometer"),
                       ASYNC_CALL(sensor, &self->b, .name = "barometer"),
                       ASYNC_CALL(sensor, &self->c, .name = "hygrometer")));
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
