/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A button whose interrupt comes at any cycle from before a task waits for it
 * until the CPU sleeps: wake.py sweeps it. Nothing else ends that sleep, so a
 * wake-up that is lost never comes. */
#include <nanoasync.h>

async_arduino_t board;
async_loop_t event_loop;
async_task_t task;
async_flag_t pressed;

struct wait {
    ASYNC_FRAME;
};
struct wait wait;

/* Arduino's core runs this in the interrupt of pin 2. */
static void on_press()
{
    TIMSK1 = 0;
    async_flag_set(&pressed);
}

/* Without the button the interval that is swept ends while the CPU sleeps. */
ISR(TIMER1_COMPA_vect)
{
    TIMSK1 = 0;
    GPIOR0 = 0;
}

ASYNC_DEF(wait)
{
    ASYNC_BEGIN;
    TIMSK0 = 0; /* no millis() any more */
    TCCR1A = 0;
    TCCR1B = _BV(CS10);
    OCR1A = TCNT1 + 1500;
    TIFR1 = _BV(OCF1A);
    TIMSK1 = _BV(OCIE1A);
    GPIOR0 = 1;
    AWAIT(async_flag_wait(&pressed));
    GPIOR2 = 0; /* the status: it woke */
    ASYNC_END;
}

void setup()
{
    attachInterrupt(digitalPinToInterrupt(2), on_press, RISING);
    EIFR = _BV(INTF0);
    async_loop_init(&event_loop, async_arduino_init(&board));
    async_flag_init(&pressed, &event_loop);
    async_loop_create_task(&event_loop, &task, ASYNC_CALL(wait, &wait));
}

void loop()
{
    async_loop_run_forever(&event_loop);
}
