/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/level.h. */
#ifndef ASYNC_DETAIL_LEVEL_IMPL_H_INCLUDED
#define ASYNC_DETAIL_LEVEL_IMPL_H_INCLUDED

#include "port_impl.h"

#include "../port/level.h"

ASYNC_EXTERN_C_BEGIN

static async_tick_t async_level_now_(async_port_t *port)
{
    async_port_t *clock = ((async_level_t *)(void *)port)->clock;
    return clock->now(clock);
}

/* async_run() and its like are not for a level. */
static int async_level_idle_(async_port_t *port, async_loop_t *loop,
                             const async_tick_t *deadline)
{
    (void)port;
    (void)loop;
    (void)deadline;
    return ASYNC_ERR_RUNTIME;
}

static void async_level_wake_(async_port_t *port, async_loop_t *loop)
{
    const async_level_t *level = (async_level_t *)(void *)port;
    (void)loop;
    level->pend(level->irq);
}

async_port_t *async_level_init(async_level_t *level, async_port_t *clock,
                               async_loop_t *loop, async_pend_fn pend,
                               unsigned irq)
{
    ASYNC_CHECK(level != NULL && clock != NULL && loop != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(pend != NULL, NO_FUNCTION);
    async_port_init_(&level->port, async_level_now_, async_level_idle_);
    level->port.wake = async_level_wake_;
    level->clock = clock;
    level->loop = loop;
    level->pend = pend;
    level->irq = irq;
    level->waits = false;
    level->next_alarm = NULL;
    level->context = NULL;
    level->next = NULL;
    return &level->port;
}

void async_level_tick(async_level_t *level)
{
    ASYNC_CHECK(level != NULL, NULL_ARGUMENT);
    if (level->waits &&
        !async_before_(async_level_now_(&level->port), level->deadline)) {
        level->waits = false;
        level->pend(level->irq);
    }
}

/* The timer's interrupt may come at any time: the deadline is whole when
 * `waits` says that there is one, and is looked at once more after that. */
void async_level_run(async_level_t *level)
{
    async_tick_t deadline;
    bool has_deadline = false;
    ASYNC_CHECK(level != NULL, NULL_ARGUMENT);
    level->waits = false;
    if (async_loop_run_once(level->loop, &deadline, &has_deadline) ==
        ASYNC_PENDING) {
        level->pend(level->irq);
    }
    if (has_deadline) {
        level->deadline = deadline;
        level->waits = true;
        if (level->next_alarm != NULL) {
            level->next_alarm(level, deadline);
        }
        async_level_tick(level);
    }
}

ASYNC_EXTERN_C_END

#endif
