/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: break_outside_a_loop_of_a_coroutine|break outside a loop */
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
    ASYNC_CLEANUP;
    if (self->i == 1) {
        self->i++;
    }
#else
    ASYNC_CLEANUP;
    if (self->i == 1) {
        break;
    }
#endif
    ASYNC_END;
}
