/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * RISC-V in machine mode, with the timer of the privileged architecture: mtime
 * and mtimecmp, which SiFive's CLINT and its successors have. Tickless.
 *
 *     static async_riscv_t riscv;
 *     async_loop_init(&loop, async_riscv_init(&riscv, 10000000));
 *     set mtvec to the trap handler and mstatus.MIE;
 *
 *     void trap(void)
 *     {
 *         if (mcause is 0x80000007) { async_riscv_timer_isr(&riscv); }
 *     }
 *
 * A loop in an interrupt (level.h): pend it by the software interrupt, with
 * async_riscv_pend(), and give it to async_riscv_add_level(), since there is
 * one mtimecmp for all loops of a hart.
 *
 * No wake-up can be lost: idle sets mtimecmp and looks for work with
 * mstatus.MIE clear, and WFI ends when an interrupt that is enabled in mie is
 * pending, whether MIE is set or not. The timer's interrupt is level-triggered:
 * it is pending for as long as mtime >= mtimecmp, so a deadline that passes
 * while it is being set is not missed. WFI may be a no-operation; idle looks
 * again. mtimecmp is written in an order in which no value in between is early.
 *
 * The CSR instructions are an extension for GCC 12: -march=rv32imac_zicsr.
 */
#ifndef ASYNC_PORT_RISCV_H_INCLUDED
#define ASYNC_PORT_RISCV_H_INCLUDED

#include "level.h"

#include "cpu.h"

/** The registers of hart 0 in a CLINT. Yours if they are elsewhere. */
#ifndef ASYNC_RISCV_MTIME
#define ASYNC_RISCV_MTIME 0x0200BFF8u
#endif
#ifndef ASYNC_RISCV_MTIMECMP
#define ASYNC_RISCV_MTIMECMP 0x02004000u
#endif
#ifndef ASYNC_RISCV_MSIP
#define ASYNC_RISCV_MSIP 0x02000000u
#endif

/** The port. All private. */
struct async_riscv {
    async_port_t port; /* comes first */
    async_level_t *levels;
    uint32_t per_tick;      /* of mtime */
    async_tick_t ticks;     /* at ... */
    uint64_t time_of_ticks; /* ... this mtime */
};
typedef struct async_riscv async_riscv_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the port, with the clock at 0, and enables the timer interrupt in mie.
 *
 * @param riscv     Must outlive the loop.
 * @param mtime_hz  The rate of mtime, a multiple of ASYNC_TICK_HZ.
 * @returns The port for async_loop_init(), or 0, which that reports, if
 *          mtime_hz is no multiple.
 * @context{before start}
 */
#define async_riscv_init ASYNC_ABI_(async_riscv_init)
async_port_t *async_riscv_init(async_riscv_t *riscv, uint32_t mtime_hz);

/** Pends the levels that are due, and ends the interrupt.
 * @context{the trap handler, machine timer interrupt} @cost{O(levels)} */
void async_riscv_timer_isr(async_riscv_t *riscv);

/** Lets the deadlines of a level set mtimecmp, after async_level_init().
 * @context{before start} */
void async_riscv_add_level(async_riscv_t *riscv, async_level_t *level);

ASYNC_EXTERN_C_END

/** Pends the machine software interrupt of hart `hart`: for
 * async_level_init(). Its handler ends it with async_riscv_unpend() before it
 * calls async_level_run(). @context{any} */
static inline void async_riscv_pend(unsigned hart)
{
    ((volatile uint32_t *)(uintptr_t)ASYNC_RISCV_MSIP)[hart] = 1;
}

/** Ends what async_riscv_pend() began. @context{its ISR, first} */
static inline void async_riscv_unpend(unsigned hart)
{
    ((volatile uint32_t *)(uintptr_t)ASYNC_RISCV_MSIP)[hart] = 0;
}

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_RISCV_IMPLEMENTED)
#define ASYNC_PORT_RISCV_IMPLEMENTED
#include "level.h"
#include "../detail/riscv_impl.h"
#endif
