/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* expect: this_needs_ASYNC_DEBUG_1 */
#include <async.h>

bool debug(async_loop_t *loop);
bool debug(async_loop_t *loop)
{
#ifndef FIXED
    async_loop_set_debug(loop, true);
#endif
    return async_loop_get_debug(loop);
}
