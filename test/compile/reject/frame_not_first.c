/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: ASYNC_FRAME comes first in struct coro
 * unseen by: g++ clang++ */
#include <async.h>

struct coro {
#ifdef FIXED
    ASYNC_FRAME;
    int i;
#else
    int i;
    ASYNC_FRAME;
#endif
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    self->i++;
    AWAIT(async_pause());
    ASYNC_END;
}
