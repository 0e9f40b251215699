/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "adc.h"

void adc_model_begin(struct adc_model *m, async_tick_t duration)
{
    __builtin_memset((void *)m, 0, sizeof *m);
    m->duration = duration;
    m->origin = machine.sim->time;
}

/* One that was stopped, or started again, has ended in vain. */
static void on_end(async_sim_interrupt_t *event)
{
    struct adc_model *m = async_container_of(event, struct adc_model, end);
    if (m->running) {
        m->running = false;
        m->ready = true;
        m->value = m->held;
        machine_line(&m->line, m->on);
    }
}

void adc_model_start(struct adc_model *m)
{
    machine_access();
    m->on = true;
    if (m->running) {
        m->restarted++;
        return;
    }
    m->running = true;
    m->conversions++;
    m->held = (uint16_t)(machine.sim->time - m->origin);
    machine_at(&m->end, machine.sim->time + m->duration, on_end);
}

void adc_model_stop(struct adc_model *m)
{
    machine_access();
    m->on = m->running = m->ready = false;
    machine_line(&m->line, false);
}

bool adc_model_take(struct adc_model *m, uint16_t *value)
{
    bool ready;
    machine_access();
    ready = m->ready;
    *value = m->value;
    m->ready = false;
    machine_line(&m->line, false);
    return ready;
}
