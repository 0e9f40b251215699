/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */

/* Two tasks at the same time: one blinks the LED, the other one sends back
 * each line that comes from the serial monitor. Neither knows of the other. */
#include <nanoasync.h>

/* -- First task: blink ------------------------------------------------------ */

/* What a task has to remember while it waits stands in a struct of its name.
 * A plain local variable would be forgotten at each AWAIT. */
struct blink {
    ASYNC_FRAME;
    uint8_t pin;                    /* its arguments */
    int ms;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        digitalWrite(self->pin, HIGH);
        AWAIT(async_sleep_ms(self->ms));    /* like delay(), but meanwhile */
        digitalWrite(self->pin, LOW);       /* the other task runs */
        AWAIT(async_sleep_ms(self->ms));
    }
    ASYNC_END;
}

/* -- Second task: echo ------------------------------------------------------ */

struct read_line {
    ASYNC_FRAME;
    char text[32];                  /* its result */
    unsigned length;
};
ASYNC_DEF(read_line)
{
    ASYNC_BEGIN;
    while (self->length < sizeof self->text - 1) {
        while (Serial.available() == 0) {
            AWAIT(async_sleep_ms(1));
        }
        char c = (char)Serial.read();   /* a local is fine until an AWAIT */
        if (c == '\n') {
            break;
        }
        self->text[self->length++] = c;
    }
    ASYNC_END;
}

struct echo {
    ASYNC_FRAME;
    struct read_line line;          /* what it calls is part of it */
};
ASYNC_DEF(echo)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(ASYNC_CALL(read_line, &self->line));
        Serial.print("you said: ");
        Serial.println(self->line.text);
    }
    ASYNC_END;
}

/* -- The program ------------------------------------------------------------ */

async_arduino_t board;
async_loop_t event_loop;            /* runs the tasks in turn */
async_task_t blink_task, echo_task;
struct blink blink;
struct echo echo;

void setup()
{
    pinMode(LED_BUILTIN, OUTPUT);
    Serial.begin(9600);
    async_loop_init(&event_loop, async_arduino_init(&board));
    async_loop_create_task(&event_loop, &blink_task,
                           ASYNC_CALL(blink, &blink, .pin = LED_BUILTIN,
                                      .ms = 250));
    async_loop_create_task(&event_loop, &echo_task, ASYNC_CALL(echo, &echo));
}

void loop()
{
    async_loop_run_forever(&event_loop); /* sleeps while both tasks wait */
}
