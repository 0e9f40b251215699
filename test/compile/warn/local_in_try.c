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
    ASYNC_TRY {
        AWAIT(async_sleep_ms(1));
    } ASYNC_FINALLY {
        {
            int i = self->i;
            self->i = i + 1;
        }
        AWAIT(async_sleep_ms(1));
    } ASYNC_END_FINALLY;
#else
    ASYNC_TRY {
        AWAIT(async_sleep_ms(1));
    } ASYNC_FINALLY {
        int i = self->i;
        AWAIT(async_sleep_ms(1));
        self->i = i + 1;
    } ASYNC_END_FINALLY;
#endif
    ASYNC_END;
}
