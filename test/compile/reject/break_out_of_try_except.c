/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: break_or_continue_out_of_ASYNC_TRY|break or continue out of ASYNC_TRY */
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
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_TRY {
            AWAIT(async_pause());
            while (self->i < 2) {
                break; /* inside a loop of its own */
            }
        } ASYNC_EXCEPT(self->error) {
            self->error = 0;
            if (self->i == 2) {
                self->i++;
            }
        } ASYNC_END_EXCEPT;
        if (self->i == 1) {
            break; /* between two */
        }
    }
#else
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_TRY {
            AWAIT(async_pause());
            if (self->i == 1) {
                break;
            }
        } ASYNC_EXCEPT(self->error) {
            self->error = 0;
        } ASYNC_END_EXCEPT;
    }
#endif
    ASYNC_END;
}
