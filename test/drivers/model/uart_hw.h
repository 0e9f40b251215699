/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model of a UART, and the functions that samples/drivers/uart.c wants: two
 * bytes to be read, a transmit register and a shift register. */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include "machine.h"

enum { UART_WIRE = 512, UART_FIFO = 2 };

/* How it differs from one chip to the next. */
enum uart_kind {
    UART_LEVEL, /* interrupts while there is a byte, or room (16550, ATmega) */
    UART_EVENT, /* once, when there is the first byte, or room again (CMSDK) */
    UART_SINGLE /* as UART_EVENT; no shift register of its own (nRF51) */
};

struct uart_model {
    enum uart_kind kind;
    async_tick_t byte_time;
    struct line rx_line, tx_line;
    /* registers */
    bool rx_on, tx_on, rx_event, tx_event;
    bool rx_overrun, tx_full, shifting;
    uint8_t tx_data, shift;
    unsigned rx_count;
    struct {
        uint8_t data;
        bool gap;
    } rx[UART_FIFO];
    /* the wire to it: bytes, times, which are damaged */
    uint8_t in[UART_WIRE];
    async_tick_t in_time[UART_WIRE];
    bool in_wrong[UART_WIRE];
    unsigned in_count, in_next, in_deaf; /* deaf: came while it was off */
    uint8_t heard[UART_WIRE]; /* what got as far as the FIFO */
    unsigned heard_count, overruns;
    async_sim_interrupt_t in_event, shift_event;
    /* the wire from it */
    uint8_t out[UART_WIRE];
    unsigned out_count, clobbered; /* written without room */
};
typedef struct uart_model *uart_hw_t;

void uart_model_begin(struct uart_model *model, enum uart_kind kind,
                      async_tick_t byte_time);

/* Lets bytes come, one after the other, beginning at a time or behind those
 * that are to come already. */
void uart_model_send(struct uart_model *model, async_tick_t at,
                     const char *bytes, unsigned count);

/* Registers. */
void uart_model_rx_on(struct uart_model *model, bool on);
void uart_model_tx_on(struct uart_model *model, bool on);
bool uart_model_rx(struct uart_model *model, uint8_t *byte, bool *gap);
bool uart_model_tx_ready(struct uart_model *model);
void uart_model_tx(struct uart_model *model, uint8_t byte);

static inline void uart_hw_rx_on(uart_hw_t *hw) { uart_model_rx_on(*hw, true); }
static inline void uart_hw_rx_off(uart_hw_t *hw)
{
    uart_model_rx_on(*hw, false);
}
static inline void uart_hw_tx_on(uart_hw_t *hw) { uart_model_tx_on(*hw, true); }
static inline void uart_hw_tx_off(uart_hw_t *hw)
{
    uart_model_tx_on(*hw, false);
}
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    uint8_t byte = 0;
    bool gap = false, got = uart_model_rx(*hw, &byte, &gap);
    *item = (uint16_t)(byte | (gap ? UART_GAP : 0u));
    return got;
}
static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    return uart_model_tx_ready(*hw);
}
static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    uart_model_tx(*hw, byte);
}

#endif
