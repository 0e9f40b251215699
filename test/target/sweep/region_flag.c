/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A flag that the interrupt sets while a task comes to wait for it, waits, is
 * cancelled, or forgets it. */
#include "sweep.h"

struct waiter {
    ASYNC_FRAME;
    char name; /* is logged when it has got the flag */
    bool forever;
    int status;
};

static async_flag_t flag;
static volatile uint8_t written; /* by the interrupt, before it sets the flag */
static uint8_t read;             /* by the last who got it */

ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    do {
        AWAIT_STATUS(self->status, async_flag_wait(&flag));
        if (self->status != 0) {
            break;
        }
        read = written;
        sweep_log(self->name);
    } while (self->forever);
    ASYNC_END;
}

static struct waiter frames[3];
static async_task_t tasks[3];

static void start(unsigned i, char name, bool forever)
{
    (void)async_loop_create_task(&sweep_loop, &tasks[i],
                                 ASYNC_CALL(waiter, &frames[i], .name = name,
                                            .forever = forever));
}

static void prepare(void)
{
    __builtin_memset(tasks, 0, sizeof tasks);
    async_flag_init(&flag, &sweep_loop);
    written = read = 0;
}

static void interrupt_set(unsigned nth)
{
    (void)nth;
    written++;
    (void)async_flag_set(&flag);
}

static void three_iterations(void)
{
    sweep_once();
    sweep_once();
    sweep_once();
}

/* -- wait: at least once for each set, not more often, and with its data --- */

static void wait_prepare(void)
{
    prepare();
    start(0, 'F', true);
}

static int wait_outcome(void)
{
    unsigned got;
    sweep_drain();
    got = sweep_count('F');
    return got >= 1 && got <= sweep_interrupts() && read == written ? 0 : WRONG;
}

/* -- two: one set, one task, the first first ------------------------------- */

static void two_prepare(void)
{
    prepare();
    start(0, 'F', false);
    start(1, 'G', false);
}

static int two_outcome(void)
{
    sweep_drain();
    return sweep_logged("F") ||
                   (sweep_interrupts() == 2 && sweep_logged("FG"))
               ? 0
               : WRONG;
}

/* -- clear: forgets what was set before, and only that --------------------- */

static void clear_prepare(void)
{
    prepare();
    (void)async_flag_set(&flag);
    sweep_drain();
}

static void clear_run(void)
{
    async_flag_clear(&flag);
}

static int clear_outcome(void)
{
    start(0, 'F', true);
    sweep_drain();
    return sweep_logged("F")                       ? 1
           : sweep_logged("") && !sweep_is_late() ? 0
                                                   : WRONG;
}

/* -- cancel: a set that comes too late for one is for the next ------------- */

static void cancel_prepare(void)
{
    prepare();
    start(0, 'F', false);
    sweep_drain();
    start(1, 'G', false);
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
    unsigned got;
    sweep_drain();
    start(2, 'H', false);
    sweep_drain();
    got = sweep_count('F') + sweep_count('G') + sweep_count('H');
    return got >= 1 && got <= sweep_interrupts() &&
                   (frames[0].status != 0) == (sweep_count('F') == 0)
               ? 0
               : WRONG;
}

const struct region sweep_flag[] = {
    {"flag_wait", wait_prepare, three_iterations, interrupt_set, wait_outcome,
     NULL},
    {"flag_two", two_prepare, three_iterations, interrupt_set, two_outcome,
     NULL},
    {"flag_clear", clear_prepare, clear_run, interrupt_set, clear_outcome,
     NULL},
    {"flag_cancel", cancel_prepare, cancel_run, interrupt_set, cancel_outcome,
     NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
