/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of the micro:bit by the driver of samples/drivers. For the file
 * with main(): it contains the handler. */
#ifndef DOG_H_INCLUDED
#define DOG_H_INCLUDED

#include "board.h"
#include "watchdog.h"

static watchdog_t dog;
static watchdog_report_t dog_report __attribute__((section(".noinit")));

enum { DOG_IRQ = 16 };

/* Its early warning. */
void IRQ16_Handler(void);
void IRQ16_Handler(void)
{
    watchdog_isr(&dog);
}

/* One second. */
static inline void dog_init(void)
{
    watchdog_hw_t hw = WATCHDOG_HW(0x40010000, 32768);
    watchdog_init(&dog, hw, &dog_report);
    board_register(0xe000e100u) = (uint32_t)1 << DOG_IRQ; /* in the NVIC */
}

#endif
