/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The port of a machine with a periodic timer interrupt: each is one tick.
 *
 *     static async_tick_port_t tick;
 *     void TIMER_IRQHandler(void) { async_tick_port_tick(&tick); }
 *
 *     async_loop_init(&loop, async_tick_port_init(&tick, 0));
 *
 * For any CPU that cpu.h knows. cortex_m.h and avr.h set up a timer for
 * it; a tick per second more is a wake-up per second more: see tickless.h.
 *
 * No wake-up can be lost: idle looks at the inbox and at the deadline with
 * interrupts masked, and ASYNC_SLEEP() does not sleep past an interrupt that
 * came since. It is masked for that look only, a constant number of
 * instructions, once per sleep.
 */
#ifndef ASYNC_PORT_TICK_H_INCLUDED
#define ASYNC_PORT_TICK_H_INCLUDED

#include "../loop.h"
#include "cpu.h"

/** The port. */
struct async_tick_port {
    async_port_t port;           /**< private; comes first */
    volatile async_tick_t ticks; /**< private */
};
typedef struct async_tick_port async_tick_port_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the port; the timer is the caller's to start.
 *
 * @param tick   Must outlive the loop.
 * @param start  The first tick; just below the wrap finds the most errors.
 * @returns The port for async_loop_init().
 * @context{before start}
 */
#define async_tick_port_init ASYNC_ABI_(async_tick_port_init)
async_port_t *async_tick_port_init(async_tick_port_t *tick, async_tick_t start);

ASYNC_EXTERN_C_END

/** Counts one tick. @context{the timer's ISR} @cost{O(1)} */
static inline void async_tick_port_tick(async_tick_port_t *tick)
{
    tick->ticks = tick->ticks + 1u;
}

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_TICK_IMPLEMENTED)
#define ASYNC_PORT_TICK_IMPLEMENTED
#include "../detail/tick_impl.h"
#endif
