/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of Arm's Cortex-M System Design Kit (and Arm's SP805), for
 * watchdog.h: after its time it interrupts, which is an NMI on most chips, and
 * after the same time again it resets. */
#ifndef WATCHDOG_HW_H_INCLUDED
#define WATCHDOG_HW_H_INCLUDED

#include <stdint.h>

typedef struct {
    volatile uint32_t *base;
    uint32_t counts;
} watchdog_hw_t;

/** Initialiser, from its address and its time in counts of its clock. */
#define WATCHDOG_HW(address, counts) \
    {(volatile uint32_t *)(uintptr_t)(address), (counts)}

enum { /* registers, as indices */
    WATCHDOG_LOAD_ = 0,
    WATCHDOG_CONTROL_ = 2,
    WATCHDOG_INTCLR_ = 3,
    WATCHDOG_LOCK_ = 0xc00 / 4
};

static inline void watchdog_hw_start(watchdog_hw_t *hw)
{
    hw->base[WATCHDOG_LOCK_] = 0x1acce551; /* unlock */
    hw->base[WATCHDOG_LOAD_] = hw->counts;
    hw->base[WATCHDOG_CONTROL_] = 3; /* count and interrupt, and reset */
}

static inline void watchdog_hw_feed(watchdog_hw_t *hw)
{
    hw->base[WATCHDOG_INTCLR_] = 1; /* also begins anew */
}

/* To acknowledge it would be to feed it. So the interrupt comes again, until
 * the reset. */
static inline void watchdog_hw_warned(watchdog_hw_t *hw)
{
    (void)hw;
}

#endif
