/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: sign-conversion|narrowing conversion|cannot be narrowed
 * unseen by: labels */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
#ifdef FIXED
    if (self->i == 1) {
        AWAIT(async_sleep_ms(1));
    }
#else
    switch (self->i) {
    case 1:
        AWAIT(async_sleep_ms(1));
        break;
    default:
        break;
    }
#endif
    ASYNC_END;
}
