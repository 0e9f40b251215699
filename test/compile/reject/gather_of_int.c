/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: async_awaitable_takes_a_coroutine_task_or_future */
#include <async.h>

struct all {
    ASYNC_GATHER(2) both;
};
async_future_t *make(struct all *all, async_task_t *task);
async_future_t *make(struct all *all, async_task_t *task)
{
#ifdef FIXED
    return async_gather(&all->both, task, &task->future);
#else
    return async_gather(&all->both, task, 5);
#endif
}
