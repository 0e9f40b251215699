/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The idle of the port under test, measured: how often and how long it sleeps,
 * by the clock that measures. The sequence is that of port/cpu.h, with the
 * clock read before and after the instruction that waits, while interrupts are
 * masked. Between cpu.h and the port. With POLLING it does not sleep. */
#ifndef MEASURE_H_INCLUDED
#define MEASURE_H_INCLUDED

#include <stdint.h>

static struct {
    uint32_t sleeps; /* and wakes */
    uint64_t asleep; /* units of the watch */
} measured;

static inline void cpu_wait(void);
static inline void cpu_unmask(void);

static inline void measured_sleep(void)
{
#ifndef POLLING
    uint32_t before = watch_now();
    cpu_wait();
    measured.asleep += watch_now() - before;
#endif
    measured.sleeps++;
    cpu_unmask();
}

#undef ASYNC_SLEEP
#define ASYNC_SLEEP() measured_sleep()

#endif
