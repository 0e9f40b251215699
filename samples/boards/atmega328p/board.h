/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Arduino Uno: an ATmega328P with a crystal of 16 MHz, 32 KiB of flash and
 * 2 KiB of RAM. Its start-up and its linker script are those of avr-libc. */
#ifndef BOARD_H_INCLUDED
#define BOARD_H_INCLUDED

#ifndef F_CPU
#define F_CPU 16000000UL
#endif

#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/pgmspace.h>
#include <stdbool.h>
#include <stdint.h>

/* The clock of the core and of the timers before their prescalers. */
#define BOARD_HZ F_CPU

/* -- Console ---------------------------------------------------------------- */

/* A byte was received; there is room for one to send. */
#if defined(USART_RX_vect)
#define BOARD_UART_RX_HANDLER USART_RX_vect
#define BOARD_UART_TX_HANDLER USART_UDRE_vect
#else /* chips with several UARTs, such as the ATmega1284P */
#define BOARD_UART_RX_HANDLER USART0_RX_vect
#define BOARD_UART_TX_HANDLER USART0_UDRE_vect
#endif

#define BOARD_BAUD 115200UL /* 2 % off with 16 MHz, as on every Uno */

/* Switches the console and the LED on. */
static inline void board_init(void)
{
    UBRR0 = (uint16_t)((F_CPU / 4 / BOARD_BAUD - 1) / 2);
    UCSR0A = _BV(U2X0);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    DDRB |= _BV(DDB5);
}

/* Waits until there is room for the byte. */
static inline void board_putchar(char c)
{
    loop_until_bit_is_set(UCSR0A, UDRE0);
    UDR0 = (uint8_t)c;
}

/* The next byte received, or -1. */
static inline int board_getchar(void)
{
    return bit_is_set(UCSR0A, RXC0) ? (int)UDR0 : -1;
}

/* A text in program memory, board_puts_P(PSTR("text")): other texts take as
 * much RAM as they are long. */
static inline void board_puts_P(const char *text)
{
    char c;
    while ((c = (char)pgm_read_byte(text++)) != 0) {
        board_putchar(c);
    }
}

/* -- LED -------------------------------------------------------------------- */

static inline void board_led(bool on)
{
    if (on) {
        PORTB |= _BV(PORTB5);
    } else {
        PORTB &= (uint8_t)~_BV(PORTB5);
    }
}

/* -- End -------------------------------------------------------------------- */

/* There is nothing to return to. Under simavr (test/target/avr) what is written
 * to this register is the exit status, as is the value of main(). */
static inline void board_exit(int status)
{
    cli();
    GPIOR2 = (uint8_t)status;
    for (;;) { }
}

#include "../common.h"

#endif
