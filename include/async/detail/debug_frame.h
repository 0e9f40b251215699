/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Where ASYNC_CALL and ASYNC_END look at the storage of a frame, in a debug
 * build. Included by coro.h. */
#ifndef ASYNC_DETAIL_DEBUG_FRAME_H_INCLUDED
#define ASYNC_DETAIL_DEBUG_FRAME_H_INCLUDED

#if ASYNC_DEBUG

ASYNC_EXTERN_C_BEGIN
void async_debug_call_(void *frame, size_t size, async_resume_fn resume);
void async_debug_end_(async_coro_t *coro, size_t size);
ASYNC_EXTERN_C_END

/* Before a frame is made, of which so many bytes are overwritten. */
#define ASYNC_DEBUG_CALL_(name, bytes) \
    async_debug_call_(name##_frame_, (bytes), ASYNC_RESUME_(name));
/* After it was made. */
#define ASYNC_DEBUG_NAME_(function)             \
    function##_frame_->async_.name = #function; \
    function##_frame_->async_.ended = false;
/* When its coroutine ends. */
#define ASYNC_DEBUG_END_ async_debug_end_(&self->async_, sizeof *self);

/* A generator that was never iterated is no mistake: this tells it from a
 * coroutine that was never awaited. */
static inline void async_debug_generator_(async_coro_t *coro)
{
    coro->pending = 1;
}

#else

#define ASYNC_DEBUG_CALL_(name, bytes)
#define ASYNC_DEBUG_NAME_(name)
#define ASYNC_DEBUG_END_
static inline void async_debug_generator_(async_coro_t *coro)
{
    (void)coro;
}

#endif

#endif
