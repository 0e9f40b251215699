/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A 16550, its registers one byte apart, for uart.h. It has one interrupt,
 * which calls both functions, and its receiver is always on: off means that it
 * does not interrupt. */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include <async/port/cpu.h> /* ASYNC_LOCK */
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    volatile uint8_t *base;
} uart_hw_t;

/** Initialiser, from its address. */
#define UART_HW(address) {(volatile uint8_t *)(uintptr_t)(address)}

enum { UART_DATA_ = 0, UART_IER_ = 1, UART_LSR_ = 5 }; /* registers */
enum { UART_RX_IRQ_ = 1, UART_TX_IRQ_ = 2 };           /* IER */
/* LSR: a byte; overrun, parity, framing, break; room */
enum { UART_RX_READY_ = 1, UART_RX_ERRORS_ = 0x1e, UART_TX_READY_ = 0x20 };

/* Tasks and interrupts write IER. */
static inline void uart_hw_ier_(uart_hw_t *hw, unsigned clear, unsigned set)
{
    uintptr_t state;
    ASYNC_LOCK(state);
    hw->base[UART_IER_] = (uint8_t)((hw->base[UART_IER_] & ~clear) | set);
    ASYNC_UNLOCK(state);
}

static inline void uart_hw_rx_on(uart_hw_t *hw)
{
    uart_hw_ier_(hw, 0, UART_RX_IRQ_);
}

static inline void uart_hw_rx_off(uart_hw_t *hw)
{
    uart_hw_ier_(hw, UART_RX_IRQ_, 0);
}

/* The errors are those of the byte, and reading them clears them. */
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    uint8_t status = hw->base[UART_LSR_];
    if ((status & UART_RX_READY_) == 0) {
        return false;
    }
    *item = hw->base[UART_DATA_];
    if (status & UART_RX_ERRORS_) {
        *item |= UART_GAP;
    }
    return true;
}

static inline void uart_hw_tx_on(uart_hw_t *hw)
{
    uart_hw_ier_(hw, 0, UART_TX_IRQ_);
}

static inline void uart_hw_tx_off(uart_hw_t *hw)
{
    uart_hw_ier_(hw, UART_TX_IRQ_, 0);
}

static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    return (hw->base[UART_LSR_] & UART_TX_READY_) != 0;
}

static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    hw->base[UART_DATA_] = byte;
}

#endif
