/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int now_ms(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

/* -- The manager: two coroutines ------------------------------------------- */

struct begin {                  /* async def __aenter__(self): */
    ASYNC_FRAME;
};
ASYNC_DEF(begin)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(10));
    printf("%3d ms  begin\n", now_ms());
    ASYNC_END;
}

struct finish {                 /* async def __aexit__(self, error): */
    ASYNC_FRAME;
    const int16_t *end;         /* how the block ended */
};
ASYNC_DEF(finish)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(10));
    if (*self->end < 0) {
        printf("%3d ms  rollback: %s\n", now_ms(), async_strerror(*self->end));
    } else {
        printf("%3d ms  commit\n", now_ms());
    }
    ASYNC_END;
}

/* -- Its use ----------------------------------------------------------------- */

struct update {
    ASYNC_FRAME;
    int value;
};
ASYNC_DEF(update)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(30));
    if (self->value < 0) {
        ASYNC_RAISE(ASYNC_ERR_VALUE);
    }
    printf("%3d ms  update(%d)\n", now_ms(), self->value);
    ASYNC_END;
}

struct store {
    ASYNC_FRAME;
    int value;
    struct begin begin;
    struct finish finish;
    struct update update;
    int16_t end;
};
ASYNC_DEF(store)
{
    ASYNC_BEGIN;
    ASYNC_WITH_CALL(self->end, ASYNC_CALL(begin, &self->begin),
                    ASYNC_CALL(finish, &self->finish, .end = &self->end)) {
        AWAIT(ASYNC_CALL(update, &self->update, .value = self->value));
    } ASYNC_END_WITH;
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct store store;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(store, &self->store, .value = 42));
    AWAIT_STATUS(self->error, ASYNC_CALL(store, &self->store, .value = -1));
    printf("%3d ms  store(-1): %s\n", now_ms(), async_strerror(self->error));
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
