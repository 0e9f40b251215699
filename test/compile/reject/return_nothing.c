/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: (with no value|should return a value)
 * flags: -Werror */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i, error;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
#ifdef FIXED
    ASYNC_RETURN;
#else
    return;
#endif
    ASYNC_END;
}
