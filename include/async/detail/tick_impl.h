/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/tick.h. */
#ifndef ASYNC_DETAIL_TICK_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TICK_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/tick.h"

ASYNC_EXTERN_C_BEGIN

static async_tick_t async_tick_now_(async_port_t *port)
{
    const async_tick_port_t *tick = (async_tick_port_t *)(void *)port;
    async_tick_t now;
    uintptr_t state = 0;
    if (sizeof now > sizeof(void *)) { /* read in several pieces */
        ASYNC_LOCK(state);
    }
    now = tick->ticks;
    if (sizeof now > sizeof(void *)) {
        ASYNC_UNLOCK(state);
    }
    return now;
}

static int async_tick_idle_(async_port_t *port, async_loop_t *loop,
                            const async_tick_t *deadline)
{
    const async_tick_port_t *tick = (async_tick_port_t *)(void *)port;
    ASYNC_MASK();
    while (ASYNC_PEEK_(&loop->inbox) == NULL &&
           (deadline == NULL || async_before_(tick->ticks, *deadline))) {
        ASYNC_SLEEP();
        ASYNC_MASK();
    }
    ASYNC_UNMASK();
    return ASYNC_OK;
}

async_port_t *async_tick_port_init(async_tick_port_t *tick, async_tick_t start)
{
    ASYNC_CHECK(tick != NULL, NULL_ARGUMENT);
    async_port_init_(&tick->port, async_tick_now_, async_tick_idle_);
    tick->ticks = start;
    return &tick->port;
}

ASYNC_EXTERN_C_END

#endif
