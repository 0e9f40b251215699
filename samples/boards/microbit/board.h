/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* BBC micro:bit, the first one: an nRF51822, Cortex-M0 with 256 KiB of flash at
 * 0 and 16 KiB of RAM at 0x20000000. */
#ifndef BOARD_H_INCLUDED
#define BOARD_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

#define board_register(address) \
    (*(volatile uint32_t *)(uintptr_t)(address))

/* The clock of the core and of SysTick. (The nRF51 is sold without SysTick, but
 * QEMU's has it.) */
#define BOARD_HZ 16000000u

/* Interrupts: the UART (both directions), the timer below, and two that no
 * peripheral raises (SWI0 and SWI1). */
#define BOARD_UART_RX_IRQ 2
#define BOARD_UART_RX_HANDLER IRQ2_Handler
#define BOARD_UART_TX_IRQ 2
#define BOARD_UART_TX_HANDLER IRQ2_Handler
#define BOARD_SPARE_IRQ 20
#define BOARD_SPARE_HANDLER IRQ20_Handler
#define BOARD_SPARE2_IRQ 21
#define BOARD_SPARE2_HANDLER IRQ21_Handler

/* -- Console ---------------------------------------------------------------- */

#define BOARD_UART 0x40002000u
enum {
    BOARD_UART_STARTRX = BOARD_UART + 0x000,
    BOARD_UART_STARTTX = BOARD_UART + 0x008,
    BOARD_UART_RXDRDY = BOARD_UART + 0x108,
    BOARD_UART_TXDRDY = BOARD_UART + 0x11c,
    BOARD_UART_INTENSET = BOARD_UART + 0x304, /* bit 2: RXDRDY, 7: TXDRDY */
    BOARD_UART_INTENCLR = BOARD_UART + 0x308,
    BOARD_UART_ENABLE = BOARD_UART + 0x500,
    BOARD_UART_PSELTXD = BOARD_UART + 0x50c,
    BOARD_UART_PSELRXD = BOARD_UART + 0x514,
    BOARD_UART_RXD = BOARD_UART + 0x518,
    BOARD_UART_TXD = BOARD_UART + 0x51c,
    BOARD_UART_BAUDRATE = BOARD_UART + 0x524
};

/* The GPIO: one bit for each pin. */
enum {
    BOARD_GPIO_OUTSET = 0x50000508,
    BOARD_GPIO_OUTCLR = 0x5000050c,
    BOARD_GPIO_DIRSET = 0x50000518
};

/* Switches the console and the LED on. */
static inline void board_init(void)
{
    board_register(BOARD_GPIO_OUTSET) = 1u << 24;
    board_register(BOARD_GPIO_DIRSET) = 1u << 24 | 1u << 13 | 1u << 4;
    board_register(BOARD_UART_PSELTXD) = 24;
    board_register(BOARD_UART_PSELRXD) = 25;
    board_register(BOARD_UART_BAUDRATE) = 0x1d7e000; /* 115200 */
    board_register(BOARD_UART_ENABLE) = 4;
    board_register(BOARD_UART_STARTRX) = 1;
    board_register(BOARD_UART_STARTTX) = 1;
}

/* Waits until the byte is out. Only without the UART's interrupts. */
static inline void board_putchar(char c)
{
    board_register(BOARD_UART_TXDRDY) = 0;
    board_register(BOARD_UART_TXD) = (uint8_t)c;
    while (board_register(BOARD_UART_TXDRDY) == 0) { }
}

/* The next byte received, or -1. */
static inline int board_getchar(void)
{
    if (board_register(BOARD_UART_RXDRDY) == 0) {
        return -1;
    }
    board_register(BOARD_UART_RXDRDY) = 0;
    return (int)(board_register(BOARD_UART_RXD) & 0xffu);
}

/* -- LED -------------------------------------------------------------------- */

/* The first LED of the matrix: its row high, its column low. */
static inline void board_led(bool on)
{
    board_register(BOARD_GPIO_OUTCLR) = 1u << 4;
    board_register(on ? BOARD_GPIO_OUTSET : BOARD_GPIO_OUTCLR) = 1u << 13;
}

#include "../common.h"

#endif
