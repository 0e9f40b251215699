/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: async_op(_t|eration).*async_coro */
#include <async.h>

int start(async_loop_t *loop, struct async_sleep *sleep);
int start(async_loop_t *loop, struct async_sleep *sleep)
{
#ifdef FIXED
    return async_run(loop, ASYNC_CALL(async_sleep, sleep, .ms = 1));
#else
    (void)sleep;
    return async_run(loop, async_sleep_ms(1));
#endif
}
