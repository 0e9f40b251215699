/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of the programs without nanoasync: milliseconds. */
#ifndef BARE_H_INCLUDED
#define BARE_H_INCLUDED

#include "board.h"

static volatile uint32_t bare_ticks;

BOARD_TICK_ISR(bare_ticks = bare_ticks + 1u)

static inline uint32_t bare_now(void)
{
#ifdef __AVR__ /* read in several pieces */
    uint32_t now;
    cli();
    now = bare_ticks;
    sei();
    return now;
#else
    return bare_ticks;
#endif
}

#endif
