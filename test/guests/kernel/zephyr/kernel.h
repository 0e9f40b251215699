/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What port/zephyr.h uses of Zephyr's kernel API, written from its
 * documentation: declarations only. Not Zephyr. */
#ifndef ZEPHYR_INCLUDE_KERNEL_H_
#define ZEPHYR_INCLUDE_KERNEL_H_

#include <stdint.h>

#ifndef CONFIG_SYS_CLOCK_TICKS_PER_SEC
#define CONFIG_SYS_CLOCK_TICKS_PER_SEC 10000
#endif

/* Kconfig leaves out what is "n", so a test says NO. */
#ifndef GUEST_NO_TIMEOUT_64BIT
#define CONFIG_TIMEOUT_64BIT 1
typedef int64_t k_ticks_t;
#else
typedef uint32_t k_ticks_t;
#endif

typedef struct {
    k_ticks_t ticks;
} k_timeout_t;

static inline k_timeout_t kernel_timeout(k_ticks_t ticks)
{
    k_timeout_t timeout;
    timeout.ticks = ticks;
    return timeout;
}

#define K_NO_WAIT kernel_timeout(0)
#define K_FOREVER kernel_timeout((k_ticks_t)-1)
#define K_TICKS(t) kernel_timeout(t)
#ifdef CONFIG_TIMEOUT_64BIT
#define K_TIMEOUT_ABS_TICKS(t) kernel_timeout((k_ticks_t)-2 - (t))
#endif

struct k_sem {
    unsigned count, limit;
};

#ifdef __cplusplus
extern "C" {
#endif

int64_t k_uptime_ticks(void);
int k_sem_init(struct k_sem *sem, unsigned initial_count, unsigned limit);
int k_sem_take(struct k_sem *sem, k_timeout_t timeout);
void k_sem_give(struct k_sem *sem);

#ifdef __cplusplus
}
#endif

#endif
