/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What ports share that have no system below them. */
#ifndef ASYNC_DETAIL_PORT_IMPL_H_INCLUDED
#define ASYNC_DETAIL_PORT_IMPL_H_INCLUDED

#include "atomic.h"
#include "timers_impl.h"

#include "../port/cpu.h"

ASYNC_EXTERN_C_BEGIN

/* No wake: who posts is an interrupt, which has ended the sleep already, or a
 * task of the loop, which does not sleep. */
static inline void async_port_init_(
    async_port_t *port, async_tick_t (*now)(async_port_t *),
    int (*idle)(async_port_t *, async_loop_t *, const async_tick_t *))
{
    port->now = now;
    port->idle = idle;
    port->wake = NULL;
    port->poll = NULL;
}

ASYNC_EXTERN_C_END

#endif
