/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

enum { ERR_REFUSED = ASYNC_ERR_USER };

/* A service that takes its time and refuses large requests. */
struct api_call {
    ASYNC_FRAME;
    int request;
    int response;
};
ASYNC_DEF(api_call)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(10));
    if (self->request > 1000) {
        ASYNC_RAISE(ERR_REFUSED);
    }
    self->response = 10 * self->request;
    ASYNC_END;
}

static int step(int stage, int response)
{
    printf("  stage %d: %d\n", stage, response);
    return response + 1;
}

struct three_stages {
    ASYNC_FRAME;
    int request;
    struct api_call call;
    int error;
};
ASYNC_DEF(three_stages)
{
    ASYNC_BEGIN;
    printf("three_stages(%d)\n", self->request);
    ASYNC_TRY {
        AWAIT(ASYNC_CALL(api_call, &self->call, .request = self->request));
        self->request = step(1, self->call.response);

        AWAIT(ASYNC_CALL(api_call, &self->call, .request = self->request));
        self->request = step(2, self->call.response);

        AWAIT(ASYNC_CALL(api_call, &self->call, .request = self->request));
        self->request = step(3, self->call.response);
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ERR_REFUSED) {
        printf("  refused: %d\n", self->request);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct three_stages first, second;
    async_task_t task;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task,
                      ASYNC_CALL(three_stages, &self->first, .request = 1));
    AWAIT(&self->task);
    async_create_task(&self->task,
                      ASYNC_CALL(three_stages, &self->second, .request = 20));
    AWAIT(&self->task);
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
