/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What the proofs on target share: the board's timers, the library in the same
 * file, checks that print to the console. timers.h comes first, without the
 * bodies: it may wrap how idle sleeps. */
#ifndef PROOF_H_INCLUDED
#define PROOF_H_INCLUDED

#include "timers.h"

#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <async/port/tickless.h>

#if defined(__AVR__)
#include <async/port/avr.h>
#elif defined(__riscv)
#include <async/port/riscv.h>
#else
#include <async/port/cortex_m.h>
#endif

#define CHECK_PUTS(text) board_puts(text)
#include "check.h"

static async_loop_t loop;

/* A number for the tables: "name: value". */
static inline void figure(const char *name, uint32_t value)
{
    board_puts(name);
    board_puts(": ");
    board_put_number(value);
    board_puts("\n");
}

static inline int proof_end(void)
{
    if (check_.failures == 0) {
        board_puts("ok\n");
    }
    return check_.failures != 0;
}

#endif
