/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;

/* Keeps the CPU: time.sleep(). */
static void blocking_sleep_ms(int32_t ms)
{
    async_sim_advance(&sim, (async_tick_t)async_ms(ms));
}

static void say(const char *who, const char *what)
{
    printf("%4d ms  %s: %s\n", (int)sim.time, who, what);
}

struct say_after {
    ASYNC_FRAME;
    const char *name;
};
ASYNC_DEF(say_after)
{
    ASYNC_BEGIN;
    say(self->name, "runs as far as its first await");
    AWAIT(async_sleep_ms(1000));
    say(self->name, "is done");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct say_after say[3];
    async_task_t task[3];
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task[0], ASYNC_CALL(say_after, &self->say[0],
                                                 .name = "task 1"));
    async_create_task(&self->task[1], ASYNC_CALL(say_after, &self->say[1],
                                                 .name = "task 2"));
    async_create_task(&self->task[2], ASYNC_CALL(say_after, &self->say[2],
                                                 .name = "task 3"));
    say("main", "three tasks created, none has started");
    blocking_sleep_ms(1000);
    say("main", "first await");
    AWAIT(&self->task[0]);
    say("main", "awaited task 1");
    AWAIT(&self->task[1]);
    say("main", "awaited task 2");
    AWAIT(&self->task[2]);
    say("main", "awaited task 3");
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
