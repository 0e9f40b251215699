/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/adc on the model of a converter, whose samples are the times
 * at which they were taken. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

#include "adc.h"

enum { PERIOD = 10, DURATION = 3 };

static struct adc_model model;
static adc_t adc;
static bool latching;
static struct adc_sample sampling;
static async_task_t sampler, reader;

static void on_end(void *arg) { adc_isr((adc_t *)arg); }

static void make(void)
{
    machine.latching = latching;
    adc_model_begin(&model, DURATION);
    machine_connect(&model.line, on_end, &adc);
    adc_init(&adc, &loop, &model);
}

static void begin(void)
{
    world_begin();
    machine_begin(&sim);
    make();
}

static void check_converter_is_off(void)
{
    CHECK(!model.on && !model.line.level);
    CHECK(!adc.sampling && !adc.converting && !machine.masked);
    CHECK_INT(model.restarted, 0);
}

static void end(void)
{
    sweep_settle(20);
    check_converter_is_off();
    world_end();
}

static void sample(async_delay_t period)
{
    CHECK_INT(async_loop_create_task(&loop, &sampler,
                                     ASYNC_CALL(adc_sample, &sampling,
                                                .adc = &adc,
                                                .period = period)), 0);
}

/* Takes samples, then cancels the sampler. Each was begun at the end of its
 * period, or at most `late` ticks later. */
struct take {
    ASYNC_FRAME;
    unsigned count, late, gaps, last;
    async_delay_t busy; /* the CPU, after each `each`th sample */
    unsigned each;
    adc_value_t sample;
    int status;
};
ASYNC_DEF(take)
{
    ASYNC_BEGIN;
    while (self->count > 0) {
        ASYNC_RECEIVE(&adc.samples, self->sample);
        self->gaps += (uint16_t)(self->sample.number - self->last - 1u);
        self->last = self->sample.number;
        CHECK((uint16_t)(self->sample.value -
                         (self->sample.number + 1u) * PERIOD) <= self->late);
        self->count--;
        if (self->each != 0 && self->count % self->each == 0) {
            async_sim_advance(&sim, (async_tick_t)self->busy);
        }
    }
    async_task_cancel(&sampler);
    AWAIT_STATUS(self->status, &sampler);
    ASYNC_END;
}
static struct take take_frame;

#define TAKE(...)                                                          \
    CHECK_INT(async_loop_create_task(&loop, &reader,                       \
                                     ASYNC_CALL(take, &take_frame,         \
                                                .last = 0xffff,            \
                                                __VA_ARGS__)), 0)

static void samples_do_not_drift(void)
{
    begin();
    sample(PERIOD);
    TAKE(.count = 5000);
    sweep_to_the_end(60000);
    CHECK_INT(world_time(), 5000 * PERIOD + DURATION);
    CHECK_INT(take_frame.gaps, 0);
    CHECK_INT(adc_overruns(&adc), 0);
    CHECK_INT(model.conversions, 5000);
    end();
}

/* The loop is busy for a period now and then: late, but the lateness does not
 * add up, and no period is missed. */
static void a_busy_loop_makes_samples_late_but_not_fewer(void)
{
    begin();
    sample(PERIOD);
    TAKE(.count = 1000, .busy = 10, .each = 4, .late = 3);
    sweep_to_the_end(20000);
    CHECK_INT(take_frame.gaps, 0);
    CHECK_INT(adc_overruns(&adc), 0);
    end();
}

/* Busy for more than a period: those are counted, and the numbers show it. */
static void missed_periods_are_counted(void)
{
    begin();
    sample(PERIOD);
    TAKE(.count = 100, .busy = 25, .each = 1, .late = 28);
    sweep_to_the_end(20000);
    CHECK(take_frame.gaps >= 98);
    CHECK(adc_overruns(&adc) >= take_frame.gaps);
    CHECK(adc_overruns(&adc) <= take_frame.gaps + 3); /* since the last one */
    end();
}

static void a_reader_that_is_too_slow_loses_the_newest(void)
{
    adc_value_t value;
    unsigned i;
    begin();
    sample(PERIOD);
    turns(1);
    for (i = 0; i < 30; i++) {
        async_sim_advance(&sim, PERIOD);
        turns(3);
    }
    CHECK_INT(async_channel_size(&adc.samples), ADC_SAMPLES);
    CHECK_INT(adc_overruns(&adc), 30 - 1 - ADC_SAMPLES);
    for (i = 0; i < ADC_SAMPLES; i++) {
        CHECK_INT(async_channel_receive_nowait(&adc.samples, &value), 0);
        CHECK_INT(value.number, i);
    }
    async_task_cancel(&sampler);
    turns(2);
    end();
}

static void a_conversion_that_outlasts_its_period_is_an_overrun(void)
{
    begin();
    model.duration = 15;
    sample(PERIOD);
    TAKE(.count = 50, .late = 0);
    sweep_to_the_end(20000);
    CHECK_INT(take_frame.gaps, 49); /* every second one */
    CHECK_INT(adc_overruns(&adc), 50);
    end();
}

static void one_sampler_at_a_time_and_a_period(void)
{
    static struct adc_sample second;
    static async_task_t other;
    begin();
    sample(0);
    turns(2);
    CHECK_INT(async_future_result(&sampler.future, NULL), ASYNC_ERR_VALUE);
    sample(PERIOD);
    CHECK_INT(async_loop_create_task(&loop, &other,
                                     ASYNC_CALL(adc_sample, &second,
                                                .adc = &adc,
                                                .period = PERIOD)), 0);
    turns(2);
    CHECK_INT(async_future_result(&other.future, NULL), ASYNC_ERR_BUSY);
    TAKE(.count = 3);
    sweep_to_the_end(100);
    end();
}

static void a_late_interrupt_does_nothing(void)
{
    begin();
    adc_isr(&adc);
    CHECK_INT(async_channel_size(&adc.samples), 0);
    end();
}

/* -- Sweep ----------------------------------------------------------------- */

static void start_sampling(void)
{
    make();
    sample(PERIOD);
    TAKE(.count = 4, .late = 200);
}

/* Cancelled at any time, the converter is off, and starts again. */
static void check_sampling(void)
{
    unsigned left = 0;
    adc_value_t value;
    check_converter_is_off();
    while (async_channel_receive_nowait(&adc.samples, &value) == 0) {
        left++;
    }
    CHECK(left <= 1);
    model.origin = sim.time;
    sample(PERIOD);
    TAKE(.count = 2);
    sweep_to_the_end(100);
    CHECK_INT(async_future_result(&reader.future, NULL), 0);
    CHECK_INT(take_frame.gaps, 0);
    sweep_settle(20);
    check_converter_is_off();
}

/* The victim owns the sampler, and takes it along when it is cancelled. */
struct owner {
    ASYNC_FRAME;
    struct take take;
    int status;
};
ASYNC_DEF(owner)
{
    ASYNC_BEGIN;
    sample(PERIOD);
    AWAIT(ASYNC_CALL(take, &self->take, .last = 0xffff, .count = 4,
                     .late = 200));
    ASYNC_CLEANUP;
    async_task_cancel(&sampler);
    do {
        AWAIT_STATUS(self->status, &sampler);
    } while (!async_future_done(&sampler.future));
    ASYNC_END;
}
static struct owner owner_frame;

static void start_owner(void)
{
    make();
    CHECK_INT(async_loop_create_task(&loop, &reader,
                                     ASYNC_CALL(owner, &owner_frame)), 0);
}

static void it_survives_every_disturbance(void)
{
    static const struct scenario scenario = {start_owner, &reader,
                                             check_sampling, 300, 1, false};
    sweep(&scenario);
}

static void late_interrupts_too(void)
{
    latching = true;
    it_survives_every_disturbance();
    latching = false;
}

/* The sampler itself is cancelled: then the reader waits for ever. */
static void cancelling_the_sampler(void)
{
    unsigned at;
    for (at = 0; at < 40; at++) {
        world_step(at);
        world_begin();
        machine_begin(&sim);
        start_sampling();
        turns(2);
        while (world_time() < (long)at) {
            async_sim_advance(&sim, 1);
            turns(3);
        }
        CHECK_INT(async_task_cancel(&sampler), 1);
        turns(2);
        check_converter_is_off();
        async_task_cancel(&reader);
        turns(3);
        check_sampling();
        world_end();
    }
}

static const struct test tests[] = {
    TEST(samples_do_not_drift),
    TEST(a_busy_loop_makes_samples_late_but_not_fewer),
    TEST(missed_periods_are_counted),
    TEST(a_reader_that_is_too_slow_loses_the_newest),
    TEST(a_conversion_that_outlasts_its_period_is_an_overrun),
    TEST(one_sampler_at_a_time_and_a_period),
    TEST(a_late_interrupt_does_nothing),
    TEST(it_survives_every_disturbance),
    TEST(late_interrupts_too),
    TEST(cancelling_the_sampler),
};
TEST_MAIN(tests)
