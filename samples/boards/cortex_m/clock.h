/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of a loop on any Cortex-M: SysTick, which every one of them has.
 * For the file with main(): it contains the handler. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

static async_tick_port_t clock_tick;

void SysTick_Handler(void);
void SysTick_Handler(void)
{
    async_tick_port_tick(&clock_tick);
}

/* Starts it. Returns the port for async_loop_init(). */
static inline async_port_t *clock_start(void)
{
    return async_systick_init(&clock_tick, BOARD_HZ);
}

#endif
