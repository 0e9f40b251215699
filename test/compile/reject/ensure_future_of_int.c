/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: async_ensure_future_takes_a_coroutine_task_or_future */
#include <async.h>

async_future_t *make(async_task_t *storage, struct async_sleep *sleep);
async_future_t *make(async_task_t *storage, struct async_sleep *sleep)
{
#ifdef FIXED
    return async_ensure_future(ASYNC_CALL(async_sleep, sleep, .ms = 1),
                               storage);
#else
    (void)sleep;
    return async_ensure_future(5, storage);
#endif
}
