/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A UART that takes every byte at once and remembers it. */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

struct counting_uart {
    volatile uint8_t count;
    uint8_t bytes[32];
    volatile bool rx_on, tx_on;
};
typedef struct counting_uart *uart_hw_t;

static inline void uart_hw_rx_on(uart_hw_t *hw) { (*hw)->rx_on = true; }
static inline void uart_hw_rx_off(uart_hw_t *hw) { (*hw)->rx_on = false; }
static inline void uart_hw_tx_on(uart_hw_t *hw) { (*hw)->tx_on = true; }
static inline void uart_hw_tx_off(uart_hw_t *hw) { (*hw)->tx_on = false; }
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    (void)hw;
    (void)item;
    return false;
}
static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    (void)hw;
    return true;
}
static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    uint8_t count = (*hw)->count;
    if (count < sizeof (*hw)->bytes) {
        (*hw)->bytes[count] = byte;
        (*hw)->count = (uint8_t)(count + 1u);
    }
}

#endif
