/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of Nordic's nRF51 (and nRF52), for watchdog.h. Its interrupt
 * comes two counts of its clock, 61 us, before the reset. QEMU does not have
 * it. */
#ifndef WATCHDOG_HW_H_INCLUDED
#define WATCHDOG_HW_H_INCLUDED

#include <stdint.h>

typedef struct {
    volatile uint32_t *base;
    uint32_t counts;
} watchdog_hw_t;

/** Initialiser, from its address and its time in counts of 1/32,768 s. */
#define WATCHDOG_HW(address, counts) \
    {(volatile uint32_t *)(uintptr_t)(address), (counts)}

enum { /* registers, as indices */
    WATCHDOG_START_ = 0x000 / 4,
    WATCHDOG_TIMEOUT_ = 0x100 / 4,
    WATCHDOG_INTENSET_ = 0x304 / 4,
    WATCHDOG_CRV_ = 0x504 / 4,
    WATCHDOG_RREN_ = 0x508 / 4,
    WATCHDOG_RR_ = 0x600 / 4
};

static inline void watchdog_hw_start(watchdog_hw_t *hw)
{
    hw->base[WATCHDOG_INTENSET_] = 1;
    hw->base[WATCHDOG_CRV_] = hw->counts - 1u;
    hw->base[WATCHDOG_RREN_] = 1; /* fed by RR[0] */
    hw->base[WATCHDOG_START_] = 1;
}

static inline void watchdog_hw_feed(watchdog_hw_t *hw)
{
    hw->base[WATCHDOG_RR_] = 0x6e524635;
}

static inline void watchdog_hw_warned(watchdog_hw_t *hw)
{
    hw->base[WATCHDOG_TIMEOUT_] = 0;
}

#endif
