/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A port of one's own: see port.h. Two tasks, at 3 Hz and at 2 Hz, for 2 s; the
 * CPU sleeps in between, and wakes for them only. */
#define ASYNC_TICK_HZ 1000000
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "port.h"

static async_loop_t loop;

struct blink {
    ASYNC_FRAME;
    const char *name;
    int us, i;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i * self->us < 1999999; self->i++) {
        board_puts(self->name);
        board_puts(" at ");
        board_put_number((uint32_t)async_loop_time(&loop) / 1000u);
        board_puts(" ms\n");
        AWAIT(async_sleep_us(self->us));
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    async_task_t task;
    struct blink red, green;
    int status;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(blink, &self->green,
                                              .name = "green", .us = 500000));
    AWAIT(ASYNC_CALL(blink, &self->red, .name = "red", .us = 333333));
    AWAIT(&self->task);
    ASYNC_END;
}

int main(void)
{
    static async_tickless_t tickless;
    static struct app app;
    board_init();
    async_loop_init(&loop, port_start(&tickless));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
