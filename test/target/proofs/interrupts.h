/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Interrupts that a test makes: one at once, by software, and a tick that may
 * be hurried, stopped, and do something more (PORT_OWN_TICK). */
#ifndef INTERRUPTS_H_INCLUDED
#define INTERRUPTS_H_INCLUDED

#include "proof.h"

static void (*volatile on_interrupt)(void);
static void (*volatile on_tick)(void);

static inline void interrupt_start(void);
static inline void interrupt_pend(void);

/* Calls it in an interrupt, now. */
static inline void interrupt(void (*fn)(void))
{
    on_interrupt = fn;
    interrupt_pend();
    while (on_interrupt != NULL) { }
}

static inline void interrupt_taken(void)
{
    void (*fn)(void) = on_interrupt;
    fn();
    on_interrupt = NULL;
}

/* -- Cortex-M: SysTick, and an interrupt that is spare -------------------- */

#if defined(__arm__)

void BOARD_SPARE_HANDLER(void);
void BOARD_SPARE_HANDLER(void)
{
    interrupt_taken();
}

static inline void interrupt_start(void)
{
    board_register(0xe000e100) = 1u << BOARD_SPARE_IRQ;
}

static inline void interrupt_pend(void)
{
    async_irq_pend(BOARD_SPARE_IRQ);
}

void SysTick_Handler(void);
void SysTick_Handler(void)
{
    port_ticks++;
    async_tick_port_tick(&port_tick);
    if (on_tick != NULL) {
        on_tick();
    }
}

static inline void tick_stop(void)
{
    board_register(ASYNC_SYSTICK_BASE) = 0;
}

static inline void tick_go(void)
{
    board_register(ASYNC_SYSTICK_BASE) = 7;
}

/* 300 clocks are 190 to 290 instructions. */
static inline void tick_hurry(bool hurry)
{
    board_register(ASYNC_SYSTICK_BASE + 4) = (hurry ? 300u : BOARD_HZ / 1000u);
    board_register(ASYNC_SYSTICK_BASE + 8) = 0;
}

/* -- RISC-V: mtime and the software interrupt ----------------------------- */

#elif defined(__riscv)

static volatile uint32_t tick_step = 10000;

void machine_software_handler(void);
void machine_software_handler(void)
{
    async_riscv_unpend(0);
    interrupt_taken();
}

static inline void interrupt_start(void)
{
    __asm__ volatile("csrs mie, %0" ::"r"(1 << 3));
}

static inline void interrupt_pend(void)
{
    async_riscv_pend(0);
}

static inline void tick_arm(void)
{
    board_register(BOARD_MTIMECMP) = board_register(BOARD_MTIME) + tick_step;
    board_register(BOARD_MTIMECMP + 4) = board_register(BOARD_MTIME + 4);
}

void machine_timer_handler(void);
void machine_timer_handler(void)
{
    if (on_tick != NULL) {
        on_tick();
    }
    async_riscv_timer_isr(&port_riscv);
    if (on_tick != NULL) {
        tick_arm();
    }
}

static inline void tick_stop(void)
{
    __asm__ volatile("csrc mie, %0" ::"r"(1 << 7));
}

static inline void tick_go(void)
{
    __asm__ volatile("csrs mie, %0" ::"r"(1 << 7));
    tick_arm();
}

/* 500 instructions. */
static inline void tick_hurry(bool hurry)
{
    tick_step = hurry ? 5 : 10000;
    tick_arm();
}

/* -- AVR: timer 0, and INT0 by writing its pin ---------------------------- */

#else

ISR(INT0_vect)
{
    interrupt_taken();
}

static inline void interrupt_start(void)
{
    DDRD |= _BV(DDD2);
    EICRA = _BV(ISC00); /* any edge */
    EIFR = _BV(INTF0);
    EIMSK = _BV(INT0);
}

static inline void interrupt_pend(void)
{
    PORTD ^= _BV(PORTD2);
}

ISR(TIMER0_COMPA_vect)
{
    async_tick_port_tick(&port_tick);
    if (on_tick != NULL) {
        on_tick();
    }
}

static inline void tick_stop(void)
{
    TIMSK0 = 0;
}

static inline void tick_go(void)
{
    TIMSK0 = _BV(OCIE0A);
}

/* 640 clocks. */
static inline void tick_hurry(bool hurry)
{
    TCNT0 = 0;
    OCR0A = hurry ? 9 : 249;
}

#endif

#endif
