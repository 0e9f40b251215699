/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: order */
#include <async.h>

#ifdef FIXED
ASYNC_PRIORITY_QUEUE(int, 4) queue;
#else
ASYNC_QUEUE(int, 4) queue;
#endif

void init(bool (*less)(const void *, const void *));
void init(bool (*less)(const void *, const void *))
{
    async_queue_init_priority(&queue, less);
}
