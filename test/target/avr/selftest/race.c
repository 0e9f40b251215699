/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A counter of 16 bits, which an interrupt counts up, too. At 0x00fe a carry
 * goes from one of its bytes to the other. */
#include "board.h"

#include <util/atomic.h>

static volatile uint16_t counter = 0x00fe;
static volatile bool counted;

ISR(INT0_vect)
{
    counter++;
    counted = true;
}

int main(void)
{
    EICRA = _BV(ISC01) | _BV(ISC00);
    EIFR = _BV(INTF0); /* simavr sets it at the reset */
    EIMSK = _BV(INT0);
    sei();
    GPIOR0 = 1;
#ifdef SAFE
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
#endif
    {
        counter++;
    }
    GPIOR0 = 0;
    while (!counted) { }
    return counter == 0x0100 ? 0 : 1;
}
