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
    for (self->i = 0; self->i < 3; self->i++) {
        AWAIT(async_sleep_ms(1));
    }
#else
    for (int i = 0; i < 3; i++) {
        AWAIT(async_sleep_ms(1));
    }
#endif
    ASYNC_END;
}
