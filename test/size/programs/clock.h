/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of the programs with nanoasync: the port of a periodic interrupt,
 * with the timer that async/port/ sets up where it knows one. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#if defined(__AVR__)
#include <async/port/avr.h>
#elif defined(__arm__)
#include <async/port/cortex_m.h>
#else
#include <async/port/tick.h>
#endif

static async_tick_port_t clock_tick;

#if defined(__AVR__)
ASYNC_AVR_TICK_ISR(0, clock_tick);
#else
BOARD_TICK_ISR(async_tick_port_tick(&clock_tick))
#endif

static inline async_port_t *clock_start(void)
{
#if defined(__AVR__)
    async_port_t *port = async_avr_tick0_init(&clock_tick);
    sei();
    return port;
#elif defined(__arm__)
    return async_systick_init(&clock_tick, BOARD_HZ);
#else
    board_tick_start();
    return async_tick_port_init(&clock_tick, 0);
#endif
}

#endif
