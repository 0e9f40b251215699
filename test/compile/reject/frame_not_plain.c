/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: ASYNC_CALL clears the frame: a member must not have a constructor */
/* unseen by: gcc clang */
#include <async.h>

#ifdef __cplusplus
struct text {
    text() : length(1) {}
    int length;
};
#endif

struct say {
    ASYNC_FRAME;
#if defined(__cplusplus) && !defined(FIXED)
    struct text text;
#else
    int text;
#endif
};
ASYNC_DECLARE(say);
ASYNC_DEF_EXTERN(say)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(say, self));
    ASYNC_END;
}
