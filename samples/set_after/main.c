/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

typedef ASYNC_FUTURE(const char *) text_future_t;

struct set_after {
    ASYNC_FRAME;
    text_future_t *future;
    int delay_ms;
    const char *value;
};
ASYNC_DEF(set_after)        /* async def set_after(fut, delay, value): */
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->delay_ms));
    async_future_set(self->future, self->value);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    text_future_t future;
    struct set_after set_after;
    async_task_t task;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_future_init(&self->future.future, async_get_running_loop());
    async_create_task(&self->task,
                      ASYNC_CALL(set_after, &self->set_after,
                                 .future = &self->future, .delay_ms = 1000,
                                 .value = "... world"));
    printf("hello ...\n");
    AWAIT(&self->future.future);
    printf("%s\n", self->future.value);
    ASYNC_END;
}

int main(void)
{
    static async_posix_t posix;
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_posix_init(&posix));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
