/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "uart.h"

/* The conditions of both lines, from the registers. */
static void update(struct uart_model *m)
{
    bool is_level = m->kind == UART_LEVEL;
    machine_line(&m->rx_line,
                 m->rx_on && (is_level ? m->rx_count != 0 : m->rx_event));
    machine_line(&m->tx_line,
                 m->tx_on && (is_level ? !m->tx_full : m->tx_event));
}

void uart_model_begin(struct uart_model *m, enum uart_kind kind,
                      async_tick_t byte_time)
{
    __builtin_memset((void *)m, 0, sizeof *m);
    m->kind = kind;
    m->byte_time = byte_time;
}

/* -- Receive --------------------------------------------------------------- */

static void on_byte(async_sim_interrupt_t *event)
{
    struct uart_model *m =
        async_container_of(event, struct uart_model, in_event);
    unsigned i = m->in_next++;
    if (m->in_next < m->in_count) {
        machine_at(event, m->in_time[m->in_next], on_byte);
    }
    if (!m->rx_on) {
        m->in_deaf++;
    } else if (m->rx_count == UART_FIFO) {
        m->rx_overrun = true;
        m->overruns++;
    } else {
        m->rx[m->rx_count].data = m->heard[m->heard_count++] = m->in[i];
        m->rx[m->rx_count].gap = m->in_wrong[i] || m->rx_overrun;
        m->rx_event = m->rx_event || m->rx_count == 0;
        m->rx_overrun = false;
        m->rx_count++;
    }
    update(m);
}

void uart_model_send(struct uart_model *m, async_tick_t at, const char *bytes,
                     unsigned count)
{
    while (count-- > 0 && m->in_count < UART_WIRE) {
        unsigned i = m->in_count++;
        m->in[i] = (uint8_t)*bytes++;
        m->in_time[i] = at;
        at += m->byte_time;
        if (!m->in_event.pending) {
            machine_at(&m->in_event, m->in_time[i], on_byte);
        }
    }
}

void uart_model_rx_on(struct uart_model *m, bool on)
{
    machine_access();
    m->rx_on = on;
    if (!on) {
        m->rx_event = m->rx_overrun = false;
        m->rx_count = 0;
    }
    update(m);
}

bool uart_model_rx(struct uart_model *m, uint8_t *byte, bool *gap)
{
    machine_access();
    m->rx_event = false;
    update(m);
    machine_access();
    if (m->rx_count == 0) {
        return false;
    }
    machine_access();
    *byte = m->rx[0].data;
    *gap = m->rx[0].gap;
    m->rx[0] = m->rx[1];
    m->rx_count--;
    update(m);
    return true;
}

/* -- Transmit -------------------------------------------------------------- */

static void on_shifted(async_sim_interrupt_t *event);

static void shift(struct uart_model *m, uint8_t byte)
{
    m->shift = byte;
    m->shifting = true;
    m->tx_full = m->kind == UART_SINGLE;
    m->tx_event = m->tx_event || m->kind == UART_EVENT;
    machine_at(&m->shift_event, machine.sim->time + m->byte_time, on_shifted);
}

static void on_shifted(async_sim_interrupt_t *event)
{
    struct uart_model *m =
        async_container_of(event, struct uart_model, shift_event);
    if (m->out_count < UART_WIRE) {
        m->out[m->out_count++] = m->shift;
    }
    m->shifting = false;
    if (m->kind == UART_SINGLE) {
        m->tx_full = false;
        m->tx_event = true;
    } else if (m->tx_full) {
        shift(m, m->tx_data);
    }
    update(m);
}

void uart_model_tx_on(struct uart_model *m, bool on)
{
    machine_access();
    m->tx_on = on;
    update(m);
}

bool uart_model_tx_ready(struct uart_model *m)
{
    machine_access();
    m->tx_event = false;
    update(m);
    machine_access();
    return !m->tx_full;
}

void uart_model_tx(struct uart_model *m, uint8_t byte)
{
    machine_access();
    if (m->tx_full) {
        m->clobbered++;
    } else if (m->shifting) {
        m->tx_data = byte;
        m->tx_full = true;
    } else {
        shift(m, byte);
    }
    update(m);
}
