/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The master of an I2C bus that several tasks share.
 *
 *     static i2c_t bus;
 *     i2c_init(&bus, &loop, hardware);
 *     void I2C_IRQHandler(void) { i2c_isr(&bus); }
 *
 *     self->command[0] = 0x01;
 *     AWAIT(ASYNC_CALL(i2c_transfer, &self->transfer, .bus = &bus,
 *                      .address = 0x48, .write = self->command,
 *                      .write_length = 1, .read = self->answer,
 *                      .read_length = 2));
 *
 * A transfer cannot just be dropped: a device that has been addressed may hold
 * the data line until it has seen the end of its byte and a STOP, and so lock
 * the bus for all. So a cancelled transfer goes on to the next place where a
 * STOP may be (a byte that is being read is refused, NACK, first), and only
 * then lets the next task have the bus.
 *
 * The chip is what stands in i2c_hw.h, see uart.h. It defines:
 *
 *   i2c_hw_t                        which bus; copied into i2c_t
 *   void i2c_hw_start(hw)           START, or again in a transfer
 *   void i2c_hw_send(hw, byte)      the address, or data
 *   void i2c_hw_receive(hw, ack)    a byte, and ACK or NACK for it
 *   void i2c_hw_stop(hw)            STOP; no interrupt follows
 *   void i2c_hw_release(hw)         not the master any more: no STOP
 *   bool i2c_hw_is_idle(hw)         the STOP is on the bus
 *   enum i2c_event i2c_hw_event(hw) what the interrupt is for; it goes when the
 *                                   next of the commands above is given
 *   uint8_t i2c_hw_byte(hw)         what was received
 *   void i2c_hw_reset(hw)           lets both lines go, whatever goes on. No
 *                                   interrupt follows
 *   void i2c_hw_recover(hw)         after that: clocks a device out that holds
 *                                   the data line, if the chip can
 */
#ifndef I2C_H_INCLUDED
#define I2C_H_INCLUDED

#include <async.h>

enum i2c_event {
    I2C_NOTHING, /* no reason for an interrupt */
    I2C_STARTED,
    I2C_ACK,     /* of what was sent */
    I2C_NACK,
    I2C_RECEIVED,
    I2C_LOST,    /* another master has the bus */
    I2C_ERROR    /* START or STOP in the middle of a byte */
};

#include "i2c_hw.h"

/** First of the codes below. */
#ifndef I2C_ERR
#define I2C_ERR (ASYNC_ERR_USER - 20)
#endif
enum i2c_error {
    I2C_ERR_NACK = I2C_ERR,    /**< no such device, or it takes no more */
    I2C_ERR_LOST = I2C_ERR - 1, /**< to another master: try again */
    I2C_ERR_BUS = I2C_ERR - 2  /**< noise */
};

/** Longest transfer, stretched clock included; SMBus devices hold the clock for
 * at most 25 ms in all. In ticks. */
#ifndef I2C_LIMIT
#define I2C_LIMIT async_ms(35)
#endif

/** How many turns of the loop to wait for a STOP before sleeping a tick. */
#ifndef I2C_STOP_POLLS
#define I2C_STOP_POLLS 20
#endif

struct i2c_transfer;

/** A bus. All private. */
struct i2c {
    i2c_hw_t hw;
    async_lock_t lock;
    async_flag_t done;
    async_timer_t limit;
    struct i2c_transfer *transfer; /* these: the interrupt's while `running` */
    int16_t status;
    bool reading, addressed, refused;
    volatile bool running, aborted;
};
typedef struct i2c i2c_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a bus.
 *
 * @param bus  Must stay valid while its interrupt may come.
 * @param hw   Copied. Pins and clock are the board's.
 * @context{before the first use}
 */
void i2c_init(i2c_t *bus, async_loop_t *loop, i2c_hw_t hw);

/** The interrupt of the bus. @context{ISR} @cost{O(1); async_post() at the end
 * of a transfer} */
void i2c_isr(i2c_t *bus);

ASYNC_EXTERN_C_END

/**
 * Coroutine: writes, then reads; either length may be 0, both to see whether a
 * device is there. Waits until the bus is free before. Raises
 *   I2C_ERR_NACK       refused: at the address, if `written` is 0;
 *   I2C_ERR_LOST, I2C_ERR_BUS;
 *   ASYNC_ERR_TIMEOUT  longer than I2C_LIMIT: somebody holds a line. The bus
 *                      was reset.
 *
 * @param address  7 bits.
 * @param write,read  Must stay valid until it has ended.
 * @param written  Out: bytes acknowledged. @param received  Out.
 * @context{task}
 * @cancel{weak: it ends with a STOP, at most a byte and a half later, or with
 * the timeout; `written` and `received` tell how far it came. Cancelling it
 * again meanwhile changes nothing}
 * @cost{O(1), and an interrupt per byte; masks interrupts for O(1)}
 */
struct i2c_transfer {
    ASYNC_FRAME;
    i2c_t *bus;
    uint8_t address;
    const uint8_t *write;
    uint16_t write_length;
    uint8_t *read;
    uint16_t read_length;
    uint16_t written, received;
    int16_t status, waited; /* private */
    uint8_t polls;          /* private */
};

ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(i2c_transfer);
ASYNC_EXTERN_C_END

#endif
