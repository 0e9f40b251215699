/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: warning: ignoring return value of
 * flags: default */
#include <async.h>

struct items {
    ASYNC_AGENERATOR(int);
};
struct coro {
    ASYNC_FRAME;
    struct items items;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
#ifdef FIXED
    AWAIT(async_anext(&self->items));
#else
    async_anext(&self->items);
#endif
    ASYNC_END;
}
