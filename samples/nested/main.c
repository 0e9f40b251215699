/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

struct nested {
    ASYNC_FRAME;
    int result;
};
ASYNC_DEF(nested)           /* async def nested(): */
{
    ASYNC_BEGIN;
    self->result = 42;      /*     return 42 */
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct nested nested;
    async_coro_t *a;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(nested, &self->nested)); /* print(await nested()) */
    printf("%d\n", self->nested.result);

    self->a = ASYNC_CALL(nested, &self->nested); /* a = nested() */
    AWAIT(self->a); /* print(await a): only now it runs */
    printf("%d\n", self->nested.result);
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
