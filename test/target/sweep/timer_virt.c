/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* port/riscv.h, with ASYNC_TICK_HZ the rate of mtime. */
#include "timer.h"

#include "board.h"

static async_riscv_t riscv;

void timer_interrupt(void)
{
    async_riscv_timer_isr(&riscv);
}

void machine_timer_handler(void);
void machine_timer_handler(void)
{
    async_riscv_timer_isr(&riscv);
}

async_port_t *timer_port(void)
{
    return async_riscv_init(&riscv, BOARD_MTIME_HZ);
}

void timer_add_level(async_level_t *level)
{
    async_riscv_add_level(&riscv, level);
}

void timer_skew(unsigned n)
{
    (void)n;
}

void timer_carry(unsigned n)
{
    board_register(BOARD_MTIME + 4) = 0;
    board_register(BOARD_MTIME) = 0u - n;
}
