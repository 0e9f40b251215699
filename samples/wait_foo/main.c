/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct foo {
    ASYNC_FRAME;
    int result;
};
ASYNC_DEF(foo)
{
    ASYNC_BEGIN;
    self->result = 42;
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct foo foo;
    async_task_t task;
    ASYNC_WAIT(1) wait;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(foo, &self->foo));
    AWAIT(async_wait(&self->wait, ASYNC_ALL_COMPLETED, &self->task));
    if (async_wait_done(&self->wait, 0)) { /* if task in done: */
        printf("the task is done: %d\n", self->foo.result);
    }
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
