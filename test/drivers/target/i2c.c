/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/i2c on the TWI of an ATmega, with a device at 0x48:
 * transfers, a refusal, and a transfer cancelled at many times, 2 us apart,
 * while another task waits for the bus. The status says what is wrong; 0 also
 * if the bus is stuck and that is what HANGS expects. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "clock.h"
#include "i2c.h"

#ifndef HANGS
#define HANGS 0
#endif

static i2c_t bus;

ISR(TWI_vect)
{
    i2c_isr(&bus);
}

static const uint8_t store[] = {0x20, 0x12, 0x34, 0x56}, at_20[] = {0x20};
static uint8_t answers[2][3];

struct app {
    ASYNC_FRAME;
    struct i2c_transfer one, two;
    async_task_t first, second;
    unsigned wait, cut, ended;
    int status;
};

#define TRANSFER(frame, ...) \
    ASYNC_CALL(i2c_transfer, (frame), .bus = &bus, __VA_ARGS__)

static bool is_answer(const uint8_t *bytes)
{
    return bytes[0] == 0x12 && bytes[1] == 0x34 && bytes[2] == 0x56;
}

static void spin(unsigned times)
{
    while (times-- > 0) {
        _delay_us(2);
    }
}

static void start_two(struct app *self)
{
    __builtin_memset(answers, 0, sizeof answers);
    async_create_task(&self->first,
                      TRANSFER(&self->one, .address = 0x48, .write = at_20,
                               .write_length = 1, .read = answers[0],
                               .read_length = 3));
    async_create_task(&self->second,
                      TRANSFER(&self->two, .address = 0x48, .write = at_20,
                               .write_length = 1, .read = answers[1],
                               .read_length = 3));
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->status,
                 TRANSFER(&self->one, .address = 0x48, .write = store,
                          .write_length = sizeof store));
    if (HANGS) {
        if (self->status != ASYNC_ERR_TIMEOUT || TWCR != 0) {
            ASYNC_RAISE(-2);
        }
        ASYNC_RETURN;
    }
    if (self->status != 0 || self->one.written != sizeof store) {
        ASYNC_RAISE(-3);
    }
    AWAIT_STATUS(self->status, TRANSFER(&self->one, .address = 0x11));
    if (self->status != I2C_ERR_NACK) {
        ASYNC_RAISE(-4);
    }
    for (self->wait = 0; self->wait < 400; self->wait++) {
        start_two(self);
        AWAIT(async_pause());
        spin(self->wait);
        async_task_cancel(&self->first);
        AWAIT_STATUS(self->status, &self->first);
        if (self->status != ASYNC_ERR_CANCELLED) {
            ASYNC_RAISE(-5);
        }
        if (self->one.received == 3 && is_answer(answers[0])) {
            self->ended++; /* before it was cancelled */
        } else {
            self->cut++;
        }
        AWAIT_STATUS(self->status, &self->second);
        if (self->status != 0 || !is_answer(answers[1])) {
            ASYNC_RAISE(-6);
        }
        if ((TWCR & (_BV(TWSTO) | _BV(TWIE))) != 0) {
            ASYNC_RAISE(-7);
        }
    }
    if (self->cut < 100 || self->ended < 50) {
        ASYNC_RAISE(-8);
    }
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    i2c_hw_t hw = I2C_HW(0);
    board_init();
    TWBR = (F_CPU / 100000u - 16u) / 2u;
    async_loop_init(&loop, clock_start());
    i2c_init(&bus, &loop, hw);
    return -async_run(&loop, ASYNC_CALL(app, &app));
}
