/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: jump(s|-misses-init| to case label| bypasses)|uninitialized */
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
    self->i++;
    AWAIT(async_sleep_ms(1));
    self->i--;
#else
    int i = self->i;
    AWAIT(async_sleep_ms(1));
    self->i = i;
#endif
    ASYNC_END;
}
