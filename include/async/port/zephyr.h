/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The Zephyr port: a loop is the body of one Zephyr thread, which pends when
 * the loop has nothing to do. Public kernel API only, Zephyr 3.1 or later.
 *
 *     static async_loop_t loop;
 *     static async_zephyr_t port;
 *
 *     int main(void)
 *     {
 *         async_loop_init(&loop, async_zephyr_init(&port));
 *         return async_run(&loop, ASYNC_CALL(app, &app));
 *     }
 *
 * Idle takes a semaphore with limit 1, which a post gives. A give that finds
 * nobody pending stays in the count, and the next take returns at once.
 *
 * No wake-up can be lost: async_post() links its post before it gives, and idle
 * looks at the inbox before it takes. A post that comes before the look is
 * seen; one that comes after it leaves a count that nobody but idle takes.
 *
 * Time is the kernel's uptime, 64 bits of CONFIG_SYS_CLOCK_TICKS_PER_SEC,
 * converted exactly to ASYNC_TICK_HZ and cut to ASYNC_TICK_BITS: it wraps as a
 * tick should. Both rates may be any; with equal ones nothing is converted.
 * Coarser kernel ticks make sleeps end at the next one.
 *
 * Idle takes with an absolute timeout. So a deadline that passes between the
 * look at the clock and the take, or while the thread is preempted there, still
 * ends the take with the next kernel tick. Without CONFIG_TIMEOUT_64BIT the
 * kernel has relative timeouts only, which it rounds up: sleeps end a kernel
 * tick later. A deadline that has passed does not pend; without one idle takes
 * with K_FOREVER.
 *
 * async_post() may be called from any thread and from any ISR that may call the
 * kernel, that is, not from zero-latency interrupts. A thread in user mode
 * needs access to the loop's memory and, by k_object_access_grant(), to the
 * semaphore.
 *
 * Two loops in two threads need CONFIG_THREAD_LOCAL_STORAGE, and
 * ASYNC_THREAD_LOCAL=Z_THREAD_LOCAL or __thread in async_config.h.
 */
#ifndef ASYNC_PORT_ZEPHYR_H_INCLUDED
#define ASYNC_PORT_ZEPHYR_H_INCLUDED

#include "../loop.h"

#include <zephyr/kernel.h>

#if defined(CONFIG_MP_MAX_NUM_CPUS) && CONFIG_MP_MAX_NUM_CPUS > 1 && \
    ASYNC_CORES < 2
#error "Zephyr runs on several cores: define ASYNC_CORES=2"
#endif

typedef struct async_zephyr async_zephyr_t;

/** The port of one loop, that is, of one thread. All private. */
struct async_zephyr {
    async_port_t port;
    struct k_sem woken;
};

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a port. It need not be closed; after async_loop_close() it may go when
 * nobody can be posting any more.
 *
 * @param zephyr  Must outlive the loop.
 * @returns The port for async_loop_init().
 * @context{any thread}
 */
#define async_zephyr_init ASYNC_ABI_(async_zephyr_init)
async_port_t *async_zephyr_init(async_zephyr_t *zephyr);

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_ZEPHYR_IMPLEMENTED)
#define ASYNC_PORT_ZEPHYR_IMPLEMENTED
#include "../detail/zephyr_impl.h"
#endif
