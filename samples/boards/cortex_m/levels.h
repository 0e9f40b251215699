/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Two loops on any Cortex-M: the slow one in main(), the fast one in PendSV,
 * which preempts it. For the file with main(): it contains the handlers. */
#ifndef LEVELS_H_INCLUDED
#define LEVELS_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

static async_tick_port_t levels_tick;
static async_level_t levels_fast;

void SysTick_Handler(void);
void SysTick_Handler(void)
{
    async_tick_port_tick(&levels_tick);
    async_level_tick(&levels_fast);
}

void PendSV_Handler(void);
void PendSV_Handler(void)
{
    async_level_run(&levels_fast);
}

/* Starts the clock. Returns the port of the slow loop. */
static inline async_port_t *levels_start(void)
{
    return async_systick_init(&levels_tick, BOARD_HZ);
}

/* Returns the port of the fast loop. PendSV gets the lowest priority: above it
 * are SysTick and what else posts to the fast loop. A Cortex-M0 has the
 * priorities 0, 0x40, 0x80 and 0xc0. */
static inline async_port_t *levels_start_fast(async_loop_t *fast)
{
    enum { SHPR3 = 0x20 }; /* of the system control block */
    volatile uint32_t *scb = (volatile uint32_t *)(uintptr_t)0xe000ed00u;
    scb[SHPR3 / 4] = (uint32_t)0x00 << 24 /* SysTick */
                     | (uint32_t)0xc0 << 16; /* PendSV */
    return async_level_init(&levels_fast, &levels_tick.port, fast,
                            async_irq_pend, ASYNC_PENDSV);
}

/* Lets the fast loop run, from now on. */
static inline void levels_run_fast(void)
{
    async_irq_pend(ASYNC_PENDSV);
}

/* A fine clock to measure with: the ticks, and how far SysTick has counted down
 * to the next. */
#define LEVELS_COUNTS_PER_US (BOARD_HZ / 1000000u)

static inline uint32_t levels_count(void)
{
    const uint32_t period = BOARD_HZ / (uint32_t)ASYNC_TICK_HZ;
    uint32_t ticks, left;
    do { /* until no tick came in between */
        ticks = levels_tick.ticks;
        left = board_register(ASYNC_SYSTICK_BASE + 8u);
    } while (ticks != levels_tick.ticks);
    return ticks * period + (left != 0 ? period - left : 0);
}

#endif
