/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The UART of Arm's Cortex-M System Design Kit, for uart.h. It has no FIFO, and
 * an interrupt for each direction. Others in CTRL are the board's. */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include <async/port/cpu.h> /* ASYNC_LOCK */
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    volatile uint32_t *base;
} uart_hw_t;

/** Initialiser, from its address. */
#define UART_HW(address) {(volatile uint32_t *)(uintptr_t)(address)}

enum { UART_DATA_, UART_STATE_, UART_CTRL_, UART_INT_ }; /* registers */
enum { UART_TX_FULL_ = 1, UART_RX_FULL_ = 2, UART_RX_OVERRUN_ = 8 }; /* STATE */
enum { UART_TX_ = 1, UART_RX_ = 2, UART_TX_IRQ_ = 4, UART_RX_IRQ_ = 8 };

/* Tasks and interrupts write CTRL. */
static inline void uart_hw_ctrl_(uart_hw_t *hw, uint32_t clear, uint32_t set)
{
    uintptr_t state;
    ASYNC_LOCK(state);
    hw->base[UART_CTRL_] = (hw->base[UART_CTRL_] & ~clear) | set;
    ASYNC_UNLOCK(state);
}

static inline void uart_hw_rx_on(uart_hw_t *hw)
{
    uart_hw_ctrl_(hw, 0, UART_RX_ | UART_RX_IRQ_);
}

static inline void uart_hw_rx_off(uart_hw_t *hw)
{
    uart_hw_ctrl_(hw, UART_RX_ | UART_RX_IRQ_, 0);
}

/* The interrupt is acknowledged before the byte is taken: the next one may
 * come, with its interrupt, right after. */
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    uint32_t status;
    hw->base[UART_INT_] = UART_RX_;
    status = hw->base[UART_STATE_];
    if ((status & UART_RX_FULL_) == 0) {
        return false;
    }
    *item = (uint16_t)(hw->base[UART_DATA_] & 0xffu);
    if (status & UART_RX_OVERRUN_) {
        hw->base[UART_STATE_] = UART_RX_OVERRUN_;
        *item |= UART_GAP;
    }
    return true;
}

/* The transmitter itself stays on: a byte may still be on its way. */
static inline void uart_hw_tx_on(uart_hw_t *hw)
{
    uart_hw_ctrl_(hw, 0, UART_TX_ | UART_TX_IRQ_);
}

static inline void uart_hw_tx_off(uart_hw_t *hw)
{
    uart_hw_ctrl_(hw, UART_TX_IRQ_, 0);
}

static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    hw->base[UART_INT_] = UART_TX_;
    return (hw->base[UART_STATE_] & UART_TX_FULL_) == 0;
}

static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    hw->base[UART_DATA_] = byte;
}

#endif
