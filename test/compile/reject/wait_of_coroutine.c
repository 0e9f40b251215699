/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: async_this_takes_tasks_and_futures_not_coroutines */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    ASYNC_WAIT(1) some;
    async_task_t task;
    struct async_sleep child;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
#ifdef FIXED
    AWAIT(async_wait(&self->some, ASYNC_ALL_COMPLETED, &self->task));
#else
    AWAIT(async_wait(&self->some, ASYNC_ALL_COMPLETED,
                     ASYNC_CALL(async_sleep, &self->child, .ms = 1)));
#endif
    ASYNC_END;
}
