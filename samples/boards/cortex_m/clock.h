/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of a loop on a Cortex-M: SysTick, which almost every one has. For
 * the file with main(): it contains the handler. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

static async_tick_port_t clock_tick;

/* What else is to be done at each tick: see levels.h. */
#ifndef CLOCK_ON_TICK
#define CLOCK_ON_TICK() ((void)0)
#endif

void SysTick_Handler(void);
void SysTick_Handler(void)
{
    async_tick_port_tick(&clock_tick);
    CLOCK_ON_TICK();
}

/* Starts it. Returns the port for async_loop_init(). */
static inline async_port_t *clock_start(void)
{
    return async_systick_init(&clock_tick, BOARD_HZ);
}

/* A finer clock to measure with, which wraps: the ticks, and how far SysTick
 * has counted down to the next. */
#define CLOCK_COUNTS_PER_US (BOARD_HZ / 1000000u)

static inline uint32_t clock_count(void)
{
    const uint32_t period = BOARD_HZ / (uint32_t)ASYNC_TICK_HZ;
    uint32_t ticks, left;
    do { /* until no tick came in between */
        ticks = clock_tick.ticks;
        left = board_register(ASYNC_SYSTICK_BASE + 8u);
    } while (ticks != clock_tick.ticks);
    return ticks * period + (left != 0 ? period - left : 0);
}

#endif
