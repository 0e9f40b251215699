/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: break_or_continue_out_of_a_block|break or continue out of a block */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    int i;
    async_taskgroup_t group;
    async_timeout_t limit;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_GROUP(&self->group) {
            AWAIT(async_pause());
#ifndef FIXED
            if (self->i == 1) {
                break;
            }
#endif
        } ASYNC_END_GROUP;
        ASYNC_TIMEOUT_MS(&self->limit, 5) {
            AWAIT(async_pause());
            while (self->i < 3) {
                break; /* inside a loop of its own */
            }
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_END;
}
