/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A port in two functions: TIMER0 of an nRF51, 32 bits at 1 MHz. It is all that
 * the library has to know of this machine. */
#ifndef PORT_H_INCLUDED
#define PORT_H_INCLUDED

#include "board.h"

#include <async/port/tickless.h>

enum {
    TIMER = 0x40008000,
    TIMER_START = TIMER + 0x000,
    TIMER_CAPTURE1 = TIMER + 0x044,
    TIMER_COMPARED0 = TIMER + 0x140,
    TIMER_INTENSET = TIMER + 0x304,
    TIMER_BITMODE = TIMER + 0x508,
    TIMER_PRESCALER = TIMER + 0x510,
    TIMER_CC0 = TIMER + 0x540,
    TIMER_CC1 = TIMER + 0x544
};

/* The first: what time is it? Register 1 is a copy of the count. */
static async_tick_t timer_now(void)
{
    board_register(TIMER_CAPTURE1) = 1;
    return board_register(TIMER_CC1);
}

/* The second: interrupt me then. Register 0 is compared with the count. */
static void timer_alarm(async_tick_t when)
{
    board_register(TIMER_CC0) = when;
}

/* And its interrupt, which has nothing to do but to end. */
void IRQ8_Handler(void);
void IRQ8_Handler(void)
{
    board_register(TIMER_COMPARED0) = 0;
}

static async_port_t *port_start(async_tickless_t *tickless)
{
    board_register(TIMER_BITMODE) = 3;           /* 32 bits */
    board_register(TIMER_PRESCALER) = 4;         /* 16 MHz / 2^4 */
    board_register(TIMER_INTENSET) = 1ul << 16;  /* of register 0 */
    board_register(0xE000E100) = 1u << 8;        /* NVIC: enable it */
    board_register(TIMER_START) = 1;
    return async_tickless_init(tickless, timer_now, timer_alarm);
}

#endif
