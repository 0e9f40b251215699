/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Reading the time, and setting and cancelling timers, while it passes. */
#include "sweep.h"

static async_timer_t timer;
static async_tick_t seen, ran;

static int timer_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('T');
    ran = async_loop_time(&sweep_loop);
    return 0;
}

static void prepare(void)
{
    __builtin_memset(&timer, 0, sizeof timer);
    seen = 0;
    ran = 0;
}

static void tick(unsigned nth)
{
    (void)nth;
    async_tick_port_tick(&sweep_tick);
}

/* -- now: the time is what it was before or after a tick ------------------- */

static void now_run(void)
{
    seen = async_loop_time(&sweep_loop);
}

static int now_outcome(void)
{
    async_tick_t after = seen - SWEEP_START; /* ticks that it has seen */
    return after > sweep_interrupts() ? WRONG : 2 - (int)after;
}

/* -- later: due one tick after the time that the call has seen ------------- */

static void later_run(void)
{
    (void)async_call_later(&sweep_loop, &timer, 1, timer_run);
}

static int later_outcome(void)
{
    async_tick_t set = async_timer_when(&timer), after = set - SWEEP_START;
    while (sweep_count('T') == 0) {
        sweep_drain();
        if (sweep_count('T') == 0) {
            async_tick_port_tick(&sweep_tick);
        }
    }
    if (after < 1 || after > 1u + sweep_interrupts() || !sweep_logged("T")) {
        return WRONG;
    }
    /* In time, or at once if it was due before it was looked at. */
    return ran == set || ran == SWEEP_START + sweep_interrupts()
               ? 3 - (int)after
               : WRONG;
}

/* -- cancel: it runs, or is cancelled -------------------------------------- */

static bool cancelled;

static void cancel_prepare(void)
{
    prepare();
    (void)async_call_later(&sweep_loop, &timer, 1, timer_run);
}

static void cancel_run(void)
{
    sweep_once();
    cancelled = async_timer_cancel(&sweep_loop, &timer);
}

static int cancel_outcome(void)
{
    sweep_drain();
    async_tick_port_tick(&sweep_tick);
    sweep_drain();
    return sweep_logged(cancelled ? "" : "T") ? (int)cancelled : WRONG;
}

const struct region sweep_clock[] = {
    {"now", prepare, now_run, tick, now_outcome, NULL},
    {"later", prepare, later_run, tick, later_outcome, NULL},
    {"timer_cancel", cancel_prepare, cancel_run, tick, cancel_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
