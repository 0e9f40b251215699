/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: jump(s|-misses-init| to case label| bypasses)|uninitialized
 * unseen by: clang labels */
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
    {
        char text[] = "text";
        self->i = text[self->i];
    }
    AWAIT(async_sleep_ms(1));
#else
    char text[] = "text";
    AWAIT(async_sleep_ms(1));
    self->i = text[self->i];
#endif
    ASYNC_END;
}
