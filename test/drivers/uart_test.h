/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* For the tests of samples/drivers/uart: the driver on the model of a UART of
 * each kind. */
#ifndef UART_TEST_H_INCLUDED
#define UART_TEST_H_INCLUDED

#include "sweep.h"

#include "uart.h"

enum { BYTE = 9 }; /* ticks; 115,200 baud at 100 kHz */

static struct uart_model model;
static uart_t uart;
static enum uart_kind kind;
static bool latching;

static inline void on_rx(void *arg) { uart_rx_isr((uart_t *)arg); }
static inline void on_tx(void *arg) { uart_tx_isr((uart_t *)arg); }

static inline void make(void)
{
    machine.latching = latching;
    uart_model_begin(&model, kind, BYTE);
    machine_connect(&model.rx_line, on_rx, &uart);
    machine_connect(&model.tx_line, on_tx, &uart);
    uart_init(&uart, &loop, &model);
}

static inline void begin(void)
{
    world_begin();
    machine_begin(&sim);
    make();
}

static inline void type(async_delay_t in, const char *text)
{
    const char *end = text;
    while (*end != 0) {
        end++;
    }
    uart_model_send(&model, sim.time + (async_tick_t)in, text,
                    (unsigned)(end - text));
}

static inline void check_hardware_is_idle(void)
{
    CHECK(!model.rx_on);
    CHECK(!model.tx_on);
    CHECK(!model.rx_line.level && !model.tx_line.level);
    CHECK(!machine.masked);
    CHECK(!async_lock_locked(&uart.rx_lock));
    CHECK(!async_lock_locked(&uart.tx_lock));
    CHECK_INT(uart.listeners, 0);
    CHECK_INT(model.clobbered, 0);
}

static inline void end(void)
{
    sweep_settle(10 * BYTE);
    check_hardware_is_idle();
    world_end();
}

/* -- Each kind of UART ----------------------------------------------------- */

/* Runs functions with a kind of UART; `l`: its interrupts come even after they
 * were put off. */
static inline void with_kind(enum uart_kind k, bool l,
                             void (*const *run)(void), unsigned count)
{
    unsigned i;
    kind = k;
    latching = l;
    for (i = 0; i < count; i++) {
        run[i]();
    }
}

#define KIND(name, k, l, functions)                                      \
    static void name(void)                                               \
    {                                                                    \
        with_kind((k), (l), functions,                                   \
                  sizeof functions / sizeof *functions);                 \
    }
#define KINDS(suffix, functions)                            \
    KIND(level_##suffix, UART_LEVEL, false, functions)      \
    KIND(latched_##suffix, UART_LEVEL, true, functions)     \
    KIND(event_##suffix, UART_EVENT, true, functions)       \
    KIND(single_##suffix, UART_SINGLE, true, functions)
#define TEST_KINDS(suffix)                                               \
    TEST(level_##suffix), TEST(latched_##suffix), TEST(event_##suffix),  \
        TEST(single_##suffix)

#endif
