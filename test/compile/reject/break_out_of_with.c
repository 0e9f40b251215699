/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: break_or_continue_out_of_a_block|break or continue out of ASYNC_WITH */
#include <async.h>

struct coro {
    ASYNC_FRAME;
    async_lock_t lock;
    int i;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_WITH(&self->lock) {
            AWAIT(async_pause());
#ifndef FIXED
            if (self->i == 1) {
                break;
            }
#endif
        } ASYNC_END_WITH;
        if (self->i == 1) {
            break;
        }
    }
    ASYNC_END;
}
