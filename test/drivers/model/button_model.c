/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "button.h"

static void edge(struct button_model *m)
{
    m->is_down = !m->is_down;
    m->edges++;
    m->event = true;
    machine_line(&m->line, m->on);
}

static void on_toggle(async_sim_interrupt_t *event)
{
    struct button_model *m =
        async_container_of(event, struct button_model, toggle);
    if (m->next < m->count && ++m->next < m->count) {
        machine_at(event, m->times[m->next], on_toggle);
    } else if (m->storm != 0 &&
               (async_delay_t)(m->storm_end - machine.sim->time) > 0) {
        machine_at(event, machine.sim->time + m->storm, on_toggle);
    }
    edge(m);
}

void button_model_begin(struct button_model *m)
{
    __builtin_memset((void *)m, 0, sizeof *m);
}

void button_model_toggle(struct button_model *m, const unsigned *in,
                         unsigned count)
{
    unsigned i;
    for (i = 0; i < count; i++) {
        m->times[i] = machine.sim->time + in[i];
    }
    m->count = count;
    m->next = 0;
    machine_at(&m->toggle, m->times[0], on_toggle);
}

void button_model_storm(struct button_model *m, async_tick_t every,
                        async_tick_t ticks)
{
    m->storm = every;
    m->storm_end = machine.sim->time + ticks;
    machine_at(&m->toggle, machine.sim->time + every, on_toggle);
}

bool button_model_is_down(struct button_model *m)
{
    machine_access();
    return m->is_down;
}

void button_model_irq(struct button_model *m, bool on)
{
    machine_access();
    m->on = on;
    m->event = false;
    machine_line(&m->line, false);
}
