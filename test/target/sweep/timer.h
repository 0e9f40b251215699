/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A free-running timer of the board, for the regions of region_alarm.c. It is
 * not the timer that injects. */
#ifndef TIMER_H_INCLUDED
#define TIMER_H_INCLUDED

#include "sweep.h"

/* In ticks of the timer: long enough to fall asleep, and how late idle may be
 * when its interrupt was not held up. */
#ifdef __AVR__ /* of 8 cycles */
#define TIMER_NEAR 150u
#define TIMER_LATE 70u
#else /* of about an instruction */
#define TIMER_NEAR 600u
#define TIMER_LATE 400u
#endif

/* Starts the timer and makes a port of it. */
async_port_t *timer_port(void);

#ifdef __riscv
/* Lets a level share it. */
void timer_add_level(async_level_t *level);
#endif

/* What its interrupt does. */
void timer_interrupt(void);

/* Lets the phase of its ticks be another for each n. */
void timer_skew(unsigned n);

/* Lets it carry from its lower to its upper part n ticks from now, if it is
 * read in two parts; before timer_port(). */
void timer_carry(unsigned n);

#endif
