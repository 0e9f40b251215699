/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The loop that runs frames: every coroutine, at every depth, is called from
 * here, so the C stack is one resume function deep. */
#ifndef ASYNC_DETAIL_STEP_H_INCLUDED
#define ASYNC_DETAIL_STEP_H_INCLUDED

#include "../coro.h"

/* Runs from *innermost on until the chain waits or its outermost frame has
 * returned; *innermost is the frame that runs, and then the one that did so.
 * Returns ASYNC_SUSPENDED_, ASYNC_ENDED_ or ASYNC_PAUSED_. */
static ASYNC_ALWAYS_INLINE_ uintptr_t async_run_frames_(
    async_coro_t **innermost, async_context_t *context)
{
    async_coro_t *frame = *innermost;
    for (;;) {
        async_coro_t *next =
            frame->resume(frame, context, ASYNC_ENTRY_(frame, context)).frame_;
        if ((uintptr_t)next > ASYNC_PAUSED_) {
            *innermost = frame = next;
        } else if ((uintptr_t)next != ASYNC_READY_) {
            return (uintptr_t)next;
        }
    }
}

#endif
