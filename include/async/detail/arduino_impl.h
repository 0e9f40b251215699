/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/arduino.h. */
#ifndef ASYNC_DETAIL_ARDUINO_IMPL_H_INCLUDED
#define ASYNC_DETAIL_ARDUINO_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/arduino.h"

#include <Arduino.h>

#if ASYNC_TICK_HZ == 1000
#define ASYNC_ARDUINO_CLOCK_() ((uint32_t)millis())
#elif ASYNC_TICK_HZ == 1000000
#define ASYNC_ARDUINO_CLOCK_() ((uint32_t)micros())
#else
#error "on Arduino ASYNC_TICK_HZ is 1000 (millis) or 1000000 (micros)"
#endif

/* Microseconds from one interrupt of the timer that wakes the CPU to the next:
 * on AVR one in 256 * 64 clocks. Sleeping could miss a nearer deadline. */
#if ASYNC_TICK_HZ == 1000
#define ASYNC_ARDUINO_NAP_ 0
#elif defined(__AVR__)
#define ASYNC_ARDUINO_NAP_ ((async_delay_t)(16384000ul / (F_CPU / 1000ul) + 1))
#else
#define ASYNC_ARDUINO_NAP_ 1000
#endif

ASYNC_EXTERN_C_BEGIN

static async_tick_t async_arduino_now_(async_port_t *port)
{
#if ASYNC_TICK_BITS == 64
    async_arduino_t *arduino = (async_arduino_t *)(void *)port;
    arduino->time += ASYNC_ARDUINO_CLOCK_() - (uint32_t)arduino->time;
    return arduino->time;
#else
    (void)port;
    return ASYNC_ARDUINO_CLOCK_();
#endif
}

#if ASYNC_ARDUINO_SLEEP

static int async_arduino_idle_(async_port_t *port, async_loop_t *loop,
                               const async_tick_t *deadline)
{
    for (;;) {
        async_delay_t rest = ASYNC_DELAY_MAX;
        yield();
        ASYNC_MASK();
        if (deadline != NULL) {
            rest = (async_delay_t)(*deadline - async_arduino_now_(port));
        }
        if (rest <= 0 || async_loop_has_posts(loop)) {
            break;
        }
        if (rest > ASYNC_ARDUINO_NAP_) {
            ASYNC_SLEEP();
        } else {
            ASYNC_UNMASK();
        }
    }
    ASYNC_UNMASK();
    return ASYNC_OK;
}

#else

static int async_arduino_idle_(async_port_t *port, async_loop_t *loop,
                               const async_tick_t *deadline)
{
    while (!async_loop_has_posts(loop) &&
           (deadline == NULL ||
            (async_delay_t)(*deadline - async_arduino_now_(port)) > 0)) {
        yield();
    }
    return ASYNC_OK;
}

#endif

async_port_t *async_arduino_init(async_arduino_t *arduino)
{
    ASYNC_CHECK(arduino != NULL, NULL_ARGUMENT);
    async_port_init_(&arduino->port, async_arduino_now_, async_arduino_idle_);
#if ASYNC_TICK_BITS == 64
    arduino->time = ASYNC_ARDUINO_CLOCK_();
#endif
    return &arduino->port;
}

ASYNC_EXTERN_C_END

#endif
