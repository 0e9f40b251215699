/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of debug.h. */
#ifndef ASYNC_DETAIL_DEBUG_IMPL_H_INCLUDED
#define ASYNC_DETAIL_DEBUG_IMPL_H_INCLUDED

#include "ready.h"

#include "../async_generator.h"
#include "../debug.h"
#include "../repr.h"

#if ASYNC_DEBUG

#if ASYNC_HOSTED
#include <stdio.h>
#endif

ASYNC_EXTERN_C_BEGIN

/* -- Reports ---------------------------------------------------------------- */

const char *async_debug_text(enum async_debug_event event)
{
    switch (event) {
    case ASYNC_DEBUG_SLOW_STEP:
        return "task ran for long without an await";
    case ASYNC_DEBUG_SLOW_CALLBACK:
        return "callback ran for long";
    case ASYNC_DEBUG_NEVER_AWAITED:
        return "coroutine was never awaited";
    case ASYNC_DEBUG_NEVER_RETRIEVED:
        return "error was never retrieved";
    case ASYNC_DEBUG_TASK_PENDING:
        return "task has not ended, but its storage, a frame or its loop ends";
    case ASYNC_DEBUG_HANDLE_PENDING:
        return "callback is queued, but its storage ends";
    case ASYNC_DEBUG_AWAITED:
        return "task waits for something whose storage ends";
    case ASYNC_DEBUG_GENERATOR_PENDING:
        return "generator is not finished, but its storage ends";
    default:
        return "unknown event";
    }
}

#if ASYNC_HOSTED
static void async_debug_print_(const async_debug_report_t *report)
{
    char text[96];
    fprintf(stderr, "nanoasync: %s: ", async_debug_text(report->event));
    switch (report->event) {
    case ASYNC_DEBUG_SLOW_STEP:
    case ASYNC_DEBUG_TASK_PENDING:
    case ASYNC_DEBUG_AWAITED:
        fputs(async_task_repr((const async_task_t *)report->object, text,
                              sizeof text),
              stderr);
        break;
    case ASYNC_DEBUG_NEVER_AWAITED:
    case ASYNC_DEBUG_GENERATOR_PENDING:
        fputs(async_coro_repr((const async_coro_t *)report->object, text,
                              sizeof text),
              stderr);
        break;
    default: /* it may be gone */
        fprintf(stderr, "%p", report->object);
        break;
    }
    if (report->status != 0) {
        fprintf(stderr, ": %s (%d)", async_strerror(report->status),
                report->status);
    }
    if (report->ticks != 0) {
        fprintf(stderr, " took %ld ticks", (long)report->ticks);
    }
    fputc('\n', stderr);
}
#endif

static void async_debug_tell_(async_loop_t *loop, enum async_debug_event event,
                              const void *object, int status,
                              async_delay_t ticks)
{
    async_debug_report_t report;
    report.event = event;
    report.object = object;
    report.ticks = ticks;
    report.status = status;
    if (loop->debug.report != NULL) {
        loop->debug.report(loop, &report);
    } else {
#if ASYNC_HOSTED
        async_debug_print_(&report);
#endif
    }
}

/* -- Errors that nobody has looked at ---------------------------------------- */

static void async_debug_drop_(async_loop_t *loop, unsigned i)
{
    struct async_debug *debug = &loop->debug;
    for (debug->count--; i < debug->count; i++) {
        debug->errors[i] = debug->errors[i + 1u];
    }
}

/* Reports those whose futures begin within some bytes, or all of them if
 * `storage` is 0, in the order in which they failed. */
static void async_debug_tell_errors_(async_loop_t *loop, const void *storage,
                                     size_t size)
{
    struct async_debug *debug = &loop->debug;
    unsigned i = 0;
    while (i < debug->count) {
        const async_future_t *future = debug->errors[i].future;
        int status = debug->errors[i].status;
        if (storage == NULL ||
            (uintptr_t)future - (uintptr_t)storage < size) {
            async_debug_drop_(loop, i);
            async_debug_tell_(loop, ASYNC_DEBUG_NEVER_RETRIEVED, future,
                              status, 0);
        } else {
            i++;
        }
    }
}

void async_debug_begins_(async_loop_t *loop, const async_future_t *future)
{
    async_debug_tell_errors_(loop, future, sizeof *future);
}

void async_debug_ended_(const async_future_t *future)
{
    struct async_debug *debug = &future->loop->debug;
    if (!debug->on || future->context.status >= ASYNC_ERR_CANCELLED ||
        (future->context.flags & ASYNC_F_SEEN_) != 0) {
        return;
    }
    if (debug->count == ASYNC_DEBUG_ERRORS_) {
        async_debug_tell_errors_(future->loop, debug->errors[0].future, 1);
    }
    debug->errors[debug->count].future = future;
    debug->errors[debug->count].status = future->context.status;
    debug->count++;
}

void async_debug_seen_(const async_future_t *future)
{
    async_loop_t *loop = future->loop;
    unsigned i;
    for (i = 0; loop != NULL && i < loop->debug.count; i++) {
        if (loop->debug.errors[i].future == future) {
            async_debug_drop_(loop, i);
        }
    }
}

void async_debug_watched_(async_future_t *future)
{
    if (async_future_done(future)) {
        async_debug_seen_(future);
    } else {
        future->context.flags |= ASYNC_F_SEEN_;
    }
}

/* -- Storage ------------------------------------------------------------------ */

/* A piece of storage that ends or is used again, and how many things in it
 * were found to be in use. */
struct async_debug_storage {
    async_loop_t *loop;
    const void *first;
    size_t size;
    unsigned found;
};

static bool async_debug_inside_(const struct async_debug_storage *storage,
                                const void *object)
{
    return (uintptr_t)object - (uintptr_t)storage->first < storage->size;
}

static void async_debug_found_(struct async_debug_storage *storage,
                               enum async_debug_event event,
                               const void *object)
{
    storage->found++;
    async_debug_tell_(storage->loop, event, object, 0, 0);
}

/* Whether a coroutine that the task is running, or has yet to go back to, has
 * its frame there. */
static bool async_debug_frames_inside_(
    const struct async_debug_storage *storage, const async_task_t *task)
{
    const async_coro_t *frame = task->frame;
    while ((uintptr_t)frame > ASYNC_PAUSED_) {
        if (async_debug_inside_(storage, frame)) {
            return true;
        }
        frame = frame->caller;
    }
    return false;
}

/* What a task waits for; 0 if nothing, or a timer. */
static const void *async_debug_awaited_(const async_task_t *task)
{
    async_run_fn run = task->timer.handle.run;
    return run == NULL || run == async_throw_run_ || run == async_sleep_run_ ||
                   run == async_slept_run_
               ? NULL
               : task->timer.u.object;
}

/* `except`: the task whose frame it is that ends, or 0. */
static void async_debug_tasks_(struct async_debug_storage *storage,
                               const async_task_t *except)
{
    const async_task_t *task = NULL;
    while ((task = async_all_tasks(storage->loop, task)) != NULL) {
        if (async_debug_inside_(storage, task) ||
            (task != except && async_debug_frames_inside_(storage, task))) {
            async_debug_found_(storage, ASYNC_DEBUG_TASK_PENDING, task);
        } else if (async_debug_inside_(storage, async_debug_awaited_(task))) {
            async_debug_found_(storage, ASYNC_DEBUG_AWAITED, task);
        }
    }
}

/* A task's own node is not reported: the task is. */
static void async_debug_node_(struct async_debug_storage *storage,
                              const async_node_t *node)
{
    const async_task_t *task = NULL;
    if (!async_debug_inside_(storage, node)) {
        return;
    }
    while ((task = async_all_tasks(storage->loop, task)) != NULL) {
        if (&task->timer.handle.node == node) {
            return;
        }
    }
    async_debug_found_(storage, ASYNC_DEBUG_HANDLE_PENDING, node);
}

/* The nodes of a list behind its sentinel, or behind the first of a ring. */
static void async_debug_list_(struct async_debug_storage *storage,
                              const async_node_t *list)
{
    const async_node_t *node;
    for (node = list->next; node != list; node = node->next) {
        async_debug_node_(storage, node);
    }
}

static void async_debug_ring_(struct async_debug_storage *storage,
                              const async_node_t *first)
{
    if (first != NULL) {
        async_debug_node_(storage, first);
        async_debug_list_(storage, first);
    }
}

/* Done callbacks of tasks, and of the futures that tasks wait for. */
static void async_debug_callbacks_(struct async_debug_storage *storage)
{
    const async_task_t *task = NULL;
    while ((task = async_all_tasks(storage->loop, task)) != NULL) {
        async_debug_ring_(storage, task->future.u.waiters);
        if (task->timer.handle.run == async_wakeup_run_) {
            const async_future_t *future =
                (const async_future_t *)task->timer.u.object;
            if ((future->context.flags & (ASYNC_F_DONE_ | ASYNC_F_TASK_)) ==
                0) {
                async_debug_ring_(storage, future->u.waiters);
            }
        }
    }
}

static void async_debug_timers_(struct async_debug_storage *storage)
{
    const async_timers_t *timers = &storage->loop->timers;
#if ASYNC_TIMERS == ASYNC_TIMERS_LIST
    async_debug_ring_(storage, timers->first);
#else
    unsigned i;
    for (i = 0; i < ASYNC_RADIX_BUCKETS_; i++) {
        async_debug_list_(storage, &timers->buckets[i]);
    }
#endif
}

/* `except`: the generator whose frame it is that ends, or 0. */
static void async_debug_generators_(struct async_debug_storage *storage,
                                    const async_coro_t *except)
{
#if ASYNC_TRACK_GENERATORS
    const async_agenerator_t *generator = NULL;
    while ((generator = async_all_agenerators(storage->loop, generator)) !=
           NULL) {
        if (&generator->coro != except &&
            async_debug_inside_(storage, generator)) {
            async_debug_found_(storage, ASYNC_DEBUG_GENERATOR_PENDING,
                               &generator->coro);
        }
    }
#else
    (void)storage;
    (void)except;
#endif
}

/* Looks for what is in use in some storage, of the running loop. `coro`: the
 * coroutine whose frame it is, when that ends. */
static unsigned async_debug_storage_(const void *first, size_t size,
                                     const async_coro_t *coro)
{
    struct async_debug_storage storage;
    storage.loop = async_running_;
    storage.first = first;
    storage.size = size;
    storage.found = 0;
    async_debug_tell_errors_(storage.loop, first, size);
    async_debug_tasks_(&storage, coro != NULL ? storage.loop->current : NULL);
    async_debug_list_(&storage, &storage.loop->ready);
    async_debug_callbacks_(&storage);
    async_debug_timers_(&storage);
    async_debug_generators_(&storage, coro);
    return storage.found;
}

static bool async_debug_is_on_(void)
{
    return async_running_ != NULL && async_running_->debug.on;
}

bool async_debug_reused_(const void *storage, size_t size)
{
    return async_debug_is_on_() &&
           async_debug_storage_(storage, size, NULL) != 0;
}

void async_debug_call_(void *frame, size_t size, async_resume_fn resume)
{
    const async_coro_t *coro = (const async_coro_t *)frame;
    if (!async_debug_is_on_()) {
        return;
    }
    if (coro->resume == resume && coro->caller == NULL && coro->point == 0 &&
        coro->pending == 0) {
        async_debug_tell_(async_running_, ASYNC_DEBUG_NEVER_AWAITED, coro, 0,
                          0);
    }
    ASYNC_CHECK(async_debug_storage_(frame, size, NULL) == 0, IN_USE);
}

/* Who awaits a coroutine may use its frame again. That of a task's own
 * coroutine often is static, and there to stay. */
void async_debug_end_(async_coro_t *coro, size_t size)
{
    coro->ended = true;
    if (async_debug_is_on_() && (uintptr_t)coro->caller > ASYNC_PAUSED_) {
        (void)async_debug_storage_(coro, size, coro);
    }
}

/* -- The loop ------------------------------------------------------------------ */

void async_debug_init_(async_loop_t *loop)
{
    loop->debug.report = NULL;
    loop->debug.slow = async_ms(100);
    loop->debug.context = 0;
    loop->debug.on = true;
    loop->debug.count = 0;
}

/* On a host the address of a variable of the thread tells the thread. */
static uintptr_t async_debug_context_(void)
{
#if ASYNC_HOSTED
    return (uintptr_t)&async_running_;
#else
    return ASYNC_CONTEXT();
#endif
}

void async_debug_enter_(async_loop_t *loop)
{
    loop->debug.context = async_debug_context_();
}

bool async_debug_is_foreign_(const async_loop_t *loop)
{
    return (loop->flags & ASYNC_F_RUNNING_) != 0 &&
           loop->debug.context != async_debug_context_();
}

void async_debug_close_(async_loop_t *loop)
{
    const async_task_t *task = NULL;
    async_debug_tell_errors_(loop, NULL, 0);
    while (loop->debug.on && (task = async_all_tasks(loop, task)) != NULL) {
        async_debug_tell_(loop, ASYNC_DEBUG_TASK_PENDING, task, 0, 0);
    }
}

void async_loop_set_debug(async_loop_t *loop, bool on)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    loop->debug.on = on;
    loop->debug.count = 0;
}

void async_loop_set_slow_ticks(async_loop_t *loop, async_delay_t ticks)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    loop->debug.slow = ticks;
}

void async_loop_set_debug_handler(async_loop_t *loop, async_debug_fn handler)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    loop->debug.report = handler;
}

/* A callback may have ended its own storage; a task that took a step is the
 * current one still. */
void async_debug_ran_(async_loop_t *loop, const async_handle_t *handle,
                      async_tick_t start)
{
    async_delay_t ticks = (async_delay_t)(async_loop_time(loop) - start);
    bool step = (const void *)loop->current == (const void *)handle;
    loop->current = NULL;
    if (loop->debug.on && ticks >= loop->debug.slow) {
        async_debug_tell_(loop,
                          step ? ASYNC_DEBUG_SLOW_STEP
                               : ASYNC_DEBUG_SLOW_CALLBACK,
                          handle, 0, ticks);
    }
}

ASYNC_EXTERN_C_END

#endif

#endif
