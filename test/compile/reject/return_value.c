/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: coroutines_end_with_ASYNC_RETURN_not_return */
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
    return 0;
#endif
    ASYNC_END;
}
