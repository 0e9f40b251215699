/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;

static int seconds(void)
{
    return (int)(async_loop_time(async_get_running_loop()) / ASYNC_TICK_HZ);
}

/* Keeps the CPU: time.sleep(). Nothing else runs meanwhile. */
static void blocking_sleep(int s)
{
    async_sim_advance(&sim, (async_tick_t)s * ASYNC_TICK_HZ);
}

struct worker {
    ASYNC_FRAME;
    const char *name;
    bool blocking;
};
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    printf("%2d s  %s starts\n", seconds(), self->name);
    if (self->blocking) {
        blocking_sleep(2);
    } else {
        AWAIT(async_sleep_ms(2000));
    }
    printf("%2d s  %s is done\n", seconds(), self->name);
    ASYNC_END;
}

struct two_workers {
    ASYNC_FRAME;
    bool blocking;
    struct worker worker[2];
    async_task_t task[2];
    int start;
};
ASYNC_DEF(two_workers)
{
    ASYNC_BEGIN;
    self->start = seconds();
    async_create_task(&self->task[0],
                      ASYNC_CALL(worker, &self->worker[0], .name = "one",
                                 .blocking = self->blocking));
    async_create_task(&self->task[1],
                      ASYNC_CALL(worker, &self->worker[1], .name = "two",
                                 .blocking = self->blocking));
    AWAIT(&self->task[0]);
    AWAIT(&self->task[1]);
    printf("%s: %d s\n", self->blocking ? "blocking" : "not blocking",
           seconds() - self->start);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct two_workers both;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(two_workers, &self->both, .blocking = true));
    AWAIT(ASYNC_CALL(two_workers, &self->both, .blocking = false));
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
