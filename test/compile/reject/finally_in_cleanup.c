/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: FINALLY inside FINALLY or CLEANUP: use ASYNC_FINALLY_IN */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i, error;
    int16_t slot;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
#ifdef FIXED
    ASYNC_CLEANUP;
    ASYNC_TRY {
        AWAIT(async_pause());
    } ASYNC_FINALLY_IN(self->slot) {
        AWAIT(async_pause());
    } ASYNC_END_FINALLY_IN(self->slot);
#else
    ASYNC_CLEANUP;
    ASYNC_TRY {
        AWAIT(async_pause());
    } ASYNC_FINALLY {
        AWAIT(async_pause());
    } ASYNC_END_FINALLY;
#endif
    ASYNC_END;
}
