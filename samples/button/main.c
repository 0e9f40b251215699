/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;
static async_loop_t loop;

/* -- The button: an interrupt, which bounces ---------------------------------- */

static async_flag_t pressed;
static const async_tick_t edges[] = {100, 101, 102, 500, 501, 900};
static unsigned edge;

static void button_isr(async_sim_interrupt_t *interrupt)
{
    (void)async_flag_set(&pressed);
    if (++edge < sizeof edges / sizeof *edges) {
        async_sim_at(&sim, interrupt, edges[edge], button_isr);
    }
}

/* -- The application ---------------------------------------------------------- */

struct clicks {
    ASYNC_FRAME;
    int count;
};
ASYNC_DEF(clicks)               /* on_click */
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&pressed));
        printf("%4d ms  click %d\n", (int)async_loop_time(&loop),
               ++self->count);
        AWAIT(async_sleep_ms(20));  /* debounce */
        async_flag_clear(&pressed);
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct clicks clicks;
    async_timeout_t limit;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TIMEOUT_MS(&self->limit, 1000) {
            AWAIT(ASYNC_CALL(clicks, &self->clicks));
        } ASYNC_END_TIMEOUT;
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ASYNC_ERR_TIMEOUT) {
        printf("%4d ms  %d clicks in a second\n",
               (int)async_loop_time(&loop), self->clicks.count);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

int main(void)
{
    static async_sim_interrupt_t interrupt;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_flag_init(&pressed, &loop);
    async_sim_at(&sim, &interrupt, edges[0], button_isr);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
