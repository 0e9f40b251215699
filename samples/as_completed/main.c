/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct fetch {
    ASYNC_FRAME;
    const char *name;
    int delay_ms;
};
ASYNC_DEF(fetch)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->delay_ms));
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct fetch slow, fast, medium;
    ASYNC_AS_COMPLETED(3) each;
};

/* The result of a task is the frame of its coroutine. */
static const char *name_of(const async_future_t *future)
{
    void *frame = NULL;
    (void)async_future_result(future, &frame);
    return ((struct fetch *)frame)->name;
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_as_completed(
        &self->each,
        ASYNC_CALL(fetch, &self->slow, .name = "slow", .delay_ms = 3000),
        ASYNC_CALL(fetch, &self->fast, .name = "fast", .delay_ms = 1000),
        ASYNC_CALL(fetch, &self->medium, .name = "medium", .delay_ms = 2000));
    ASYNC_FOR(async_as_completed_next(&self->each)) {
        printf("%4d ms  %s\n", now_ms(),
               name_of(async_as_completed_future(&self->each)));
    } ASYNC_END_FOR;
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
