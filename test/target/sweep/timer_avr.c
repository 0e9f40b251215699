/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Timer 1, as port/avr.h makes a clock of it, with ticks of 8 cycles. */
#include "timer.h"

#include <async/port/avr.h>

static async_tickless_t tickless;
ASYNC_AVR_TIMER1(timer1);

/* The same as the interrupt. */
void timer_interrupt(void)
{
    TIMSK1 = _BV(TOIE1);
}

async_port_t *timer_port(void)
{
    uint16_t count = TCNT1;
    timer1_start();
    TCNT1 = count;
    return async_tickless_init(&tickless, timer1_now, timer1_alarm);
}

/* 3 cycles are in another phase each of 8 times. */
void timer_skew(unsigned n)
{
    for (n %= 8; n > 0; n--) {
        __asm__ volatile("nop\n\tnop\n\tnop");
    }
}

void timer_carry(unsigned n)
{
    TCNT1 = (uint16_t)(0u - n / 8 - 10u);
    timer_skew(n);
}
