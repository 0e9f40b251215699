/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* RISC-V virt: mtime as a clock without ticks; the counter of cycles, one each
 * nanosecond, to measure with. */
#ifndef TIMERS_H_INCLUDED
#define TIMERS_H_INCLUDED

#include "board.h"

#include <async/port/riscv.h>

/* -- To measure with ------------------------------------------------------ */

#define WATCH_HZ 1000000u

static inline void watch_start(void)
{
}

static inline uint32_t watch_now(void)
{
    uint32_t high, low, again;
    do {
        __asm__ volatile("csrr %0, mcycleh\n\tcsrr %1, mcycle\n\t"
                         "csrr %2, mcycleh"
                         : "=r"(high), "=r"(low), "=r"(again));
    } while (high != again);
    return (uint32_t)(((uint64_t)high << 32 | low) / 1000u);
}

#include "../measure.h"

static inline void cpu_wait(void)
{
    __asm__ volatile("wfi" ::: "memory");
}

static inline void cpu_unmask(void)
{
    __asm__ volatile("csrsi mstatus, 8" ::: "memory");
}

/* -- Clock ---------------------------------------------------------------- */

static async_riscv_t port_riscv;
static volatile uint32_t timer_interrupts;

#ifndef PORT_OWN_TICK
void machine_timer_handler(void);
void machine_timer_handler(void)
{
    timer_interrupts++;
    async_riscv_timer_isr(&port_riscv);
}
#endif

/* The port, with its clock at `start`. */
static inline async_port_t *port_start(async_tick_t start)
{
    async_port_t *port = async_riscv_init(&port_riscv, BOARD_MTIME_HZ);
    port_riscv.ticks = start;
    ASYNC_UNMASK();
    return port;
}

static inline uint32_t port_interrupts(void)
{
    return timer_interrupts;
}

#endif
