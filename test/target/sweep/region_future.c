/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What an interrupt finishes: a future, set by the callback of a post, and an
 * operation of a driver, as operation.h describes it. */
#include "sweep.h"

static void three_iterations(void)
{
    sweep_once();
    sweep_once();
    sweep_once();
}

/* -- A future -------------------------------------------------------------- */

static ASYNC_FUTURE(int) answer;
static async_post_t answered;
static int refused; /* attempts to set it again */

struct asker {
    ASYNC_FRAME;
    char name;
};
ASYNC_DEF(asker)
{
    ASYNC_BEGIN;
    AWAIT(&answer.future);
    sweep_log(answer.value == 42 ? self->name : '!');
    ASYNC_END;
}

static struct asker askers[2];
static async_task_t tasks[2];

static int answered_run(async_handle_t *handle)
{
    (void)handle;
    if (async_future_set(&answer, 42) != 0) {
        refused++;
    }
    return 0;
}

static void interrupt_answer(unsigned nth)
{
    (void)nth;
    (void)async_post(&sweep_loop, &answered);
}

static void future_prepare(void)
{
    unsigned i;
    __builtin_memset(tasks, 0, sizeof tasks);
    answer.value = 0;
    refused = 0;
    async_future_init(&answer.future, &sweep_loop);
    async_post_init(&answered, answered_run);
    for (i = 0; i < 2; i++) {
        (void)async_loop_create_task(
            &sweep_loop, &tasks[i],
            ASYNC_CALL(asker, &askers[i], .name = (char)('x' + i)));
    }
}

static int future_outcome(void)
{
    sweep_drain();
    return sweep_logged("xy") && refused < (int)sweep_interrupts() ? 0 : WRONG;
}

/* -- An operation of a driver ---------------------------------------------- */

static struct driver {
    async_post_t post;
    async_waiters_t waiters;
    volatile uint8_t ready; /* conversions that the hardware has finished */
    uint8_t taken;
} driver;

/* Wake: as many as are ready. */
static int driver_run(async_handle_t *handle)
{
    (void)handle;
    if (driver.ready != driver.taken) {
        (void)async_wake_one(&driver.waiters);
    }
    return 0;
}

static int driver_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    int status = async_op_status(task);
    if (status == 0) {
        if (driver.ready == driver.taken) {
            sweep_log('!'); /* woken for nothing */
        }
        driver.taken++;
    }
    return async_op_end(task, status);
}

static async_op_t driver_read(void)
{
    if (driver.ready != driver.taken) {
        driver.taken++;
        return async_op_done(0);
    }
    return async_op_wait(&driver.waiters, driver_end);
}

struct reader {
    ASYNC_FRAME;
    int status;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT_STATUS(self->status, driver_read());
        if (self->status != 0) {
            break;
        }
        sweep_log('R');
    }
    sweep_log('C');
    ASYNC_END;
}

static struct reader readers[2];

static void interrupt_ready(unsigned nth)
{
    (void)nth;
    driver.ready++;
    (void)async_post(&sweep_loop, &driver.post);
}

static void driver_prepare(void)
{
    __builtin_memset(tasks, 0, sizeof tasks);
    __builtin_memset(&driver, 0, sizeof driver);
    async_post_init(&driver.post, driver_run);
    (void)async_loop_create_task(&sweep_loop, &tasks[0],
                                 ASYNC_CALL(reader, &readers[0]));
}

static int driver_outcome(void)
{
    sweep_drain();
    return sweep_logged(sweep_interrupts() == 1 ? "R" : "RR") ? 0 : WRONG;
}

/* Cancelled meanwhile: what it did not take the next one does. */
static void cancel_prepare(void)
{
    driver_prepare();
    sweep_drain();
}

static void cancel_run(void)
{
    sweep_once();
    (void)async_task_cancel(&tasks[0]);
    sweep_once();
    sweep_once();
}

static int cancel_outcome(void)
{
    sweep_drain();
    if (sweep_count('C') != 1) {
        return WRONG;
    }
    (void)async_loop_create_task(&sweep_loop, &tasks[1],
                                 ASYNC_CALL(reader, &readers[1]));
    sweep_drain();
    return sweep_count('!') == 0 && sweep_count('R') == sweep_interrupts()
               ? 0
               : WRONG;
}

const struct region sweep_future[] = {
    {"future", future_prepare, three_iterations, interrupt_answer,
     future_outcome, NULL},
    {"operation", driver_prepare, three_iterations, interrupt_ready,
     driver_outcome, NULL},
    {"operation_cancel", cancel_prepare, cancel_run, interrupt_ready,
     cancel_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
