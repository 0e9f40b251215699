/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The converter of an ATmega, for adc.h. Its interrupt is ADC. */
#ifndef ADC_HW_H_INCLUDED
#define ADC_HW_H_INCLUDED

#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint8_t admux;
} adc_hw_t;

/** Initialiser: input 0 to 7, against AVCC. */
#define ADC_HW(input) {_BV(REFS0) | (input)}

/* 16 MHz / 128: 125 kHz; the first conversion takes 0.2 ms, others 0.1 ms. */
static inline void adc_hw_start(adc_hw_t *hw)
{
    ADMUX = hw->admux;
    ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADIE) | _BV(ADPS2) | _BV(ADPS1) |
             _BV(ADPS0);
}

static inline void adc_hw_stop(adc_hw_t *hw)
{
    (void)hw;
    ADCSRA = 0;
}

/* The interrupt has acknowledged itself. */
static inline bool adc_hw_take(adc_hw_t *hw, uint16_t *value)
{
    (void)hw;
    *value = ADC;
    return true;
}

#endif
