/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* ATmega328P: timer 0 or 2 as a tick, or timer 1 as a clock without ticks. To
 * measure with: timer 1, or timer 2 if that is the clock. (Sleep is measured by
 * the emulator, to the cycle.) */
#ifndef TIMERS_H_INCLUDED
#define TIMERS_H_INCLUDED

#include "board.h"

#include <async/port/avr.h>

/* -- To measure with: 4 us ------------------------------------------------ */

#define WATCH_HZ 250000u

#ifdef WATCH
static volatile uint32_t watch_high;

#ifdef PORT_TICKLESS
ISR(TIMER2_OVF_vect)
{
    watch_high = watch_high + 1;
}

static inline void watch_start(void)
{
    TCCR2A = 0;
    TIFR2 = _BV(TOV2);
    TIMSK2 = _BV(TOIE2);
    TCCR2B = _BV(CS22);
}

static inline uint32_t watch_now(void)
{
    uintptr_t state;
    uint32_t high;
    uint8_t low;
    ASYNC_LOCK(state);
    low = TCNT2;
    high = watch_high;
    if ((TIFR2 & _BV(TOV2)) != 0 && low < 0x80) {
        high++;
    }
    ASYNC_UNLOCK(state);
    return high << 8 | low;
}
#else
ISR(TIMER1_OVF_vect)
{
    watch_high = watch_high + 1;
}

static inline void watch_start(void)
{
    TCCR1A = 0;
    TIFR1 = _BV(TOV1);
    TIMSK1 = _BV(TOIE1);
    TCCR1B = _BV(CS11) | _BV(CS10);
}

static inline uint32_t watch_now(void)
{
    uintptr_t state;
    uint32_t high;
    uint16_t low;
    ASYNC_LOCK(state);
    low = TCNT1;
    high = watch_high;
    if ((TIFR1 & _BV(TOV1)) != 0 && low < 0x8000u) {
        high++;
    }
    ASYNC_UNLOCK(state);
    return high << 16 | low;
}
#endif
#endif

/* -- The port under test -------------------------------------------------- */

#ifdef POLLING
#undef ASYNC_SLEEP
#define ASYNC_SLEEP() /* SEI lets one instruction run before an interrupt */ \
    __asm__ volatile("sei\n\tnop" ::: "memory")
#endif

#ifdef PORT_TICKLESS
static async_tickless_t port_tickless;
ASYNC_AVR_TIMER1(timer);

static inline async_port_t *port_start(async_tick_t start)
{
    cli();
    timer_start();
    timer_overflows = start >> 16;
    TCNT1 = (uint16_t)start;
    sei();
    return async_tickless_init(&port_tickless, timer_now, timer_alarm);
}
#else
static async_tick_port_t port_tick;
static inline async_port_t *port_start(async_tick_t start)
{
#ifdef PORT_TICK2
    async_port_t *port = async_avr_tick2_init(&port_tick);
#else
    async_port_t *port = async_avr_tick0_init(&port_tick);
#endif
    (void)port;
    sei();
    return async_tick_port_init(&port_tick, start);
}
#ifndef PORT_OWN_TICK
#ifdef PORT_TICK2
ASYNC_AVR_TICK_ISR(2, port_tick);
#else
ASYNC_AVR_TICK_ISR(0, port_tick);
#endif
#endif
#endif

#endif
