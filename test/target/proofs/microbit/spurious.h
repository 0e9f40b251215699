/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* TIMER1, which also measures, interrupts every 10 ms and posts nothing. */
#ifndef SPURIOUS_H_INCLUDED
#define SPURIOUS_H_INCLUDED

static volatile uint32_t spurious_count;

static inline void spurious_arm(void)
{
    board_register(NRF_TIMER1 + NRF_CC0 + 4) = watch_now() + WATCH_HZ / 100u;
    board_register(NRF_TIMER1 + NRF_COMPARE0 + 4) = 0;
}

void IRQ9_Handler(void);
void IRQ9_Handler(void)
{
    spurious_count++;
    spurious_arm();
}

static inline void spurious_start(void)
{
    spurious_arm();
    board_register(NRF_TIMER1 + NRF_INTENSET) = 1u << 17;
    board_register(0xe000e100) = 1u << 9; /* in the NVIC */
}

static inline void spurious_stop(void)
{
    board_register(0xe000e180) = 1u << 9;
}

#endif
