/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Any Cortex-M: starts the port under test; a sleep that is measured. */
#ifndef CORTEX_M_H_INCLUDED
#define CORTEX_M_H_INCLUDED

#include "measure.h"

/* SPIN: as if it slept, until SysTick or another interrupt is pending. */
static inline void cpu_wait(void)
{
#ifdef SPIN
    while ((board_register(ASYNC_SCB_ICSR) & (1u << 22 | 1u << 26)) == 0) { }
#else
    __asm__ volatile("dsb\n\twfi" ::: "memory");
#endif
}

static inline void cpu_unmask(void)
{
    __asm__ volatile("cpsie i\n\tisb" ::: "memory");
}

#ifdef PORT_TICKLESS
static async_tickless_t port_tickless;

#ifdef PORT_DAYS
#include "days_clock.h"
#endif

#ifdef SLOW_ALARM
/* A deadline less than 3 ms away passes while it is armed, before or after the
 * timer knows it, in turn. */
static inline void slow_alarm(async_tick_t when)
{
    static bool before;
    before = !before;
    if (!before) {
        timer_alarm(when);
    }
    while (when - timer_now() < 3u * (ASYNC_TICK_HZ / 1000u)) { }
    if (before) {
        timer_alarm(when);
    }
}
#endif

/* The port, with its clock at `start`. */
static inline async_port_t *port_start(async_tick_t start)
{
#ifdef SLOW_ALARM
    timer_start(start);
    return async_tickless_init(&port_tickless, timer_now, slow_alarm);
#endif
#ifdef PORT_DAYS
    timer_start(0);
    days_offset = start;
    return async_tickless_init(&port_tickless, days_now, days_alarm);
#endif
    timer_start(start);
    return async_tickless_init(&port_tickless, timer_now, timer_alarm);
}

static inline uint32_t port_interrupts(void)
{
    return timer_interrupts;
}
#else
static async_tick_port_t port_tick;
static volatile uint32_t port_ticks;

#ifndef PORT_OWN_TICK
void SysTick_Handler(void);
void SysTick_Handler(void)
{
    port_ticks++;
    async_tick_port_tick(&port_tick);
}
#endif

static inline async_port_t *port_start(async_tick_t start)
{
    if (async_systick_init(&port_tick, BOARD_HZ) == NULL) {
        return NULL;
    }
    return async_tick_port_init(&port_tick, start);
}

static inline uint32_t port_interrupts(void)
{
    return port_ticks;
}
#endif

#endif
