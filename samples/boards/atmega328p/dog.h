/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of an AVR by the driver of samples/drivers. For the file with
 * main(): it contains the interrupt. */
#ifndef DOG_H_INCLUDED
#define DOG_H_INCLUDED

#include "board.h"
#include "watchdog.h"

static watchdog_t dog;
static watchdog_report_t dog_report __attribute__((section(".noinit")));

/* Its early warning. */
ISR(WDT_vect)
{
    watchdog_isr(&dog);
}

/* Half a second, then another half a second. */
static inline void dog_init(void)
{
    watchdog_hw_t hw = WATCHDOG_HW(WDTO_500MS);
    watchdog_init(&dog, hw, &dog_report);
}

#endif
