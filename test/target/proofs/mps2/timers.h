/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* MPS2: SysTick as a tick; a clock without ticks of two CMSDK timers, which
 * count down; the dual timer to measure with. */
#ifndef TIMERS_H_INCLUDED
#define TIMERS_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

/* -- To measure with ------------------------------------------------------ */

#if defined(PORT_TICKLESS) || defined(SPIN)
/* Not the rate of the clock: a whole turn of its count must show. */
#define WATCH_HZ (BOARD_HZ / 16u)
#ifdef BOARD_AN505
#define DUAL_TIMER 0x50002000u
#else
#define DUAL_TIMER 0x40002000u
#endif

static inline void watch_start(void)
{
    board_register(DUAL_TIMER + 8) = 0x86; /* runs freely, 32 bits, by 16 */
}

static inline uint32_t watch_now(void)
{
    return ~board_register(DUAL_TIMER + 4);
}
#else
#include "../systick_watch.h"
#endif

/* -- Clock without ticks -------------------------------------------------- */

#ifdef PORT_TICKLESS
#define COUNT_HZ BOARD_HZ
enum { TIMER_CTRL = 0, TIMER_VALUE = 4, TIMER_RELOAD = 8, TIMER_INTCLEAR = 12 };

static async_tick_t timer_offset;

static inline async_tick_t timer_now(void)
{
    return timer_offset - board_register(BOARD_TIMER0 + TIMER_VALUE);
}

/* Counts down once: early, if the deadline is more than 32 bits away. */
static inline void timer_alarm(async_tick_t when)
{
    async_delay_t left = (async_delay_t)(when - timer_now());
    board_register(BOARD_TIMER1 + TIMER_CTRL) = 0;
    if (left > 0) {
        board_register(BOARD_TIMER1 + TIMER_RELOAD) = 0; /* once */
        board_register(BOARD_TIMER1 + TIMER_CTRL) = 9; /* interrupt, run */
        board_register(BOARD_TIMER1 + TIMER_VALUE) = (uint32_t)left;
    }
}

static inline void timer_start(async_tick_t start)
{
    board_register(BOARD_TIMER0 + TIMER_CTRL) = 0;
    board_register(BOARD_TIMER0 + TIMER_VALUE) = 0xffffffffu;
    board_register(BOARD_TIMER0 + TIMER_RELOAD) = 0xffffffffu;
    timer_offset = start + 0xffffffffu;
    board_register(BOARD_TIMER0 + TIMER_CTRL) = 1;
    board_register(0xe000e100) = 1u << BOARD_TIMER1_IRQ; /* in the NVIC */
}

static volatile uint32_t timer_interrupts;

void BOARD_TIMER1_HANDLER(void);
void BOARD_TIMER1_HANDLER(void)
{
    timer_interrupts++;
    board_register(BOARD_TIMER1 + TIMER_CTRL) = 0;
    board_register(BOARD_TIMER1 + TIMER_INTCLEAR) = 1;
}
#endif

#include "../cortex_m.h"

#endif
