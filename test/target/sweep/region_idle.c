/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Going to sleep: in the port, and the loop all the way. The interrupt that
 * ends the sleep is the only one; if it is missed, nothing else wakes the CPU
 * until sweep.c complains. */
#include "sweep.h"

enum { MANY = 8 };

static struct letter a;
static async_timer_t timer, others[MANY];
static async_tick_t deadline;
static int status;

static int timer_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('T');
    async_loop_stop(&sweep_loop);
    return 0;
}

static void prepare(void)
{
    letter_init(&a, 'A');
    __builtin_memset(&timer, 0, sizeof timer);
    __builtin_memset(others, 0, sizeof others);
    status = WRONG;
}

static void post_a(unsigned nth)
{
    (void)nth;
    letter_send(&a, FROM_INTERRUPT);
}

static void tick(unsigned nth)
{
    (void)nth;
    async_tick_port_tick(&sweep_tick);
}

/* -- The port -------------------------------------------------------------- */

static void port_run(void)
{
    async_port_t *port = &sweep_tick.port;
    status = port->idle(port, &sweep_loop, NULL);
}

static int post_outcome(void)
{
    sweep_drain();
    return status == 0 && !letter_lost(&a) && sweep_logged("A") ? 0 : WRONG;
}

/* Until a tick. */
static void tick_prepare(void)
{
    prepare();
    deadline = SWEEP_START + 1u;
}

static void port_deadline(void)
{
    async_port_t *port = &sweep_tick.port;
    status = port->idle(port, &sweep_loop, &deadline);
    if (async_loop_time(&sweep_loop) - deadline > 1u) {
        status = WRONG; /* too early, or never */
    }
}

static int tick_outcome(void)
{
    return status;
}

/* -- The loop -------------------------------------------------------------- */

static int stop_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('A');
    async_loop_stop(&sweep_loop);
    return 0;
}

static void loop_prepare(void)
{
    prepare();
    async_post_init(&a.post, stop_run);
}

static void prepare_timers(unsigned count)
{
    unsigned i;
    loop_prepare();
    for (i = 0; i < count; i++) {
        (void)async_call_later(&sweep_loop, &others[i],
                               (async_delay_t)(100 + i), timer_run);
    }
}

static void one_prepare(void)
{
    prepare_timers(1);
}

static void many_prepare(void)
{
    prepare_timers(MANY);
}

static void loop_run(void)
{
    status = async_loop_run_forever(&sweep_loop);
}

static int loop_outcome(void)
{
    sweep_drain();
    return status == 0 && sweep_count('A') >= 1 &&
                   sweep_count('A') <= sweep_interrupts()
               ? 0
               : WRONG;
}

static void timer_prepare(void)
{
    prepare();
    (void)async_call_later(&sweep_loop, &timer, 1, timer_run);
}

static int timer_outcome(void)
{
    return status == 0 && sweep_logged("T") ? 0 : WRONG;
}

const struct region sweep_idle[] = {
    {"idle_post", prepare, port_run, post_a, post_outcome, NULL},
    {"idle_tick", tick_prepare, port_deadline, tick, tick_outcome, NULL},
    {"loop_post", loop_prepare, loop_run, post_a, loop_outcome, NULL},
    {"loop_one", one_prepare, loop_run, post_a, loop_outcome, NULL},
    {"loop_many", many_prepare, loop_run, post_a, loop_outcome, "loop_one"},
    {"loop_timer", timer_prepare, loop_run, tick, timer_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
