/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The port of a machine with a free-running timer: it wakes when there is
 * something to do, not once per tick. Two functions are all it needs:
 *
 *     static async_tick_t now(void) { return TIMER->COUNT; }
 *     static void alarm_at(async_tick_t when) { TIMER->COMPARE = when; }
 *     void TIMER_IRQHandler(void) { TIMER->STATUS = COMPARE_FLAG; }
 *
 *     static async_tickless_t tickless;
 *     async_loop_init(&loop, async_tickless_init(&tickless, now, alarm_at));
 *
 * For any CPU that cpu.h knows. ASYNC_TICK_HZ is the timer's rate, and
 * the count has ASYNC_TICK_BITS bits, and wraps; a narrower timer is extended
 * by counting its overflows, as port/avr.h does.
 *
 * No wake-up can be lost: idle masks interrupts, then looks at the inbox, sets
 * the alarm and looks at the clock, then sleeps in a way that an interrupt
 * which came since ends at once (cpu.h). A deadline that passed before
 * or while the alarm was being set is seen by that look, so the timer need not
 * notice; one that passes after the look finds the alarm set. The two functions
 * should be short: they are called with interrupts masked.
 */
#ifndef ASYNC_PORT_TICKLESS_H_INCLUDED
#define ASYNC_PORT_TICKLESS_H_INCLUDED

#include "../loop.h"
#include "cpu.h"

/** The time in ticks. Called with interrupts masked or not. */
typedef async_tick_t (*async_now_fn)(void);

/**
 * Makes an interrupt happen at a time; the alarm set before need not. Called
 * with interrupts masked by idle, and as it may be by a level (level.h). It may
 * happen early: idle sets the next. `when` may have passed, then nothing need
 * happen. A timer that misses a compare value too close to its count (some need
 * two cycles) must set off the interrupt instead.
 */
typedef void (*async_alarm_fn)(async_tick_t when);

/** The port. All private. */
struct async_tickless {
    async_port_t port; /* comes first */
    async_now_fn now;
    async_alarm_fn alarm;
};
typedef struct async_tickless async_tickless_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the port; the timer runs already.
 *
 * @param tickless  Must outlive the loop.
 * @returns The port for async_loop_init(), or 0 if a function is missing, which
 *          async_loop_init() reports.
 * @context{before start}
 */
#define async_tickless_init ASYNC_ABI_(async_tickless_init)
async_port_t *async_tickless_init(async_tickless_t *tickless, async_now_fn now,
                                  async_alarm_fn alarm);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_TICKLESS_IMPLEMENTED)
#define ASYNC_PORT_TICKLESS_IMPLEMENTED
#include "../detail/tickless_impl.h"
#endif
