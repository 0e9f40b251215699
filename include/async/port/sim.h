/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The sim port: virtual time, which jumps to the next event when the loop has
 * nothing to do, and interrupts at chosen times. A day of firmware runs in
 * milliseconds, the same every time. A program that nothing can wake any more
 * ends with ASYNC_ERR_DEADLOCK instead of sleeping for ever.
 */
#ifndef ASYNC_PORT_SIM_H_INCLUDED
#define ASYNC_PORT_SIM_H_INCLUDED

#include "../loop.h"

typedef struct async_sim async_sim_t;
typedef struct async_sim_interrupt async_sim_interrupt_t;

/** An interrupt to come. Zero-initialise. All private. */
struct async_sim_interrupt {
    async_sim_interrupt_t *next;
    async_tick_t when;
    void (*handler)(async_sim_interrupt_t *interrupt);
    bool pending;
};

/** The simulated machine. */
struct async_sim {
    async_port_t port;             /**< comes first */
    async_tick_t time;             /**< now; read-only */
    async_sim_interrupt_t *queue;  /**< private: by time */
};

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a simulated machine.
 *
 * @param sim    Must outlive the loop.
 * @param start  The first tick; just below the wrap finds the most errors.
 * @returns The port for async_loop_init().
 * @context{before start}
 */
#define async_sim_init ASYNC_ABI_(async_sim_init)
async_port_t *async_sim_init(async_sim_t *sim, async_tick_t start);

/**
 * Lets an interrupt happen at a time; several at one time happen in the order
 * they were set. The handler runs as an interrupt would, also in the middle of
 * async_sim_advance(), and may call async_post().
 *
 * @returns 0, or ASYNC_ERR_BUSY if this one is pending already.
 * @context{any} @cost{O(interrupts pending)}
 */
int async_sim_at(async_sim_t *sim, async_sim_interrupt_t *interrupt,
                 async_tick_t when,
                 void (*handler)(async_sim_interrupt_t *interrupt));

/** Code that keeps the CPU busy for some ticks: moves the clock without
 * running the loop; interrupts happen at their times. */
void async_sim_advance(async_sim_t *sim, async_tick_t ticks);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_SIM_IMPLEMENTED)
#define ASYNC_PORT_SIM_IMPLEMENTED
#include "../detail/sim_impl.h"
#endif
