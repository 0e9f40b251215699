/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Cortex-M: SysTick. In QEMU with -icount shift=6 an instruction takes 64 ns,
 * and a tick of 16 MHz 62.5 ns, of 20 MHz 50, of 25 MHz 40: one tick more never
 * skips an instruction. It has a higher priority than PendSV, which the level
 * loop uses. */
#include "sweep.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define SYSTICK_CONTROL REGISTER(0xE000E010u)
#define SYSTICK_RELOAD REGISTER(0xE000E014u)
#define SYSTICK_CURRENT REGISTER(0xE000E018u)
#define ICSR REGISTER(0xE000ED04u)
#define SHPR3 REGISTER(0xE000ED20u)

enum { LONG = 0xffffff };

void injector_init(void)
{
    SHPR3 = 0x00c00000u; /* PendSV is lowest, SysTick highest */
}

/* The reload is only for the next time: after that it counts how late the
 * handler is. */
void injector_arm(uint16_t after)
{
    SYSTICK_CONTROL = 0;
    SYSTICK_RELOAD = after;
    SYSTICK_CURRENT = 0;
    ICSR = (uint32_t)1 << 25; /* nothing pending */
    SYSTICK_CONTROL = 7;
    SYSTICK_RELOAD = LONG;
}

void injector_off(void)
{
    SYSTICK_CONTROL = 0;
    ICSR = (uint32_t)1 << 25;
}

void sweep_systick(const uint32_t *frame);
void sweep_systick(const uint32_t *frame)
{
    uint32_t current = SYSTICK_CURRENT;
    sweep_interrupt(frame[6], (uint16_t)(LONG - current));
}

/* What the CPU has pushed begins at the stack pointer, unless it interrupted a
 * thread with a stack of its own, which there is not. coverage.py looks for
 * both names. */
void SysTick_Handler(void);
__attribute__((naked)) void SysTick_Handler(void)
{
    __asm__ volatile(".global interrupt_begins\n"
                     ".type interrupt_begins, %function\n"
                     "interrupt_begins:\n\t"
                     "mov r0, sp\n\t"
                     "push {r4, lr}\n\t"
                     "bl sweep_systick\n\t"
                     ".global interrupt_ends\n"
                     ".type interrupt_ends, %function\n"
                     "interrupt_ends:\n\t"
                     "pop {r4, pc}");
}
