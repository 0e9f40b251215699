/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A button between INT0 (PD2) or INT1 (PD3) of an ATmega and ground, for
 * button.h. Its interrupt is INT0 or INT1; the pull-up is switched on by the
 * board. */
#ifndef BUTTON_HW_H_INCLUDED
#define BUTTON_HW_H_INCLUDED

#include <async/port/cpu.h> /* ASYNC_LOCK */
#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint8_t number;
} button_hw_t;

/** Initialiser: 0 for INT0, 1 for INT1. */
#define BUTTON_HW(number) {(number)}

static inline bool button_hw_is_down(const button_hw_t *hw)
{
    return (PIND & (uint8_t)(_BV(PIND2) << hw->number)) == 0;
}

/* Both edges. INT0 and INT1 share the registers. */
static inline void button_hw_irq_on(button_hw_t *hw)
{
    uint8_t bit = (uint8_t)(1u << hw->number);
    uint8_t edges = (uint8_t)(_BV(ISC00) << (2 * hw->number));
    uintptr_t state;
    ASYNC_LOCK(state);
    EICRA |= edges;
    EIFR = bit; /* forgets */
    EIMSK |= bit;
    ASYNC_UNLOCK(state);
}

static inline void button_hw_irq_off(button_hw_t *hw)
{
    uint8_t bit = (uint8_t)(1u << hw->number);
    uintptr_t state;
    ASYNC_LOCK(state);
    EIMSK &= (uint8_t)~bit;
    ASYNC_UNLOCK(state);
}

#endif
