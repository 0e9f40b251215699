/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct say_after {
    ASYNC_FRAME;
    int delay_ms;
    const char *what;
};
ASYNC_DEF(say_after)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->delay_ms));
    printf("%s\n", self->what);
    ASYNC_END;
}

static async_tick_t start;

static void started(const char *how)
{
    start = async_loop_time(async_get_running_loop());
    printf("started %s\n", how);
}

static void finished(void)
{
    async_tick_t ticks = async_loop_time(async_get_running_loop()) - start;
    printf("finished after %d s\n",
           (int)((ticks + ASYNC_TICK_HZ / 2) / ASYNC_TICK_HZ));
}

struct app {
    ASYNC_FRAME;
    struct say_after hello, world;
    async_task_t task1, task2;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    started("one after the other");
    AWAIT(ASYNC_CALL(say_after, &self->hello,
                     .delay_ms = 1000, .what = "hello"));
    AWAIT(ASYNC_CALL(say_after, &self->world,
                     .delay_ms = 2000, .what = "world"));
    finished();

    started("as tasks");
    async_create_task(&self->task1,
                      ASYNC_CALL(say_after, &self->hello,
                                 .delay_ms = 1000, .what = "hello"));
    async_create_task(&self->task2,
                      ASYNC_CALL(say_after, &self->world,
                                 .delay_ms = 2000, .what = "world"));
    AWAIT(&self->task1);
    AWAIT(&self->task2);
    finished();
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
