/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Two loops on a Cortex-M: the slow one in main(), the fast one in PendSV,
 * which preempts it. In place of clock.h, for the file with main(): it contains
 * the handlers. */
#ifndef LEVELS_H_INCLUDED
#define LEVELS_H_INCLUDED

#include <async/port/cortex_m.h>

static async_level_t levels_fast;

#define CLOCK_ON_TICK() async_level_tick(&levels_fast)
#include <clock.h> /* the board's, if it has its own */

void PendSV_Handler(void);
void PendSV_Handler(void)
{
    async_level_run(&levels_fast);
}

/* Starts the clock. Returns the port of the slow loop. */
static inline async_port_t *levels_start(void)
{
    return clock_start();
}

/* Returns the port of the fast loop. PendSV gets the lowest priority: above it,
 * at 0, are the clock and what else posts to the fast loop. A Cortex-M0 has the
 * priorities 0, 0x40, 0x80 and 0xc0. */
static inline async_port_t *levels_start_fast(async_loop_t *fast)
{
    const uint32_t shpr3 = 0xe000ed20u; /* of the system control block */
    board_register(shpr3) = (uint32_t)0x00 << 24    /* SysTick */
                            | (uint32_t)0xc0 << 16; /* PendSV */
    return async_level_init(&levels_fast, &clock_tick.port, fast,
                            async_irq_pend, ASYNC_PENDSV);
}

/* Lets the fast loop run, from now on. */
static inline void levels_run_fast(void)
{
    async_irq_pend(ASYNC_PENDSV);
}

#endif
