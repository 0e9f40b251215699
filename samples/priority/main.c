/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "levels.h" /* the interrupts of the clock and of the fast loop */

static async_loop_t fast, slow;

/* -- What is to be undisturbed: a control loop of 1 kHz ------------------- */

enum { PERIOD_MS = 1, PERIODS = 100 };

struct control {
    ASYNC_FRAME;
    async_flag_t *done;         /* set at the end */
    async_ticker_t ticker;
    uint32_t steps, last, shortest, longest;
};

/* A real one reads a sensor and sets an actuator; this one notes the time. */
static void control_step(struct control *self)
{
    uint32_t now = clock_count(), period = now - self->last;
    self->last = now;
    if (self->steps++ == 0) {
        self->shortest = ~(uint32_t)0; /* the first has none before it */
    } else {
        self->shortest = period < self->shortest ? period : self->shortest;
        self->longest = period > self->longest ? period : self->longest;
    }
}

ASYNC_DEF(control)
{
    ASYNC_BEGIN;
    async_ticker_init_ms(&self->ticker, async_get_running_loop(), PERIOD_MS);
    while (self->steps + self->ticker.missed < PERIODS) {
        AWAIT(async_ticker_wait(&self->ticker));
        control_step(self);
    }
    async_flag_set(self->done);
    ASYNC_END;
}

/* -- What would disturb it: 20 ms of computing without an AWAIT ----------- */

enum { STRETCH_MS = 20 };

struct compute {
    ASYNC_FRAME;
    uint32_t result;
};

static void compute_stretch(struct compute *self)
{
    const uint32_t length = STRETCH_MS * 1000u * CLOCK_COUNTS_PER_US;
    uint32_t start = clock_count();
    int i;
    do {
        for (i = 0; i < 100; i++) {
            self->result = self->result * 1664525u + 1013904223u;
        }
    } while (clock_count() - start < length);
}

ASYNC_DEF(compute)
{
    ASYNC_BEGIN;
    for (;;) {
        compute_stretch(self);
        AWAIT(async_pause());
    }
    ASYNC_END;
}

/* -- Both, in two loops and in one ---------------------------------------- */

static void report(const char *title, const struct control *control)
{
    board_puts(title);
    board_put_number(control->steps);
    board_puts(" steps, ");
    board_put_number(control->shortest / CLOCK_COUNTS_PER_US);
    board_puts(" to ");
    board_put_number(control->longest / CLOCK_COUNTS_PER_US);
    board_puts(" us apart, ");
    board_put_number(control->ticker.missed);
    board_puts(" missed\n");
}

static struct control in_fast;  /* a task of the fast loop */

struct app {
    ASYNC_FRAME;
    async_task_t busy, task;
    struct compute compute;
    struct control control;
    int status;
};

ASYNC_DEF(app)                  /* in the slow loop */
{
    ASYNC_BEGIN;
    async_create_task(&self->busy, ASYNC_CALL(compute, &self->compute));
    levels_run_fast();
    AWAIT(async_flag_wait(in_fast.done));
    report("two loops: ", &in_fast);

    async_create_task(&self->task, ASYNC_CALL(control, &self->control,
                                              .done = in_fast.done));
    AWAIT(async_flag_wait(in_fast.done));
    report("one loop: ", &self->control);

    async_task_cancel(&self->busy);
    AWAIT_STATUS(self->status, &self->busy);
    ASYNC_END;
}

int main(void)
{
    static async_flag_t done;
    static async_task_t task;
    static struct app app;
    board_init();
    async_loop_init(&slow, levels_start());
    async_loop_init(&fast, levels_start_fast(&fast));
    async_flag_init(&done, &slow);
    async_loop_create_task(&fast, &task,
                           ASYNC_CALL(control, &in_fast, .done = &done));
    return async_run(&slow, ASYNC_CALL(app, &app));
}
