/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/tickless.h. */
#ifndef ASYNC_DETAIL_TICKLESS_IMPL_H_INCLUDED
#define ASYNC_DETAIL_TICKLESS_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/tickless.h"

ASYNC_EXTERN_C_BEGIN

static async_tick_t async_tickless_now_(async_port_t *port)
{
    return ((async_tickless_t *)(void *)port)->now();
}

/* Called masked, from the alarm to the sleep: an alarm that is early and whose
 * interrupt is taken in between would be lost. */
static bool async_tickless_waits_(const async_tickless_t *tickless,
                                  const async_tick_t *deadline)
{
    if (deadline == NULL) {
        return true;
    }
    tickless->alarm(*deadline);
    return async_before_(tickless->now(), *deadline);
}

static int async_tickless_idle_(async_port_t *port, async_loop_t *loop,
                                const async_tick_t *deadline)
{
    const async_tickless_t *tickless = (async_tickless_t *)(void *)port;
    ASYNC_MASK();
    while (ASYNC_PEEK_(&loop->inbox) == NULL &&
           async_tickless_waits_(tickless, deadline)) {
        ASYNC_SLEEP();
        ASYNC_MASK();
    }
    ASYNC_UNMASK();
    return ASYNC_OK;
}

async_port_t *async_tickless_init(async_tickless_t *tickless, async_now_fn now,
                                  async_alarm_fn alarm)
{
    ASYNC_CHECK(tickless != NULL, NULL_ARGUMENT);
    if (now == NULL || alarm == NULL) {
        return NULL;
    }
    async_port_init_(&tickless->port, async_tickless_now_,
                     async_tickless_idle_);
    tickless->now = now;
    tickless->alarm = alarm;
    return &tickless->port;
}

ASYNC_EXTERN_C_END

#endif
