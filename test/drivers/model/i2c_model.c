/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "i2c.h"

static void put(struct i2c_model *m, char c)
{
    if (m->log_length + 1u < sizeof m->log) {
        m->log[m->log_length++] = c;
        m->log[m->log_length] = 0;
    }
}

static void put_byte(struct i2c_model *m, uint8_t byte)
{
    put(m, "0123456789abcdef"[byte >> 4]);
    put(m, "0123456789abcdef"[byte & 15u]);
}

void i2c_model_begin(struct i2c_model *m)
{
    unsigned i;
    __builtin_memset((void *)m, 0, sizeof *m);
    for (i = 0; i < sizeof m->registers; i++) {
        m->registers[i] = (uint8_t)(i * 7u);
    }
}

bool i2c_model_is_free(const struct i2c_model *m)
{
    return !m->busy && !m->stopping && !m->on_bus && !m->line.level;
}

static void tell(struct i2c_model *m, enum i2c_event event)
{
    m->busy = false;
    m->event = event;
    machine_line(&m->line, true);
}

/* A command: its interrupt goes, and comes again when it is done. */
static bool command(struct i2c_model *m, bool allowed)
{
    machine_access();
    if (!allowed || m->busy || m->stopping) {
        m->violations++;
        return false;
    }
    m->event = I2C_NOTHING;
    machine_line(&m->line, false);
    return true;
}

/* -- The device ------------------------------------------------------------ */

static bool device_takes(struct i2c_model *m, uint8_t byte)
{
    if (!m->addressed) {
        m->address = byte >> 1;
        m->read = (byte & 1u) != 0;
        m->addressed = true;
        m->taken = 0;
        m->device_drives = m->read && m->address == I2C_DEVICE;
        return m->address == I2C_DEVICE || m->address == I2C_SHORT;
    }
    if (m->address == I2C_SHORT) {
        return ++m->taken <= 2;
    }
    if (m->taken++ == 0) {
        m->pointer = byte;
    } else {
        m->registers[m->pointer++] = byte;
    }
    return true;
}

/* -- The bus --------------------------------------------------------------- */

static void on_started(async_sim_interrupt_t *event)
{
    struct i2c_model *m = async_container_of(event, struct i2c_model, next);
    put(m, 'S');
    m->on_bus = m->fresh = true;
    m->addressed = false;
    m->starts++;
    tell(m, I2C_STARTED);
}

void i2c_model_start(struct i2c_model *m)
{
    if (command(m, !m->device_drives && !m->fresh)) {
        m->busy = true;
        if (!m->stuck) {
            machine_at(&m->next, machine.sim->time + 1, on_started);
        }
    }
}

static void on_byte(async_sim_interrupt_t *event)
{
    struct i2c_model *m = async_container_of(event, struct i2c_model, next);
    if (m->bytes == m->lose_at) {
        m->on_bus = m->device_drives = false;
        put(m, 'L');
        tell(m, I2C_LOST);
    } else if (m->bytes == m->error_at) {
        m->device_drives = false;
        put(m, 'E');
        tell(m, I2C_ERROR);
    } else if (m->is_receive) {
        m->byte = m->registers[m->pointer++];
        m->device_drives = m->ack;
        put(m, 'r');
        put_byte(m, m->byte);
        put(m, m->ack ? '+' : '-');
        tell(m, I2C_RECEIVED);
    } else {
        bool ack;
        put_byte(m, m->data);
        ack = device_takes(m, m->data);
        put(m, ack ? '+' : '-');
        tell(m, ack ? I2C_ACK : I2C_NACK);
    }
}

static void transfer_byte(struct i2c_model *m)
{
    m->busy = true;
    m->fresh = false;
    if (++m->bytes != m->hang_at) {
        machine_at(&m->next, machine.sim->time + 9, on_byte);
    }
}

void i2c_model_send(struct i2c_model *m, uint8_t byte)
{
    if (command(m, m->on_bus && !m->device_drives)) {
        m->is_receive = false;
        m->data = byte;
        transfer_byte(m);
    }
}

void i2c_model_receive(struct i2c_model *m, bool ack)
{
    if (command(m, m->on_bus && m->device_drives)) {
        m->is_receive = true;
        m->ack = ack;
        transfer_byte(m);
    }
}

static void on_stopped(async_sim_interrupt_t *event)
{
    struct i2c_model *m = async_container_of(event, struct i2c_model, next);
    m->stopping = m->on_bus = false;
    m->stops++;
    put(m, 'P');
}

void i2c_model_stop(struct i2c_model *m)
{
    if (command(m, m->on_bus && !m->device_drives && !m->fresh)) {
        m->stopping = true;
        if (!m->stop_hangs) {
            machine_at(&m->next, machine.sim->time + 1, on_stopped);
        }
    }
}

void i2c_model_release(struct i2c_model *m)
{
    if (command(m, !m->on_bus)) {
        m->device_drives = false;
    }
}

void i2c_model_reset(struct i2c_model *m)
{
    async_sim_interrupt_t **at;
    machine_access();
    for (at = &machine.sim->queue; *at != NULL; at = &(*at)->next) {
        if (*at == &m->next) {
            *at = m->next.next;
            m->next.pending = false;
            break;
        }
    }
    m->busy = m->stopping = m->on_bus = m->device_drives = m->fresh = false;
    m->event = I2C_NOTHING;
    m->resets++;
    put(m, 'R');
    machine_line(&m->line, false);
}

/* Only after a reset, and with interrupts let in: it takes its time. */
void i2c_model_recover(struct i2c_model *m)
{
    machine_access();
    if (m->busy || m->stopping || m->on_bus || machine.masked) {
        m->violations++;
    }
}

bool i2c_model_is_idle(struct i2c_model *m)
{
    machine_access();
    return !m->stopping;
}

enum i2c_event i2c_model_event(struct i2c_model *m)
{
    machine_access();
    return m->event;
}

uint8_t i2c_model_byte(struct i2c_model *m)
{
    machine_access();
    return m->byte;
}
