/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Every way in which firmware can end. */
#include "board.h"

#include <avr/sleep.h>
#include <avr/wdt.h>
#include <stdlib.h>

enum {
    MAIN, REGISTER, ABORT, TIMEOUT, HANG, OPCODE, ADDRESS, OVERFLOW, ASLEEP,
    NO_SE, NO_HANDLER, WATCHDOG
};

static volatile uint8_t sink;

/* A fault of the stack: each call takes another 20 bytes. */
static int deeper(int n)
{
    volatile char frame[20];
    frame[0] = (char)n;
    return deeper(n + 1) + frame[0];
}

/* The first run ends by the watchdog; the second, by returning 0. */
static int bark(void)
{
    static uint8_t kept __attribute__((section(".noinit")));
    bool again = (MCUSR & _BV(WDRF)) != 0;
    MCUSR = 0;
    wdt_disable();
    if (again) {
        return kept == 33 ? 0 : 1;
    }
    kept = 33;
    wdt_enable(WDTO_15MS);
    for (;;) { }
}

static void stop(int how)
{
    switch (how) {
    case TIMEOUT:
        sei();
        for (;;) { sink++; }
    case HANG:
        for (;;) { }
    case OPCODE: /* where there is no program */
        ((void (*)(void))0x3000)();
        break;
    case ADDRESS: /* behind the RAM */
        *(volatile uint8_t *)0x0a00 = 1;
        break;
    case OVERFLOW:
        sink = (uint8_t)deeper(1);
        break;
    case ASLEEP:
        sleep_enable();
        sleep_cpu();
        break;
    case NO_SE:
        sei();
        sleep_cpu();
        break;
    case NO_HANDLER:
        TIMSK0 = _BV(TOIE0);
        TCCR0B = _BV(CS00);
        sei();
        for (;;) { sink++; }
    default:
        break;
    }
}

int main(void)
{
    switch (HOW) {
    case REGISTER:
        board_exit(7);
        break;
    case ABORT:
        abort();
    case WATCHDOG:
        return bark();
    case MAIN:
        return 42;
    default:
        stop(HOW);
        break;
    }
    return 0;
}
