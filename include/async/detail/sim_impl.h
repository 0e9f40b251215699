/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/sim.h. */
#ifndef ASYNC_DETAIL_SIM_IMPL_H_INCLUDED
#define ASYNC_DETAIL_SIM_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/sim.h"

ASYNC_EXTERN_C_BEGIN

/* Lets all interrupts up to now happen. Returns whether there were any. */
static bool async_sim_fire_(async_sim_t *sim)
{
    bool fired = false;
    while (sim->queue != NULL && !async_before_(sim->time, sim->queue->when)) {
        async_sim_interrupt_t *interrupt = sim->queue;
        sim->queue = interrupt->next;
        interrupt->pending = false;
        interrupt->handler(interrupt);
        fired = true;
    }
    if (sim->queue == NULL) {
        sim->port.poll = NULL;
    }
    return fired;
}

static async_tick_t async_sim_now_(async_port_t *port)
{
    return ((async_sim_t *)(void *)port)->time;
}

static int async_sim_idle_(async_port_t *port, async_loop_t *loop,
                           const async_tick_t *deadline)
{
    async_sim_t *sim = (async_sim_t *)(void *)port;
    async_tick_t target = sim->time;
    if (async_sim_fire_(sim) || async_loop_has_posts(loop) ||
        (deadline != NULL && !async_before_(sim->time, *deadline))) {
        return ASYNC_OK;
    }
    if (deadline == NULL && sim->queue == NULL) {
        return ASYNC_ERR_DEADLOCK;
    }
    if (deadline != NULL) {
        target = *deadline;
    }
    if (sim->queue != NULL &&
        (deadline == NULL || async_before_(sim->queue->when, target))) {
        target = sim->queue->when;
    }
    sim->time = target;
    (void)async_sim_fire_(sim);
    return ASYNC_OK;
}

static void async_sim_poll_(async_port_t *port, async_loop_t *loop)
{
    (void)loop;
    (void)async_sim_fire_((async_sim_t *)(void *)port);
}

async_port_t *async_sim_init(async_sim_t *sim, async_tick_t start)
{
    ASYNC_CHECK(sim != NULL, NULL_ARGUMENT);
    async_port_init_(&sim->port, async_sim_now_, async_sim_idle_);
    sim->time = start;
    sim->queue = NULL;
    return &sim->port;
}

int async_sim_at(async_sim_t *sim, async_sim_interrupt_t *interrupt,
                 async_tick_t when,
                 void (*handler)(async_sim_interrupt_t *interrupt))
{
    async_sim_interrupt_t **place;
    ASYNC_CHECK(sim != NULL && interrupt != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(handler != NULL, NO_FUNCTION);
    if (interrupt->pending) {
        return ASYNC_ERR_BUSY;
    }
    place = &sim->queue;
    while (*place != NULL && !async_before_(when, (*place)->when)) {
        place = &(*place)->next;
    }
    interrupt->when = when;
    interrupt->handler = handler;
    interrupt->pending = true;
    interrupt->next = *place;
    *place = interrupt;
    sim->port.poll = async_sim_poll_;
    return ASYNC_OK;
}

void async_sim_advance(async_sim_t *sim, async_tick_t ticks)
{
    async_tick_t end;
    ASYNC_CHECK(sim != NULL, NULL_ARGUMENT);
    end = sim->time + ticks;
    while (sim->queue != NULL && !async_before_(end, sim->queue->when)) {
        if (async_before_(sim->time, sim->queue->when)) {
            sim->time = sim->queue->when;
        }
        (void)async_sim_fire_(sim);
    }
    sim->time = end;
}

ASYNC_EXTERN_C_END

#endif
