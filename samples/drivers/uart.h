/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A UART with interrupts: lines in, buffers out.
 *
 *     static uart_t uart;
 *     static char text[80];
 *     static uart_line_t line = UART_LINE(text);
 *
 *     uart_init(&uart, &loop, hardware);
 *     void UART0_IRQHandler(void) { uart_rx_isr(&uart); uart_tx_isr(&uart); }
 *
 *     AWAIT(async_wait_for_ms(&self->limit,
 *                             ASYNC_CALL(uart_read_line, &self->read,
 *                                        .uart = &uart, .line = &line), 5000));
 *     AWAIT(ASYNC_CALL(uart_write, &self->write, .uart = &uart,
 *                      .data = line.text, .length = line.length));
 *
 * The chip is what stands in uart_hw.h: put the folder of yours (hw/CHIP) on
 * the include path, or write one. It defines, for interrupts and tasks alike:
 *
 *   uart_hw_t                      which UART; copied into uart_t
 *   void uart_hw_rx_on(hw)         receive interrupt, and receiver, on or off.
 *   void uart_hw_rx_off(hw)        One that is pending may still come
 *   bool uart_hw_rx(hw, &item)     acknowledges the interrupt; takes a byte if
 *                                  there is one, with UART_GAP in its item if
 *                                  it is wrong or some before it were lost
 *   void uart_hw_tx_on(hw)         transmit interrupt: comes when a byte that
 *   void uart_hw_tx_off(hw)        was written has left room for the next, and
 *                                  may come while there is room
 *   bool uart_hw_tx_ready(hw)      acknowledges the interrupt; is there room?
 *   void uart_hw_tx(hw, byte)
 */
#ifndef UART_H_INCLUDED
#define UART_H_INCLUDED

#include <async.h>

/** In the item of a byte: it is wrong (parity, framing), or bytes before it
 * were lost. */
#define UART_GAP 0x100u

#include "uart_hw.h"

/** Bytes that wait to be read: a power of two. 2 bytes each. */
#ifndef UART_RX_ITEMS
#define UART_RX_ITEMS 64
#endif

/** First of the codes below. */
#ifndef UART_ERR
#define UART_ERR (ASYNC_ERR_USER - 10)
#endif
enum uart_error {
    UART_ERR_OVERLONG = UART_ERR,    /**< the line did not fit */
    UART_ERR_DAMAGED = UART_ERR - 1  /**< bytes of the line are wrong or lost */
};

/** A UART. All private. */
struct uart {
    uart_hw_t hw;
    ASYNC_CHANNEL(uint16_t, UART_RX_ITEMS) rx;
    async_lock_t rx_lock, tx_lock;
    async_flag_t tx_done;
    const uint8_t *tx_next; /* these three: the interrupt's while it is on */
    uint16_t tx_left;
    bool tx_busy;
    bool gap;                        /* the interrupt's: something was lost */
    uint8_t listeners;
};
typedef struct uart uart_t;

/** A line, and how far it has been read. */
struct uart_line {
    char *text;      /**< ends with a 0 */
    uint16_t size;   /**< of the text with its 0, at least 1 */
    uint16_t length; /**< of the text; read-only */
    uint8_t state;   /**< private */
};
typedef struct uart_line uart_line_t;

/** Initialiser of a uart_line_t with this array. */
#define UART_LINE(array) {(array), (uint16_t)sizeof(array), 0, 0}

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a UART whose interrupts are off. Baud rate and pins are the board's.
 *
 * @param uart  Must stay valid while its interrupts may come.
 * @param hw    Copied.
 * @context{before the first use}
 */
void uart_init(uart_t *uart, async_loop_t *loop, uart_hw_t hw);

/** The interrupts. One that the chip has for both calls both; one that comes
 * without a reason does no harm. @context{ISR} @cost{O(bytes in the chip) and
 * async_post() for each} */
void uart_rx_isr(uart_t *uart);
void uart_tx_isr(uart_t *uart);

/**
 * Keeps the receiver on until uart_ignore(), also between two reads: what comes
 * then waits in the ring. Calls nest. Without it the receiver is on while
 * somebody reads.
 *
 * @context{task or callback} @cost{O(1)}
 */
void uart_listen(uart_t *uart);
void uart_ignore(uart_t *uart);

/** Bytes that were lost because nobody read for too long; wraps.
 * @context{task or callback} */
unsigned uart_lost(const uart_t *uart);

ASYNC_EXTERN_C_END

/**
 * Coroutine: reads a line, which ends with CR, LF or both; they are not part of
 * it. Raises UART_ERR_OVERLONG when the line has ended and did not fit (`text`
 * has its beginning), UART_ERR_DAMAGED when bytes are missing or wrong. Readers
 * get a line each, in the order in which they came.
 *
 * @param line  Must stay valid meanwhile. After a cancel, use the same again.
 * @context{task}
 * @cancel{strict: receiver and interrupt are off, unless somebody else listens;
 * the beginning of a line stays in `line`, where the next call goes on, and
 * whole lines behind it in the ring. uart_line_drop() forgets the beginning}
 * @cost{O(bytes); one resume per post, at most one per byte}
 */
struct uart_read_line {
    ASYNC_FRAME;
    uart_t *uart;
    uart_line_t *line;
    int status;
};

/**
 * Coroutine: writes a buffer, and ends when the chip has taken its last byte
 * and could take one more. Writers do not mix: each waits for those before it.
 *
 * @param data  Must stay valid meanwhile.
 * @param sent  Out: bytes the chip has taken, which leave it whole.
 * @context{task}
 * @cancel{the transmitter stops behind the bytes in `sent`, its interrupt off}
 * @cost{O(1), and an interrupt per byte; masks interrupts twice for O(1)}
 */
struct uart_write {
    ASYNC_FRAME;
    uart_t *uart;
    const void *data;
    uint16_t length;
    uint16_t sent;
    int status;
};

ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(uart_read_line);
ASYNC_DECLARE(uart_write);
ASYNC_EXTERN_C_END

/** Forgets the beginning of a line that a cancelled read has left. */
static inline void uart_line_drop(uart_line_t *line)
{
    line->length = 0;
    line->state = 0;
}

#endif
