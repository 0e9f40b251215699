/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

enum { ERR_REFUSED = ASYNC_ERR_USER };

static async_sim_t sim;
static async_loop_t loop;
static async_sim_executor_t worker; /* each job takes it 10 ms */

static void say(const char *who, int value)
{
    printf("%3d ms  %s %d\n", (int)async_loop_time(&loop), who, value);
}

/* A function that blocks: it runs in the worker, not in the loop. */
struct call {
    int request, response;
};
static int api_call(void *arg)
{
    struct call *call = (struct call *)arg;
    if (call->request > 1000) {
        return ERR_REFUSED;
    }
    call->response = 10 * call->request;
    return ASYNC_OK;
}

struct three_stages {
    ASYNC_FRAME;
    int i;
    struct call call;
    async_job_t job;
    int error;
};
ASYNC_DEF(three_stages)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        for (self->i = 1; self->i <= 3; self->i++) {
            AWAIT(async_run_in_executor(&worker.worker.executor, &self->job,
                                        api_call, &self->call));
            say("response", self->call.response);
            self->call.request = self->call.response + 1;
        }
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ERR_REFUSED) {
        say("refused", self->call.request);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

/* Another task goes on meanwhile. */
struct blink {
    ASYNC_FRAME;
    int count;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        say("    blink", ++self->count);
        AWAIT(async_sleep_ms(15));
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct blink blink;
    async_task_t led;
    struct three_stages stages;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->led, ASYNC_CALL(blink, &self->blink));
    AWAIT(ASYNC_CALL(three_stages, &self->stages, .call.request = 1));
    AWAIT(ASYNC_CALL(three_stages, &self->stages, .call.request = 20));
    ASYNC_END;
}

int main(void)
{
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_sim_executor_init(&worker, &sim, 10);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
