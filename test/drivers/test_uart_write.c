/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/uart: writing. */
#define ASYNC_IMPLEMENTATION
#include "uart_test.h"

/* -- Writing --------------------------------------------------------------- */

static struct uart_write writes[2];
static async_task_t writers[2];

static void put(int i, const char *bytes, unsigned length)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &writers[i],
                  ASYNC_CALL(uart_write, &writes[i], .uart = &uart,
                             .data = bytes, .length = (uint16_t)length)), 0);
}

static int status_of(int i)
{
    return async_future_result(&writers[i].future, NULL);
}

static void check_out(const char *expected, unsigned length)
{
    unsigned i;
    CHECK_INT(model.out_count, length);
    for (i = 0; i < length && i < model.out_count; i++) {
        CHECK_INT(model.out[i], expected[i]);
    }
}

static void a_buffer_goes_out(void)
{
    begin();
    put(0, "hello", 5);
    sweep_to_the_end(100);
    CHECK_INT(status_of(0), 0);
    CHECK_INT(writes[0].sent, 5);
    /* The last one or two are in the chip. */
    CHECK_INT(model.out_count, kind == UART_SINGLE ? 5 : 4);
    CHECK_INT(world_time(), kind == UART_SINGLE ? 5 * BYTE : 4 * BYTE);
    sweep_settle(50);
    check_out("hello", 5);
    put(0, "", 0);
    sweep_to_the_end(100);
    CHECK_INT(status_of(0), 0);
    check_out("hello", 5);
    end();
}

static void two_writers_do_not_mix(void)
{
    begin();
    put(0, "hello", 5);
    put(1, "world", 5);
    sweep_to_the_end(200);
    CHECK_INT(status_of(0) | status_of(1), 0);
    sweep_settle(50);
    check_out("helloworld", 10);
    end();
}

static void a_cancelled_writer_lets_the_next_go_on(void)
{
    begin();
    put(0, "hello", 5);
    put(1, "WORLD", 5);
    turns(2);
    async_sim_advance(&sim, 2 * BYTE + 2);
    CHECK_INT(async_task_cancel(&writers[0]), 1);
    sweep_to_the_end(200);
    CHECK_INT(status_of(0), ASYNC_ERR_CANCELLED);
    CHECK_INT(status_of(1), 0);
    CHECK_INT(writes[0].sent, kind == UART_SINGLE ? 3 : 4);
    sweep_settle(50);
    if (kind == UART_SINGLE) {
        check_out("helWORLD", 8);
    } else {
        check_out("hellWORLD", 9);
    }
    end();
}

static void a_cancelled_writer_stops_the_transmitter(void)
{
    begin();
    put(0, "hello", 5);
    turns(2);
    CHECK_INT(async_task_cancel(&writers[0]), 1);
    turns(1);
    CHECK_INT(status_of(0), ASYNC_ERR_CANCELLED);
    check_hardware_is_idle();
    async_sim_advance(&sim, 50);
    uart_tx_isr(&uart); /* that was pending */
    CHECK(!async_loop_has_posts(&loop));
    check_out("hello", writes[0].sent);
    CHECK_INT(writes[0].sent, kind == UART_SINGLE ? 1 : 2);
    end();
}

static void start_writes(void)
{
    make();
    put(0, "abcdefgh", 8);
    put(1, "12345678", 8);
}

/* What went out is what the two say they have sent. */
static void check_writes(void)
{
    char expected[17];
    unsigned n = 0, i, w;
    check_hardware_is_idle();
    for (w = 0; w < 2; w++) {
        CHECK(writes[w].sent <= 8);
        for (i = 0; i < writes[w].sent && i < 8; i++) {
            expected[n++] = (char)(w == 0 ? 'a' + (int)i : '1' + (int)i);
        }
    }
    if (!sweep_cancelled()) {
        CHECK_INT(writes[0].sent, 8);
    }
    CHECK_INT(writes[1].sent, 8);
    put(0, "x", 1); /* the next comes behind them */
    sweep_to_the_end(500);
    CHECK_INT(status_of(0), 0);
    CHECK_INT(writes[0].sent, 1);
    expected[n++] = 'x';
    sweep_settle(50);
    check_hardware_is_idle();
    check_out(expected, n);
}

static void writing_survives_every_disturbance(void)
{
    static const struct scenario scenario = {start_writes, &writers[0],
                                             check_writes, 400, 1, false};
    sweep(&scenario);
}

/* -- All of it ------------------------------------------------------------- */

static void (*const all[])(void) = {
    a_buffer_goes_out,
    two_writers_do_not_mix,
    a_cancelled_writer_lets_the_next_go_on,
    a_cancelled_writer_stops_the_transmitter,
};
static void (*const sweeps[])(void) = {writing_survives_every_disturbance};
KINDS(all, all)
KINDS(sweep, sweeps)

static const struct test tests[] = {TEST_KINDS(all), TEST_KINDS(sweep)};
TEST_MAIN(tests)
