/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of a loop on the micro:bit: the nRF51 is a Cortex-M0 without
 * SysTick, so its TIMER0 makes the tick. For the file with main(): it contains
 * the handler. */
#ifndef CLOCK_H_INCLUDED
#define CLOCK_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

#if ASYNC_TICK_HZ != 1000
#error "this clock ticks 1,000 times a second"
#endif

enum {
    CLOCK_CRYSTAL = 0x40000000, /* start the one of 16 MHz */
    CLOCK_TIMER = 0x40008000,   /* TIMER0 */
    CLOCK_START = CLOCK_TIMER + 0x000,
    CLOCK_CAPTURE1 = CLOCK_TIMER + 0x044,
    CLOCK_COMPARED0 = CLOCK_TIMER + 0x140,
    CLOCK_SHORTS = CLOCK_TIMER + 0x200,
    CLOCK_INTENSET = CLOCK_TIMER + 0x304,
    CLOCK_BITMODE = CLOCK_TIMER + 0x508,
    CLOCK_PRESCALER = CLOCK_TIMER + 0x510,
    CLOCK_CC0 = CLOCK_TIMER + 0x540,
    CLOCK_CC1 = CLOCK_TIMER + 0x544,
    CLOCK_IRQ = 8
};

static async_tick_port_t clock_tick;

/* What else is to be done at each tick: see levels.h. */
#ifndef CLOCK_ON_TICK
#define CLOCK_ON_TICK() ((void)0)
#endif

void IRQ8_Handler(void);
void IRQ8_Handler(void)
{
    board_register(CLOCK_COMPARED0) = 0;
    async_tick_port_tick(&clock_tick);
    CLOCK_ON_TICK();
}

/* Starts it. Returns the port for async_loop_init(). */
static inline async_port_t *clock_start(void)
{
    board_register(CLOCK_CRYSTAL) = 1;
    board_register(CLOCK_BITMODE) = 0;           /* 16 bits */
    board_register(CLOCK_PRESCALER) = 4;         /* 16 MHz / 2^4 */
    board_register(CLOCK_CC0) = 1000;            /* of those: a tick */
    board_register(CLOCK_SHORTS) = 1;            /* and from 0 again */
    board_register(CLOCK_INTENSET) = 1u << 16;
    board_register(0xe000e100u) = 1u << CLOCK_IRQ; /* in the NVIC */
    board_register(CLOCK_START) = 1;
    return async_tick_port_init(&clock_tick, 0);
}

/* A finer clock to measure with, which wraps: the ticks and TIMER0's count,
 * which is captured into a register to be read. */
#define CLOCK_COUNTS_PER_US 1u

static inline uint32_t clock_count(void)
{
    uint32_t ticks, count;
    do { /* until no tick came in between */
        ticks = clock_tick.ticks;
        board_register(CLOCK_CAPTURE1) = 1;
        count = board_register(CLOCK_CC1);
    } while (ticks != clock_tick.ticks);
    return ticks * 1000u + count;
}

#endif
