/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static void say(const char *who, const char *what)
{
    printf("%4d ms  %s: %s\n",
           (int)async_loop_time(async_get_running_loop()), who, what);
}

/* Goes on from one run to the next. */
struct heartbeat {
    ASYNC_FRAME;
};
ASYNC_DEF(heartbeat)
{
    ASYNC_BEGIN;
    for (;;) {
        say("heartbeat", "tick");
        AWAIT(async_sleep_ms(400));
    }
    ASYNC_CLEANUP;
    say("heartbeat", "ends");
    ASYNC_END;
}

static async_task_t heart;
static struct heartbeat heartbeat;

struct job {
    ASYNC_FRAME;
    const char *name;
};
ASYNC_DEF(job)
{
    ASYNC_BEGIN;
    say(self->name, "begins");
    AWAIT(async_sleep_ms(500));
    say(self->name, "is done");
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static async_runner_t runner;
    static struct job job;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_loop_create_task(&loop, &heart, ASYNC_CALL(heartbeat, &heartbeat));
    async_runner_init(&runner, &loop);
    async_runner_run(&runner, ASYNC_CALL(job, &job, .name = "self-test"));
    async_runner_run(&runner, ASYNC_CALL(job, &job, .name = "application"));
    return async_runner_close(&runner);
}
