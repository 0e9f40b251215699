/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "watchdog.h"

static void on_bite(async_sim_interrupt_t *event)
{
    struct watchdog_model *m =
        async_container_of(event, struct watchdog_model, bite);
    m->has_bitten = machine.sim->time - m->fed >= 2 * m->time;
    if (!m->has_bitten) {
        machine_at(event, m->fed + 2 * m->time, on_bite);
    }
}

/* Fed meanwhile: looks again later. */
static void on_warning(async_sim_interrupt_t *event)
{
    struct watchdog_model *m =
        async_container_of(event, struct watchdog_model, warning);
    if (machine.sim->time - m->fed < m->time) {
        machine_at(event, m->fed + m->time, on_warning);
        return;
    }
    m->warned = true;
    machine_line(&m->line, true);
}

void watchdog_model_begin(struct watchdog_model *m, async_tick_t time)
{
    __builtin_memset((void *)m, 0, sizeof *m);
    m->time = time;
}

void watchdog_model_feed(struct watchdog_model *m, bool start)
{
    machine_access();
    m->fed = machine.sim->time;
    m->feeds++;
    if (start) {
        m->on = true;
        machine_at(&m->warning, m->fed + m->time, on_warning);
        machine_at(&m->bite, m->fed + 2 * m->time, on_bite);
    }
}
