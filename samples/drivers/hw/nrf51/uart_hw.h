/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The UART of Nordic's nRF51 (and nRF52), for uart.h. Six bytes fit into it; it
 * has one interrupt, which calls both functions. Enable it and start its
 * transmitter before (ENABLE, STARTTX). */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    volatile uint32_t *base;
    bool sending; /* a byte, that the chip has not announced the end of */
} uart_hw_t;

/** Initialiser, from its address. */
#define UART_HW(address) {(volatile uint32_t *)(uintptr_t)(address), false}

enum { /* registers, as indices */
    UART_STARTRX_ = 0x000 / 4,
    UART_STOPRX_ = 0x004 / 4,
    UART_RXDRDY_ = 0x108 / 4,
    UART_TXDRDY_ = 0x11c / 4,
    UART_INTENSET_ = 0x304 / 4,
    UART_INTENCLR_ = 0x308 / 4,
    UART_ERRORSRC_ = 0x480 / 4,
    UART_RXD_ = 0x518 / 4,
    UART_TXD_ = 0x51c / 4
};
enum { UART_RX_IRQ_ = 1 << 2, UART_TX_IRQ_ = 1 << 7 };

static inline void uart_hw_rx_on(uart_hw_t *hw)
{
    hw->base[UART_STARTRX_] = 1;
    hw->base[UART_INTENSET_] = UART_RX_IRQ_;
}

static inline void uart_hw_rx_off(uart_hw_t *hw)
{
    hw->base[UART_INTENCLR_] = UART_RX_IRQ_;
    hw->base[UART_STOPRX_] = 1;
}

/* Reading the byte brings the next one, with its event, so that of this one is
 * cleared before. */
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    uint32_t errors;
    if (hw->base[UART_RXDRDY_] == 0) {
        return false;
    }
    hw->base[UART_RXDRDY_] = 0;
    errors = hw->base[UART_ERRORSRC_]; /* overrun, parity, framing, break */
    *item = (uint16_t)(hw->base[UART_RXD_] & 0xffu);
    if (errors != 0) {
        hw->base[UART_ERRORSRC_] = errors;
        *item |= UART_GAP;
    }
    return true;
}

static inline void uart_hw_tx_on(uart_hw_t *hw)
{
    hw->base[UART_INTENSET_] = UART_TX_IRQ_;
}

static inline void uart_hw_tx_off(uart_hw_t *hw)
{
    hw->base[UART_INTENCLR_] = UART_TX_IRQ_;
}

/* Nothing in the chip says that there is room but the event. */
static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    if (hw->sending && hw->base[UART_TXDRDY_] == 0) {
        return false;
    }
    hw->base[UART_TXDRDY_] = 0;
    hw->sending = false;
    return true;
}

static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    hw->sending = true;
    hw->base[UART_TXD_] = byte;
}

#endif
