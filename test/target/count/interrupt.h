/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A periodic interrupt of each CPU, which calls on_interrupt(). Counting
 * resumes with its first instruction where test/target/run knows its address;
 * an AVR marks it itself. What the handler has to do for the timer does not
 * count. For one file of a program. */
#ifndef INTERRUPT_H_INCLUDED
#define INTERRUPT_H_INCLUDED

#include "mark.h"

#include <board.h>
#include <stdint.h>

static void on_interrupt(void);

#if defined(__AVR__)

/* In place of the vector's jump, which costs the same. */
ISR(TIMER0_COMPA_vect, ISR_NAKED)
{
    __asm__ volatile("out %0, r1\n\tjmp __vector_15" ::"I"(
        _SFR_IO_ADDR(GPIOR1)));
}

ISR(TIMER0_COMPB_vect) /* vector 15 */
{
    on_interrupt();
}

static void interrupt_start(void)
{
    TCCR0A = _BV(WGM01);
    OCR0A = 250;
    TIMSK0 = _BV(OCIE0A);
    TCCR0B = _BV(CS01) | _BV(CS00); /* the clock by 64: every 16,064 cycles */
    sei();
}

#elif defined(__riscv)

void machine_timer_handler(void);

static inline void interrupt_next(void)
{
    uint32_t now = board_register(BOARD_MTIME);
    board_register(BOARD_MTIMECMP + 4) = 0;
    board_register(BOARD_MTIMECMP) = now + 20000; /* 2 ms */
}

void machine_timer_handler(void)
{
    COUNT_MARK(PAUSE);
    interrupt_next();
    COUNT_MARK(RESUME);
    on_interrupt();
}

static void interrupt_start(void)
{
    interrupt_next();
    __asm__ volatile("csrs mie, %0\n\tcsrsi mstatus, 8" ::"r"(1u << 7));
}

#else

void SysTick_Handler(void);
void SysTick_Handler(void)
{
    on_interrupt();
}

static void interrupt_start(void)
{
    volatile uint32_t *systick = (volatile uint32_t *)(uintptr_t)0xe000e010u;
    systick[1] = 20000;
    systick[2] = 0;
    systick[0] = 7; /* the core's clock, with the interrupt */
}

#endif

#endif
