/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The event loop as a guest of a loop() that has work of its own. */
#include <nanoasync.h>

struct blink {
    ASYNC_FRAME;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        digitalWrite(LED_BUILTIN, !digitalRead(LED_BUILTIN));
        AWAIT(async_sleep_ms(250));
    }
    ASYNC_END;
}

async_arduino_t board;
async_loop_t event_loop;
async_task_t task;
struct blink blink;
unsigned long last;

void setup()
{
    pinMode(LED_BUILTIN, OUTPUT);
    pinMode(12, OUTPUT);
    async_loop_init(&event_loop, async_arduino_init(&board));
    async_loop_create_task(&event_loop, &task, ASYNC_CALL(blink, &blink));
}

void loop()
{
    async_arduino_run_once(&event_loop);
    if (millis() - last >= 100) {
        last += 100;
        digitalWrite(12, !digitalRead(12));
    }
}
