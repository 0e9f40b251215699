/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: ASYNC_CALL clears the frame: .* or an initialiser */
/* unseen by: gcc clang */
#include <async.h>

struct say {
    ASYNC_FRAME;
#if defined(__cplusplus) && !defined(FIXED)
    int count = 3;
#else
    int count;
#endif
};
ASYNC_DECLARE(say);
ASYNC_DEF_EXTERN(say)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(say, self));
    ASYNC_END;
}
