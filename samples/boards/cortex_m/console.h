/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The console of a Cortex-M board by the driver of samples/drivers. For the
 * file with main(): it contains the handlers. */
#ifndef CONSOLE_H_INCLUDED
#define CONSOLE_H_INCLUDED

#include "board.h"
#include "uart.h"

static uart_t console;
static volatile bool console_interrupted; /* set by every interrupt of it */

/* Some chips have one interrupt for both directions. */
static inline void console_isr(void)
{
    console_interrupted = true;
    uart_rx_isr(&console);
    uart_tx_isr(&console);
}

void BOARD_UART_RX_HANDLER(void);
void BOARD_UART_RX_HANDLER(void)
{
    console_isr();
}

#if BOARD_UART_TX_IRQ != BOARD_UART_RX_IRQ
void BOARD_UART_TX_HANDLER(void);
void BOARD_UART_TX_HANDLER(void)
{
    console_isr();
}
#endif

/* After board_init(). The loop is the one of the tasks that use it. */
static inline void console_start(async_loop_t *loop)
{
    static const uint8_t irqs[] = {BOARD_UART_RX_IRQ, BOARD_UART_TX_IRQ};
    unsigned i;
    uart_hw_t hw = UART_HW(BOARD_UART);
    uart_init(&console, loop, hw);
    for (i = 0; i < sizeof irqs; i++) { /* enabled in the NVIC */
        board_register(0xe000e100u + irqs[i] / 32u * 4u) =
            (uint32_t)1 << (irqs[i] % 32u);
    }
}

#endif
