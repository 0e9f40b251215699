/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The second half of the dual timer interrupts every 10 ms and posts nothing.
 * It counts down once each time. */
#ifndef SPURIOUS_H_INCLUDED
#define SPURIOUS_H_INCLUDED

#ifdef BOARD_AN505
#define SPURIOUS_IRQ 5
#define SPURIOUS_HANDLER IRQ5_Handler
#else
#define SPURIOUS_IRQ 10
#define SPURIOUS_HANDLER IRQ10_Handler
#endif

static volatile uint32_t spurious_count;

static inline void spurious_arm(void)
{
    board_register(DUAL_TIMER + 0x20) = BOARD_HZ / 100u;
    board_register(DUAL_TIMER + 0x28) = 0xa3; /* run, interrupt, once */
}

void SPURIOUS_HANDLER(void);
void SPURIOUS_HANDLER(void)
{
    spurious_count++;
    board_register(DUAL_TIMER + 0x2c) = 1; /* clears it */
    spurious_arm();
}

static inline void spurious_start(void)
{
    spurious_arm();
    board_register(0xe000e100) = 1u << SPURIOUS_IRQ; /* in the NVIC */
}

static inline void spurious_stop(void)
{
    board_register(0xe000e180) = 1u << SPURIOUS_IRQ;
}

#endif
