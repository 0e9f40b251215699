/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Sleeping without a tick, on a timer of the board (timer_*.c): an interrupt
 * posts while idle sets the alarm; it comes for nothing; it is the alarm, too
 * early; or none comes but the alarm, and the deadline is the nearer the more
 * it passes before and while the alarm is set. */
#include "timer.h"

static struct letter a;
static async_port_t *port;
static async_tick_t deadline, woken;
static int status;

static void prepare(void)
{
    letter_init(&a, 'A');
    port = timer_port();
    status = WRONG;
}

static void post_a(unsigned nth)
{
    (void)nth;
    letter_send(&a, FROM_INTERRUPT);
}

static void nothing(unsigned nth)
{
    (void)nth;
}

static void early(unsigned nth)
{
    (void)nth;
    timer_interrupt();
}

static void idle(const async_tick_t *until)
{
    status = port->idle(port, &sweep_loop, until);
    woken = port->now(port);
}

/* -- A post ends the sleep ------------------------------------------------- */

static void forever_run(void)
{
    idle(NULL);
}

static void far_run(void)
{
    deadline = port->now(port) + 100000u;
    idle(&deadline);
}

static int post_outcome(void)
{
    sweep_drain();
    return status == 0 && !letter_lost(&a) && sweep_logged("A") ? 0 : WRONG;
}

/* -- The deadline ends it, in time ----------------------------------------- */

static void near_run(void)
{
    deadline = port->now(port) + TIMER_NEAR;
    idle(&deadline);
}

static int in_time(void)
{
    async_tick_t late = woken - deadline;
    return status == 0 && late <= TIMER_LATE ? 0 : WRONG;
}

static void passing_run(void)
{
    timer_skew(sweep_when());
    deadline = port->now(port) + sweep_when();
    idle(&deadline);
}

/* -- The clock carries ----------------------------------------------------- */

static async_tick_t times[8];

static void carry_run(void)
{
    unsigned i;
    timer_carry(sweep_when());
    port = timer_port();
    for (i = 0; i < 8; i++) {
        times[i] = port->now(port);
    }
}

static int carry_outcome(void)
{
    unsigned i;
    for (i = 1; i < 8; i++) {
        if (times[i] - times[i - 1] > TIMER_LATE) {
            return WRONG; /* back, or far ahead */
        }
    }
    return 0;
}

const struct region sweep_alarm[] = {
    {"alarm_never", prepare, forever_run, post_a, post_outcome, NULL},
    {"alarm_far", prepare, far_run, post_a, post_outcome, NULL},
    {"alarm_nothing", prepare, near_run, nothing, in_time, NULL},
    {"alarm_early", prepare, near_run, early, in_time, NULL},
    {"alarm_passing", prepare, passing_run, NULL, in_time, NULL},
    {"alarm_carry", prepare, carry_run, NULL, carry_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
