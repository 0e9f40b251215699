/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of async_generator.h.
 *
 * What is awaited is the frame `outer`. When it is run it starts the body, or
 * lets it go on; the body's caller is `outer`, so that it is run again when the
 * body ends, and can tell that end from a yield, which goes straight to the
 * caller of `outer`. That caller is 0 while nobody waits for an item. */
#ifndef ASYNC_DETAIL_ASYNC_GENERATOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_ASYNC_GENERATOR_IMPL_H_INCLUDED

#include "ready.h"

#include "../async_generator.h"

ASYNC_EXTERN_C_BEGIN

#define ASYNC_AG_ASKED_ \
    (ASYNC_AG_NEXT_ | ASYNC_AG_SEND_ | ASYNC_AG_THROW_ | ASYNC_AG_CLOSE_)

/* With ASYNC_LABELS a point is a pointer. */
static unsigned async_agenerator_flags_(const async_agenerator_t *generator)
{
    return (unsigned)(uintptr_t)generator->outer.point;
}
static void async_agenerator_set_(async_agenerator_t *generator, unsigned flags)
{
    generator->outer.point = (async_point_t)(uintptr_t)flags;
}

/* Goes back to who awaits. */
static async_next_t async_agenerator_answer_(async_agenerator_t *generator,
                                             async_context_t *context,
                                             int status)
{
    async_next_t next = {generator->outer.caller};
    context->status = (int16_t)status;
    generator->outer.caller = NULL;
    async_agenerator_set_(generator, async_agenerator_flags_(generator) &
                                         (ASYNC_AG_ALIVE_ | ASYNC_AG_CLOSED_));
    return next;
}

/* -- The list of those that are not finished ------------------------------- */

static void async_agenerator_track_(async_agenerator_t *generator)
{
#if ASYNC_TRACK_GENERATORS
    if (async_running_ != NULL && generator->all.next == NULL) {
        async_link_before_(&async_running_->generators, &generator->all);
    }
#else
    (void)generator;
#endif
}

static void async_agenerator_finish_(async_agenerator_t *generator)
{
    generator->coro.caller = ASYNC_MARK_(ASYNC_ENDED_);
#if ASYNC_TRACK_GENERATORS
    if (generator->all.next != NULL) {
        async_unlink_(&generator->all);
    }
#endif
}

#if ASYNC_TRACK_GENERATORS
async_agenerator_t *async_all_agenerators(async_loop_t *loop,
                                          const async_agenerator_t *previous)
{
    async_node_t *node;
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    node = previous != NULL ? previous->all.next : loop->generators.next;
    return node == &loop->generators
               ? NULL
               : async_container_of(node, async_agenerator_t, all);
}
#endif

/* -- Running --------------------------------------------------------------- */

/* The body hands out an item. */
async_next_t async_ayield_(async_agenerator_t *generator, void *value,
                           async_context_t *context)
{
    unsigned flags = async_agenerator_flags_(generator);
    (void)value;
    return async_agenerator_answer_(
        generator, context, flags & ASYNC_AG_CLOSING_ ? ASYNC_ERR_RUNTIME : 0);
}

/* The body has ended. */
static async_next_t async_agenerator_ended_(async_agenerator_t *generator,
                                            async_context_t *context,
                                            bool closing)
{
    int status = context->status;
    if (status == ASYNC_ERR_STOP_ITERATION ||
        status == ASYNC_ERR_STOP_ASYNC_ITERATION) {
        status = ASYNC_ERR_RUNTIME; /* it would look like a proper end */
    } else if (closing && status == ASYNC_ERR_GENERATOR_EXIT) {
        status = 0;
    } else if (!closing && status == 0) {
        status = ASYNC_ERR_STOP_ASYNC_ITERATION;
    }
    async_agenerator_finish_(generator);
    return async_agenerator_answer_(generator, context, status);
}

/* A generator that has begun and is not finished is told to go on. */
static async_next_t async_agenerator_go_on_(async_agenerator_t *generator,
                                            async_context_t *context,
                                            unsigned flags)
{
    async_next_t next = {&generator->coro};
    unsigned keep = flags & (ASYNC_AG_ALIVE_ | ASYNC_AG_CLOSED_);
    if (flags & ASYNC_AG_CLOSE_) {
        keep |= ASYNC_AG_CLOSED_ | ASYNC_AG_CLOSING_;
        context->status = ASYNC_ERR_GENERATOR_EXIT;
    } else if (flags & ASYNC_AG_THROW_) {
        context->status = generator->outer.pending;
    }
    async_agenerator_set_(generator, keep | ASYNC_AG_RUNNING_);
    return next;
}

/* A generator is asked for the first time. */
static async_next_t async_agenerator_start_(async_agenerator_t *generator,
                                            async_context_t *context,
                                            unsigned flags)
{
    int status = ASYNC_ERR_TYPE;
    async_agenerator_track_(generator);
    if (flags & ASYNC_AG_NEXT_) {
        generator->coro.caller = &generator->outer;
        return async_agenerator_go_on_(generator, context, flags);
    }
    if ((flags & ASYNC_AG_SEND_) == 0) { /* the body never runs */
        status = flags & ASYNC_AG_CLOSE_ ? 0 : generator->outer.pending;
        async_agenerator_finish_(generator);
    }
    return async_agenerator_answer_(generator, context, status);
}

static async_next_t async_agenerator_run_(async_coro_t *outer,
                                          async_context_t *context,
                                          uint8_t point)
{
    async_agenerator_t *generator =
        async_container_of(outer, async_agenerator_t, outer);
    unsigned flags = async_agenerator_flags_(generator);
    unsigned ends = flags & (ASYNC_AG_THROW_ | ASYNC_AG_CLOSE_);
    int status = ASYNC_ERR_STOP_ASYNC_ITERATION;
    (void)point;
    if (flags & ASYNC_AG_RUNNING_) {
        return async_agenerator_ended_(generator, context,
                                       (flags & ASYNC_AG_CLOSING_) != 0);
    }
    if ((flags & ASYNC_AG_ASKED_) == 0) {
        status = ASYNC_ERR_REUSED;
    } else if (context->status != 0) {
        status = context->status; /* cancelled before it began */
    } else if (generator->coro.caller == ASYNC_MARK_(ASYNC_ENDED_)) {
        status = ends ? 0 : ASYNC_ERR_STOP_ASYNC_ITERATION;
    } else if (generator->coro.caller == NULL) {
        return async_agenerator_start_(generator, context, flags);
    } else if (!ends || (flags & ASYNC_AG_CLOSED_) == 0) {
        return async_agenerator_go_on_(generator, context, flags);
    }
    return async_agenerator_answer_(generator, context, status);
}

/* -- Asking ---------------------------------------------------------------- */

void async_agenerator_init(async_coro_t *coro)
{
    async_agenerator_t *generator = (async_agenerator_t *)(void *)coro;
    ASYNC_CHECK(coro != NULL, NULL_ARGUMENT);
    async_debug_generator_(coro);
#if ASYNC_DEBUG
    generator->outer.name = coro->name;
#endif
    generator->outer.resume = async_agenerator_run_;
    generator->outer.caller = NULL;
    async_agenerator_set_(generator, ASYNC_AG_ALIVE_);
#if ASYNC_TRACK_GENERATORS
    generator->all.next = NULL;
#endif
}

async_coro_t *async_item_needs_AWAIT_(async_agenerator_t *generator,
                                      unsigned what, int error)
{
    ASYNC_CHECK(generator != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(generator->outer.resume != NULL, NOT_CALLED);
    if (generator->outer.caller == NULL) {
        async_agenerator_set_(generator,
                              (async_agenerator_flags_(generator) &
                               (ASYNC_AG_ALIVE_ | ASYNC_AG_CLOSED_)) | what);
        if (what == ASYNC_AG_THROW_) {
            generator->outer.pending = async_error_(error);
        }
    }
    return &generator->outer;
}

ASYNC_EXTERN_C_END

#endif
