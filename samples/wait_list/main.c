/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct say_after {
    ASYNC_FRAME;
    int delay_ms;
};
ASYNC_DEF(say_after)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->delay_ms));
    printf("%4d ms  slept %d ms\n", now_ms(), self->delay_ms);
    ASYNC_END;
}

enum { COUNT = 4 };

struct app {
    ASYNC_FRAME;
    struct say_after say[COUNT];
    async_task_t tasks[COUNT];
    async_awaitable_t list[COUNT];
    ASYNC_WAIT(COUNT) wait;
    unsigned i, done;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < COUNT; self->i++) {
        async_create_task(&self->tasks[self->i],
                          ASYNC_CALL(say_after, &self->say[self->i],
                                     .delay_ms = 1000 + 500 * (int)self->i));
        self->list[self->i] = async_awaitable(&self->tasks[self->i]);
    }
    AWAIT(async_wait_list_ticks(&self->wait, ASYNC_ALL_COMPLETED,
                                async_ms(1700), self->list, COUNT));
    for (self->i = 0; self->i < COUNT; self->i++) {
        self->done += async_wait_done(&self->wait, self->i) ? 1u : 0u;
    }
    printf("%4d ms  timeout: %u done, %u pending\n", now_ms(), self->done,
           COUNT - self->done);

    AWAIT(async_wait_list_ticks(&self->wait, ASYNC_ALL_COMPLETED,
                                ASYNC_FOREVER, self->list, COUNT));
    printf("%4d ms  all done\n", now_ms());
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    static async_task_t task;
    int status;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_loop_create_task(&loop, &task, ASYNC_CALL(app, &app));
    status = async_loop_run_until_complete(&loop, &task.future);
    async_loop_close(&loop);
    return status;
}
