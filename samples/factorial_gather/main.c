/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct factorial {
    ASYNC_FRAME;
    const char *name;
    int number;
    int i, result;
};
ASYNC_DEF(factorial)
{
    ASYNC_BEGIN;
    self->result = 1;
    for (self->i = 2; self->i <= self->number; self->i++) {
        printf("Task %s: Compute factorial(%d)...\n", self->name, self->i);
        AWAIT(async_sleep_ms(1000));
        self->result *= self->i;
    }
    printf("Task %s: factorial(%d) = %d\n", self->name, self->number,
           self->result);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct factorial a, b, c;
    ASYNC_GATHER(3) all;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(
        &self->all,
        ASYNC_CALL(factorial, &self->a, .name = "A", .number = 2),
        ASYNC_CALL(factorial, &self->b, .name = "B", .number = 3),
        ASYNC_CALL(factorial, &self->c, .name = "C", .number = 4)));
    printf("[%d, %d, %d] after %d ms\n", self->a.result, self->b.result,
           self->c.result, now_ms());
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
