/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* AVR: timer 1 counts the CPU's cycles, and simavr is exact, so that the
 * interrupt comes at every cycle. */
#include "sweep.h"

#include <avr/interrupt.h>
#include <avr/io.h>

void injector_init(void)
{
    TCCR1A = 0;
    sei();
}

void injector_arm(uint16_t after)
{
    TCCR1B = 0;
    TCNT1 = 0;
    OCR1A = after;
    TIFR1 = _BV(OCF1A);
    TIMSK1 = _BV(OCIE1A);
    TCCR1B = _BV(CS10);
}

void injector_off(void)
{
    TIMSK1 = 0;
    TCCR1B = 0;
}

/* In place of the address, which nothing but the end of a sweep needs: whether
 * the CPU sleeps, or is about to. */
ISR(TIMER1_COMPA_vect)
{
    static uintptr_t awake;
    uint16_t late = (uint16_t)(TCNT1 - OCR1A);
    awake += 2;
    sweep_interrupt(SMCR & _BV(SE) ? 1 : awake, late);
}
