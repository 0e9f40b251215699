/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

/* -- The driver ------------------------------------------------------------ */

#define UART_FIFO_BYTES 16u

struct uart {
    async_loop_t *loop;
    async_post_t received;      /* from the interrupt to the loop */
    async_waiters_t reader;
    uint8_t *byte;              /* where the reader wants it; 0: nobody reads */
    volatile uint8_t fifo[UART_FIFO_BYTES];
    volatile unsigned head, tail;
};

static bool uart_is_empty(const struct uart *uart)
{
    return uart->head == uart->tail;
}

static uint8_t uart_take(struct uart *uart)
{
    unsigned tail = uart->tail;
    uart->tail = tail + 1;
    return uart->fifo[tail % UART_FIFO_BYTES];
}

/* The interrupt: keeps the byte, unless the FIFO is full, and tells the loop.
 * Waking the task is for the loop. */
static void uart_isr(struct uart *uart, uint8_t byte)
{
    unsigned head = uart->head;
    if (head - uart->tail < UART_FIFO_BYTES) {
        uart->fifo[head % UART_FIFO_BYTES] = byte;
        uart->head = head + 1;
    }
    async_post(uart->loop, &uart->received);
}

/* Wake: runs in the loop some time after the interrupt. A reader that did not
 * need to wait may have taken the byte before. */
static int uart_on_received(async_handle_t *handle)
{
    struct uart *uart =
        async_container_of(handle, struct uart, received.handle);
    if (!uart_is_empty(uart)) {
        async_wake_one(&uart->reader);
    }
    return ASYNC_OK;
}

/* End: runs in the task's turn, woken or cancelled. A cancelled read leaves
 * the byte to the next one. */
static int uart_read_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    struct uart *uart =
        async_container_of(async_op_waiters(task), struct uart, reader);
    int status = async_op_status(task);
    if (status == ASYNC_OK) {
        *uart->byte = uart_take(uart);
    }
    uart->byte = NULL;
    return async_op_end(task, status);
}

/* Start: waits for the next byte. One reader at a time. */
static ASYNC_MUST_USE async_op_t uart_read(struct uart *uart, uint8_t *byte)
{
    if (uart->byte != NULL) {
        return async_op_done(ASYNC_ERR_BUSY);
    }
    if (!uart_is_empty(uart)) {
        *byte = uart_take(uart);
        return async_op_done(ASYNC_OK);
    }
    uart->byte = byte;
    return async_op_wait(&uart->reader, uart_read_end);
}

static void uart_init(struct uart *uart, async_loop_t *loop)
{
    uart->loop = loop;
    async_post_init(&uart->received, uart_on_received);
}

/* -- The application ------------------------------------------------------ */

static struct uart uart;

struct read_line {
    ASYNC_FRAME;
    uint8_t byte;
    unsigned length;
    char line[32];
};
ASYNC_DEF(read_line)
{
    ASYNC_BEGIN;
    while (self->length < sizeof self->line - 1) {
        AWAIT(uart_read(&uart, &self->byte));
        if (self->byte == '\n') {
            ASYNC_RETURN;
        }
        self->line[self->length++] = (char)self->byte;
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct read_line read;
    async_task_t reader;
    async_timer_t timeout;
    int status;
};

static int on_timeout(async_handle_t *handle)
{
    struct app *app = async_container_of(handle, struct app, timeout.handle);
    async_task_cancel(&app->reader);
    return ASYNC_OK;
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    do {
        async_create_task(&self->reader, ASYNC_CALL(read_line, &self->read));
        async_call_later_ms(async_get_running_loop(), &self->timeout, 100,
                            on_timeout);
        AWAIT_STATUS(self->status, &self->reader);
        async_timer_cancel(async_get_running_loop(), &self->timeout);
        printf("%3d ms  \"%s\" %s\n",
               (int)async_loop_time(async_get_running_loop()),
               self->read.line, async_strerror(self->status));
    } while (self->status == ASYNC_OK);
    ASYNC_END;
}

/* -- The machine: a byte every 10 ms -------------------------------------- */

static async_sim_t sim;
static const char *line_in = "hello\nworld\nhal";

static void on_interrupt(async_sim_interrupt_t *interrupt)
{
    uart_isr(&uart, (uint8_t)*line_in++);
    if (*line_in != '\0') {
        async_sim_at(&sim, interrupt, sim.time + 10, on_interrupt);
    }
}

int main(void)
{
    static async_loop_t loop;
    static async_sim_interrupt_t interrupt;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_sim_at(&sim, &interrupt, 10, on_interrupt);
    uart_init(&uart, &loop);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
