/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The functions of kernel/zephyr/kernel.h, as Zephyr documents them, on
 * machine.h. */
#include "machine.h"

#include <errno.h>
#include <zephyr/kernel.h>

/* A semaphore is laid out as a latch. */
static machine_latch_t *latch(struct k_sem *sem)
{
    return (machine_latch_t *)(void *)sem;
}

int64_t k_uptime_ticks(void)
{
    machine_called();
    return (int64_t)machine_ticks();
}

int k_sem_init(struct k_sem *sem, unsigned initial_count, unsigned limit)
{
    sem->count = initial_count;
    sem->limit = limit;
    return limit == 0 || initial_count > limit ? -EINVAL : 0;
}

/* Relative timeouts do not count the tick that runs already; an absolute one
 * that has passed ends with the next tick. */
static uint64_t end_of(k_timeout_t timeout)
{
    uint64_t now = machine_ticks();
    if (timeout.ticks == (k_ticks_t)-1) {
        return MACHINE_FOREVER;
    }
#ifdef CONFIG_TIMEOUT_64BIT
    if (timeout.ticks < 0) {
        uint64_t at = (uint64_t)(-2 - timeout.ticks);
        return at > now ? at : now + 1;
    }
#endif
    return timeout.ticks == 0 ? now : now + (uint64_t)timeout.ticks + 1;
}

int k_sem_take(struct k_sem *sem, k_timeout_t timeout)
{
    machine_called_to_take();
    if (!machine_take(latch(sem), end_of(timeout))) {
        return timeout.ticks == 0 ? -EBUSY : -EAGAIN;
    }
    return 0;
}

void k_sem_give(struct k_sem *sem)
{
    machine_called();
    machine_give(latch(sem));
}
