/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * An analogue input, sampled at a fixed rate without drift.
 *
 *     static adc_t adc;
 *     adc_init(&adc, &loop, hardware);
 *     void ADC_IRQHandler(void) { adc_isr(&adc); }
 *
 *     async_create_task(&self->sampling,
 *                       ASYNC_CALL(adc_sample, &self->sample, .adc = &adc,
 *                                  .period = async_ms(10)));
 *     for (;;) {
 *         ASYNC_RECEIVE(&adc.samples, self->sample);
 *         ... self->sample.value, self->sample.number ...
 *     }
 *
 * A ticker starts the conversions, the interrupt puts what comes of them into a
 * channel, and whoever wants to receives. Each sample has the number of its
 * period, so a reader sees which are missing and knows the time of each: it was
 * begun at the start + number * period, at most as much later as the loop was
 * late, and that never adds up. What must be sampled more exactly is triggered
 * by a hardware timer; then only adc_isr() is needed.
 *
 * The chip is what stands in adc_hw.h, see uart.h. It defines:
 *
 *   adc_hw_t                   which converter and input; copied into adc_t
 *   void adc_hw_start(hw)      starts a conversion, which ends by an interrupt
 *   void adc_hw_stop(hw)       converter off, and interrupt; one that is
 *                              pending may still come
 *   bool adc_hw_take(hw, &value)  acknowledges the interrupt; takes the result
 *                              if there is one
 */
#ifndef ADC_H_INCLUDED
#define ADC_H_INCLUDED

#include <async.h>

#include "adc_hw.h"

/** Samples that wait for a reader: a power of two. 4 bytes each. */
#ifndef ADC_SAMPLES
#define ADC_SAMPLES 16
#endif

struct adc_sample_value {
    uint16_t value;
    uint16_t number; /**< of the period; wraps */
};
typedef struct adc_sample_value adc_value_t;

/** A converter. `samples` is for receiving; the rest is private. */
struct adc {
    adc_hw_t hw;
    ASYNC_CHANNEL(adc_value_t, ADC_SAMPLES) samples;
    uint16_t missed;           /* periods without a conversion */
    uint16_t number;           /* of the conversion that runs */
    volatile bool converting;
    bool sampling;
};
typedef struct adc adc_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a converter that is off.
 *
 * @param adc  Must stay valid while its interrupt may come.
 * @param hw   Copied. Reference, clock and pins are the board's.
 * @context{before the first use}
 */
void adc_init(adc_t *adc, async_loop_t *loop, adc_hw_t hw);

/** The interrupt at the end of a conversion. @context{ISR} @cost{O(1) and
 * async_post()} */
void adc_isr(adc_t *adc);

/** Samples that are missing so far: the loop came too late, a conversion took
 * longer than a period, or nobody received for too long. Wraps.
 * @context{task or callback} @cost{O(1)} */
uint16_t adc_overruns(const adc_t *adc);

ASYNC_EXTERN_C_END

/**
 * Coroutine, for a task of its own: samples until it is cancelled. Raises
 * ASYNC_ERR_VALUE if the period is 0 or less, ASYNC_ERR_BUSY if somebody
 * samples already.
 *
 * @param period  In ticks. The first sample is one period from now, number 0.
 * @context{task}
 * @cancel{the converter is off; samples that were taken wait in the channel}
 * @cost{two turns of the loop and an interrupt per sample}
 */
struct adc_sample {
    ASYNC_FRAME;
    adc_t *adc;
    async_delay_t period;
    async_ticker_t ticker;
    uint16_t number;  /* private: of the period */
    uint16_t skipped; /* private: what the ticker has missed */
    int status;
};

ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(adc_sample);
ASYNC_EXTERN_C_END

#endif
