/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "clock.h"   /* the timer interrupt that the loop sleeps by */
#include "console.h" /* the interrupts of the UART, samples/drivers/uart.h */
#include "dog.h"     /* that of the watchdog, samples/drivers/watchdog.h */

/* -- Sensors, which put readings into a queue ----------------------------- */

struct reading {
    const char *name;
    async_tick_t time;
    uint16_t value;
};

static ASYNC_QUEUE(struct reading, 4) readings;

/* Simulated, and so are the faults: at its reading number `hangs_at` a sensor
 * does not answer, and at `spins_at` its driver waits for it in a loop. */
struct sensor {
    ASYNC_FRAME;
    const char *name;
    int period_ms, promise_ms;
    uint16_t value, step;
    int hangs_at, spins_at;
    async_event_t answer;
    async_ticker_t ticker;
    watchdog_entry_t entry;
    int count;
};

static struct reading sensor_read(struct sensor *self)
{
    struct reading reading;
    self->value = (uint16_t)(self->value + self->step);
    reading.name = self->name;
    reading.time = async_loop_time(async_get_running_loop());
    reading.value = self->value;
    return reading;
}

ASYNC_DEF(sensor)
{
    ASYNC_BEGIN;
    watchdog_add(&dog, &self->entry, self->name, async_ms(self->promise_ms));
    async_ticker_init_ms(&self->ticker, async_get_running_loop(),
                         self->period_ms);
    for (;;) {
        AWAIT(async_ticker_wait(&self->ticker));
        if (++self->count == self->hangs_at) {
            AWAIT(async_event_wait(&self->answer));
        } else if (self->count == self->spins_at) {
            for (;;) { }
        }
        ASYNC_PUT(&readings, sensor_read(self));
        watchdog_alive(&self->entry);
    }
    ASYNC_CLEANUP;
    watchdog_remove(&dog, &self->entry);
    ASYNC_END;
}

/* -- The log -------------------------------------------------------------- */

static char *put_text(char *at, const char *text)
{
    while (*text != 0) {
        *at++ = *text++;
    }
    return at;
}

static char *put_number(char *at, uint32_t n)
{
    uint32_t unit = 1;
    while (n / unit >= 10u) {
        unit *= 10u;
    }
    for (; unit != 0; unit /= 10u) {
        *at++ = (char)('0' + n / unit % 10u);
    }
    return at;
}

static uint16_t format(char *text, const struct reading *reading)
{
    char *end = put_number(text, reading->time);
    end = put_text(end, " ms: ");
    end = put_text(end, reading->name);
    end = put_text(end, " ");
    end = put_number(end, reading->value);
    end = put_text(end, "\r\n");
    return (uint16_t)(end - text);
}

struct logger {
    ASYNC_FRAME;
    struct reading reading;
    watchdog_entry_t entry;
    char text[40];
    struct uart_write write;
};

ASYNC_DEF(logger)
{
    ASYNC_BEGIN;
    watchdog_add(&dog, &self->entry, "logger", async_ms(1500));
    for (;;) {
        ASYNC_GET(&readings, self->reading);
        AWAIT(ASYNC_CALL(uart_write, &self->write, .uart = &console,
                         .data = self->text,
                         .length = format(self->text, &self->reading)));
        watchdog_alive(&self->entry);
    }
    ASYNC_END;
}

/* -- All of it ------------------------------------------------------------ */

struct say {
    ASYNC_FRAME;
    const char *before, *name, *behind;
    char text[64];
    struct uart_write write;
};

static uint16_t join(struct say *self)
{
    char *end = put_text(self->text, self->before);
    end = put_text(end, self->name);
    end = put_text(end, self->behind);
    return (uint16_t)(put_text(end, "\r\n") - self->text);
}

ASYNC_DEF(say)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(uart_write, &self->write, .uart = &console,
                     .data = self->text, .length = join(self)));
    ASYNC_END;
}

enum { SENSORS = 3 };

struct app {
    ASYNC_FRAME;
    async_task_t dog, log, tasks[SENSORS];
    struct sensor temperature, light, battery;
    struct logger logger;
    struct watchdog_run feeder;
    struct say say;
    watchdog_report_t last;     /* why it was reset */
    int i, status;
};

/* The first time one hangs, after the reset another one spins, and after that
 * all is well. */
static void app_start(struct app *self)
{
    bool on_first = self->last.reason == WATCHDOG_NONE;
    bool on_second = self->last.reason == WATCHDOG_LATE;
    async_queue_init(&readings);
    async_create_task(&self->dog,
                      ASYNC_CALL(watchdog_run, &self->feeder, .dog = &dog,
                                 .every = async_ms(100)));
    async_create_task(&self->log, ASYNC_CALL(logger, &self->logger));
    async_create_task(&self->tasks[0],
                      ASYNC_CALL(sensor, &self->temperature,
                                 .name = "temperature", .period_ms = 500,
                                 .promise_ms = 1100, .value = 215, .step = 1));
    async_create_task(&self->tasks[1],
                      ASYNC_CALL(sensor, &self->light, .name = "light",
                                 .period_ms = 200, .promise_ms = 500,
                                 .value = 300, .step = 25,
                                 .hangs_at = on_first ? 6 : 0));
    async_create_task(&self->tasks[2],
                      ASYNC_CALL(sensor, &self->battery, .name = "battery",
                                 .period_ms = 1000, .promise_ms = 2100,
                                 .value = 3000, .step = 2,
                                 .spins_at = on_second ? 2 : 0));
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    self->last = dog_report;    /* the watchdog's task clears it */
    app_start(self);
    if (self->last.reason == WATCHDOG_NONE) {
        AWAIT(ASYNC_CALL(say, &self->say, .before = "power on", .name = "",
                         .behind = ""));
    } else {
        AWAIT(ASYNC_CALL(say, &self->say, .before = "reset by the watchdog: ",
                         .name = self->last.name != NULL ? self->last.name
                                                         : "somebody",
                         .behind = self->last.reason == WATCHDOG_LATE
                                       ? " was late"
                                       : " kept the CPU"));
    }

    /* Until somebody is late. From then on nobody feeds the watchdog, and there
     * is some time left to leave things in order. */
    AWAIT_STATUS(self->status, &self->dog);
    for (self->i = 0; self->i < SENSORS; self->i++) {
        async_task_cancel(&self->tasks[self->i]);
    }
    AWAIT(ASYNC_CALL(say, &self->say, .before = "", .name = dog_report.name,
                     .behind = " is late"));
    AWAIT(async_sleep_ms(5000));
    AWAIT(ASYNC_CALL(say, &self->say, .before = "there is no watchdog",
                     .name = "", .behind = ""));
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    board_init();
    dog_init();
    async_loop_init(&loop, clock_start());
    console_start(&loop);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
