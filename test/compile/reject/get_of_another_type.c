/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: distinct pointer types
 * flags: -Werror */
#include <async.h>

ASYNC_QUEUE(int, 4) queue;

struct coro {
    ASYNC_FRAME;
#ifdef FIXED
    int item;
#else
    long item;
#endif
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    ASYNC_GET(&queue, self->item);
    ASYNC_END;
}
