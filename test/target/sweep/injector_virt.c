/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* QEMU's RISC-V machine "virt": the alarm of its real-time clock, a Goldfish
 * RTC, which counts nanoseconds. With -icount shift=6 an instruction takes 64
 * of them, and -rtc clock=vm makes the clock follow. */
#include "sweep.h"

#include "board.h"

enum {
    RTC = 0x101000,
    RTC_TIME_LOW = RTC + 0x00, /* reading it latches the high half */
    RTC_TIME_HIGH = RTC + 0x04,
    RTC_ALARM_LOW = RTC + 0x08, /* writing it sets the alarm */
    RTC_ALARM_HIGH = RTC + 0x0c,
    RTC_IRQ_ENABLED = RTC + 0x10,
    RTC_CLEAR_ALARM = RTC + 0x14,
    RTC_CLEAR_INTERRUPT = RTC + 0x1c,
    RTC_IRQ = 11
};

/* One clock more never skips an instruction, not even where the region waits
 * for mtime, which counts every 100 ns. */
#ifndef SWEEP_CLOCK_NS
#define SWEEP_CLOCK_NS 32
#endif
enum { CLOCK_NS = SWEEP_CLOCK_NS };

static uint64_t due;

static uint64_t now(void)
{
    uint32_t low = board_register(RTC_TIME_LOW);
    return (uint64_t)board_register(RTC_TIME_HIGH) << 32 | low;
}

void injector_init(void)
{
    board_register(BOARD_PLIC_PRIORITY + 4 * RTC_IRQ) = 1;
    board_register(BOARD_PLIC_ENABLE) = (uint32_t)1 << RTC_IRQ;
    board_register(BOARD_PLIC_THRESHOLD) = 0;
    board_register(RTC_IRQ_ENABLED) = 1;
    __asm__ volatile("csrs mie, %0\n\tcsrsi mstatus, 8" ::"r"(1 << 11));
}

void injector_arm(uint16_t after)
{
    due = now() + (uint32_t)after * (uint32_t)CLOCK_NS;
    board_register(RTC_ALARM_HIGH) = (uint32_t)(due >> 32);
    board_register(RTC_ALARM_LOW) = (uint32_t)due;
}

void injector_off(void)
{
    board_register(RTC_CLEAR_ALARM) = 1;
}

void machine_external_handler(void);
void machine_external_handler(void)
{
    uint32_t irq = board_register(BOARD_PLIC_CLAIM);
    uint32_t late = (uint32_t)(now() - due) / (uint32_t)CLOCK_NS;
    uintptr_t pc;
    __asm__ volatile("csrr %0, mepc" : "=r"(pc));
    board_register(RTC_CLEAR_INTERRUPT) = 1;
    sweep_interrupt(pc, (uint16_t)late);
    board_register(BOARD_PLIC_CLAIM) = irq;
}
