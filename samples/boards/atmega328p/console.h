/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The console of an AVR by the driver of samples/drivers. For the file with
 * main(): it contains the interrupts. */
#ifndef CONSOLE_H_INCLUDED
#define CONSOLE_H_INCLUDED

#include "board.h"
#include "uart.h"

static uart_t console;
static volatile bool console_interrupted; /* set by every interrupt of it */

ISR(BOARD_UART_RX_HANDLER)
{
    console_interrupted = true;
    uart_rx_isr(&console);
}

ISR(BOARD_UART_TX_HANDLER)
{
    console_interrupted = true;
    uart_tx_isr(&console);
}

/* After board_init(). The loop is the one of the tasks that use it. */
static inline void console_start(async_loop_t *loop)
{
    uart_hw_t hw = UART_HW(0);
    uart_init(&console, loop, hw);
}

#endif
