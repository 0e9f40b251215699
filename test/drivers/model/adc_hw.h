/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model of a converter, and the functions that samples/drivers/adc.c wants.
 * What it converts is the time at which it began, in ticks from the start. */
#ifndef ADC_HW_H_INCLUDED
#define ADC_HW_H_INCLUDED

#include "machine.h"

struct adc_model {
    struct line line;
    async_sim_interrupt_t end;
    async_tick_t origin, duration;
    bool on, running, ready;
    uint16_t held, value;
    unsigned conversions, restarted; /* while one ran */
};
typedef struct adc_model *adc_hw_t;

void adc_model_begin(struct adc_model *model, async_tick_t duration);

/* Registers. */
void adc_model_start(struct adc_model *model);
void adc_model_stop(struct adc_model *model);
bool adc_model_take(struct adc_model *model, uint16_t *value);

static inline void adc_hw_start(adc_hw_t *hw) { adc_model_start(*hw); }
static inline void adc_hw_stop(adc_hw_t *hw) { adc_model_stop(*hw); }
static inline bool adc_hw_take(adc_hw_t *hw, uint16_t *value)
{
    return adc_model_take(*hw, value);
}

#endif
