/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The watchdog of an ATmega, for watchdog.h: after its time it interrupts
 * (WDT_vect), and after the same time again it resets. After such a reset it
 * stays on, with 16 ms, until watchdog_hw_start(): start-up must be faster. */
#ifndef WATCHDOG_HW_H_INCLUDED
#define WATCHDOG_HW_H_INCLUDED

#include <async/port/cpu.h> /* ASYNC_LOCK */
#include <avr/io.h>
#include <avr/wdt.h>

typedef struct {
    uint8_t time;
} watchdog_hw_t;

/** Initialiser, from its time: WDTO_500MS, WDTO_1S, ... of avr/wdt.h. */
#define WATCHDOG_HW(time) {(time)}

/* WDTCSR can be written for four cycles after WDCE was. */
static inline void watchdog_hw_start(watchdog_hw_t *hw)
{
    uint8_t mode = (uint8_t)(_BV(WDIE) | _BV(WDE) | (hw->time & 7) |
                             (hw->time & 8 ? _BV(WDP3) : 0));
    uintptr_t state;
    ASYNC_LOCK(state);
    wdt_reset();
    MCUSR = 0; /* as long as it says that it has reset, it cannot be changed */
    WDTCSR = _BV(WDCE) | _BV(WDE);
    WDTCSR = mode;
    ASYNC_UNLOCK(state);
}

/* The interrupt switches itself off, so that the next time is a reset. */
static inline void watchdog_hw_feed(watchdog_hw_t *hw)
{
    (void)hw;
    wdt_reset();
    WDTCSR |= _BV(WDIE);
}

static inline void watchdog_hw_warned(watchdog_hw_t *hw)
{
    (void)hw;
}

#endif
