/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* micro:bit: SysTick as a tick; TIMER0 of the nRF51 as a clock without ticks;
 * TIMER1 to measure with. The timers have 32 bits, which a real nRF51822 gives
 * to TIMER0 alone. */
#ifndef TIMERS_H_INCLUDED
#define TIMERS_H_INCLUDED

#include "board.h"

#include <async/port/cortex_m.h>

enum {
    NRF_TIMER0 = 0x40008000,
    NRF_TIMER1 = 0x40009000,
    NRF_START = 0x000,
    NRF_CLEAR = 0x00c,
    NRF_CAPTURE0 = 0x040, /* and three more: copies the count to CC */
    NRF_COMPARE0 = 0x140, /* and three more: the count is CC */
    NRF_INTENSET = 0x304, /* bit 16 for COMPARE0 */
    NRF_BITMODE = 0x508,  /* 3: 32 bits */
    NRF_PRESCALER = 0x510, /* 16 MHz by two to this */
    NRF_CC0 = 0x540
};

static inline void nrf_timer_start(uint32_t timer, uint32_t prescaler)
{
    board_register(timer + NRF_BITMODE) = 3;
    board_register(timer + NRF_PRESCALER) = prescaler;
    board_register(timer + NRF_CLEAR) = 1;
    board_register(timer + NRF_START) = 1;
}

/* -- To measure with ------------------------------------------------------ */

#if defined(PORT_TICKLESS) || defined(SPIN)
/* Not the rate of TIMER0: a whole turn of its count must show. */
#define WATCH_HZ 500000u

static inline void watch_start(void)
{
    nrf_timer_start(NRF_TIMER1, 5);
}

static inline uint32_t watch_now(void)
{
    board_register(NRF_TIMER1 + NRF_CAPTURE0) = 1;
    return board_register(NRF_TIMER1 + NRF_CC0);
}
#else
#include "../systick_watch.h"
#endif

/* -- Clock without ticks: the count of TIMER0 and an offset --------------- */

#ifdef PORT_TICKLESS
#if ASYNC_TICK_HZ == 1000000
#define TIMER_PRESCALER 4
#else
#define TIMER_PRESCALER 9
#define COUNT_HZ 31250u
#endif

static async_tick_t timer_offset;

/* The count is read through CC1, since CC0 is the alarm. */
static inline async_tick_t timer_now(void)
{
    uintptr_t state;
    async_tick_t now;
    ASYNC_LOCK(state);
    board_register(NRF_TIMER0 + NRF_CAPTURE0 + 4) = 1;
    now = board_register(NRF_TIMER0 + NRF_CC0 + 4) + timer_offset;
    ASYNC_UNLOCK(state);
    return now;
}

static inline void timer_alarm(async_tick_t when)
{
    board_register(NRF_TIMER0 + NRF_COMPARE0) = 0;
    board_register(NRF_TIMER0 + NRF_CC0) = when - timer_offset;
}

static inline void timer_start(async_tick_t start)
{
    timer_offset = start;
    nrf_timer_start(NRF_TIMER0, TIMER_PRESCALER);
    board_register(NRF_TIMER0 + NRF_INTENSET) = 1u << 16;
    board_register(0xe000e100) = 1u << 8; /* its interrupt, in the NVIC */
}

static volatile uint32_t timer_interrupts;

void IRQ8_Handler(void);
void IRQ8_Handler(void)
{
    timer_interrupts++;
    board_register(NRF_TIMER0 + NRF_COMPARE0) = 0;
}
#endif

#include "../cortex_m.h"

#endif
