/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * What differs from one CPU to the next: masking interrupts and sleeping until
 * one comes. For ports, and for drivers that share variables with their
 * interrupt. A configuration may define its own, all or some; a port to another
 * CPU is the first five macros (docs/porting.md). On hosts there are none.
 *
 *   ASYNC_LOCK(state)    masks interrupts and remembers in `state`, an
 *                        uintptr_t, whether they were masked before
 *   ASYNC_UNLOCK(state)  puts that back
 *   ASYNC_MASK()         masks interrupts
 *   ASYNC_UNMASK()       unmasks them
 *   ASYNC_SLEEP()        called with interrupts masked: sleeps until one is
 *                        pending, then unmasks, so that its handler has run
 *                        when the macro is done
 *   ASYNC_CONTEXT()      for debug builds: a number that differs between a task
 *                        and the interrupts; 0 where there is none to be had
 *
 * All are compiler barriers. ASYNC_SLEEP is where a wake-up could be lost: an
 * interrupt that comes after the loop has looked for work and before the CPU
 * sleeps would run its handler, and nothing would end the sleep. So interrupts
 * stay masked from that look on, and each CPU has a way to sleep that a pending
 * interrupt ends although it is masked, or to unmask and sleep in one.
 */
#ifndef ASYNC_PORT_CPU_H_INCLUDED
#define ASYNC_PORT_CPU_H_INCLUDED

#include "../config.h"

#include <stdint.h>

#if defined(__AVR__)
#include <avr/io.h>
#include <avr/sleep.h>
#endif

/* -- AVR: SEI lets one more instruction run before any interrupt, and that is
 * SLEEP. The sleep mode is the one of set_sleep_mode(); idle by default. ------ */

#if defined(__AVR__)

#ifndef ASYNC_LOCK
#define ASYNC_LOCK(state)                     \
    do {                                      \
        (state) = SREG;                       \
        __asm__ volatile("cli" ::: "memory"); \
    } while (0)
#define ASYNC_UNLOCK(state)                \
    do {                                   \
        __asm__ volatile("" ::: "memory"); \
        SREG = (uint8_t)(state);           \
        __asm__ volatile("" ::: "memory"); \
    } while (0)
#endif
#ifndef ASYNC_SLEEP
#define ASYNC_MASK() __asm__ volatile("cli" ::: "memory")
#define ASYNC_UNMASK() __asm__ volatile("sei" ::: "memory")
#define ASYNC_SLEEP()                                 \
    do {                                              \
        sleep_enable();                               \
        __asm__ volatile("sei\n\tsleep" ::: "memory"); \
        sleep_disable();                              \
    } while (0)
#endif

/* -- Cortex-M: WFI ends when an interrupt is pending, masked by PRIMASK or not
 * (by BASEPRI would not do). CPSIE then lets the handler run; ISB before the
 * next instruction. ---------------------------------------------------------- */

#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

#ifndef ASYNC_LOCK
#define ASYNC_LOCK(state) \
    __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(state)::"memory")
#define ASYNC_UNLOCK(state) \
    __asm__ volatile("msr primask, %0" ::"r"(state) : "memory")
#endif
#ifndef ASYNC_SLEEP
#define ASYNC_MASK() __asm__ volatile("cpsid i" ::: "memory")
#define ASYNC_UNMASK() __asm__ volatile("cpsie i" ::: "memory")
#define ASYNC_SLEEP() \
    __asm__ volatile("dsb\n\twfi\n\tcpsie i\n\tisb" ::: "memory")
#endif
#ifndef ASYNC_CONTEXT
static inline uintptr_t async_context_(void)
{
    uintptr_t exception;
    __asm__ volatile("mrs %0, ipsr" : "=r"(exception));
    return exception;
}
#define ASYNC_CONTEXT() async_context_()
#endif

/* -- RISC-V, machine mode: WFI ends when an interrupt that is enabled in mie is
 * pending, whether mstatus.MIE is set or not. It may also be a no-operation, and
 * who calls it looks again in any case. -------------------------------------- */

#elif defined(__riscv)

#ifndef ASYNC_LOCK
#define ASYNC_LOCK(state) \
    __asm__ volatile("csrrci %0, mstatus, 8" : "=r"(state)::"memory")
#define ASYNC_UNLOCK(state) \
    __asm__ volatile("csrs mstatus, %0" ::"r"((state) & 8u) : "memory")
#endif
#ifndef ASYNC_SLEEP
#define ASYNC_MASK() __asm__ volatile("csrci mstatus, 8" ::: "memory")
#define ASYNC_UNMASK() __asm__ volatile("csrsi mstatus, 8" ::: "memory")
#define ASYNC_SLEEP() \
    __asm__ volatile("wfi\n\tcsrsi mstatus, 8" ::: "memory")
#endif

#endif

#ifndef ASYNC_CONTEXT
#define ASYNC_CONTEXT() ((uintptr_t)0)
#endif

#endif
