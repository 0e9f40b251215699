/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "uart.h"

#include <async/port/cpu.h> /* ASYNC_LOCK */

void uart_init(uart_t *uart, async_loop_t *loop, uart_hw_t hw)
{
    uart->hw = hw;
    async_channel_init(&uart->rx, loop, ASYNC_CHANNEL_KEEP_OLDEST);
    async_lock_init(&uart->rx_lock);
    async_lock_init(&uart->tx_lock);
    async_flag_init(&uart->tx_done, loop);
    uart->tx_left = 0;
    uart->tx_busy = false;
    uart->gap = false;
    uart->listeners = 0;
    uart_hw_rx_off(&uart->hw);
    uart_hw_tx_off(&uart->hw);
}

/* -- Receive --------------------------------------------------------------- */

/* Reads on when the ring is full: else the chip would interrupt for ever. */
void uart_rx_isr(uart_t *uart)
{
    uint16_t item;
    while (uart_hw_rx(&uart->hw, &item)) {
        if (uart->gap) {
            item |= UART_GAP;
        }
        uart->gap = async_channel_put(&uart->rx, item) != 0;
    }
}

void uart_listen(uart_t *uart)
{
    if (uart->listeners++ == 0) {
        uart_hw_rx_on(&uart->hw);
    }
}

void uart_ignore(uart_t *uart)
{
    if (--uart->listeners == 0) {
        uart_hw_rx_off(&uart->hw);
    }
}

unsigned uart_lost(const uart_t *uart)
{
    return async_channel_lost(&uart->rx);
}

enum {
    LINE_ENDED = 1,    /* the next byte begins a new one */
    LINE_CR = 2,       /* its end was a CR: an LF belongs to it */
    LINE_OVERLONG = 4,
    LINE_DAMAGED = 8
};

/* Adds an item. Returns whether it ended the line. */
static bool uart_line_add(uart_line_t *line, uint16_t item)
{
    char c = (char)(uint8_t)item;
    bool is_rest = c == '\n' && (line->state & LINE_CR) != 0;
    line->state &= (uint8_t)~LINE_CR;
    if (item & UART_GAP) {
        line->state |= LINE_DAMAGED;
    } else if (is_rest) {
        return false;
    }
    if (c == '\n' || c == '\r') {
        line->state = (uint8_t)(line->state | LINE_ENDED |
                                (c == '\r' ? LINE_CR : 0));
        return true;
    }
    if (line->length + 1u < line->size) {
        line->text[line->length++] = c;
    } else {
        line->state |= LINE_OVERLONG;
    }
    return false;
}

/* Takes from the ring what belongs to the line. Returns whether it ended. */
static bool uart_line_take(uart_t *uart, uart_line_t *line)
{
    uint16_t item;
    bool ended = false;
    if (line->state & LINE_ENDED) {
        line->length = 0;
        line->state &= LINE_CR;
    }
    while (!ended && async_channel_receive_nowait(&uart->rx, &item) == 0) {
        ended = uart_line_add(line, item);
    }
    line->text[line->length] = 0;
    return ended;
}

static int uart_line_status(const uart_line_t *line)
{
    return line->state & LINE_DAMAGED    ? (int)UART_ERR_DAMAGED
           : line->state & LINE_OVERLONG ? (int)UART_ERR_OVERLONG
                                         : (int)ASYNC_OK;
}

ASYNC_DEF_EXTERN(uart_read_line)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&self->uart->rx_lock));
    uart_listen(self->uart);
    do {
        AWAIT_STATUS(self->status, async_channel_wait(&self->uart->rx));
    } while (self->status == 0 && !uart_line_take(self->uart, self->line));
    uart_ignore(self->uart);
    (void)async_lock_release(&self->uart->rx_lock);
    if (self->status == 0) {
        self->status = uart_line_status(self->line);
    }
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}

/* -- Transmit -------------------------------------------------------------- */

void uart_tx_isr(uart_t *uart)
{
    if (!uart_hw_tx_ready(&uart->hw)) {
        return;
    }
    if (uart->tx_left != 0) {
        const uint8_t *next = uart->tx_next;
        uart->tx_left = (uint16_t)(uart->tx_left - 1u);
        uart->tx_next = next + 1;
        uart_hw_tx(&uart->hw, *next);
        return;
    }
    uart_hw_tx_off(&uart->hw);
    if (uart->tx_busy) {
        uart->tx_busy = false;
        (void)async_flag_set(&uart->tx_done);
    }
}

/* The first byte is written here: some chips interrupt only after one. */
static void uart_tx_start(uart_t *uart, const void *data, uint16_t length)
{
    uintptr_t state;
    ASYNC_LOCK(state);
    async_flag_clear(&uart->tx_done); /* of one that was cancelled too late */
    uart->tx_next = (const uint8_t *)data;
    uart->tx_left = length;
    uart->tx_busy = true;
    uart_hw_tx_on(&uart->hw);
    uart_tx_isr(uart);
    ASYNC_UNLOCK(state);
}

/* Stops, if it has not ended. Returns how many bytes the chip has not taken.
 * An interrupt that is pending already finds nothing to do. */
static uint16_t uart_tx_stop(uart_t *uart)
{
    uintptr_t state;
    uint16_t left;
    ASYNC_LOCK(state);
    uart_hw_tx_off(&uart->hw);
    uart->tx_busy = false;
    left = uart->tx_left;
    uart->tx_left = 0;
    ASYNC_UNLOCK(state);
    return left;
}

ASYNC_DEF_EXTERN(uart_write)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&self->uart->tx_lock));
    uart_tx_start(self->uart, self->data, self->length);
    AWAIT_STATUS(self->status, async_flag_wait(&self->uart->tx_done));
    self->sent = (uint16_t)(self->length - uart_tx_stop(self->uart));
    (void)async_lock_release(&self->uart->tx_lock);
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}
