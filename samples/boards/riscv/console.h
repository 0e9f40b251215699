/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The console of a RISC-V board with a PLIC by the driver of samples/drivers.
 * For the file with main(): it contains the handler. */
#ifndef CONSOLE_H_INCLUDED
#define CONSOLE_H_INCLUDED

#include "board.h"
#include "uart.h"

static uart_t console;
static volatile bool console_interrupted; /* set by every interrupt of it */

/* The PLIC tells who it is, and does not tell it again until it is told that
 * that has been dealt with. */
void machine_external_handler(void);
void machine_external_handler(void)
{
    uint32_t irq = board_register(BOARD_PLIC_CLAIM);
    if (irq == BOARD_UART_IRQ) {
        console_interrupted = true;
        uart_rx_isr(&console);
        uart_tx_isr(&console);
    }
    board_register(BOARD_PLIC_CLAIM) = irq;
}

/* After board_init(). The loop is the one of the tasks that use it. */
static inline void console_start(async_loop_t *loop)
{
    enum { MEIE = 1 << 11 }; /* in mie: interrupts of peripherals */
    uart_hw_t hw = UART_HW(BOARD_UART);
    uart_init(&console, loop, hw);
    board_register(BOARD_PLIC_PRIORITY + 4u * BOARD_UART_IRQ) = 1;
    board_register(BOARD_PLIC_ENABLE) |= (uint32_t)1 << BOARD_UART_IRQ;
    board_register(BOARD_PLIC_THRESHOLD) = 0;
    __asm__ volatile("csrs mie, %0" ::"r"(MEIE));
}

#endif
