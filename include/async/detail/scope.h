/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Blocks that enter and leave, from which ASYNC_WITH, ASYNC_TIMEOUT and
 * ASYNC_GROUP are made. Included by coro.h; the macros are in detail/keywords_*.
 */
#ifndef ASYNC_DETAIL_SCOPE_H_INCLUDED
#define ASYNC_DETAIL_SCOPE_H_INCLUDED

/* ASYNC_SCOPE_(enter, leave) { body } ASYNC_END_SCOPE_;
 * `enter` is awaited; what it raises is raised outside. `leave` is an int
 * expression, evaluated however the body ends, with that end in ctx_->status:
 * 0, a negative error, or ASYNC_RETURNING_. Its value takes the place of it. */

/* ASYNC_SCOPE_AWAIT_(enter, slot, leave) { body } ASYNC_END_SCOPE_;
 * The same, but `leave` is awaited, with the body's end in `slot`, an int16_t
 * that survives. What it raises is raised outside; an error of the body is
 * over unless `leave` raises it again; a return goes on. */
#define ASYNC_SCOPE_AWAIT_(enter, slot, leave) \
    ASYNC_SCOPE_AWAIT_THEN_(enter, slot, leave, (slot) > 0)

#endif
