/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* AVR: timer 2, when timer 1 is the clock. It has 8 bits, and counts every 8th
 * cycle: what is between is waited for, 3 cycles at a time, which is at another
 * place between two counts each of 8 times. So the interrupt comes at every
 * cycle, though not one after the other. */
#include "sweep.h"

#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/delay_basic.h>

static bool slow;

void injector_init(void)
{
    TCCR2A = 0;
    sei();
}

void injector_arm(uint16_t after)
{
    uint8_t counts = (uint8_t)(after / 8u + 1u);
    slow = after >= 250u * 8u;
    TCCR2B = 0;
    TCNT2 = 0;
    OCR2A = slow ? 255 : counts;
    TIFR2 = _BV(OCF2A);
    TIMSK2 = _BV(OCIE2A);
    _delay_loop_1((uint8_t)(after % 8u + 1u));
    TCCR2B = slow ? _BV(CS22) | _BV(CS21) | _BV(CS20) : _BV(CS21);
}

void injector_off(void)
{
    TIMSK2 = 0;
    TCCR2B = 0;
}

ISR(TIMER2_COMPA_vect)
{
    static uintptr_t awake;
    uint16_t late = slow ? 0 : (uint16_t)((uint8_t)(TCNT2 - OCR2A) * 8u);
    awake += 2;
    sweep_interrupt(SMCR & _BV(SE) ? 1 : awake, late);
}
