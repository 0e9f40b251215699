/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* To measure with while SysTick is the tick and the CPU sleeps: SysTick itself,
 * its ticks and its count. No other timer will do in QEMU 7.2 with
 * -icount sleep=off: a periodic timer that ends a sleep starts its next period
 * before it raises its interrupt, and QEMU, which finds the CPU still asleep,
 * skips that period too. (With SPIN it is measured by another timer.) */
#ifndef SYSTICK_WATCH_H_INCLUDED
#define SYSTICK_WATCH_H_INCLUDED

#define WATCH_HZ BOARD_HZ

static volatile uint32_t port_ticks;

static inline void watch_start(void)
{
}

/* Also with interrupts masked, when a tick may be pending. */
static inline uint32_t watch_now(void)
{
    const uint32_t period = BOARD_HZ / (uint32_t)ASYNC_TICK_HZ;
    uint32_t ticks, left, again;
    do { /* until no tick came in between */
        ticks = port_ticks + (board_register(ASYNC_SCB_ICSR) >> 26 & 1u);
        left = board_register(ASYNC_SYSTICK_BASE + 8u);
        again = port_ticks + (board_register(ASYNC_SCB_ICSR) >> 26 & 1u);
    } while (ticks != again);
    return ticks * period + (left != 0 ? period - left : 0);
}

#endif
