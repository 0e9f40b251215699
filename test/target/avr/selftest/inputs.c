/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Takes every input of avr_run, and does what it counts. */
#include "board.h"

#include <avr/sleep.h>

static volatile uint8_t ticks, edges, received[4], received_count;

ISR(TIMER0_COMPA_vect)
{
    ticks++;
}

ISR(INT0_vect)
{
    edges++;
}

ISR(USART_RX_vect)
{
    uint8_t c = UDR0;
    if (received_count < sizeof received) {
        received[received_count++] = c;
    }
}

/* Ten milliseconds, asleep between the interrupts. */
static void sleep_10_ms(void)
{
    EICRA = _BV(ISC01) | _BV(ISC00);
    EIFR = _BV(INTF0); /* simavr sets it at the reset */
    EIMSK = _BV(INT0);
    UCSR0B |= _BV(RXCIE0);
    TCCR0A = _BV(WGM01);
    OCR0A = 249;
    TIMSK0 = _BV(OCIE0A);
    TCCR0B = _BV(CS01) | _BV(CS00);
    SMCR = 0; /* idle */
    sei();
    while (ticks < 10) {
        cli();
        sleep_enable();
        sei();
        sleep_cpu();
        sleep_disable();
    }
    cli();
}

static uint16_t voltage(void)
{
    ADMUX = _BV(REFS0) | 2;
    ADCSRA = _BV(ADEN) | _BV(ADSC) | 7;
    loop_until_bit_is_clear(ADCSRA, ADSC);
    return ADC;
}

/* The status after an operation. */
static uint8_t twi(uint8_t bits)
{
    TWCR = (uint8_t)(_BV(TWINT) | _BV(TWEN) | bits);
    loop_until_bit_is_set(TWCR, TWINT);
    return TWSR & 0xf8;
}

static uint8_t twi_send(uint8_t byte)
{
    TWDR = byte;
    return twi(0);
}

static void twi_stop(void)
{
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
    loop_until_bit_is_clear(TWCR, TWSTO);
}

/* Writes 0x77 to register 2, reads registers 1 and 2, and asks for a device
 * that is not there. */
static bool twi_works(void)
{
    bool ok;
    TWBR = 72; /* 100 kHz */
    ok = twi(_BV(TWSTA)) == 0x08 && twi_send(0x90) == 0x18 &&
         twi_send(2) == 0x28 && twi_send(0x77) == 0x28;
    ok = ok && twi(_BV(TWSTA)) == 0x10 && twi_send(0x90) == 0x18 &&
         twi_send(1) == 0x28;
    ok = ok && twi(_BV(TWSTA)) == 0x10 && twi_send(0x91) == 0x40;
    ok = ok && twi(_BV(TWEA)) == 0x50 && TWDR == 0xcd;
    ok = ok && twi(0) == 0x58 && TWDR == 0x77;
    twi_stop();
    ok = ok && twi(_BV(TWSTA)) == 0x08 && twi_send(0x40) == 0x20;
    twi_stop();
    return ok;
}

/* Clears one of two flags, and not the other. */
static bool flags_work(void)
{
    TCCR0B = 0;
    TIMSK0 = 0;
    TCNT0 = 0;
    OCR0A = 20;
    OCR0B = 10;
    TIFR0 = _BV(OCF0A) | _BV(OCF0B);
    TCCR0B = _BV(CS00);
    while ((TIFR0 & _BV(OCF0A)) == 0) { }
    TCCR0B = 0;
    TIFR0 = _BV(OCF0A);
    return (TIFR0 & (_BV(OCF0A) | _BV(OCF0B))) == _BV(OCF0B);
}

static __attribute__((noinline)) void nothing(void)
{
    __asm__ volatile("");
}

static __attribute__((noinline)) void hundred(void)
{
    __asm__ volatile(".rept 100\n\tnop\n\t.endr");
}

static __attribute__((noinline)) uint8_t frame_of_300(uint8_t n)
{
    volatile uint8_t frame[300];
    frame[n] = n;
    return frame[n];
}

int main(void)
{
    board_init();
    sleep_10_ms();
    if (edges != 2) {
        return 3;
    }
    if (received_count != 4 || received[0] != 'a' || received[2] != 'C' ||
        received[3] != '\r') {
        return 4;
    }
    if (voltage() != 511) { /* of 1024, for 2.5 V of 5 V */
        return 5;
    }
    if (!twi_works()) {
        return 6;
    }
    if (!flags_work()) {
        return 8;
    }
    GPIOR0 = 5;
    nothing(); /* a call and a return: 8 cycles */
    GPIOR0 = 0;
    GPIOR0 = 5;
    hundred();
    GPIOR0 = 0;
    GPIOR0 = 5;
    nothing();
    GPIOR0 = 0;
    return frame_of_300(7) == 7 ? 0 : 7;
}
