/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: warning: ignoring return value of .*async_call_needs_AWAIT_
 * flags: default */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i;
    struct async_sleep child;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
#ifdef FIXED
    AWAIT(ASYNC_CALL(async_sleep, &self->child, .ms = 1));
#else
    ASYNC_CALL(async_sleep, &self->child, .ms = 1);
#endif
    ASYNC_END;
}
