/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What the tests of both ports share: a loop in a task, and the kernel's ticks
 * in terms of the loop's. */
#ifndef GUEST_H_INCLUDED
#define GUEST_H_INCLUDED

#include "machine.h"

#include <async.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>

#if GUEST_ZEPHYR
#include <async/port/zephyr.h>
typedef async_zephyr_t guest_port_t;
#define GUEST_HZ CONFIG_SYS_CLOCK_TICKS_PER_SEC
#define GUEST_COUNT_BITS 64
#ifdef CONFIG_TIMEOUT_64BIT
#define GUEST_ABSOLUTE 1
#define GUEST_LATE 0 /* ticks of the kernel that a sleep may be late */
#else
#define GUEST_ABSOLUTE 0
#define GUEST_LATE 1
#endif
#else
#include <async/port/freertos.h>
typedef async_freertos_t guest_port_t;
#define GUEST_HZ ASYNC_TICK_HZ
#define GUEST_COUNT_BITS (8 * (int)sizeof(TickType_t))
#define GUEST_ABSOLUTE 0
#define GUEST_LATE 0
#endif
/* The port extends the kernel's count, and has to look at it now and then. */
#define GUEST_EXTENDS (GUEST_COUNT_BITS < ASYNC_TICK_BITS)

/* A loop in a task of its own. */
struct guest {
    async_loop_t loop;
    guest_port_t port;
    async_coro_t *main;
    int status;
};

static uint64_t guest_start;

/* Where the loop's clock starts: 16 ticks before its or the kernel's wraps.
 * A wide count has gone on for so long that its product with a rate overflows,
 * if both rates are high. */
#define GUEST_EPOCH                                     \
    ((GUEST_COUNT_BITS == 16 ? UINT64_C(0x10000)        \
      : GUEST_COUNT_BITS == 32 ? UINT64_C(0x100000000)  \
      : UINT64_C(0x25800000000)) - 16)

/* Exact conversions, rounded up to the kernel's ticks, and down from them. */
static inline uint64_t guest_to_kernel(uint64_t ticks)
{
    return ticks / ASYNC_TICK_HZ * GUEST_HZ +
           (ticks % ASYNC_TICK_HZ * GUEST_HZ + ASYNC_TICK_HZ - 1) /
               ASYNC_TICK_HZ;
}

static inline uint64_t guest_from_kernel(uint64_t ticks)
{
    return ticks / GUEST_HZ * ASYNC_TICK_HZ +
           ticks % GUEST_HZ * ASYNC_TICK_HZ / GUEST_HZ;
}

/* Kernel ticks from the start until the loop's clock shows `ticks` more. */
static inline uint64_t guest_kernel(uint64_t ticks)
{
    return guest_to_kernel(guest_from_kernel(guest_start) + ticks) -
           guest_start;
}

/* What the loop's clock shows so many kernel ticks after the start. */
static inline async_tick_t guest_time(uint64_t elapsed)
{
    return (async_tick_t)guest_from_kernel(guest_start + elapsed);
}

/* Kernel ticks since the start. */
static inline uint64_t guest_elapsed(void)
{
    return machine_ticks() - guest_start;
}

static inline async_port_t *guest_port(struct guest *guest)
{
#if GUEST_ZEPHYR
    return async_zephyr_init(&guest->port);
#else
    return async_freertos_init(&guest->port, xTaskGetCurrentTaskHandle());
#endif
}

static inline void guest_init(struct guest *guest)
{
    guest->status = async_loop_init(&guest->loop, guest_port(guest));
    CHECK_INT(guest->status, 0);
}

static inline void guest_main(void *argument)
{
    struct guest *guest = (struct guest *)argument;
    guest_init(guest);
    machine_arm();
    guest->status = async_run(&guest->loop, guest->main);
}

/* What wakes the loop's task without a post: somebody else's notification. */
static inline void guest_wake_isr(void *argument)
{
    struct guest *guest = (struct guest *)argument;
    guest->port.port.wake(&guest->port.port, &guest->loop);
}

/* -- The kernel ----------------------------------------------------------- */

#if !GUEST_ZEPHYR
void freertos_start(void);
extern unsigned freertos_yields;
#endif

static inline void guest_machine(void)
{
    guest_start = guest_to_kernel(GUEST_EPOCH);
    machine_start(guest_start);
#if !GUEST_ZEPHYR
    freertos_start();
#endif
}

/* Runs it; a task that nothing can wake is a failure. */
static inline void guest_run(void)
{
    if (!CHECK(machine_run())) {
        CHECK_PUTS("lost wake-up: nothing can wake the loop\n");
        _Exit(1); /* threads are left */
    }
}

#endif
