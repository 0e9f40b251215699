/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * AVR: megaAVR parts with the timers of the ATmega328P.
 *
 * With a tick, from timer 0 or timer 2:
 *
 *     static async_tick_port_t tick;
 *     ASYNC_AVR_TICK_ISR(0, tick);
 *
 *     async_loop_init(&loop, async_avr_tick0_init(&tick));
 *     sei();
 *
 * Tickless, on timer 1, with ASYNC_TICK_HZ its rate (see
 * ASYNC_AVR_TIMER1_PRESCALER):
 *
 *     static async_tickless_t tickless;
 *     ASYNC_AVR_TIMER1(timer);
 *
 *     timer_start();
 *     async_loop_init(&loop, async_tickless_init(&tickless, timer_now,
 *                                                timer_alarm));
 *     sei();
 *
 * F_CPU must be defined, and ASYNC_TICK_HZ must divide it as the timer can.
 * Idle sleeps in the mode of avr-libc's set_sleep_mode(): in SLEEP_MODE_IDLE at
 * first. In a deeper mode these timers stop; wake from it by another interrupt,
 * or run timer 2 from a watch crystal and write the two functions of tickless.h
 * for it.
 *
 * No wake-up can be lost: idle looks for work with interrupts masked by CLI.
 * SEI lets one more instruction run before the first interrupt, which is SLEEP,
 * with nothing in between; an interrupt that is pending already ends it.
 *
 * An AVR has one interrupt level: there are no loops in interrupts (level.h).
 */
#ifndef ASYNC_PORT_AVR_H_INCLUDED
#define ASYNC_PORT_AVR_H_INCLUDED

#include "tick.h"
#include "tickless.h"

#include <avr/interrupt.h>
#include <avr/io.h>

#ifndef F_CPU
#error "define F_CPU, the CPU's clock in Hz"
#endif

/* -- Tick ------------------------------------------------------------------- */

/** The interrupt of the tick: at file scope.
 * @param timer  0 or 2. @param tick  An async_tick_port_t. */
#define ASYNC_AVR_TICK_ISR(timer, tick)                                \
    ISR(TIMER##timer##_COMPA_vect) { async_tick_port_tick(&(tick)); } \
    ASYNC_STATIC_ASSERT((timer) == 0 || (timer) == 2, "timer 0 or 2")

/* The smallest prescaler with which a tick is at most 256 counts. Timer 2 also
 * has 32 and 128, which are not needed. */
#define ASYNC_AVR_CLOCKS_ ((F_CPU) / (ASYNC_TICK_HZ))
#define ASYNC_AVR_PRESCALER_                \
    (ASYNC_AVR_CLOCKS_ <= 256ul * 8     ? 8 \
     : ASYNC_AVR_CLOCKS_ <= 256ul * 64  ? 64 \
     : ASYNC_AVR_CLOCKS_ <= 256ul * 256 ? 256 \
                                        : 1024)
#define ASYNC_AVR_COUNTS_ (ASYNC_AVR_CLOCKS_ / ASYNC_AVR_PRESCALER_)
#define ASYNC_AVR_TICK_FITS_                                 \
    (ASYNC_AVR_COUNTS_ >= 1 && ASYNC_AVR_COUNTS_ <= 256 &&   \
     ASYNC_AVR_COUNTS_ * ASYNC_AVR_PRESCALER_ == ASYNC_AVR_CLOCKS_ && \
     (F_CPU) % (ASYNC_TICK_HZ) == 0)
#define ASYNC_AVR_TICK_CHECK_() \
    (void)sizeof(char[ASYNC_AVR_TICK_FITS_ ? 1 : -1])

/** Makes the port and starts timer 0, which Arduino's core uses for itself.
 * Does not compile if the timer cannot divide F_CPU into ASYNC_TICK_HZ.
 * @returns The port for async_loop_init(). @context{before start} */
#define async_avr_tick0_init(tick)                                      \
    (ASYNC_AVR_TICK_CHECK_(),                                           \
     async_avr_tick0_start_((uint8_t)(ASYNC_AVR_COUNTS_ - 1u),          \
                            ASYNC_AVR_PRESCALER_),                      \
     async_tick_port_init((tick), 0))

/** The same with timer 2. */
#define async_avr_tick2_init(tick)                                      \
    (ASYNC_AVR_TICK_CHECK_(),                                           \
     async_avr_tick2_start_((uint8_t)(ASYNC_AVR_COUNTS_ - 1u),          \
                            ASYNC_AVR_PRESCALER_),                      \
     async_tick_port_init((tick), 0))

static inline void async_avr_tick0_start_(uint8_t top, unsigned prescaler)
{
    TCCR0A = _BV(WGM01); /* count from 0 to OCR0A */
    OCR0A = top;
    TIMSK0 = (uint8_t)(TIMSK0 | _BV(OCIE0A));
    TCCR0B = prescaler == 8     ? _BV(CS01)
             : prescaler == 64  ? _BV(CS01) | _BV(CS00)
             : prescaler == 256 ? _BV(CS02)
                                : _BV(CS02) | _BV(CS00);
}

#ifdef TCCR2A
static inline void async_avr_tick2_start_(uint8_t top, unsigned prescaler)
{
    TCCR2A = _BV(WGM21);
    OCR2A = top;
    TIMSK2 = (uint8_t)(TIMSK2 | _BV(OCIE2A));
    TCCR2B = prescaler == 8     ? _BV(CS21)
             : prescaler == 64  ? _BV(CS22)
             : prescaler == 256 ? _BV(CS22) | _BV(CS21)
                                : _BV(CS22) | _BV(CS21) | _BV(CS20);
}
#endif

/* -- Timer 1, free-running --------------------------------------------------- */

/** 8, 64, 256 or 1024; F_CPU divided by it is to be ASYNC_TICK_HZ. */
#ifndef ASYNC_AVR_TIMER1_PRESCALER
#define ASYNC_AVR_TIMER1_PRESCALER 1024
#endif
#if ASYNC_AVR_TIMER1_PRESCALER != 8 && ASYNC_AVR_TIMER1_PRESCALER != 64 && \
    ASYNC_AVR_TIMER1_PRESCALER != 256 && ASYNC_AVR_TIMER1_PRESCALER != 1024
#error "ASYNC_AVR_TIMER1_PRESCALER must be 8, 64, 256 or 1024"
#endif

/* Interrupts are masked where this is used. An overflow that has happened but
 * is not counted yet shows in its flag. */
static inline async_tick_t async_avr_extend_(async_tick_t overflows)
{
    uint16_t low = TCNT1;
    if ((TIFR1 & _BV(TOV1)) && low < 0x8000u) {
        overflows++;
    }
    return overflows << 16 | low;
}

/**
 * Timer 1 as a clock of ASYNC_TICK_BITS bits: its 16 bits and the number of its
 * overflows. At file scope; defines NAME_start(), and NAME_now() and
 * NAME_alarm() for async_tickless_init(), and the interrupts of the timer.
 *
 * A deadline further away than the timer reaches is armed by the overflow
 * before it, which wakes the CPU once in 65,536 ticks.
 */
#define ASYNC_AVR_TIMER1(name)                                             \
    static volatile async_tick_t name##_overflows;                         \
    ISR(TIMER1_OVF_vect) { name##_overflows = name##_overflows + 1u; }     \
    ISR(TIMER1_COMPA_vect) { TIMSK1 = _BV(TOIE1); }                        \
    static async_tick_t name##_now(void)                                   \
    {                                                                      \
        uintptr_t state;                                                   \
        async_tick_t now;                                                  \
        ASYNC_LOCK(state);                                                 \
        now = async_avr_extend_(name##_overflows);                         \
        ASYNC_UNLOCK(state);                                               \
        return now;                                                        \
    }                                                                      \
    static void name##_alarm(async_tick_t when)                            \
    {                                                                      \
        uintptr_t state;                                                   \
        ASYNC_LOCK(state);                                                 \
        if (when - async_avr_extend_(name##_overflows) < 0x10000ul) {      \
            OCR1A = (uint16_t)when;                                        \
            TIFR1 = _BV(OCF1A);                                            \
            TIMSK1 = _BV(TOIE1) | _BV(OCIE1A);                             \
        }                                                                  \
        ASYNC_UNLOCK(state);                                               \
    }                                                                      \
    static void name##_start(void)                                         \
    {                                                                      \
        async_avr_timer1_start_();                                         \
    }                                                                      \
    ASYNC_STATIC_ASSERT((F_CPU) / (ASYNC_AVR_TIMER1_PRESCALER) ==          \
                                (ASYNC_TICK_HZ) &&                         \
                            (F_CPU) % (ASYNC_AVR_TIMER1_PRESCALER) == 0,   \
                        "ASYNC_TICK_HZ is not the rate of timer 1")

static inline void async_avr_timer1_start_(void)
{
    TCCR1A = 0;
    TCNT1 = 0;
    TIFR1 = _BV(TOV1) | _BV(OCF1A);
    TIMSK1 = _BV(TOIE1);
    TCCR1B = ASYNC_AVR_TIMER1_PRESCALER == 8     ? _BV(CS11)
             : ASYNC_AVR_TIMER1_PRESCALER == 64  ? _BV(CS11) | _BV(CS10)
             : ASYNC_AVR_TIMER1_PRESCALER == 256 ? _BV(CS12)
                                                 : _BV(CS12) | _BV(CS10);
}

#endif

#if defined(ASYNC_IMPLEMENTATION)
#include "tick.h"
#include "tickless.h"
#endif
