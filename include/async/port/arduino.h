/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The port of Arduino sketches: the clock of millis(), or of micros() with
 * ASYNC_TICK_HZ=1000000. async.h includes it in an Arduino build.
 *
 *     async_arduino_t board;
 *     async_loop_t event_loop;
 *
 *     void setup()
 *     {
 *         async_loop_init(&event_loop, async_arduino_init(&board));
 *         async_loop_create_task(&event_loop, ...);
 *     }
 *     void loop()
 *     {
 *         async_loop_run_forever(&event_loop);
 *     }
 *
 * If loop() has other things to do it calls async_arduino_run_once() instead,
 * again and again, as a guest among them; then nothing sleeps.
 *
 * When no task can run, an AVR sleeps in idle mode between the interrupts of
 * timer 0, about one in a millisecond, which count millis(); leave the sleep
 * mode at SLEEP_MODE_IDLE, or the clock stops. Other boards call yield() until
 * there is something to do: see ASYNC_ARDUINO_SLEEP.
 *
 * No wake-up can be lost: idle looks for posts and at the clock with interrupts
 * masked, so one that comes after that look stays pending. SEI lets one more
 * instruction run before it, which is SLEEP, and it ends the sleep at once.
 * Interrupts are masked for that look only, once per sleep.
 */
#ifndef ASYNC_PORT_ARDUINO_H_INCLUDED
#define ASYNC_PORT_ARDUINO_H_INCLUDED

#include "../loop.h"

/** 1 sleeps when there is nothing to do. On boards other than AVR that needs a
 * CPU of cpu.h and an interrupt every millisecond. */
#ifndef ASYNC_ARDUINO_SLEEP
#ifdef __AVR__
#define ASYNC_ARDUINO_SLEEP 1
#else
#define ASYNC_ARDUINO_SLEEP 0
#endif
#endif

/** The port. All private. */
struct async_arduino {
    async_port_t port; /* comes first */
#if ASYNC_TICK_BITS == 64
    async_tick_t time;
#endif
};
typedef struct async_arduino async_arduino_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the port; Arduino's core has started the timer.
 *
 * With 64-bit ticks the time may be asked for by tasks only, not by an ISR, and
 * the loop must run once before the 32 bits of millis() wrap (49 days).
 *
 * @param arduino  Must outlive the loop.
 * @returns The port for async_loop_init().
 * @context{before start}
 */
#define async_arduino_init ASYNC_ABI_(async_arduino_init)
async_port_t *async_arduino_init(async_arduino_t *arduino);

ASYNC_EXTERN_C_END

/** Runs what is ready now and does not sleep: async_loop_run_once() for a
 * loop() that does not care when to call again.
 * @returns As async_loop_run_once(). @context{loop()} */
static inline int async_arduino_run_once(async_loop_t *loop)
{
    async_tick_t deadline;
    bool has_deadline;
    return async_loop_run_once(loop, &deadline, &has_deadline);
}

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_ARDUINO_IMPLEMENTED)
#define ASYNC_PORT_ARDUINO_IMPLEMENTED
#include "../detail/arduino_impl.h"
#endif
