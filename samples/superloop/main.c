/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim; /* the clock of this sample: now(), wake() */
static async_loop_t loop;

static unsigned ms(void)
{
    return (unsigned)async_loop_time(&loop);
}

/* -- The new part of the firmware: tasks ---------------------------------- */

static async_flag_t pressed;

struct blink {
    ASYNC_FRAME;
    int i;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 4; self->i++) {
        printf("%4u  led %s\n", ms(), self->i % 2 ? "off" : "on");
        AWAIT(async_sleep_ms(250));
    }
    ASYNC_END;
}

struct button {
    ASYNC_FRAME;
};
ASYNC_DEF(button)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&pressed));
        printf("%4u  button\n", ms());
    }
    ASYNC_END;
}

/* -- The old part: a function that is polled ------------------------------ */

#define CONTROL_PERIOD_MS 200u

static async_tick_t control_next;

/* Computes for 30 ms, every 200 ms. */
static void control_poll(void)
{
    if ((async_delay_t)(async_loop_time(&loop) - control_next) >= 0) {
        printf("%4u  control begins\n", ms());
        async_sim_advance(&sim, 30);
        control_next += CONTROL_PERIOD_MS;
    }
}

/* -- Sleeping ------------------------------------------------------------- */

static unsigned slept_ms, sleeps;

/* Sleeps until a time, or until an interrupt has posted. On a real machine a
 * timer's interrupt is set to `when`, or there is a periodic one, and no
 * interrupt may come between the look at the inbox and the sleep:
 *
 *     ASYNC_MASK();
 *     if (async_loop_has_posts(&loop)) {
 *         ASYNC_UNMASK();
 *     } else {
 *         ASYNC_SLEEP();
 *     }
 */
static void sleep_until(async_tick_t when)
{
    async_tick_t begin = async_loop_time(&loop);
    while (!async_loop_has_posts(&loop) &&
           (async_delay_t)(async_loop_time(&loop) - when) < 0) {
        async_sim_advance(&sim, 1);
    }
    slept_ms += (unsigned)(async_loop_time(&loop) - begin);
    sleeps++;
}

/* -- The button: an interrupt at some times, once while control computes --- */

static const async_tick_t presses[] = {120, 215, 600};
static unsigned press;

static void button_isr(async_sim_interrupt_t *interrupt)
{
    (void)async_flag_set(&pressed);
    if (++press < sizeof presses / sizeof *presses) {
        async_sim_at(&sim, interrupt, presses[press], button_isr);
    }
}

/* -- The superloop -------------------------------------------------------- */

int main(void)
{
    static async_sim_interrupt_t interrupt;
    static async_task_t blinker, clicker;
    static struct blink blink;
    static struct button button;
    unsigned passes = 0;

    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_flag_init(&pressed, &loop);
    async_sim_at(&sim, &interrupt, presses[0], button_isr);
    async_loop_create_task(&loop, &blinker, ASYNC_CALL(blink, &blink));
    async_loop_create_task(&loop, &clicker, ASYNC_CALL(button, &button));

    while (!async_future_done(&blinker.future)) {
        async_tick_t deadline, wake;
        bool has_deadline;

        /* First what may give the loop something to do. */
        control_poll();
        passes++;
        if (async_loop_run_once(&loop, &deadline, &has_deadline) ==
            ASYNC_PENDING) {
            continue; /* more is ready: do not sleep */
        }
        /* The loop can wait until its deadline; so must the rest. */
        wake = control_next;
        if (has_deadline && (async_delay_t)(deadline - wake) < 0) {
            wake = deadline;
        }
        sleep_until(wake);
    }
    printf("%4u  %u passes, %u sleeps, %u ms asleep\n", ms(), passes, sleeps,
           slept_ms);
    return async_loop_close(&loop);
}
