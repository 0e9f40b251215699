/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A loop inside an interrupt: one loop per priority level, where a higher one
 * preempts the lower ones, also in the middle of a task.
 *
 *     static async_level_t level;
 *     static async_loop_t fast;
 *
 *     async_loop_init(&fast, async_level_init(&level, &tick.port, &fast,
 *                                             async_irq_pend, ASYNC_PENDSV));
 *     void PendSV_Handler(void) { async_level_run(&level); }
 *     void SysTick_Handler(void)
 *     {
 *         async_tick_port_tick(&tick);
 *         async_level_tick(&level);
 *     }
 *
 * With a clock that has no tick (tickless.h), give the level a compare register
 * of its own: `next_alarm` sets it, and its interrupt calls async_level_tick().
 *
 * The interrupt is one that nothing else uses; it is pended when something is
 * posted to the loop and when its next timer is due. It must not have a higher
 * priority than the timer's interrupt. Before it is enabled, tasks are created
 * with async_loop_create_task(); then pend it once.
 *
 * Loops reach each other only by async_post(), and what is built on it: flags
 * and channels. async_run() is for the lowest level, which alone sleeps.
 *
 * No wake-up can be lost: to post links first and pends then. The handler runs
 * an iteration and pends itself again if there is more to do; an interrupt that
 * is pended while its handler runs is taken again when that ends. A deadline
 * that passes before it is noted is looked for after it is noted.
 */
#ifndef ASYNC_PORT_LEVEL_H_INCLUDED
#define ASYNC_PORT_LEVEL_H_INCLUDED

#include "../loop.h"

typedef struct async_level async_level_t;

/** Makes an interrupt pending. */
typedef void (*async_pend_fn)(unsigned irq);

/** The port of a loop in an interrupt. All private but for `next_alarm`. */
struct async_level {
    async_port_t port; /* comes first */
    async_port_t *clock;
    async_loop_t *loop;
    async_pend_fn pend;
    unsigned irq;
    volatile bool waits;            /* for `deadline` */
    volatile async_tick_t deadline;
    /** Called when there is a new deadline: for a clock without a tick. 0 at
     * first; set it after async_level_init(). */
    void (*next_alarm)(async_level_t *level, async_tick_t when);
    void *context; /**< for next_alarm */
    async_level_t *next;
};

ASYNC_EXTERN_C_BEGIN

/**
 * Makes the port of a level.
 *
 * @param level  Must outlive the loop.
 * @param clock  The port of the lowest level; its now() is used.
 * @param loop   The loop that async_level_run() runs.
 * @param pend   Makes the interrupt pending.
 * @param irq    Passed to `pend`.
 * @returns The port for async_loop_init().
 * @context{before start}
 */
#define async_level_init ASYNC_ABI_(async_level_init)
async_port_t *async_level_init(async_level_t *level, async_port_t *clock,
                               async_loop_t *loop, async_pend_fn pend,
                               unsigned irq);

/** Runs an iteration of the level's loop. @context{the level's ISR} */
void async_level_run(async_level_t *level);

/** Pends the level if its next timer is due. @context{the timer's ISR}
 * @cost{O(1)} */
void async_level_tick(async_level_t *level);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_LEVEL_IMPLEMENTED)
#define ASYNC_PORT_LEVEL_IMPLEMENTED
#include "../detail/level_impl.h"
#endif
