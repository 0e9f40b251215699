/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A worker of the simulated machine: runs one job after another, each of which
 * takes a number of ticks and ends in an interrupt.
 */
#ifndef ASYNC_PORT_SIM_EXECUTOR_H_INCLUDED
#define ASYNC_PORT_SIM_EXECUTOR_H_INCLUDED

#include "../executor.h"
#include "sim.h"

/** A simulated worker. Fields are private but for `worker.executor`. */
struct async_sim_executor {
    async_worker_t worker; /**< comes first */
    async_sim_interrupt_t interrupt;
    async_sim_t *sim;
    async_tick_t ticks;
};
typedef struct async_sim_executor async_sim_executor_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a worker.
 *
 * @param executor  Must outlive its jobs.
 * @param ticks     How long a job takes; its function runs at the end. With 0
 *                  it is done when the loop looks for events next.
 * @context{before the first use}
 */
#define async_sim_executor_init ASYNC_ABI_(async_sim_executor_init)
void async_sim_executor_init(async_sim_executor_t *executor, async_sim_t *sim,
                             async_tick_t ticks);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && \
    !defined(ASYNC_PORT_SIM_EXECUTOR_IMPLEMENTED)
#define ASYNC_PORT_SIM_EXECUTOR_IMPLEMENTED
#include "../detail/sim_executor_impl.h"
#endif
