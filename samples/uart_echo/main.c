/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "clock.h"   /* the timer interrupt that the loop sleeps by */
#include "console.h" /* the interrupts of the UART, samples/drivers/uart.h */

enum { PATIENCE_MS = 5000 };

/* -- Writing a line ------------------------------------------------------- */

struct say {
    ASYNC_FRAME;
    const char *text;
    struct uart_write write;
};

static uint16_t length_of(const char *text)
{
    const char *end = text;
    while (*end != 0) {
        end++;
    }
    return (uint16_t)(end - text);
}

ASYNC_DEF(say)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(uart_write, &self->write, .uart = &console,
                     .data = self->text, .length = length_of(self->text)));
    AWAIT(ASYNC_CALL(uart_write, &self->write, .uart = &console,
                     .data = "\r\n", .length = 2));
    ASYNC_END;
}

/* -- Echoing lines -------------------------------------------------------- */

static char text[40];
static uart_line_t line = UART_LINE(text);

/* What else comes over a wire is not for a terminal. */
static const char *printable(char *bytes)
{
    char *at;
    for (at = bytes; *at != 0; at++) {
        if (*at < ' ' || *at > '~') {
            *at = '?';
        }
    }
    return bytes;
}

static const char *excuse(int error)
{
    return error == ASYNC_ERR_TIMEOUT   ? "waiting for a line"
           : error == UART_ERR_OVERLONG ? "that line is too long"
           : error == UART_ERR_DAMAGED  ? "that line is damaged"
                                        : "what?";
}

static bool says_quit(const char *words)
{
    return words[0] == 'q' && words[1] == 'u' && words[2] == 'i' &&
           words[3] == 't' && words[4] == 0;
}

struct echo {
    ASYNC_FRAME;
    async_event_t *quit;        /* set when that has been read */
    async_wait_for_t limit;
    struct uart_read_line read;
    struct say say;
    const char *answer;
    int error;
};

ASYNC_DEF(echo)
{
    ASYNC_BEGIN;
    uart_listen(&console);      /* also while nobody reads */
    for (;;) {
        ASYNC_TRY {
            AWAIT(async_wait_for_ms(
                &self->limit,
                ASYNC_CALL(uart_read_line, &self->read, .uart = &console,
                           .line = &line),
                PATIENCE_MS));
            self->answer = printable(text);
        } ASYNC_EXCEPT(self->error) {
            self->answer = excuse(self->error);
        } ASYNC_END_EXCEPT;
        if (says_quit(self->answer)) {
            async_event_set(self->quit);
        } else {
            AWAIT(ASYNC_CALL(say, &self->say, .text = self->answer));
        }
    }
    ASYNC_CLEANUP;              /* when it is cancelled */
    uart_ignore(&console);
    ASYNC_END;
}

/* -- All of it ------------------------------------------------------------ */

struct app {
    ASYNC_FRAME;
    async_event_t quit;
    async_task_t reader;
    struct echo echo;
    struct say say;
    int status;
};

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_event_init(&self->quit);
    AWAIT(ASYNC_CALL(say, &self->say, .text = "echo, until you quit"));
    async_create_task(&self->reader,
                      ASYNC_CALL(echo, &self->echo, .quit = &self->quit));
    AWAIT(async_event_wait(&self->quit));

    /* It reads the next line already; that is cut short. */
    async_task_cancel(&self->reader);
    AWAIT_STATUS(self->status, &self->reader);
    AWAIT(ASYNC_CALL(say, &self->say, .text = "bye"));

    console_interrupted = false;
    AWAIT(async_sleep_ms(1000));
    AWAIT(ASYNC_CALL(say, &self->say, .text = console_interrupted
                                                  ? "the UART is still on"
                                                  : "the UART is off"));
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    board_init();
    async_loop_init(&loop, clock_start());
    console_start(&loop);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
