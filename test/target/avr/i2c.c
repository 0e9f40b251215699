/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The chip's two-wire interface as a master, and a device on its bus. simavr
 * 1.6 has an interface too, but its status after an address is that of a byte
 * of data, and TWINT stays set, so that polling never waits. This one takes
 * its place: status codes and times are those of the data sheet. */
#include "chip.h"

#include <simavr/sim_interrupts.h>
#include <stdlib.h>

enum { TWBR = 0xb8, TWSR = 0xb9, TWDR = 0xbb, TWCR = 0xbc };
enum {
    TWIE = 1 << 0, TWEN = 1 << 2, TWSTO = 1 << 4, TWSTA = 1 << 5,
    TWEA = 1 << 6, TWINT = 1 << 7
};
enum {
    START = 0x08, RESTART = 0x10, WRITE_ACK = 0x18, WRITE_NACK = 0x20,
    SENT_ACK = 0x28, SENT_NACK = 0x30, READ_ACK = 0x40, READ_NACK = 0x48,
    GOT_ACK = 0x50, GOT_NACK = 0x58, NO_STATE = 0xf8
};

/* -- The device ------------------------------------------------------------ */

static bool device_is_at(const struct i2c *i2c, uint8_t address)
{
    return i2c->device.present && address >> 1 == i2c->device.address;
}

static void device_write(struct i2c *i2c, uint8_t byte)
{
    if (i2c->pointer_next) {
        i2c->pointer = byte;
        i2c->pointer_next = false;
    } else {
        i2c->device.memory[i2c->pointer++] = byte;
    }
}

/* -- The interface --------------------------------------------------------- */

static void set_status(avr_t *avr, uint8_t status)
{
    avr->data[TWSR] = (uint8_t)(status | (avr->data[TWSR] & 3));
}

static avr_cycle_count_t bit_time(const avr_t *avr)
{
    return 16 + (avr_cycle_count_t)2 * avr->data[TWBR]
                    * (1u << 2 * (avr->data[TWSR] & 3));
}

static avr_cycle_count_t on_done(avr_t *avr, avr_cycle_count_t when, void *arg);

static void begin(struct chip *chip, uint8_t status, unsigned bits)
{
    chip->i2c.next_status = status;
    avr_cycle_timer_register(chip->avr, bits * bit_time(chip->avr), on_done,
                             chip);
}

static void begin_byte(struct chip *chip, uint8_t status)
{
    const struct i2c_device *device = &chip->i2c.device;
    chip->i2c.next_status = status;
    chip->i2c.bytes++;
    if (device->hangs_after == 0 || chip->i2c.bytes <= device->hangs_after) {
        begin(chip, status, 9);
    }
}

static void send_address(struct chip *chip, uint8_t address)
{
    struct i2c *i2c = &chip->i2c;
    bool reads = (address & 1) != 0;
    if (device_is_at(i2c, address)) {
        i2c->state = reads ? I2C_READING : I2C_WRITING;
        i2c->pointer_next = !reads;
        begin_byte(chip, reads ? READ_ACK : WRITE_ACK);
    } else {
        i2c->state = I2C_REFUSED;
        i2c->nacks++;
        begin_byte(chip, reads ? READ_NACK : WRITE_NACK);
    }
}

static void transfer(struct chip *chip)
{
    struct i2c *i2c = &chip->i2c;
    uint8_t *data = chip->avr->data;
    switch (i2c->state) {
    case I2C_STARTED:
        send_address(chip, data[TWDR]);
        break;
    case I2C_WRITING:
        device_write(i2c, data[TWDR]);
        begin_byte(chip, SENT_ACK);
        break;
    case I2C_READING:
        begin_byte(chip, data[TWCR] & TWEA ? GOT_ACK : GOT_NACK);
        break;
    case I2C_REFUSED:
        begin_byte(chip, SENT_NACK);
        break;
    case I2C_IDLE:
    default:
        break;
    }
}

static void start(struct chip *chip)
{
    struct i2c *i2c = &chip->i2c;
    i2c->starts++;
    begin(chip, i2c->state != I2C_IDLE ? RESTART : START, 1);
    i2c->busy = true;
    i2c->state = I2C_STARTED;
}

static void stop(struct chip *chip)
{
    struct i2c *i2c = &chip->i2c;
    i2c->stops++;
    i2c->busy = false;
    i2c->state = I2C_IDLE;
    begin(chip, NO_STATE, 1);
}

/* An operation is over. A STOP asked for in its middle comes now. */
static avr_cycle_count_t on_done(avr_t *avr, avr_cycle_count_t when, void *arg)
{
    struct chip *chip = arg;
    struct i2c *i2c = &chip->i2c;
    uint8_t status = i2c->next_status;
    (void)when;
    i2c->next_status = 0;
    set_status(avr, status);
    if (status == NO_STATE) {
        avr->data[TWCR] &= (uint8_t)~TWSTO;
        if (avr->data[TWCR] & TWSTA) {
            start(chip);
        }
        return 0;
    }
    if (status == GOT_ACK || status == GOT_NACK) {
        avr->data[TWDR] = i2c->device.memory[i2c->pointer++];
    }
    if (avr->data[TWCR] & TWSTO) {
        stop(chip);
    } else {
        avr_raise_interrupt(avr, i2c->vector);
    }
    return 0;
}

static void disable(struct chip *chip)
{
    avr_cycle_timer_cancel(chip->avr, on_done, chip);
    chip->i2c.next_status = 0;
    chip->i2c.state = I2C_IDLE;
    set_status(chip->avr, NO_STATE);
}

/* Writing TWINT = 1 clears it, which starts what the other bits say. */
static void on_control(avr_t *avr, avr_io_addr_t address, uint8_t value,
                       void *arg)
{
    struct chip *chip = arg;
    bool was_set = (avr->data[address] & TWINT) != 0;
    bool is_set = was_set && (value & TWINT) == 0;
    avr->data[address] = (uint8_t)((value & ~TWINT) | (is_set ? TWINT : 0));
    if ((value & TWEN) == 0) {
        disable(chip);
    }
    if (!is_set) {
        avr_clear_interrupt(avr, chip->i2c.vector);
    } else if (value & TWIE) {
        avr_raise_interrupt(avr, chip->i2c.vector);
    }
    if ((value & TWEN) == 0 || is_set || chip->i2c.next_status != 0) {
        return;
    }
    if ((value & TWSTO) && chip->i2c.busy) {
        stop(chip);
    } else if (value & TWSTO) {
        avr->data[address] &= (uint8_t)~TWSTO;
    } else if (value & TWSTA) {
        start(chip);
    } else if (was_set) {
        transfer(chip);
    }
}

void i2c_reset(struct chip *chip)
{
    chip->i2c.next_status = 0;
    chip->i2c.state = I2C_IDLE;
}

void i2c_connect(struct chip *chip)
{
    avr_t *avr = chip->avr;
    unsigned i;
    for (i = 0; i < avr->interrupts.vector_count; i++) {
        if (avr->interrupts.vector[i]->enable.reg == TWCR) {
            chip->i2c.vector = avr->interrupts.vector[i];
            avr->io[AVR_DATA_TO_IO(TWCR)].w.c = on_control;
            avr->io[AVR_DATA_TO_IO(TWCR)].w.param = chip;
        }
    }
    chip->i2c.device = chip->options->i2c;
}

/* -- Command line ---------------------------------------------------------- */

/* "0x48" or "0x48=00ff12": the address, and what the device holds. */
const char *i2c_parse(struct i2c_device *device, const char *text)
{
    char *rest;
    unsigned i;
    device->address = (uint8_t)strtoul(text, &rest, 0);
    device->present = true;
    if (rest == text || (*rest != 0 && *rest != '=')) {
        return "an I2C device is 0x48 or 0x48=00ff12";
    }
    if (*rest == '=') {
        const char *at = rest + 1;
        for (i = 0; *at != 0 && i < sizeof device->memory; i++) {
            device->memory[i] = (uint8_t)inputs_hexadecimal(&at, 2);
        }
    }
    return NULL;
}
