/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: too many resume points
 * unseen by: labels */
#include <async.h>

#define AWAIT_4                                                       \
    AWAIT(async_pause());                                             \
    AWAIT(async_pause());                                             \
    AWAIT(async_pause());                                             \
    AWAIT(async_pause())
#define AWAIT_16 AWAIT_4; AWAIT_4; AWAIT_4; AWAIT_4

struct coro {
    ASYNC_FRAME;
};
ASYNC_DECLARE(coro);
ASYNC_DEF_EXTERN(coro)
{
    ASYNC_BEGIN;
    AWAIT_16; AWAIT_16; AWAIT_16; AWAIT_16; AWAIT_16; AWAIT_16; AWAIT_16;
    AWAIT_4; AWAIT_4; AWAIT_4;
    AWAIT(async_pause());
    AWAIT(async_pause());
    AWAIT(async_pause()); /* 127 */
#ifndef FIXED
    AWAIT(async_pause());
#endif
    ASYNC_END;
}
