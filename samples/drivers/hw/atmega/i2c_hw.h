/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The TWI of an ATmega (SDA is PC4, SCL is PC5), for i2c.h. Its interrupt is
 * TWI. The board sets the bit rate: TWBR = (F_CPU / hz - 16) / 2. */
#ifndef I2C_HW_H_INCLUDED
#define I2C_HW_H_INCLUDED

#include <avr/io.h>
#include <stdbool.h>
#include <stdint.h>
#include <util/delay.h>

typedef struct {
    uint8_t unused; /* there is one */
} i2c_hw_t;

/** Initialiser. */
#define I2C_HW(number) {(number)}

/* Every command acknowledges the event before it. */
static inline void i2c_hw_command_(uint8_t bits)
{
    TWCR = (uint8_t)(_BV(TWINT) | _BV(TWEN) | bits);
}

static inline void i2c_hw_start(i2c_hw_t *hw)
{
    (void)hw;
    i2c_hw_command_(_BV(TWSTA) | _BV(TWIE));
}

static inline void i2c_hw_send(i2c_hw_t *hw, uint8_t byte)
{
    (void)hw;
    TWDR = byte;
    i2c_hw_command_(_BV(TWIE));
}

static inline void i2c_hw_receive(i2c_hw_t *hw, bool ack)
{
    (void)hw;
    i2c_hw_command_(ack ? _BV(TWEA) | _BV(TWIE) : _BV(TWIE));
}

static inline void i2c_hw_stop(i2c_hw_t *hw)
{
    (void)hw;
    i2c_hw_command_(_BV(TWSTO));
}

static inline void i2c_hw_release(i2c_hw_t *hw)
{
    (void)hw;
    i2c_hw_command_(0);
}

static inline bool i2c_hw_is_idle(i2c_hw_t *hw)
{
    (void)hw;
    return (TWCR & _BV(TWSTO)) == 0;
}

/* The status codes of the data sheet, "Master Transmitter" and "Receiver". */
static inline enum i2c_event i2c_hw_event(i2c_hw_t *hw)
{
    (void)hw;
    switch (TWSR & 0xf8) {
    case 0x08: /* START */
    case 0x10: /* START again */
        return I2C_STARTED;
    case 0x18: /* address of a write */
    case 0x28: /* data */
    case 0x40: /* address of a read */
        return I2C_ACK;
    case 0x20:
    case 0x30:
    case 0x48:
        return I2C_NACK;
    case 0x50: /* ACK given */
    case 0x58: /* NACK given */
        return I2C_RECEIVED;
    case 0x38:
        return I2C_LOST;
    case 0x00:
        return I2C_ERROR;
    default:
        return I2C_NOTHING;
    }
}

static inline uint8_t i2c_hw_byte(i2c_hw_t *hw)
{
    (void)hw;
    return TWDR;
}

static inline void i2c_hw_reset(i2c_hw_t *hw)
{
    (void)hw;
    TWCR = 0;
}

/* Up to nine clocks by hand, until the device that sends has let the data line
 * go; it sees a NACK then, and ends. */
static inline void i2c_hw_recover(i2c_hw_t *hw)
{
    uint8_t clocks = 9;
    (void)hw;
    PORTC &= (uint8_t)~_BV(PORTC5);
    while ((PINC & _BV(PINC4)) == 0 && clocks-- > 0) {
        DDRC |= _BV(DDC5);
        _delay_us(5);
        DDRC &= (uint8_t)~_BV(DDC5);
        _delay_us(5);
    }
}

#endif
