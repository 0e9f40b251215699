/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct blink {              /* the frame: all that lives across an AWAIT */
    ASYNC_FRAME;
    int ms, count;          /* an argument, a local */
};
ASYNC_DEF(blink)            /* async def blink(ms): */
{
    ASYNC_BEGIN;
    for (;;) {
        printf("blink %d\n", ++self->count);
        AWAIT(async_sleep_ms(self->ms));
    }
    ASYNC_CLEANUP;          /* finally: on return, on error and on cancel */
    printf("led off after %d blinks\n", self->count);
    ASYNC_END;
}

struct connect {
    ASYNC_FRAME;
};
ASYNC_DEF(connect)          /* async def connect(): */
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(1000));
    ASYNC_RAISE(ASYNC_ERR_TIMEOUT);
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    async_task_t led;
    struct blink blink;     /* a child's frame lives inside its caller's */
    struct connect connect;
    int error;
};
ASYNC_DEF(app)              /* async def app(): */
{
    ASYNC_BEGIN;
    async_create_task(&self->led, ASYNC_CALL(blink, &self->blink, .ms = 350));
    ASYNC_TRY {
        AWAIT(ASYNC_CALL(connect, &self->connect));
    } ASYNC_EXCEPT(self->error) {
        printf("cannot connect: %s\n", async_strerror(self->error));
    } ASYNC_END_EXCEPT;
    async_task_cancel(&self->led);
    AWAIT_STATUS(self->error, &self->led);
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
