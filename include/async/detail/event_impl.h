/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of event.h. */
#ifndef ASYNC_DETAIL_EVENT_IMPL_H_INCLUDED
#define ASYNC_DETAIL_EVENT_IMPL_H_INCLUDED

#include "../event.h"

ASYNC_EXTERN_C_BEGIN

void async_event_init(async_event_t *event)
{
    ASYNC_CHECK(event != NULL, NULL_ARGUMENT);
    event->waiters.first = NULL;
    event->set = false;
}

async_op_t async_event_wait(async_event_t *event)
{
    return async_event_is_set(event) ? async_op_done(ASYNC_OK)
                                     : async_op_wait(&event->waiters, NULL);
}

void async_event_set(async_event_t *event)
{
    ASYNC_CHECK(event != NULL, NULL_ARGUMENT);
    event->set = true;
    (void)async_wake_all(&event->waiters); /* nobody, if it was set */
}

void async_event_clear(async_event_t *event)
{
    ASYNC_CHECK(event != NULL, NULL_ARGUMENT);
    event->set = false;
}

bool async_event_is_set(const async_event_t *event)
{
    ASYNC_CHECK(event != NULL, NULL_ARGUMENT);
    return event->set;
}

ASYNC_DEF_EXTERN(async_wait_event)
{
    ASYNC_BEGIN;
    AWAIT(async_event_wait(self->event));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
