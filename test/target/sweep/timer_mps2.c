/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The two timers of the CMSDK, which count down: one is the clock, the other
 * counts to the alarm. */
#include "timer.h"

#include "board.h"

enum { CONTROL = 0, VALUE = 4, RELOAD = 8, INTERRUPT = 12 };
#define CLOCK(offset) board_register(BOARD_TIMER0 + (offset))
#define ALARM(offset) board_register(BOARD_TIMER1 + (offset))
#define NVIC_ISER board_register(0xE000E100u)

static async_tickless_t tickless;

static async_tick_t now(void)
{
    return ~CLOCK(VALUE);
}

/* A count of 0 would stop it: a time that has passed never comes. */
static void alarm_at(async_tick_t when)
{
    int32_t left = (int32_t)(when - now());
    ALARM(CONTROL) = 0;
    if (left > 0) {
        ALARM(VALUE) = (uint32_t)left;
        ALARM(CONTROL) = 9; /* enabled, with its interrupt */
    }
}

void timer_interrupt(void)
{
    ALARM(CONTROL) = 0;
    ALARM(INTERRUPT) = 1;
}

void BOARD_TIMER1_HANDLER(void);
void BOARD_TIMER1_HANDLER(void)
{
    ALARM(CONTROL) = 0;
    ALARM(INTERRUPT) = 1;
}

async_port_t *timer_port(void)
{
    CLOCK(RELOAD) = 0xffffffffu;
    CLOCK(CONTROL) = 1;
    ALARM(CONTROL) = 0;
    ALARM(RELOAD) = 0xffffffffu;
    NVIC_ISER = 1u << BOARD_TIMER1_IRQ;
    return async_tickless_init(&tickless, now, alarm_at);
}

void timer_skew(unsigned n)
{
    (void)n;
}

void timer_carry(unsigned n)
{
    (void)n;
}
