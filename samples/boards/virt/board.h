/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* QEMU's RISC-V machine "virt", used as a microcontroller: machine mode, rv32,
 * its RAM at 0x80000000 split into what a chip has in flash and in RAM. */
#ifndef BOARD_H_INCLUDED
#define BOARD_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

#define board_register(address) \
    (*(volatile uint32_t *)(uintptr_t)(address))
#define board_byte(address) \
    (*(volatile uint8_t *)(uintptr_t)(address))

/* The clock of mtime. With -icount shift=0 the CPU has one instruction a
 * nanosecond, 100 for each tick of mtime. */
#define BOARD_HZ 1000000000u
#define BOARD_MTIME_HZ 10000000u

/* The timer and the software interrupt of the first core. */
#define BOARD_MSIP 0x02000000u
#define BOARD_MTIMECMP 0x02004000u
#define BOARD_MTIME 0x0200bff8u

/* The interrupt controller: every peripheral raises machine_external_handler,
 * which asks here for its number and gives that back when it is done. */
#define BOARD_PLIC 0x0c000000u
#define BOARD_UART_IRQ 10
enum {
    BOARD_PLIC_PRIORITY = BOARD_PLIC,            /* + 4 * number: 1..7 */
    BOARD_PLIC_ENABLE = BOARD_PLIC + 0x2000,     /* one bit for each */
    BOARD_PLIC_THRESHOLD = BOARD_PLIC + 0x200000,
    BOARD_PLIC_CLAIM = BOARD_PLIC + 0x200004
};

/* -- Console ---------------------------------------------------------------- */

#define BOARD_UART 0x10000000u /* a 16550, registers of one byte */
enum {
    BOARD_UART_DATA = BOARD_UART + 0,
    BOARD_UART_IER = BOARD_UART + 1, /* interrupts: bit 0: RX, 1: TX empty */
    BOARD_UART_IIR = BOARD_UART + 2,
    BOARD_UART_LCR = BOARD_UART + 3,
    BOARD_UART_LSR = BOARD_UART + 5  /* bit 0: received, 5: TX empty */
};

/* Switches the console on. */
static inline void board_init(void)
{
    board_byte(BOARD_UART_LCR) = 3; /* 8 bits, no parity */
}

/* Waits until there is room for the byte. */
static inline void board_putchar(char c)
{
    while ((board_byte(BOARD_UART_LSR) & 0x20u) == 0) { }
    board_byte(BOARD_UART_DATA) = (uint8_t)c;
}

/* The next byte received, or -1. */
static inline int board_getchar(void)
{
    if ((board_byte(BOARD_UART_LSR) & 1u) == 0) {
        return -1;
    }
    return (int)board_byte(BOARD_UART_DATA);
}

/* -- LED -------------------------------------------------------------------- */

/* The machine has none: a variable that a debugger can see. */
static volatile bool board_led_is_on;

static inline void board_led(bool on)
{
    board_led_is_on = on;
}

#include "../common.h"

#endif
