/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of a loop on a RISC-V: mtime, and an interrupt when there is
 * something to do. For the file with main(): it contains the handler. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#include <async/port/riscv.h>

static async_riscv_t clock_riscv;

void machine_timer_handler(void);
void machine_timer_handler(void)
{
    async_riscv_timer_isr(&clock_riscv);
}

/* Starts it, and lets interrupts in. Returns the port for async_loop_init(). */
static inline async_port_t *clock_start(void)
{
    async_port_t *port = async_riscv_init(&clock_riscv, BOARD_MTIME_HZ);
    ASYNC_UNMASK();
    return port;
}

/* A finer clock to measure with, which wraps: mtime. */
#define CLOCK_COUNTS_PER_US (BOARD_MTIME_HZ / 1000000u)

static inline uint32_t clock_count(void)
{
    return board_register(BOARD_MTIME);
}

#endif
