/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct job {
    int number, ms;
};

static ASYNC_QUEUE(struct job, 4) jobs;

static void say(int worker, const char *what, int job)
{
    printf("%3d ms  worker %d %s %d\n",
           (int)async_loop_time(async_get_running_loop()), worker, what, job);
}

struct work {
    ASYNC_FRAME;
    int number;
    struct job job;
    int count;
    int error;
};
ASYNC_DEF(work)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        for (;;) {
            ASYNC_GET(&jobs, self->job);
            AWAIT(async_sleep_ms(self->job.ms));
            say(self->number, "did job", self->job.number);
            self->count++;
            async_queue_task_done(&jobs);
        }
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ASYNC_ERR_QUEUE_SHUTDOWN) {
        say(self->number, "goes home, jobs done:", self->count);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

enum { WORKERS = 3 };

struct app {
    ASYNC_FRAME;
    struct work work[WORKERS];
    async_child_t worker[WORKERS];
    async_taskgroup_t group;
    struct job job;
    int i;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_queue_init(&jobs);
    ASYNC_GROUP(&self->group) {
        for (self->i = 0; self->i < WORKERS; self->i++) {
            async_taskgroup_create_task(
                &self->group, &self->worker[self->i],
                ASYNC_CALL(work, &self->work[self->i], .number = self->i));
        }
        for (self->i = 1; self->i <= 8; self->i++) {
            self->job.number = self->i;
            self->job.ms = 10 * self->i;
            ASYNC_PUT(&jobs, self->job);    /* waits while there are 4 */
        }
        AWAIT(async_queue_join(&jobs));
        async_queue_shutdown(&jobs, false);
    } ASYNC_END_GROUP;                      /* until all have gone home */
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
