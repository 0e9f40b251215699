/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int cached = -1; /* the last measurement, if there was one */

struct measure {
    ASYNC_FRAME;
    int volts;
};
ASYNC_DEF(measure)
{
    ASYNC_BEGIN;
    if (cached < 0) {
        AWAIT(async_sleep_ms(50));
        cached = 12;
    }
    self->volts = cached;
    ASYNC_END;
}

static void say(const char *how, const async_task_t *task)
{
    printf("%2d ms  %s: %s\n", (int)async_loop_time(async_get_running_loop()),
           how, async_future_done(&task->future) ? "done" : "pending");
}

struct app {
    ASYNC_FRAME;
    async_task_t task;
    struct measure measure;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_eager_task(&self->task, ASYNC_CALL(measure, &self->measure));
    say("eager, has to wait", &self->task);
    AWAIT(&self->task);
    say("awaited", &self->task);

    async_create_task(&self->task, ASYNC_CALL(measure, &self->measure));
    say("not eager, from the cache", &self->task);
    AWAIT(&self->task);

    async_create_eager_task(&self->task, ASYNC_CALL(measure, &self->measure));
    say("eager, from the cache", &self->task);
    printf("%d V\n", self->measure.volts);
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
