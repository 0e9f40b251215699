/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "machine.h"

struct machine machine;

void machine_begin(async_sim_t *sim)
{
    __builtin_memset((void *)&machine, 0, sizeof machine);
    machine.sim = sim;
}

void machine_connect(struct line *line, void (*isr)(void *arg), void *arg)
{
    line->isr = isr;
    line->arg = arg;
    line->level = line->pending = false;
    line->taken = 0;
    line->next = machine.lines;
    machine.lines = line;
}

/* Runs the handlers of all pending interrupts, one after the other. */
static void machine_deliver(void)
{
    struct line *line = machine.lines;
    unsigned runs = 0;
    if (machine.masked || machine.in_isr) {
        return;
    }
    while (line != NULL) {
        if (!line->pending) {
            line = line->next;
            continue;
        }
        line->pending = false;
        line->taken++;
        machine.in_isr = true;
        line->isr(line->arg);
        machine.in_isr = false;
        line->pending = line->pending || line->level;
        line = machine.lines;
        if (++runs > 1000) {
            machine.storm = true;
            return;
        }
    }
}

void machine_line(struct line *line, bool level)
{
    if (level && !line->level) {
        line->pending = true;
    }
    line->level = level;
    if (!level && !machine.latching) {
        line->pending = false;
    }
    machine_deliver();
}

void machine_access(void)
{
    if (++machine.accesses == machine.strike && machine.sim->queue != NULL) {
        async_sim_advance(machine.sim,
                          machine.sim->queue->when - machine.sim->time);
    }
}

bool machine_mask(void)
{
    bool before = machine.masked;
    machine.masked = true;
    return before;
}

void machine_unmask(bool masked_before)
{
    machine.masked = masked_before;
    machine_deliver();
}

void machine_at(async_sim_interrupt_t *event, async_tick_t when,
                void (*handler)(async_sim_interrupt_t *event))
{
    (void)async_sim_at(machine.sim, event, when, handler);
}
