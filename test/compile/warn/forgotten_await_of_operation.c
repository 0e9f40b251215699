/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: warning: ignoring return value of .*async_sleep_ms
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
    AWAIT(async_sleep_ms(1));
#else
    async_sleep_ms(1);
#endif
    ASYNC_END;
}
