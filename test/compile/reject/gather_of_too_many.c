/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: negative|array bound|narrowing|size of (unnamed )?array */
#include <async.h>

struct all {
    ASYNC_GATHER(2) both;
};
async_future_t *make(struct all *all, async_task_t *task);
async_future_t *make(struct all *all, async_task_t *task)
{
#ifdef FIXED
    return async_gather(&all->both, task, task);
#else
    return async_gather(&all->both, task, task, task);
#endif
}
