/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "adc.h"

void adc_init(adc_t *adc, async_loop_t *loop, adc_hw_t hw)
{
    adc->hw = hw;
    async_channel_init(&adc->samples, loop, ASYNC_CHANNEL_KEEP_OLDEST);
    adc->missed = 0;
    adc->number = 0;
    adc->converting = adc->sampling = false;
    adc_hw_stop(&adc->hw);
}

void adc_isr(adc_t *adc)
{
    adc_value_t sample;
    if (adc_hw_take(&adc->hw, &sample.value) && adc->converting) {
        sample.number = adc->number;
        adc->converting = false;
        (void)async_channel_put(&adc->samples, sample);
    }
}

uint16_t adc_overruns(const adc_t *adc)
{
    return (uint16_t)(adc->missed + async_channel_lost(&adc->samples));
}

/* A period has ended, or several: starts a conversion, if the last one is done.
 * While one runs its number is the interrupt's. */
static void adc_period(struct adc_sample *self)
{
    adc_t *adc = self->adc;
    uint16_t skipped = (uint16_t)(self->ticker.missed - self->skipped);
    self->skipped = self->ticker.missed;
    adc->missed = (uint16_t)(adc->missed + skipped);
    self->number = (uint16_t)(self->number + skipped);
    if (adc->converting) {
        adc->missed++;
    } else {
        adc->number = self->number;
        adc->converting = true;
        adc_hw_start(&adc->hw);
    }
    self->number++;
}

ASYNC_DEF_EXTERN(adc_sample)
{
    ASYNC_BEGIN;
    if (self->adc->sampling) {
        ASYNC_RAISE(ASYNC_ERR_BUSY);
    }
    self->status = async_ticker_init_ticks(
        &self->ticker, async_get_running_loop(), self->period);
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    self->adc->sampling = true;
    do {
        AWAIT_STATUS(self->status, async_ticker_wait(&self->ticker));
        if (self->status == 0) {
            adc_period(self);
        }
    } while (self->status == 0);
    adc_hw_stop(&self->adc->hw);
    self->adc->converting = self->adc->sampling = false;
    ASYNC_RAISE(self->status);
    ASYNC_END;
}
