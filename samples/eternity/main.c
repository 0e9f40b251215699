/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct eternity {
    ASYNC_FRAME;
};
ASYNC_DEF(eternity)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(3600 * 1000));
    printf("yay!\n");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct eternity eternity;
    async_wait_for_t limit;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        AWAIT(async_wait_for_ms(&self->limit,
                                ASYNC_CALL(eternity, &self->eternity), 1000));
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ASYNC_ERR_TIMEOUT) {
        printf("timeout! after %d ms\n", now_ms());
    } ASYNC_END_EXCEPT;
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
