/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of a loop on an AVR: timer 0, as a tick. For the file with main():
 * it contains the interrupt. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#include <async/port/avr.h>

static async_tick_port_t clock_tick;

ASYNC_AVR_TICK_ISR(0, clock_tick);

/* Starts it, and lets interrupts in. Returns the port for async_loop_init(). */
static inline async_port_t *clock_start(void)
{
    async_port_t *port = async_avr_tick0_init(&clock_tick);
    sei();
    return port;
}

#endif
