/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: AWAIT_takes_a_coroutine_task_future_or_operation */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i, error;
    struct async_sleep child;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
#ifdef FIXED
    AWAIT(ASYNC_CALL(async_sleep, &self->child, .ms = 5));
#else
    AWAIT(&self->child);
#endif
    ASYNC_END;
}
