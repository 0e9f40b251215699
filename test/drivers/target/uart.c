/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/uart: a task that writes is cancelled at many times. Each
 * round is a line: what it has sent of the alphabet, and what the driver says
 * how many letters that is. check_sent.py reads it. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "clock.h"
#include "console.h"

enum { ROUNDS = 80 };

static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

/* " 12\n" */
static uint16_t format(char *text, unsigned n)
{
    text[0] = ' ';
    text[1] = (char)('0' + n / 10u);
    text[2] = (char)('0' + n % 10u);
    text[3] = '\n';
    return 4;
}

struct app {
    ASYNC_FRAME;
    struct uart_write first, second;
    async_task_t task;
    unsigned wait, cut;
    int status;
    char text[4];
};

static volatile unsigned spinning;

static void spin(unsigned times)
{
    for (spinning = 0; spinning < times; spinning++) { }
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    for (self->wait = 0; self->wait < ROUNDS; self->wait++) {
        async_create_task(&self->task,
                          ASYNC_CALL(uart_write, &self->first, .uart = &console,
                                     .data = letters, .length = 26));
        AWAIT(async_pause());
        spin(self->wait * STEP);
        async_task_cancel(&self->task);
        AWAIT_STATUS(self->status, &self->task);
        if (self->status != ASYNC_ERR_CANCELLED &&
            !(self->status == 0 && self->first.sent == 26)) {
            ASYNC_RAISE(-2);
        }
        self->cut += self->first.sent > 0 && self->first.sent < 26;
        AWAIT(ASYNC_CALL(uart_write, &self->second, .uart = &console,
                         .data = self->text,
                         .length = format(self->text, self->first.sent)));
    }
    AWAIT(async_sleep_ms(2)); /* the last bytes leave */
    if (self->cut + 1u <= CUT) {
        ASYNC_RAISE(-3);
    }
    console_interrupted = false;
    AWAIT(async_sleep_ms(5));
    if (console_interrupted) {
        ASYNC_RAISE(-4);
    }
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    board_init();
    async_loop_init(&loop, clock_start());
    console_start(&loop);
    return -async_run(&loop, ASYNC_CALL(app, &app));
}
