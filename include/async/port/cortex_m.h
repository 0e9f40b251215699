/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Cortex-M (ARMv6-M, ARMv7-M, ARMv8-M), without any vendor's headers.
 *
 * With SysTick as the tick:
 *
 *     static async_tick_port_t tick;
 *     void SysTick_Handler(void) { async_tick_port_tick(&tick); }
 *
 *     async_loop_init(&loop, async_systick_init(&tick, 16000000));
 *
 * Tickless, on a timer that runs freely: tickless.h and its two functions.
 * Loops of several priorities: level.h, with async_irq_pend().
 *
 * No wake-up can be lost: idle looks for work with PRIMASK set, and WFI does
 * not sleep while an interrupt is pending, masked or not. The handler runs when
 * PRIMASK is cleared after it, before the loop looks again. SEVONPEND and WFE
 * are not needed. An interrupt must have a priority that PRIMASK masks and WFI
 * sees, that is, any but a fault; BASEPRI must be 0 while the loop idles.
 *
 * In deep sleep SysTick stops; use a timer that does not, with tickless.h. For
 * deep sleep set SLEEPDEEP in the SCR: idle's WFI then is that.
 */
#ifndef ASYNC_PORT_CORTEX_M_H_INCLUDED
#define ASYNC_PORT_CORTEX_M_H_INCLUDED

#include "level.h"
#include "tick.h"
#include "tickless.h"

/** The core's registers: these addresses are architecture. */
#ifndef ASYNC_SYSTICK_BASE
#define ASYNC_SYSTICK_BASE 0xE000E010u
#endif
#ifndef ASYNC_NVIC_ISPR_BASE
#define ASYNC_NVIC_ISPR_BASE 0xE000E200u
#endif
#ifndef ASYNC_SCB_ICSR
#define ASYNC_SCB_ICSR 0xE000ED04u
#endif

#define ASYNC_REG32_(address) (*(volatile uint32_t *)(uintptr_t)(address))

/** For async_irq_pend(): the PendSV exception. */
#define ASYNC_PENDSV (~0u)

/**
 * Makes the port and starts SysTick, clocked by the core. Its priority is the
 * lowest after reset on ARMv6-M and the highest on others; with levels it must
 * be at least that of the highest one.
 *
 * @param tick    Must outlive the loop.
 * @param cpu_hz  The core's clock; ASYNC_TICK_HZ should divide it. If not, the
 *                tick is up to one core clock too short.
 * @returns The port for async_loop_init(), or 0, which that reports, if a tick
 *          is less than 2 clocks or more than 16,777,216.
 * @context{before start}
 */
static inline async_port_t *async_systick_init(async_tick_port_t *tick,
                                               uint32_t cpu_hz)
{
    /* One address: three would be three constants on ARMv6-M. */
    struct registers {
        volatile uint32_t control, reload, current;
    };
    struct registers *systick =
        (struct registers *)(uintptr_t)(ASYNC_SYSTICK_BASE);
    uint32_t clocks = cpu_hz / (uint32_t)(ASYNC_TICK_HZ);
    if (clocks < 2u || clocks > 0x1000000u) {
        return NULL;
    }
    systick->reload = clocks - 1u;
    systick->current = 0;
    systick->control = 7u; /* core clock, interrupt, enable */
    return async_tick_port_init(tick, 0);
}

/** Makes an interrupt pending: for async_level_init().
 * @param irq  Its number, or ASYNC_PENDSV. @context{any} @cost{O(1)} */
static inline void async_irq_pend(unsigned irq)
{
    if (irq == ASYNC_PENDSV) {
        ASYNC_REG32_(ASYNC_SCB_ICSR) = (uint32_t)1 << 28;
    } else {
        ASYNC_REG32_(ASYNC_NVIC_ISPR_BASE + irq / 32u * 4u) =
            (uint32_t)1 << (irq % 32u);
    }
}

#endif

#if defined(ASYNC_IMPLEMENTATION)
#include "level.h"
#include "tick.h"
#include "tickless.h"
#endif
