/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of generator.h. */
#ifndef ASYNC_DETAIL_GENERATOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_GENERATOR_IMPL_H_INCLUDED

#include "../generator.h"
#include "step.h"

ASYNC_EXTERN_C_BEGIN

/* inner of a generator that is running; not a frame, like the other marks */
#define ASYNC_GENERATOR_RUNNING_ ASYNC_MARK_(ASYNC_PAUSED_)

static bool async_generator_is_new_(const async_generator_t *generator)
{
    return generator->coro.caller == NULL;
}

/* A close goes from the innermost generator outwards: each is told to end, and
 * when it has, the one that yields from it. Meanwhile the context's flags are
 * set, and root->exchange is the one whose turn it is. If that one yields, its
 * caller gets an error, and it goes on as a generator of its own. */
async_next_t async_yield_(async_generator_t *self, void *value,
                          async_context_t *context)
{
    async_generator_t *root = async_root_(self);
    async_next_t next = {root->coro.caller};
    if (context->flags != 0 && root->exchange != root) {
        async_generator_t *closing = (async_generator_t *)root->exchange;
        async_generator_t *frame = self;
        next.frame_ = closing->coro.caller;
        root->exchange = next.frame_;
        context->status = ASYNC_ERR_RUNTIME;
        while (frame != closing) {
            frame->root = closing;
            frame = (async_generator_t *)(void *)frame->coro.caller;
        }
        closing->root = NULL;
        closing->coro.caller = ASYNC_MARK_(ASYNC_ENDED_);
        root = closing;
    }
    root->inner = &self->coro;
    root->exchange = value;
    return next;
}

/* A `yield from` is over, with the status in the context. */
void async_yielded_from_(async_generator_t *self, async_context_t *context)
{
    async_generator_t *root = async_root_(self);
    if (context->status == ASYNC_ERR_STOP_ITERATION) {
        context->status = ASYNC_ERR_RUNTIME;
    }
    if (context->flags != 0 &&
        ((async_generator_t *)root->exchange)->coro.caller == &self->coro) {
        root->exchange = self;
        if (context->status == 0) {
            context->status = ASYNC_ERR_GENERATOR_EXIT;
        }
    }
}

/* Runs the generator with a status (0: go on, else thrown) at its yield.
 * Returns 0 with an item in `exchange`, or the error that ended it. */
static int async_generator_run_(async_generator_t *generator, int status)
{
    /* In a generator the flags only say that it is being closed. */
    async_context_t context = {(int16_t)status,
                               status == ASYNC_ERR_GENERATOR_EXIT, 0};
    async_coro_t *frame = generator->inner;
    uintptr_t mark;

    ASYNC_CHECK(generator->coro.resume != NULL, NOT_CALLED);
    if (async_generator_is_new_(generator)) {
        frame = &generator->coro;
        generator->coro.caller = ASYNC_MARK_(ASYNC_ENDED_);
        if (status != 0) {
            return status; /* the body never runs */
        }
    }
    if (frame == NULL) {
        return status != 0 ? status : ASYNC_ERR_STOP_ITERATION;
    }
    if (context.flags != 0) {
        generator->exchange = frame;
    }
    generator->inner = ASYNC_GENERATOR_RUNNING_;
    mark = async_run_frames_(&frame, &context);
    ASYNC_CHECK(mark == ASYNC_ENDED_, GENERATOR_AWAIT);
    (void)mark;
    if (generator->inner != ASYNC_GENERATOR_RUNNING_) {
        return 0; /* it yielded */
    }
    generator->inner = NULL;
    if (context.status == 0) {
        return ASYNC_ERR_STOP_ITERATION;
    }
    /* A StopIteration raised in the body would look like its end. */
    if (context.status == ASYNC_ERR_STOP_ITERATION) {
        return ASYNC_ERR_RUNTIME;
    }
    return context.status;
}

static int async_generator_item_(async_generator_t *generator, int status,
                                 void *item, size_t size)
{
    if (generator->inner == ASYNC_GENERATOR_RUNNING_) {
        return ASYNC_ERR_VALUE;
    }
    status = async_generator_run_(generator, status);
    if (status == 0) {
        __builtin_memcpy(item, generator->exchange, size);
    }
    return status;
}

int async_generator_next_(async_generator_t *generator, void *sent, void *item,
                          size_t size)
{
    if (generator->inner != ASYNC_GENERATOR_RUNNING_) {
        generator->exchange = sent;
    }
    return async_generator_item_(generator, 0, item, size);
}

int async_generator_send_(async_generator_t *generator, void *sent, void *item,
                          size_t size)
{
    if (async_generator_is_new_(generator)) {
        return ASYNC_ERR_TYPE;
    }
    return async_generator_next_(generator, sent, item, size);
}

int async_generator_throw_(async_generator_t *generator, int error, void *item,
                           size_t size)
{
    return async_generator_item_(generator, async_error_(error), item, size);
}

int async_generator_close_(async_generator_t *generator)
{
    int status;
    if (generator->inner == ASYNC_GENERATOR_RUNNING_) {
        return ASYNC_ERR_VALUE;
    }
    if (generator->inner == NULL) { /* new or finished */
        generator->coro.caller = ASYNC_MARK_(ASYNC_ENDED_);
        return 0;
    }
    status = async_generator_run_(generator, ASYNC_ERR_GENERATOR_EXIT);
    if (status == 0) {
        return ASYNC_ERR_RUNTIME;
    }
    return status == ASYNC_ERR_STOP_ITERATION ||
                   status == ASYNC_ERR_GENERATOR_EXIT
               ? 0
               : status;
}

ASYNC_EXTERN_C_END

#endif
