/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int seconds(void)
{
    return (int)(async_loop_time(async_get_running_loop()) / ASYNC_TICK_HZ);
}

struct countdown {
    ASYNC_FRAME;
    const char *label;
    int length, delay; /* in seconds */
    int start;
};
ASYNC_DEF(countdown)        /* async def countdown(label, length, delay=0): */
{
    ASYNC_BEGIN;
    printf("%s waiting %d seconds before starting countdown\n", self->label,
           self->delay);
    self->start = seconds();
    AWAIT(async_sleep_ms(1000 * self->delay));
    printf("%s starting after waiting %d\n", self->label,
           seconds() - self->start);
    for (; self->length > 0; self->length--) {
        printf("%s T-minus %d\n", self->label, self->length);
        AWAIT(async_sleep_ms(1000));
    }
    printf("%s lift-off!\n", self->label);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct countdown a, b, c;
    async_task_t task[3];
    int start, i;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    self->start = seconds();
    async_create_task(&self->task[0], ASYNC_CALL(countdown, &self->a,
                                                 .label = "A", .length = 5));
    async_create_task(&self->task[1],
                      ASYNC_CALL(countdown, &self->b, .label = "B",
                                 .length = 3, .delay = 2));
    async_create_task(&self->task[2],
                      ASYNC_CALL(countdown, &self->c, .label = "C",
                                 .length = 4, .delay = 1));
    for (self->i = 0; self->i < 3; self->i++) {
        AWAIT(&self->task[self->i]);
    }
    printf("Total elapsed time is %d s\n", seconds() - self->start);
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
