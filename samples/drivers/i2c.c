/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "i2c.h"

#include <async/port/cpu.h> /* ASYNC_LOCK */

/* -- Interrupt: one step of a transfer per byte ---------------------------- */

static void i2c_end(i2c_t *bus, int status)
{
    bus->status = (int16_t)status;
    bus->running = false;
    (void)async_flag_set(&bus->done);
}

static void i2c_stop(i2c_t *bus, int status)
{
    i2c_hw_stop(&bus->hw);
    i2c_end(bus, status);
}

/* A read that was cancelled before its address goes on as an empty write: once
 * the device has acknowledged a read it owns the data line for a byte. */
static void i2c_on_started(i2c_t *bus, const struct i2c_transfer *t)
{
    bus->reading = !bus->aborted && t->read_length != 0 &&
                   t->written == t->write_length;
    bus->addressed = false;
    i2c_hw_send(&bus->hw,
                (uint8_t)(t->address * 2u + (bus->reading ? 1u : 0u)));
}

/* Refuses the last byte: that is how the device knows, and lets the line go. */
static void i2c_receive(i2c_t *bus, const struct i2c_transfer *t)
{
    bus->refused = bus->aborted || t->read_length - t->received <= 1;
    i2c_hw_receive(&bus->hw, !bus->refused);
}

static void i2c_on_ack(i2c_t *bus, struct i2c_transfer *t)
{
    if (bus->reading) {
        i2c_receive(bus, t);
        return;
    }
    if (bus->addressed) {
        t->written++;
    }
    bus->addressed = true;
    if (bus->aborted) {
        i2c_stop(bus, ASYNC_ERR_CANCELLED);
    } else if (t->written < t->write_length) {
        i2c_hw_send(&bus->hw, t->write[t->written]);
    } else if (t->read_length != 0) {
        i2c_hw_start(&bus->hw);
    } else {
        i2c_stop(bus, ASYNC_OK);
    }
}

static void i2c_on_received(i2c_t *bus, struct i2c_transfer *t)
{
    t->read[t->received++] = i2c_hw_byte(&bus->hw);
    if (!bus->refused) {
        i2c_receive(bus, t);
    } else {
        i2c_stop(bus, ASYNC_OK);
    }
}

void i2c_isr(i2c_t *bus)
{
    struct i2c_transfer *t = bus->transfer;
    if (!bus->running) {
        return;
    }
    switch (i2c_hw_event(&bus->hw)) {
    case I2C_STARTED:
        i2c_on_started(bus, t);
        break;
    case I2C_ACK:
        i2c_on_ack(bus, t);
        break;
    case I2C_RECEIVED:
        i2c_on_received(bus, t);
        break;
    case I2C_NACK:
        i2c_stop(bus, I2C_ERR_NACK);
        break;
    case I2C_LOST:
        i2c_hw_release(&bus->hw);
        i2c_end(bus, I2C_ERR_LOST);
        break;
    case I2C_ERROR:
        i2c_stop(bus, I2C_ERR_BUS);
        break;
    case I2C_NOTHING:
    default:
        break;
    }
}

/* -- Task ------------------------------------------------------------------ */

void i2c_init(i2c_t *bus, async_loop_t *loop, i2c_hw_t hw)
{
    __builtin_memset((void *)bus, 0, sizeof *bus);
    bus->hw = hw;
    async_lock_init(&bus->lock);
    async_flag_init(&bus->done, loop);
}

/* Somebody holds a line: no event comes, or the STOP does not get through. */
static int i2c_on_limit(async_handle_t *handle)
{
    i2c_t *bus = async_container_of(handle, i2c_t, limit.handle);
    uintptr_t state;
    ASYNC_LOCK(state);
    i2c_hw_reset(&bus->hw);
    i2c_end(bus, ASYNC_ERR_TIMEOUT);
    ASYNC_UNLOCK(state);
    i2c_hw_recover(&bus->hw);
    return ASYNC_OK;
}

static void i2c_begin(i2c_t *bus, struct i2c_transfer *t)
{
    t->written = t->received = 0;
    t->status = ASYNC_OK;
    t->polls = 0;
    bus->transfer = t;
    bus->aborted = false;
    bus->running = true;
    (void)async_call_later(async_get_running_loop(), &bus->limit, I2C_LIMIT,
                           i2c_on_limit);
    i2c_hw_start(&bus->hw);
}

/* The interrupt wakes, perhaps late, for the transfer before: look again. The
 * end of a STOP has none: it takes a bit, or until nobody holds the clock. */
static async_op_t i2c_wait(i2c_t *bus, struct i2c_transfer *t)
{
    if (bus->running) {
        return async_flag_wait(&bus->done);
    }
    if (t->polls < I2C_STOP_POLLS) {
        t->polls++;
        return async_pause();
    }
    return async_sleep_ticks(1);
}

ASYNC_DEF_EXTERN(i2c_transfer)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&self->bus->lock));
    i2c_begin(self->bus, self);
    while (self->bus->running || !i2c_hw_is_idle(&self->bus->hw)) {
        AWAIT_STATUS(self->waited, i2c_wait(self->bus, self));
        if (self->waited != 0) {
            self->status = self->waited;
            self->bus->aborted = true;
        }
    }
    (void)async_timer_cancel(async_get_running_loop(), &self->bus->limit);
    if (self->status == 0) {
        self->status = self->bus->status;
    }
    (void)async_lock_release(&self->bus->lock);
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}
