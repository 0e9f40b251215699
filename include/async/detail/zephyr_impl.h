/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/zephyr.h. */
#ifndef ASYNC_DETAIL_ZEPHYR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_ZEPHYR_IMPL_H_INCLUDED

#include "../port/zephyr.h"

ASYNC_EXTERN_C_BEGIN

/* -- The clock ------------------------------------------------------------- */

/* Both divide first: the uptime times a rate overflows, from 10 MHz to 1 MHz
 * after 21 days. */
#if CONFIG_SYS_CLOCK_TICKS_PER_SEC == ASYNC_TICK_HZ

static uint64_t async_zephyr_from_kernel_(uint64_t ticks)
{
    return ticks;
}

static uint64_t async_zephyr_to_kernel_(uint64_t ticks)
{
    return ticks;
}

#else

static uint64_t async_zephyr_from_kernel_(uint64_t ticks)
{
    uint64_t from = CONFIG_SYS_CLOCK_TICKS_PER_SEC, to = ASYNC_TICK_HZ;
    return ticks / from * to + ticks % from * to / from;
}

/* Rounded up: the first kernel tick that is not before `ticks`. */
static uint64_t async_zephyr_to_kernel_(uint64_t ticks)
{
    uint64_t from = ASYNC_TICK_HZ, to = CONFIG_SYS_CLOCK_TICKS_PER_SEC;
    return ticks / from * to + (ticks % from * to + from - 1) / from;
}

#endif

static uint64_t async_zephyr_uptime_(void)
{
    return (uint64_t)k_uptime_ticks();
}

static async_tick_t async_zephyr_now_(async_port_t *port)
{
    (void)port;
    return (async_tick_t)async_zephyr_from_kernel_(async_zephyr_uptime_());
}

/* -- Sleeping and waking --------------------------------------------------- */

static k_timeout_t async_zephyr_timeout_(uint64_t now, uint64_t when)
{
#ifdef CONFIG_TIMEOUT_64BIT
    k_ticks_t at = (k_ticks_t)when;
    (void)now;
    return K_TIMEOUT_ABS_TICKS(at);
#else
    k_ticks_t rest = INT32_MAX; /* the loop asks again */
    if (when - now < INT32_MAX) {
        rest = (k_ticks_t)(when - now);
    }
    return K_TICKS(rest);
#endif
}

static int async_zephyr_idle_(async_port_t *port, async_loop_t *loop,
                              const async_tick_t *deadline)
{
    async_zephyr_t *zephyr = (async_zephyr_t *)(void *)port;
    k_timeout_t timeout = K_FOREVER;
    if (async_loop_has_posts(loop)) {
        return ASYNC_OK;
    }
    if (deadline != NULL) {
        uint64_t uptime = async_zephyr_uptime_();
        uint64_t now = async_zephyr_from_kernel_(uptime);
        async_delay_t rest = (async_delay_t)(*deadline - (async_tick_t)now);
        if (rest <= 0) {
            return ASYNC_OK;
        }
        timeout = async_zephyr_timeout_(
            uptime, async_zephyr_to_kernel_(now + (uint64_t)rest));
    }
    (void)k_sem_take(&zephyr->woken, timeout);
    return ASYNC_OK;
}

static void async_zephyr_wake_(async_port_t *port, async_loop_t *loop)
{
    (void)loop;
    k_sem_give(&((async_zephyr_t *)(void *)port)->woken);
}

async_port_t *async_zephyr_init(async_zephyr_t *zephyr)
{
    ASYNC_CHECK(zephyr != NULL, NULL_ARGUMENT);
    zephyr->port.now = async_zephyr_now_;
    zephyr->port.idle = async_zephyr_idle_;
    zephyr->port.wake = async_zephyr_wake_;
    zephyr->port.poll = NULL;
    (void)k_sem_init(&zephyr->woken, 0, 1);
    return &zephyr->port;
}

ASYNC_EXTERN_C_END

#endif
