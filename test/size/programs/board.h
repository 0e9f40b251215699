/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What all programs have below them: start-up, LEDs, and a timer interrupt
 * every millisecond. The same code in each, so it is in the empty one, too. */
#ifndef BOARD_H_INCLUDED
#define BOARD_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

void board_led(uint8_t led, bool on);

#if defined(__AVR__)

#define F_CPU 16000000ul
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#define BOARD_TICK_ISR(code) \
    ISR(TIMER0_COMPA_vect) { code; }

/* Timer 0 divides by 64 and counts to 249. */
static inline void board_tick_start(void)
{
    TCCR0A = _BV(WGM01);
    OCR0A = 249;
    TIMSK0 = (uint8_t)(TIMSK0 | _BV(OCIE0A));
    TCCR0B = _BV(CS01) | _BV(CS00);
    sei();
}

static inline void board_sleep(void)
{
    sleep_enable();
    __asm__ volatile("sleep" ::: "memory");
    sleep_disable();
}

#else

#define BOARD_HZ 16000000u
#define BOARD_REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))

static inline void board_sleep(void)
{
    __asm__ volatile("wfi" ::: "memory");
}

#if defined(__arm__)

#define BOARD_TICK_ISR(code)    \
    void SysTick_Handler(void); \
    void SysTick_Handler(void) { code; }

static inline void board_tick_start(void)
{
    BOARD_REGISTER(0xE000E014u) = BOARD_HZ / 1000u - 1u;
    BOARD_REGISTER(0xE000E018u) = 0;
    BOARD_REGISTER(0xE000E010u) = 7u;
}

#else /* RISC-V: mtime counts BOARD_HZ */

#define BOARD_MTIMECMP 0x02004000u

/* The interrupt is pending until mtimecmp is ahead again. It wraps after some
 * minutes where only 32 bits are moved, so both halves are. */
static inline void board_tick_next(void)
{
    uint32_t old = BOARD_REGISTER(BOARD_MTIMECMP);
    uint32_t low = old + BOARD_HZ / 1000u;
    BOARD_REGISTER(BOARD_MTIMECMP) = low;
    BOARD_REGISTER(BOARD_MTIMECMP + 4u) += low < old;
}

#define BOARD_TICK_ISR(code)                                              \
    __attribute__((interrupt, aligned(4), used)) void machine_trap(void); \
    void machine_trap(void)                                               \
    {                                                                     \
        board_tick_next();                                                \
        code;                                                             \
    }

/* (mtimecmp is 0 at the start, and mtime too.) */
static inline void board_tick_start(void)
{
    BOARD_REGISTER(BOARD_MTIMECMP + 4u) = 0;
    BOARD_REGISTER(BOARD_MTIMECMP) = BOARD_HZ / 1000u;
    __asm__ volatile("csrs mie, %0\n\tcsrsi mstatus, 8" ::"r"(1u << 7));
}

#endif
#endif
#endif
