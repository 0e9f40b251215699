/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Arm's MPS2 FPGA board. Its images an385 (Cortex-M3) and an386 (Cortex-M4)
 * have 4 MiB of flash at 0 and of RAM at 0x20000000; an505 (Cortex-M33, here in
 * secure state) has them at 0x10000000 and 0x38000000, and other addresses and
 * interrupts: compile with BOARD_AN505 defined. */
#ifndef BOARD_H_INCLUDED
#define BOARD_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

#define board_register(address) \
    (*(volatile uint32_t *)(uintptr_t)(address))

/* The clock of the core and of SysTick, and the interrupts: the UART, two
 * timers, and two that no peripheral raises. */
#ifdef BOARD_AN505
#define BOARD_HZ 20000000u
#define BOARD_UART_RX_IRQ 32
#define BOARD_UART_RX_HANDLER IRQ32_Handler
#define BOARD_UART_TX_IRQ 33
#define BOARD_UART_TX_HANDLER IRQ33_Handler
#define BOARD_TIMER0_IRQ 3
#define BOARD_TIMER0_HANDLER IRQ3_Handler
#define BOARD_TIMER1_IRQ 4
#define BOARD_TIMER1_HANDLER IRQ4_Handler
#define BOARD_UART 0x50200000u
#define BOARD_TIMER0 0x50000000u
#define BOARD_TIMER1 0x50001000u
#define BOARD_FPGAIO 0x50302000u
#else
#define BOARD_HZ 25000000u
#define BOARD_UART_RX_IRQ 0
#define BOARD_UART_RX_HANDLER IRQ0_Handler
#define BOARD_UART_TX_IRQ 1
#define BOARD_UART_TX_HANDLER IRQ1_Handler
#define BOARD_TIMER0_IRQ 8
#define BOARD_TIMER0_HANDLER IRQ8_Handler
#define BOARD_TIMER1_IRQ 9
#define BOARD_TIMER1_HANDLER IRQ9_Handler
#define BOARD_UART 0x40004000u
#define BOARD_TIMER0 0x40000000u
#define BOARD_TIMER1 0x40001000u
#define BOARD_FPGAIO 0x40028000u
#endif
#define BOARD_SPARE_IRQ 30
#define BOARD_SPARE_HANDLER IRQ30_Handler
#define BOARD_SPARE2_IRQ 31
#define BOARD_SPARE2_HANDLER IRQ31_Handler

/* -- Console ---------------------------------------------------------------- */

enum {
    BOARD_UART_DATA = BOARD_UART + 0x00,
    BOARD_UART_STATE = BOARD_UART + 0x04, /* bit 0: TX full, 1: RX full */
    BOARD_UART_CTRL = BOARD_UART + 0x08,  /* 0: TX, 1: RX, 2, 3: interrupts */
    BOARD_UART_INT = BOARD_UART + 0x0c,   /* 0: TX, 1: RX; write 1 to clear */
    BOARD_UART_BAUDDIV = BOARD_UART + 0x10
};

/* Switches the console on. */
static inline void board_init(void)
{
    board_register(BOARD_UART_BAUDDIV) = BOARD_HZ / 115200u;
    board_register(BOARD_UART_CTRL) = 3;
}

/* Waits until there is room for the byte. */
static inline void board_putchar(char c)
{
    while ((board_register(BOARD_UART_STATE) & 1u) != 0) { }
    board_register(BOARD_UART_DATA) = (uint8_t)c;
}

/* The next byte received, or -1. */
static inline int board_getchar(void)
{
    if ((board_register(BOARD_UART_STATE) & 2u) == 0) {
        return -1;
    }
    return (int)(board_register(BOARD_UART_DATA) & 0xffu);
}

/* -- LED -------------------------------------------------------------------- */

static inline void board_led(bool on)
{
    board_register(BOARD_FPGAIO) = on ? 1u : 0u;
}

#include "../common.h"

#endif
