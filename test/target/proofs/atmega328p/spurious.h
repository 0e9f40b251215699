/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Timer 2 interrupts every 16.4 ms and posts nothing. */
#ifndef SPURIOUS_H_INCLUDED
#define SPURIOUS_H_INCLUDED

EMPTY_INTERRUPT(TIMER2_OVF_vect)

static inline void spurious_start(void)
{
    TIMSK2 = _BV(TOIE2);
    TCCR2B = _BV(CS22) | _BV(CS21) | _BV(CS20);
}

#endif
