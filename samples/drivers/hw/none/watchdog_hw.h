/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* For a machine without a watchdog, for watchdog.h: it says who is late, and
 * never bites. */
#ifndef WATCHDOG_HW_H_INCLUDED
#define WATCHDOG_HW_H_INCLUDED

#include <stdint.h>

typedef struct {
    uint8_t unused;
} watchdog_hw_t;

/** Initialiser. */
#define WATCHDOG_HW() {0}

static inline void watchdog_hw_start(watchdog_hw_t *hw) { (void)hw; }
static inline void watchdog_hw_feed(watchdog_hw_t *hw) { (void)hw; }
static inline void watchdog_hw_warned(watchdog_hw_t *hw) { (void)hw; }

#endif
