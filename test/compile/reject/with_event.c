/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: WITH_takes_a_lock_condition_semaphore_or_barrier */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    async_event_t event;
    async_lock_t lock;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
#ifdef FIXED
    ASYNC_WITH(&self->lock) {
#else
    ASYNC_WITH(&self->event) {
#endif
        AWAIT(async_pause());
    } ASYNC_END_WITH;
    ASYNC_END;
}
