/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/i2c on the model of a bus. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

#include "i2c.h"

static struct i2c_model model;
static i2c_t bus;
static bool latching;

static void on_event(void *arg) { i2c_isr((i2c_t *)arg); }

static void make(void)
{
    machine.latching = latching;
    i2c_model_begin(&model);
    machine_connect(&model.line, on_event, &bus);
    i2c_init(&bus, &loop, &model);
}

static void begin(void)
{
    world_begin();
    machine_begin(&sim);
    make();
}

static void check_bus_is_idle(void)
{
    CHECK(i2c_model_is_free(&model));
    CHECK_INT(model.violations, 0);
    CHECK(!async_lock_locked(&bus.lock));
    CHECK(!bus.running && !machine.masked);
}

static void end(void)
{
    check_bus_is_idle();
    world_end();
}

/* -- Transfers ------------------------------------------------------------- */

enum { TRANSFERS = 3 };
static struct i2c_transfer transfers[TRANSFERS];
static async_task_t tasks[TRANSFERS];
static uint8_t answers[TRANSFERS][8];

/* Transfer number `i`: writes `text`, then reads. */
static void start(int i, uint8_t address, const char *text, unsigned writes,
                  unsigned reads)
{
    static uint8_t bytes[TRANSFERS][8];
    unsigned n;
    for (n = 0; n < 8; n++) {
        bytes[i][n] = n < writes ? (uint8_t)text[n] : 0;
        answers[i][n] = 0xee;
    }
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[i],
                  ASYNC_CALL(i2c_transfer, &transfers[i], .bus = &bus,
                             .address = address, .write = bytes[i],
                             .write_length = (uint16_t)writes,
                             .read = answers[i],
                             .read_length = (uint16_t)reads)), 0);
}

static int status_of(int i)
{
    return async_future_result(&tasks[i].future, NULL);
}

#define CHECK_BUS(log_) (CHECK_STR(model.log, log_), model.log[0] = 0, \
                         model.log_length = 0)

static void writes_and_reads(void)
{
    begin();
    start(0, I2C_DEVICE, "\x10\x01\x02", 3, 0);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), 0);
    CHECK_INT(transfers[0].written, 3);
    CHECK_BUS("S90+10+01+02+P");
    CHECK_INT(world_time(), 1 + 4 * 9 + 1);

    start(0, I2C_DEVICE, "\x10", 1, 3);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), 0);
    CHECK_BUS("S90+10+S91+r01+r02+r7e-P");
    CHECK_INT(transfers[0].received, 3);
    CHECK_INT(answers[0][0] << 16 | answers[0][1] << 8 | answers[0][2],
              0x01027e);
    CHECK_INT(answers[0][3], 0xee);

    start(0, I2C_DEVICE, "", 0, 1);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), 0);
    CHECK_BUS("S91+r85-P");
    end();
}

static void looks_who_is_there(void)
{
    begin();
    start(0, I2C_DEVICE, "", 0, 0);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), 0);
    CHECK_BUS("S90+P");
    start(0, I2C_NO_DEVICE, "", 0, 0);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), I2C_ERR_NACK);
    CHECK_BUS("S22-P");
    end();
}

static void a_refusal_is_an_error(void)
{
    begin();
    start(0, I2C_SHORT, "abcd", 4, 1);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), I2C_ERR_NACK);
    CHECK_INT(transfers[0].written, 2);
    CHECK_BUS("Sa0+61+62+63-P");
    start(0, I2C_NO_DEVICE, "", 0, 4);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), I2C_ERR_NACK);
    CHECK_INT(transfers[0].received, 0);
    CHECK_BUS("S23-P");
    end();
}

static void a_lost_bus_and_noise_are_errors(void)
{
    begin();
    model.lose_at = 2;
    start(0, I2C_DEVICE, "ab", 2, 0);
    start(1, I2C_DEVICE, "\x10", 1, 1);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), I2C_ERR_LOST);
    CHECK_INT(status_of(1), 0);
    CHECK_BUS("S90+LS90+10+S91+r70-P");
    model.error_at = model.bytes + 2;
    start(0, I2C_DEVICE, "ab", 2, 0);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), I2C_ERR_BUS);
    CHECK_BUS("S90+EP");
    end();
}

static void transfers_do_not_mix(void)
{
    begin();
    start(0, I2C_DEVICE, "\x20", 1, 1);
    start(1, I2C_DEVICE, "\x30", 1, 1);
    start(2, I2C_DEVICE, "\x40", 1, 1);
    sweep_to_the_end(1000);
    CHECK_BUS("S90+20+S91+re0-PS90+30+S91+r50-PS90+40+S91+rc0-P");
    CHECK_INT(answers[0][0], 0xe0);
    CHECK_INT(answers[1][0], 0x50);
    CHECK_INT(answers[2][0], 0xc0);
    end();
}

/* The limit is 35 ms, 3500 ticks. */
static void a_stuck_bus_is_a_timeout(void)
{
    long before;
    begin();
    model.stuck = true; /* the data line is low: no START */
    start(0, I2C_DEVICE, "ab", 2, 0);
    sweep_to_the_end(4000);
    CHECK_INT(status_of(0), ASYNC_ERR_TIMEOUT);
    CHECK_INT(world_time(), 3500);
    CHECK_BUS("R");
    model.stuck = false;
    model.hang_at = 3; /* a device holds the clock */
    start(0, I2C_DEVICE, "\x10\x77", 2, 0);
    start(1, I2C_DEVICE, "\x11", 1, 1);
    before = world_time();
    sweep_to_the_end(4000);
    CHECK_INT(status_of(0), ASYNC_ERR_TIMEOUT);
    CHECK_INT(transfers[0].written, 1);
    CHECK_INT(status_of(1), 0);
    CHECK(world_time() >= before + 3500 && world_time() < before + 3600);
    CHECK_BUS("S90+10+RS90+11+S91+r77-P");
    model.stop_hangs = true;
    start(0, I2C_DEVICE, "\x10", 1, 0);
    sweep_to_the_end(4000);
    CHECK_INT(status_of(0), ASYNC_ERR_TIMEOUT);
    CHECK_BUS("S90+10+R");
    end();
}

static void a_cancel_of_a_stuck_bus_ends_with_the_timeout(void)
{
    begin();
    model.hang_at = 2;
    start(0, I2C_DEVICE, "\x10\x77", 2, 0);
    turns(1);
    async_sim_advance(&sim, 100);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    CHECK(!async_future_done(&tasks[0].future));
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    sweep_to_the_end(4000);
    CHECK_INT(status_of(0), ASYNC_ERR_CANCELLED);
    CHECK_INT(world_time(), 3500);
    end();
}

/* At every tick of a read: the device has been told, the bus is free. */
static void a_cancelled_read_refuses_a_byte_first(void)
{
    begin();
    start(0, I2C_DEVICE, "\x10", 1, 5);
    turns(1);
    async_sim_advance(&sim, 1 + 9 + 9 + 1 + 9 + 9 + 4); /* in the second byte */
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), ASYNC_ERR_CANCELLED);
    CHECK_BUS("S90+10+S91+r70+r77+r7e-P");
    CHECK_INT(transfers[0].received, 3);
    end();
}

/* The address of a read is a promise to take a byte. */
static void a_read_that_is_cancelled_at_its_start_writes_nothing(void)
{
    begin();
    start(0, I2C_DEVICE, "", 0, 5);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    sweep_to_the_end(1000);
    CHECK_INT(status_of(0), ASYNC_ERR_CANCELLED);
    CHECK_BUS("S90+P");
    end();
}

static void a_late_interrupt_does_nothing(void)
{
    begin();
    i2c_isr(&bus);
    start(0, I2C_DEVICE, "\x10", 1, 1);
    turns(1);
    i2c_isr(&bus); /* no event yet */
    sweep_to_the_end(100);
    i2c_isr(&bus);
    CHECK_BUS("S90+10+S91+r70-P");
    end();
}

/* -- Sweep ----------------------------------------------------------------- */

static void start_two(void)
{
    make();
    start(0, I2C_DEVICE, "\x20\xaa", 2, 3);
    start(1, I2C_DEVICE, "\x10", 1, 2);
}

static void check_second(bool may_be_cancelled)
{
    int status = status_of(1);
    CHECK(status == 0 || (may_be_cancelled && status == ASYNC_ERR_CANCELLED));
    CHECK(status != 0 || (answers[1][0] << 8 | answers[1][1]) == 0x7077);
}

static void check_first(bool may_be_cancelled)
{
    int status = status_of(0);
    CHECK(status == 0 || (may_be_cancelled && status == ASYNC_ERR_CANCELLED));
    CHECK(transfers[0].written <= 2 && transfers[0].received <= 3);
    CHECK(status != 0 || transfers[0].received == 3);
    CHECK(transfers[0].received == 0 || answers[0][0] == 0x21 * 7);
    CHECK(transfers[0].received == 3 || answers[0][2] == 0xee);
    CHECK_INT(model.registers[0x20], transfers[0].written < 2 ? 0xe0 : 0xaa);
}

static void check_bus(void)
{
    check_bus_is_idle();
    CHECK_INT(model.resets, 0);
    start(2, I2C_DEVICE, "\x30", 1, 1);
    sweep_to_the_end(100);
    CHECK_INT(status_of(2), 0);
    CHECK_INT(answers[2][0], 0x50);
    check_bus_is_idle();
}

static void check_first_cancelled(void)
{
    CHECK_INT(status_of(0), sweep_cancelled() ? ASYNC_ERR_CANCELLED : 0);
    check_first(true);
    check_second(false);
    check_bus();
}

static void check_second_cancelled(void)
{
    CHECK_INT(status_of(1), sweep_cancelled() ? ASYNC_ERR_CANCELLED : 0);
    check_first(false);
    check_second(true);
    check_bus();
}

static void it_survives_every_disturbance(void)
{
    static const struct scenario has_the_bus = {
        start_two, &tasks[0], check_first_cancelled, 300, 1, false};
    static const struct scenario waits_for_it = {
        start_two, &tasks[1], check_second_cancelled, 300, 3, false};
    sweep(&has_the_bus);
    sweep(&waits_for_it);
}

static void late_interrupts_too(void)
{
    latching = true;
    it_survives_every_disturbance();
    latching = false;
}

/* The clock is held for ever at each byte. */
static unsigned hang_at;

static void start_hanging(void)
{
    make();
    model.hang_at = hang_at;
    start(0, I2C_DEVICE, "\x20\xaa", 2, 3);
    start(1, I2C_DEVICE, "\x10", 1, 2);
}

static void check_hanging(void)
{
    check_bus_is_idle();
    CHECK(status_of(0) == ASYNC_ERR_TIMEOUT ||
          (status_of(0) == ASYNC_ERR_CANCELLED && sweep_cancelled()));
    CHECK(status_of(1) == 0 || /* it never began, or met the hang itself */
          (status_of(1) == ASYNC_ERR_TIMEOUT && sweep_cancelled()));
    CHECK_INT(model.resets, model.bytes >= hang_at ? 1 : 0);
    start(2, I2C_DEVICE, "\x30", 1, 1);
    model.hang_at = 0;
    sweep_to_the_end(100);
    CHECK_INT(status_of(2), 0);
    CHECK_INT(answers[2][0], 0x50);
    check_bus_is_idle();
}

static void a_device_that_hangs_at_any_byte(void)
{
    static const struct scenario scenario = {start_hanging, &tasks[0],
                                             check_hanging, 7100, 0, false};
    for (hang_at = 1; hang_at <= 7; hang_at++) {
        sweep(&scenario);
    }
}

static const struct test tests[] = {
    TEST(writes_and_reads),
    TEST(looks_who_is_there),
    TEST(a_refusal_is_an_error),
    TEST(a_lost_bus_and_noise_are_errors),
    TEST(transfers_do_not_mix),
    TEST(a_stuck_bus_is_a_timeout),
    TEST(a_cancel_of_a_stuck_bus_ends_with_the_timeout),
    TEST(a_cancelled_read_refuses_a_byte_first),
    TEST(a_read_that_is_cancelled_at_its_start_writes_nothing),
    TEST(a_late_interrupt_does_nothing),
    TEST(it_survives_every_disturbance),
    TEST(late_interrupts_too),
    TEST(a_device_that_hangs_at_any_byte),
};
TEST_MAIN(tests)
