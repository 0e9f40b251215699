/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * async for: a loop over what comes one by one.
 *
 *     ASYNC_FOR(async_anext(&self->lines)) {      // async for line in lines:
 *         use(self->lines.value);
 *     } ASYNC_END_FOR;
 */
#ifndef ASYNC_FOR_H_INCLUDED
#define ASYNC_FOR_H_INCLUDED

#include "coro.h"

/**
 * Block: evaluates and awaits something before each round, until that raises
 * ASYNC_ERR_STOP_ASYNC_ITERATION. Any other error is raised. `break` and
 * `continue` work as in every loop. The item is where the awaitable leaves it.
 *
 * @param awaitable  async_anext(), the receive of a channel, a coroutine that
 *                   is called anew each time, ...
 * @context{task}
 */
#define ASYNC_FOR(awaitable)                                         \
    {                                                                \
        for (;;) {                                                   \
            ASYNC_SUSPEND_(async_await_(awaitable), __COUNTER__);    \
            if (ctx_->status == ASYNC_ERR_STOP_ASYNC_ITERATION) {    \
                break; /* with a status: see ASYNC_ELSE */           \
            }                                                        \
            if (ctx_->status != 0) {                                 \
                ASYNC_GO_RAISE_;                                     \
            }                                                        \
            {                                                        \
                {

/** ASYNC_FOR(...) { } ASYNC_ELSE { } ASYNC_END_ELSE; runs its part when the loop
 * has come to its end, and not after a `break`. */
#define ASYNC_ELSE                                                   \
                }                                                    \
            }                                                        \
        }                                                            \
        if (ctx_->status != 0) {                                     \
            ctx_->status = 0;                                        \
            {

#define ASYNC_END_ELSE                                               \
            }                                                        \
        }                                                            \
    }                                                                \
    (void)0

#define ASYNC_END_FOR                                                \
                }                                                    \
            }                                                        \
        }                                                            \
        ctx_->status = 0;                                            \
    }                                                                \
    (void)0

#endif
