/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* TIMER0 of the nRF51, 32 bits at 16 MHz: compares for equality, so that a time
 * that has passed never comes. */
#include "timer.h"

#include "board.h"

enum {
    TIMER = 0x40008000,
    TIMER_START = TIMER + 0x000,
    TIMER_CAPTURE1 = TIMER + 0x044,
    TIMER_COMPARE0 = TIMER + 0x140,
    TIMER_INTENSET = TIMER + 0x304,
    TIMER_BITMODE = TIMER + 0x508,
    TIMER_PRESCALER = TIMER + 0x510,
    TIMER_CC0 = TIMER + 0x540,
    TIMER_CC1 = TIMER + 0x544
};
#define NVIC_ISER board_register(0xE000E100u)

static async_tickless_t tickless;

static async_tick_t now(void)
{
    board_register(TIMER_CAPTURE1) = 1;
    return board_register(TIMER_CC1);
}

static void alarm_at(async_tick_t when)
{
    board_register(TIMER_CC0) = when;
}

void timer_interrupt(void)
{
    board_register(TIMER_COMPARE0) = 0;
    board_register(TIMER_CC0) = now() - 1u;
}

void IRQ8_Handler(void);
void IRQ8_Handler(void)
{
    board_register(TIMER_COMPARE0) = 0;
}

async_port_t *timer_port(void)
{
    board_register(TIMER_BITMODE) = 3;
    board_register(TIMER_PRESCALER) = 0;
    board_register(TIMER_INTENSET) = 1u << 16;
    board_register(TIMER_START) = 1;
    board_register(TIMER_CC0) = now() - 1u;
    NVIC_ISER = 1u << 8;
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
