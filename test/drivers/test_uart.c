/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/uart: reading lines. */
#define ASYNC_IMPLEMENTATION
#include "uart_test.h"

/* -- Lines ----------------------------------------------------------------- */

static char text[9];
static uart_line_t line;

/* Reads lines until one ends with an error that is not the line's. */
struct reader {
    ASYNC_FRAME;
    int lines;
    async_delay_t limit, rest; /* per line; between them */
    bool listens;
    uart_line_t *line;
    struct uart_read_line read;
    async_wait_for_t wait_for;
    int status;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    if (self->listens) {
        uart_listen(&uart);
    }
    while (self->lines-- > 0) {
        AWAIT_STATUS(self->status,
                     async_wait_for_ticks(
                         &self->wait_for,
                         ASYNC_CALL(uart_read_line, &self->read, .uart = &uart,
                                    .line = self->line),
                         self->limit));
        note(self->line->text);
        note_n("/", self->status);
        if (self->status == ASYNC_ERR_CANCELLED) {
            ASYNC_RAISE(self->status);
        }
        if (self->rest != 0) {
            AWAIT(async_sleep_ticks(self->rest));
        }
    }
    ASYNC_CLEANUP;
    if (self->listens) {
        uart_ignore(&uart);
    }
    ASYNC_END;
}
static struct reader reader_frame, second_frame;
static async_task_t reader_task, second_task;

static void line_begin(void)
{
    line.text = text;
    line.size = sizeof text;
    uart_line_drop(&line);
    text[0] = 0;
}

#define READ(...)                                                            \
    (line_begin(),                                                           \
     CHECK_INT(async_loop_create_task(                                       \
                   &loop, &reader_task,                                      \
                   ASYNC_CALL(reader, &reader_frame, .listens = true,        \
                              .line = &line,                                 \
                              __VA_ARGS__)), 0))

static void lines_end_with_cr_lf_or_both(void)
{
    begin();
    type(5, "one\ntwo\rthree\r\n\n\r\r\nend\n");
    READ(.lines = 7, .limit = 1000);
    sweep_to_the_end(3000);
    CHECK_TRACE("one /0 two /0 three /0  /0  /0  /0 end /0");
    CHECK_INT(uart_lost(&uart), 0);
    end();
}

static void a_line_that_is_too_long_is_an_error_at_its_end(void)
{
    begin();
    type(1, "12345678\n123456789\n1234567890abcdef\nok\n");
    READ(.lines = 4, .limit = 1000);
    sweep_to_the_end(3000);
    CHECK_TRACE("12345678 /0 12345678 /-110 12345678 /-110 ok /0");
    end();
}

static void a_timeout_keeps_the_beginning_of_the_line(void)
{
    begin();
    type(10, "ab");
    type(100, "cd\nef\n");
    READ(.lines = 3, .limit = 60);
    sweep_to_the_end(3000);
    CHECK_TRACE("ab /-2 abcd /0 ef /0");
    end();
}

static void a_dropped_beginning_is_forgotten(void)
{
    begin();
    type(10, "ab");
    type(100, "cd\n");
    READ(.lines = 1, .limit = 60);
    sweep_to_the_end(100);
    CHECK_TRACE("ab /-2");
    CHECK(!model.rx_on); /* the timeout left the hardware idle */
    READ(.lines = 1, .limit = 100); /* drops it */
    sweep_to_the_end(200);
    CHECK_TRACE("cd /0");
    end();
}

static void wrong_and_overrun_bytes_damage_their_line(void)
{
    begin();
    type(10, "ab\ncd\nef\n");
    model.in_wrong[4] = true;
    READ(.lines = 3, .limit = 1000);
    sweep_to_the_end(1000);
    CHECK_TRACE("ab /0 cd /-111 ef /0");

    /* Masked for four bytes: two are kept, the next are lost in the chip. */
    type(10, "abcdef\ngh\n");
    READ(.lines = 2, .limit = 1000);
    turns(2);
    async_sim_advance(&sim, 11);
    (void)machine_mask();
    async_sim_advance(&sim, 4 * BYTE);
    machine_unmask(false);
    sweep_to_the_end(1000);
    CHECK_TRACE("abcf /-111 gh /0");
    end();
}

/* The ring holds 16 in this test; nobody reads while 40 come. */
static void a_full_ring_keeps_the_oldest_and_counts(void)
{
    begin();
    type(1, "aa\nbb\ncc\ndd\nee\nff\ngg\nhh\nii\njj\nkk\nll\nmm\n");
    READ(.lines = 8, .limit = 1000);
    turns(1);
    async_sim_advance(&sim, 30 * BYTE); /* the loop is busy */
    sweep_to_the_end(3000);
    /* 16 of the first 30: up to the "f" of "ff"; then from "\n" of "jj" on. */
    CHECK_TRACE("aa /0 bb /0 cc /0 dd /0 ee /0 fkk /-111 ll /0 mm /0");
    CHECK_INT(uart_lost(&uart), 14);
    end();
}

static void what_comes_between_two_reads_waits_if_somebody_listens(void)
{
    begin();
    type(10, "ab\ncd\nef\n");
    READ(.lines = 3, .limit = 1000, .rest = 50);
    sweep_to_the_end(1000);
    CHECK_TRACE("ab /0 cd /0 ef /0");
    CHECK_INT(model.in_deaf, 0);

    type(10, "ab\ncd\nef\n");
    READ(.lines = 2, .limit = 200, .rest = 30, .listens = false);
    sweep_to_the_end(1000);
    CHECK_TRACE("ab /0 ef /0"); /* off between the reads */
    CHECK_INT(model.in_deaf, 3);
    end();
}

static void two_readers_get_a_line_each(void)
{
    static char other_text[4];
    static uart_line_t other = UART_LINE(other_text);
    begin();
    uart_line_drop(&other);
    type(10, "ab\ncd\n");
    READ(.lines = 1, .limit = 1000);
    CHECK_INT(async_loop_create_task(&loop, &second_task,
                                     ASYNC_CALL(reader, &second_frame,
                                                .line = &other, .lines = 1,
                                                .limit = 1000)), 0);
    sweep_to_the_end(1000);
    CHECK_TRACE("ab /0 cd /0");
    end();
}

static void an_interrupt_without_a_reason_does_no_harm(void)
{
    begin();
    uart_rx_isr(&uart);
    uart_tx_isr(&uart);
    CHECK_INT(async_channel_size(&uart.rx), 0);
    CHECK_INT(model.out_count, 0);
    CHECK(!async_loop_has_posts(&loop));
    end();
}

/* -- Sweep of the reader --------------------------------------------------- */

/* All that went through the driver, line ends included. */
static char got[64];
static unsigned got_count;

static void got_char(char c)
{
    if (CHECK(got_count < sizeof got)) {
        got[got_count++] = c;
    }
}

static void got_text(void)
{
    const char *c;
    for (c = text; *c != 0; c++) {
        got_char(*c);
    }
}

/* Reads lines until nothing comes any more. */
struct collector {
    ASYNC_FRAME;
    int lines, timeouts;
    async_delay_t limit;
    struct uart_read_line read;
    async_wait_for_t wait_for;
    int status;
};
ASYNC_DEF(collector)
{
    ASYNC_BEGIN;
    uart_listen(&uart);
    while (self->lines > 0 && self->timeouts < 3) {
        AWAIT_STATUS(self->status,
                     async_wait_for_ticks(
                         &self->wait_for,
                         ASYNC_CALL(uart_read_line, &self->read, .uart = &uart,
                                    .line = &line),
                         self->limit));
        if (self->status == ASYNC_OK || self->status == UART_ERR_DAMAGED) {
            got_text();
            got_char('\n');
            text[0] = 0;
            self->lines--;
        } else if (self->status == ASYNC_ERR_TIMEOUT) {
            self->timeouts++;
        } else {
            ASYNC_RAISE(self->status);
        }
    }
    ASYNC_CLEANUP;
    uart_ignore(&uart);
    ASYNC_END;
}
static struct collector collector_frame;

static void collect(int lines)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &reader_task,
                  ASYNC_CALL(collector, &collector_frame, .lines = lines,
                             .limit = 70)), 0);
}

static void start_lines(void)
{
    make();
    line_begin();
    got_count = 0;
    type(3, "ab\ncd\n");
    type(120, "ef\n\n");
    type(200, "ghi\n");
    collect(5);
}

/* What the chip has heard was read, or is there to be read: in order, nothing
 * lost, nothing twice. */
static void check_lines(void)
{
    unsigned i;
    uint16_t item;
    check_hardware_is_idle();
    if (!sweep_cancelled()) { /* all, but what came while time jumped */
        CHECK_INT(model.heard_count + model.in_deaf + model.overruns, 14);
        CHECK(model.in_deaf <= 1);
    }
    /* The next reader finds what was left, and a line that comes now. */
    sweep_settle(300);
    type(5, "z\n");
    collect(1);
    sweep_to_the_end(400);
    check_hardware_is_idle();
    got_text();
    while (async_channel_receive_nowait(&uart.rx, &item) == 0) {
        got_char((char)item);
    }
    CHECK_INT(got_count, model.heard_count);
    for (i = 0; i < got_count; i++) {
        CHECK_INT(got[i], model.heard[i]);
    }
    CHECK_INT(uart_lost(&uart), 0);
    trace_clear();
}

static void reading_survives_every_disturbance(void)
{
    static const struct scenario scenario = {start_lines, &reader_task,
                                             check_lines, 500, 3, false};
    sweep(&scenario);
}

/* -- All of it ------------------------------------------------------------- */

static void (*const all[])(void) = {
    lines_end_with_cr_lf_or_both,
    a_line_that_is_too_long_is_an_error_at_its_end,
    a_timeout_keeps_the_beginning_of_the_line,
    a_dropped_beginning_is_forgotten,
    wrong_and_overrun_bytes_damage_their_line,
    a_full_ring_keeps_the_oldest_and_counts,
    what_comes_between_two_reads_waits_if_somebody_listens,
    two_readers_get_a_line_each,
    an_interrupt_without_a_reason_does_no_harm,
};
static void (*const sweeps[])(void) = {reading_survives_every_disturbance};
KINDS(all, all)
KINDS(sweep, sweeps)

static const struct test tests[] = {TEST_KINDS(all), TEST_KINDS(sweep)};
TEST_MAIN(tests)
