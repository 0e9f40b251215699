/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: invalid init|no viable|conversion from|initializing|cannot convert */
#include <async.h>

struct reading {
    int value;
};
struct other {
    int value;
};
ASYNC_QUEUE(struct reading, 4) queue;

struct coro {
    ASYNC_FRAME;
#ifdef FIXED
    struct reading item;
#else
    struct other item;
#endif
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    ASYNC_PUT(&queue, self->item);
    ASYNC_END;
}
