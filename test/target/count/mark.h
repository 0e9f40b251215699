/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Marks, by which test/target/run knows where the program is.
 *
 *     COUNT_MARK(CYCLE)   an operation is complete, and the next begins
 *     COUNT_MARK(PAUSE)   what follows does not count,
 *     COUNT_MARK(RESUME)  until here
 *
 * Where the emulator traces instructions a mark is a label in the code, and
 * costs nothing. On an AVR it is a write to a register that the emulator
 * watches, two instructions of one cycle each; who counts subtracts them. */
#ifndef MARK_H_INCLUDED
#define MARK_H_INCLUDED

#if defined(__AVR__)
#include <avr/io.h>
/* RESUME is 0, which an AVR has in a register anyway: interrupt.h. */
enum { COUNT_RESUME = 0, COUNT_CYCLE = 1, COUNT_PAUSE = 2 };
#define COUNT_MARK(name)                                                    \
    __asm__ volatile("ldi r24, %0\n\tout %1, r24" ::"M"(COUNT_##name),      \
                     "I"(_SFR_IO_ADDR(GPIOR1))                              \
                     : "r24", "memory")
#else
#define COUNT_MARK(name) \
    __asm__ volatile("count_" #name "_%=:" ::: "memory")
#endif

#endif
