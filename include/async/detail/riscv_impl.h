/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/riscv.h. */
#ifndef ASYNC_DETAIL_RISCV_IMPL_H_INCLUDED
#define ASYNC_DETAIL_RISCV_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/riscv.h"

ASYNC_EXTERN_C_BEGIN

/* -- Registers ------------------------------------------------------------- */

static uint64_t async_riscv_mtime_(void)
{
    const volatile uint32_t *mtime =
        (const volatile uint32_t *)(uintptr_t)ASYNC_RISCV_MTIME;
    uint32_t low, high;
    do { /* until no carry came between the halves */
        high = mtime[1];
        low = mtime[0];
    } while (high != mtime[1]);
    return (uint64_t)high << 32 | low;
}

static void async_riscv_set_mtimecmp_(uint64_t when)
{
    volatile uint32_t *mtimecmp =
        (volatile uint32_t *)(uintptr_t)ASYNC_RISCV_MTIMECMP;
    mtimecmp[1] = 0xffffffffu; /* not early in between */
    mtimecmp[0] = (uint32_t)when;
    mtimecmp[1] = (uint32_t)(when >> 32);
}

/* -- Clock ----------------------------------------------------------------- */

/* Counts on from the last call, so that dividing takes 32 bits: the 64 of
 * mtime would cost a library call of half a kilobyte. Called masked. */
static async_tick_t async_riscv_count_(async_riscv_t *riscv)
{
    uint64_t passed = async_riscv_mtime_() - riscv->time_of_ticks;
    uint32_t ticks;
    while (passed >> 32 != 0) { /* not called for minutes */
        ticks = 0xffffffffu / riscv->per_tick;
        riscv->ticks += ticks;
        riscv->time_of_ticks += (uint64_t)ticks * riscv->per_tick;
        passed -= (uint64_t)ticks * riscv->per_tick;
    }
    ticks = (uint32_t)passed / riscv->per_tick;
    riscv->ticks += ticks;
    riscv->time_of_ticks += (uint64_t)ticks * riscv->per_tick;
    return riscv->ticks;
}

static async_tick_t async_riscv_now_(async_port_t *port)
{
    uintptr_t state;
    async_tick_t now;
    ASYNC_LOCK(state);
    now = async_riscv_count_((async_riscv_t *)(void *)port);
    ASYNC_UNLOCK(state);
    return now;
}

/* -- The one alarm of all loops of a hart ----------------------------------- */

/* Sets mtimecmp to the earliest deadline of all levels and of the lowest loop,
 * if that has one. Called masked. */
static void async_riscv_arm_(async_riscv_t *riscv, const async_tick_t *deadline)
{
    async_tick_t now = async_riscv_count_(riscv), first = 0;
    bool some = deadline != NULL;
    const async_level_t *level;
    if (some) {
        first = *deadline;
    }
    for (level = riscv->levels; level != NULL; level = level->next) {
        if (level->waits && (!some || async_before_(level->deadline, first))) {
            some = true;
            first = level->deadline;
        }
    }
    if (!some) {
        async_riscv_set_mtimecmp_(~(uint64_t)0);
    } else if (async_before_(now, first)) {
        async_riscv_set_mtimecmp_(riscv->time_of_ticks +
                                  (uint64_t)(first - now) * riscv->per_tick);
    } else {
        async_riscv_set_mtimecmp_(riscv->time_of_ticks);
    }
}

static int async_riscv_idle_(async_port_t *port, async_loop_t *loop,
                             const async_tick_t *deadline)
{
    async_riscv_t *riscv = (async_riscv_t *)(void *)port;
    for (;;) {
        ASYNC_MASK();
        if (async_loop_has_posts(loop) ||
            (deadline != NULL &&
             !async_before_(async_riscv_count_(riscv), *deadline))) {
            ASYNC_UNMASK();
            return ASYNC_OK;
        }
        async_riscv_arm_(riscv, deadline);
        ASYNC_SLEEP();
    }
}

/* The alarm may be the lowest loop's, which is in idle then and sets its next
 * one itself. */
void async_riscv_timer_isr(async_riscv_t *riscv)
{
    async_level_t *level;
    ASYNC_CHECK(riscv != NULL, NULL_ARGUMENT);
    for (level = riscv->levels; level != NULL; level = level->next) {
        async_level_tick(level);
    }
    async_riscv_arm_(riscv, NULL);
}

static void async_riscv_next_alarm_(async_level_t *level, async_tick_t when)
{
    uintptr_t state;
    (void)when;
    ASYNC_LOCK(state);
    async_riscv_arm_((async_riscv_t *)level->context, NULL);
    ASYNC_UNLOCK(state);
}

void async_riscv_add_level(async_riscv_t *riscv, async_level_t *level)
{
    ASYNC_CHECK(riscv != NULL && level != NULL, NULL_ARGUMENT);
    level->next_alarm = async_riscv_next_alarm_;
    level->context = riscv;
    level->next = riscv->levels;
    riscv->levels = level;
}

async_port_t *async_riscv_init(async_riscv_t *riscv, uint32_t mtime_hz)
{
    ASYNC_CHECK(riscv != NULL, NULL_ARGUMENT);
    if (mtime_hz == 0 || mtime_hz % (uint32_t)(ASYNC_TICK_HZ) != 0) {
        return NULL;
    }
    async_port_init_(&riscv->port, async_riscv_now_, async_riscv_idle_);
    riscv->levels = NULL;
    riscv->per_tick = mtime_hz / (uint32_t)(ASYNC_TICK_HZ);
    riscv->ticks = 0;
    riscv->time_of_ticks = async_riscv_mtime_();
    async_riscv_set_mtimecmp_(~(uint64_t)0);
    __asm__ volatile("csrs mie, %0" ::"r"((uintptr_t)1 << 7)); /* MTIE */
    return &riscv->port;
}

ASYNC_EXTERN_C_END

#endif
