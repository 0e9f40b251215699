/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/sim_executor.h. */
#ifndef ASYNC_DETAIL_SIM_EXECUTOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_SIM_EXECUTOR_IMPL_H_INCLUDED

#include "../operation.h"
#include "../port/sim_executor.h"

ASYNC_EXTERN_C_BEGIN

static void async_sim_executor_done_(async_sim_interrupt_t *interrupt);

/* Begins a job; one that comes while another runs waits. */
static void async_sim_executor_begin_(async_worker_t *worker)
{
    async_sim_executor_t *executor = (async_sim_executor_t *)(void *)worker;
    (void)async_sim_at(executor->sim, &executor->interrupt,
                       executor->sim->time + executor->ticks,
                       async_sim_executor_done_);
}

static void async_sim_executor_done_(async_sim_interrupt_t *interrupt)
{
    async_worker_t *worker = &async_container_of(
        interrupt, async_sim_executor_t, interrupt)->worker;
    (void)async_worker_run_one(worker);
    if (async_worker_has_work(worker)) {
        async_sim_executor_begin_(worker);
    }
}

void async_sim_executor_init(async_sim_executor_t *executor, async_sim_t *sim,
                             async_tick_t ticks)
{
    ASYNC_CHECK(executor != NULL && sim != NULL, NULL_ARGUMENT);
    async_worker_init(&executor->worker, async_sim_executor_begin_);
    executor->interrupt.pending = false;
    executor->sim = sim;
    executor->ticks = ticks;
}

ASYNC_EXTERN_C_END

#endif
