/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct work {
    ASYNC_FRAME;
    int x;
    int result;
};
ASYNC_DEF(work)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(2000));
    self->result = 2 * self->x;
    ASYNC_END;
}

/* The result of a task is the frame of its coroutine. */
static void print_result(const char *who, const async_future_t *future)
{
    void *frame = NULL;
    int status = async_future_result(future, &frame);
    if (status == ASYNC_OK) {
        printf("%s: %d\n", who, ((struct work *)frame)->result);
    } else {
        printf("%s: %s\n", who, async_strerror(status));
    }
}

static int callback(async_handle_t *handle) /* def callback(future): */
{
    print_result("callback", async_callback_future(handle));
    return ASYNC_OK;
}

struct app {
    ASYNC_FRAME;
    struct work work;
    async_task_t task;
    async_callback_t done;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(work, &self->work, .x = 4));
    async_future_add_done_callback(&self->task.future, &self->done, callback);
    print_result("before", &self->task.future);
    AWAIT(&self->task);
    print_result("after", &self->task.future);
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
