/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The machine has no watchdog: the driver of samples/drivers says who is late,
 * and that is all. */
#ifndef DOG_H_INCLUDED
#define DOG_H_INCLUDED

#include "board.h"
#include "watchdog.h"

static watchdog_t dog;
static watchdog_report_t dog_report __attribute__((section(".noinit")));

static inline void dog_init(void)
{
    watchdog_hw_t hw = WATCHDOG_HW();
    watchdog_init(&dog, hw, &dog_report);
}

#endif
