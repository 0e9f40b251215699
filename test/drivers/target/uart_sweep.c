/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The transmit interrupt of samples/drivers/uart at every cycle, while a write
 * starts (mark 1), while it is cancelled (mark 2) and while the next one starts
 * (mark 3); also where the hardware would not let it in. What was written is
 * what the driver says, in order, and the next write works. For avr_run
 * --sweep, which sets pin D2, INT0. */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <async/port/tick.h>

#include "board.h"
#include "uart.h"

static async_loop_t loop;
static struct counting_uart hardware;
static uart_t uart;
static struct uart_write writes[2];
static async_task_t tasks[2];

ISR(INT0_vect)
{
    uart_tx_isr(&uart);
}

static void start(uint8_t i, const char *bytes, uint16_t length)
{
    (void)async_loop_create_task(&loop, &tasks[i],
                                 ASYNC_CALL(uart_write, &writes[i],
                                            .uart = &uart, .data = bytes,
                                            .length = length));
}

static void turn(void)
{
    async_tick_t deadline;
    bool has_deadline;
    (void)async_loop_run_once(&loop, &deadline, &has_deadline);
}

static int check(void)
{
    static const char second[] = "012345";
    uint8_t i, sent = (uint8_t)writes[0].sent;
    if (async_future_result(&tasks[0].future, NULL) != ASYNC_ERR_CANCELLED) {
        return 2;
    }
    for (i = 0; !async_future_done(&tasks[1].future); i++) {
        uart_tx_isr(&uart);
        turn();
        if (i == 20) {
            return 3;
        }
    }
    if (writes[1].sent != 6 || hardware.count != sent + 6) {
        return 4;
    }
    for (i = 0; i < hardware.count; i++) {
        if (hardware.bytes[i] != (i < sent ? 'a' + i : second[i - sent])) {
            return 5;
        }
    }
    return hardware.tx_on ? 6 : 0;
}

int main(void)
{
    static async_tick_port_t tick;
    EICRA = 3;
    EIFR = 1;
    EIMSK = 1;
    (void)async_loop_init(&loop, async_tick_port_init(&tick, 0));
    uart_init(&uart, &loop, &hardware);
    sei();
    start(0, "abcdefgh", 8);
    GPIOR0 = 1;
    turn();
    GPIOR0 = 0;
    (void)async_task_cancel(&tasks[0]);
    GPIOR0 = 2;
    turn();
    GPIOR0 = 0;
    start(1, "012345", 6);
    GPIOR0 = 3;
    turn();
    GPIOR0 = 0;
    return check();
}
