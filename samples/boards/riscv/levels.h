/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Two loops on a RISC-V: the slow one in main(), the fast one in the software
 * interrupt, which preempts it. In place of clock.h, for the file with main():
 * it contains the handlers. */
#ifndef LEVELS_H_INCLUDED
#define LEVELS_H_INCLUDED

#include "clock.h"

static async_level_t levels_fast;

enum { LEVELS_MSIE = 1 << 3 }; /* in mie: the software interrupt */

/* While the fast loop runs, all interrupts may come but this one. */
void machine_software_handler(void);
void machine_software_handler(void)
{
    async_riscv_unpend(0);
    __asm__ volatile("csrc mie, %0" ::"r"(LEVELS_MSIE));
    ASYNC_UNMASK();
    async_level_run(&levels_fast);
    ASYNC_MASK();
    __asm__ volatile("csrs mie, %0" ::"r"(LEVELS_MSIE));
}

/* Starts the clock, and lets interrupts in. Returns the port of the slow
 * loop. */
static inline async_port_t *levels_start(void)
{
    return clock_start();
}

/* Returns the port of the fast loop. */
static inline async_port_t *levels_start_fast(async_loop_t *fast)
{
    async_port_t *port = async_level_init(&levels_fast, &clock_riscv.port,
                                          fast, async_riscv_pend, 0);
    async_riscv_add_level(&clock_riscv, &levels_fast);
    return port;
}

/* Lets the fast loop run, from now on. */
static inline void levels_run_fast(void)
{
    __asm__ volatile("csrs mie, %0" ::"r"(LEVELS_MSIE));
    async_riscv_pend(0);
}

#endif
