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

struct ask {
    ASYNC_FRAME;
    const char *server;
    int delay_ms;
};
ASYNC_DEF(ask)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->delay_ms));
    say(self->server, "answers");
    ASYNC_CLEANUP;
    say(self->server, "connection closed");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct ask ask[2];
    async_task_t task[2];
    ASYNC_WAIT(2) first;
    unsigned i;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task[0], ASYNC_CALL(ask, &self->ask[0],
                                                 .server = "far",
                                                 .delay_ms = 900));
    async_create_task(&self->task[1], ASYNC_CALL(ask, &self->ask[1],
                                                 .server = "near",
                                                 .delay_ms = 200));
    AWAIT(async_wait(&self->first, ASYNC_FIRST_COMPLETED, &self->task[0],
                     &self->task[1]));
    for (self->i = 0; self->i < 2; self->i++) {
        if (async_wait_done(&self->first, self->i)) {
            say("main", self->ask[self->i].server);
        } else {
            async_task_cancel(&self->task[self->i]);
            AWAIT_STATUS(self->error, &self->task[self->i]);
        }
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
