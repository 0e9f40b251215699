/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: async_op(_t|eration).*async_coro */
#include <async.h>

struct child {
    ASYNC_FRAME;
    int n;
};
ASYNC_DECLARE(child);

int start(async_task_t *task, struct child *child);
int start(async_task_t *task, struct child *child)
{
#ifdef FIXED
    return async_create_task(task, ASYNC_CALL(child, child, .n = 1));
#else
    (void)child;
    return async_create_task(task, async_sleep_ms(1));
#endif
}
