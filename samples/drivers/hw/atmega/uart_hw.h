/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* USART0 of an ATmega, for uart.h. Its interrupts are USART_RX, which calls
 * uart_rx_isr(), and USART_UDRE, which calls uart_tx_isr(). */
#ifndef UART_HW_H_INCLUDED
#define UART_HW_H_INCLUDED

#include <async/port/cpu.h> /* ASYNC_LOCK */
#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint8_t unused; /* there is one */
} uart_hw_t;

/** Initialiser. */
#define UART_HW(number) {(number)}

/* Tasks and interrupts write UCSR0B, which takes three instructions. */
static inline void uart_hw_ucsrb_(uint8_t clear, uint8_t set)
{
    uintptr_t state;
    ASYNC_LOCK(state);
    UCSR0B = (uint8_t)((UCSR0B & ~clear) | set);
    ASYNC_UNLOCK(state);
}

static inline void uart_hw_rx_on(uart_hw_t *hw)
{
    (void)hw;
    uart_hw_ucsrb_(0, _BV(RXEN0) | _BV(RXCIE0));
}

/* Forgets the two bytes that the chip holds. */
static inline void uart_hw_rx_off(uart_hw_t *hw)
{
    (void)hw;
    uart_hw_ucsrb_(_BV(RXEN0) | _BV(RXCIE0), 0);
}

/* The status is that of the byte, and changes when it is read. */
static inline bool uart_hw_rx(uart_hw_t *hw, uint16_t *item)
{
    uint8_t status = UCSR0A;
    (void)hw;
    if ((status & _BV(RXC0)) == 0) {
        return false;
    }
    *item = UDR0;
    if (status & (_BV(FE0) | _BV(DOR0) | _BV(UPE0))) {
        *item |= UART_GAP;
    }
    return true;
}

static inline void uart_hw_tx_on(uart_hw_t *hw)
{
    (void)hw;
    uart_hw_ucsrb_(0, _BV(TXEN0) | _BV(UDRIE0));
}

static inline void uart_hw_tx_off(uart_hw_t *hw)
{
    (void)hw;
    uart_hw_ucsrb_(_BV(UDRIE0), 0);
}

static inline bool uart_hw_tx_ready(uart_hw_t *hw)
{
    (void)hw;
    return (UCSR0A & _BV(UDRE0)) != 0;
}

static inline void uart_hw_tx(uart_hw_t *hw, uint8_t byte)
{
    (void)hw;
    UDR0 = byte;
}

#endif
