/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Two loops that share mtimecmp: one in the software interrupt, whose timer
 * posts to the lowest, which sleeps. */
#include "timer.h"

static async_level_t level;
static async_loop_t fast;
static struct letter a, woken;
static async_timer_t timer;
static async_port_t *port;
static async_tick_t deadline, due, ran, returned;
static int status;
static bool in_time;

/* Some instructions for the loops and their interrupts; much less than from the
 * deadline of one loop to that of the other, which would hide a lost one. */
#define BOTH_LATE 1500u

/* Any interrupt may come while it runs but its own. */
void machine_software_handler(void);
void machine_software_handler(void)
{
    async_riscv_unpend(0);
    __asm__ volatile("csrci mie, 8\n\tcsrsi mstatus, 8" ::: "memory");
    async_level_run(&level);
    __asm__ volatile("csrci mstatus, 8\n\tcsrsi mie, 8" ::: "memory");
}

static int timer_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('T');
    ran = async_loop_time(&fast);
    letter_send(&woken, FROM_INTERRUPT);
    return 0;
}

static void prepare(void)
{
    letter_init(&a, 'A');
    letter_init(&woken, 'W');
    __builtin_memset(&timer, 0, sizeof timer);
    port = timer_port();
    (void)async_loop_init(
        &fast, async_level_init(&level, port, &fast, async_riscv_pend, 0));
    timer_add_level(&level);
    status = WRONG;
    __asm__ volatile("csrsi mie, 8" ::: "memory");
}

static void interrupt(unsigned nth)
{
    (void)nth;
    (void)letter_send_to(&fast, &a, FROM_INTERRUPT);
}

/* The timer is due `ticks` from now, the lowest loop sleeps until then, or
 * until its own deadline. */
static void sleep_until(async_tick_t ticks, const async_tick_t *until)
{
    due = port->now(port) + ticks;
    (void)async_call_at(&fast, &timer, due, timer_run);
    async_riscv_pend(0);
    status = port->idle(port, &sweep_loop, until);
    returned = port->now(port);
}

static bool is_right(void)
{
    sweep_drain();
    return status == 0 && sweep_count('T') == 1 && sweep_count('W') == 1 &&
           !letter_lost(&a) && !letter_lost(&woken) && ran - due <= BOTH_LATE;
}

/* -- The level's timer wakes both ------------------------------------------ */

static void forever_run(void)
{
    sleep_until(TIMER_NEAR, NULL);
}

static int forever_outcome(void)
{
    return is_right() && returned - due <= BOTH_LATE ? 0 : WRONG;
}

/* -- The lowest loop's deadline is first ----------------------------------- */

static void first_run(void)
{
    deadline = port->now(port) + TIMER_NEAR;
    sleep_until(5 * TIMER_NEAR, &deadline);
    in_time = returned - deadline <= BOTH_LATE && sweep_count('T') == 0;
}

static int first_outcome(void)
{
    while (sweep_count('T') == 0) {
        status = port->idle(port, &sweep_loop, NULL);
    }
    return in_time && is_right() ? 0 : WRONG;
}

/* -- Nothing but the timer comes, while it is being armed ------------------ */

static void passing_run(void)
{
    sleep_until(sweep_when(), NULL);
}

/* -- The level's timer is first, and posts --------------------------------- */

static void last_run(void)
{
    deadline = port->now(port) + 5 * TIMER_NEAR;
    sleep_until(TIMER_NEAR, &deadline);
}

/* -- The lowest loop is busy: only the level can set the alarm ------------- */

static void busy_run(void)
{
    due = port->now(port) + TIMER_NEAR;
    (void)async_call_at(&fast, &timer, due, timer_run);
    async_riscv_pend(0);
    while (sweep_count('T') == 0) { }
    status = 0;
}

static int busy_outcome(void)
{
    return is_right() ? 0 : WRONG;
}

const struct region sweep_riscv[] = {
    {"shared_never", prepare, forever_run, interrupt, forever_outcome, NULL},
    {"shared_first", prepare, first_run, interrupt, first_outcome, NULL},
    {"shared_last", prepare, last_run, interrupt, forever_outcome, NULL},
    {"shared_busy", prepare, busy_run, interrupt, busy_outcome, NULL},
    {"shared_passing", prepare, passing_run, NULL, forever_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
