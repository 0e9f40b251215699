/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: seconds */
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
    AWAIT(ASYNC_CALL(async_sleep, &self->child, .seconds = 5));
#endif
    ASYNC_END;
}
