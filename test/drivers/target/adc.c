/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/adc on the converter of an ATmega, at 1.5 V: 50 samples at
 * 5 ms, cancelled, and again. The status says what is wrong. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "adc.h"
#include "board.h"
#include "clock.h"

enum { PERIOD_MS = 5, SAMPLES = 50 };

static adc_t adc;

ISR(ADC_vect)
{
    adc_isr(&adc);
}

struct app {
    ASYNC_FRAME;
    async_task_t sampler;
    struct adc_sample sampling;
    adc_value_t sample;
    async_tick_t begun;
    unsigned next, times;
    int status;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    for (self->times = 0; self->times < 2; self->times++) {
        self->begun = async_loop_time(async_get_running_loop());
        async_create_task(&self->sampler,
                          ASYNC_CALL(adc_sample, &self->sampling, .adc = &adc,
                                     .period = async_ms(PERIOD_MS)));
        for (self->next = 0; self->next < SAMPLES; self->next++) {
            ASYNC_RECEIVE(&adc.samples, self->sample);
            if (self->sample.number != self->next) {
                ASYNC_RAISE(-2);
            }
            if (self->sample.value < 306 || self->sample.value > 308) {
                ASYNC_RAISE(-3);
            }
        }
        async_task_cancel(&self->sampler);
        AWAIT_STATUS(self->status, &self->sampler);
        if (self->status != ASYNC_ERR_CANCELLED || ADCSRA != 0) {
            ASYNC_RAISE(-4);
        }
        self->begun = async_loop_time(async_get_running_loop()) - self->begun;
        if (self->begun < PERIOD_MS * SAMPLES ||
            self->begun > PERIOD_MS * SAMPLES + 1) {
            ASYNC_RAISE(-5);
        }
        AWAIT(async_sleep_ms(20)); /* nothing comes while it is off */
        if (async_channel_size(&adc.samples) != 0 || adc_overruns(&adc) != 0) {
            ASYNC_RAISE(-6);
        }
    }
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    adc_hw_t hw = ADC_HW(0);
    board_init();
    async_loop_init(&loop, clock_start());
    adc_init(&adc, &loop, hw);
    return -async_run(&loop, ASYNC_CALL(app, &app));
}
