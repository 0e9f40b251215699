/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

static async_semaphore_t slots;    /* how many may fetch at a time */

struct fetch {
    ASYNC_FRAME;
    int number;
};
ASYNC_DEF(fetch)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&slots) {        /* async with slots: */
        printf("%4d ms  fetch %d begins\n", now_ms(), self->number);
        AWAIT(async_sleep_ms(100 * self->number));
    } ASYNC_END_WITH;
    printf("%4d ms    fetch %d is done\n", now_ms(), self->number);
    ASYNC_END;
}

enum { COUNT = 5 };

struct app {
    ASYNC_FRAME;
    struct fetch fetch[COUNT];
    async_awaitable_t list[COUNT];
    ASYNC_GATHER(COUNT) all;
    int i;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_semaphore_init(&slots, 2);
    for (self->i = 0; self->i < COUNT; self->i++) {
        self->list[self->i] = async_awaitable(
            ASYNC_CALL(fetch, &self->fetch[self->i], .number = self->i + 1));
    }
    AWAIT(async_gather_list(&self->all, self->list, COUNT));
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
