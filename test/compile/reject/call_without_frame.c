/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: ASYNC_CALL_needs_a_name_and_a_frame */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i, error;
    struct async_sleep child;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
#ifdef FIXED
    AWAIT(ASYNC_CALL(async_sleep, &self->child));
#else
    AWAIT(ASYNC_CALL(async_sleep));
#endif
    ASYNC_END;
}
