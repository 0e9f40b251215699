/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of the MPS2 by the driver of samples/drivers. For the file with
 * main(): it contains the handler. */
#ifndef DOG_H_INCLUDED
#define DOG_H_INCLUDED

#include "board.h"
#include "watchdog.h"

static watchdog_t dog;
static watchdog_report_t dog_report __attribute__((section(".noinit")));

/* Its early warning. Nothing masks it. */
void NMI_Handler(void);
void NMI_Handler(void)
{
    watchdog_isr(&dog);
}

/* Half a second, then another half a second; on the AN505 by a 32 kHz clock. */
static inline void dog_init(void)
{
#ifdef BOARD_AN505
    watchdog_hw_t hw = WATCHDOG_HW(0x5002e000, 32768 / 2);
#else
    watchdog_hw_t hw = WATCHDOG_HW(0x40008000, BOARD_HZ / 2);
#endif
    watchdog_init(&dog, hw, &dog_report);
}

#endif
