/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: .self. (undeclared|was not declared)|undeclared identifier 'self' */
#include <async.h>

int plain(async_task_t *task);
int plain(async_task_t *task)
{
#ifdef FIXED
    return async_task_cancel(task);
#else
    AWAIT(task);
    return 0;
#endif
}
