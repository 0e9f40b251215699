/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of loop.h: the iteration, callbacks and posts. */
#ifndef ASYNC_DETAIL_LOOP_IMPL_H_INCLUDED
#define ASYNC_DETAIL_LOOP_IMPL_H_INCLUDED

#include "ready.h"

#if ASYNC_HOSTED
#include <stdio.h>
#endif

ASYNC_EXTERN_C_BEGIN

ASYNC_THREAD_LOCAL async_loop_t *async_running_;

int async_loop_init(async_loop_t *loop, async_port_t *port)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    if (port == NULL) {
        return ASYNC_ERR_VALUE; /* a port that could not be set up */
    }
    async_list_init_(&loop->ready);
    loop->head = &loop->ready;
    loop->current = NULL;
    loop->inbox = NULL;
    loop->port = port;
    loop->newest = NULL;
    loop->flags = 0;
    loop->closed = false;
    loop->groups = 0;
    loop->on_exception = NULL;
#if ASYNC_TASK_NAMES
    loop->task_count = 0;
#endif
#if ASYNC_TRACK_GENERATORS
    async_list_init_(&loop->generators);
#endif
    async_timers_init_(&loop->timers);
    async_debug_init_(loop);
    return ASYNC_OK;
}

/* -- One iteration -------------------------------------------------------- */

static void async_report_(async_loop_t *loop, async_handle_t *handle,
                          int status)
{
    if (loop->on_exception != NULL) {
        loop->on_exception(loop, handle, status);
    } else {
#if ASYNC_HOSTED
        fprintf(stderr, "nanoasync: a callback failed: %s (%d)\n",
                async_strerror(status), status);
#endif
    }
}

/* Makes the timers that are due ready. In asyncio the timer of a sleep only
 * makes the sleeper ready, which runs one iteration later. If nothing but such
 * timers would run in this iteration, `alone`, nobody can tell, and it is left
 * out; undone when another timer is found. */
static inline void async_take_timers_(async_loop_t *loop, bool alone)
{
    async_tick_t now = async_now_(loop);
    async_timer_t *timer;
    while ((timer = async_timers_pop_(&loop->timers, now)) != NULL) {
        if (ASYNC_FAST && alone) {
            alone = timer->handle.run == async_sleep_run_;
            if (alone) {
                timer->handle.run = NULL;
            } else {
                async_node_t *node = loop->ready.next;
                for (; node != &loop->ready; node = node->next) {
                    ((async_handle_t *)(void *)node)->run = async_sleep_run_;
                }
            }
        }
        async_link_before_(loop->head, &timer->handle.node);
    }
}

/* Makes ready what has been posted and what is due, after a sleep in the port if
 * nothing is to be done now. (What is posted does not count here: the port looks
 * at that itself.) */
static ASYNC_RARE_ int async_take_events_(async_loop_t *loop)
{
    async_port_t *port = loop->port;
    bool alone = false;
    if (loop->ready.next == &loop->ready &&
        (loop->flags & ASYNC_F_STOPPING_) == 0) {
        async_timer_t *first = async_timers_first_(&loop->timers);
        int status;
        loop->current = NULL;
        status = port->idle(port, loop, first ? &first->u.when : NULL);
        if (status != 0) {
            return status;
        }
        alone = ASYNC_FAST && ASYNC_PEEK_(&loop->inbox) == NULL;
    } else if (port->poll != NULL) {
        port->poll(port, loop);
    }
    if (!alone && ASYNC_PEEK_(&loop->inbox) != NULL) {
        async_take_posts_(loop);
    }
    if (async_timers_some_(&loop->timers)) {
        async_take_timers_(loop, alone);
    }
    return ASYNC_OK;
}

/* A task that has nothing to do but to go on stays in the queue meanwhile: most
 * of those that pause are where they belong then. */
static void async_run_handle_(async_loop_t *loop, async_handle_t *handle)
{
    async_task_t *task = (async_task_t *)(void *)handle;
    int status = ASYNC_STEP_;
#if ASYNC_DEBUG
    async_tick_t start = async_loop_time(loop);
#endif
    if (ASYNC_RARELY_(handle->run != NULL)) {
        loop->current = NULL;
        async_unlink_(&handle->node);
        status = handle->run(handle);
        if (status == ASYNC_STEP_OTHER_) {
            task = loop->current;
            status = ASYNC_STEP_;
        }
    }
    if (status == ASYNC_STEP_) {
        loop->current = task;
        async_step_(loop, task);
    } else if (status < 0) {
        async_report_(loop, handle, status);
    }
#if ASYNC_DEBUG
    async_debug_ran_(loop, handle, start);
#endif
}

/* Runs iterations until somebody has asked to stop, or one. `head` goes around
 * the ring; when it comes to `ready`, the iteration is over. What becomes ready
 * meanwhile is linked before `head`: after all that is left of this iteration,
 * on the other side of `ready`. */
static int async_iterate_(async_loop_t *loop)
{
    do {
        async_node_t *node = loop->ready.next;
        if (!ASYNC_FAST || node == &loop->ready || async_has_events_(loop)) {
            int status = async_take_events_(loop);
            if (status != 0) {
                return status;
            }
            node = loop->ready.next;
            if (node == &loop->ready) {
                continue;
            }
        }
        do {
            loop->head = node->next;
            async_run_handle_(loop, (async_handle_t *)(void *)node);
            node = loop->head;
        } while (node != &loop->ready);
    } while ((loop->flags & (ASYNC_F_STOPPING_ | ASYNC_F_ONCE_)) == 0);
    return ASYNC_OK;
}

/* -- Running -------------------------------------------------------------- */

static void async_enter_(async_loop_t *loop)
{
    async_running_ = loop;
    loop->flags |= ASYNC_F_RUNNING_;
    async_debug_enter_(loop);
}

static void async_leave_(async_loop_t *loop, async_loop_t *preempted)
{
    loop->flags = 0;
    async_running_ = preempted;
}

int async_loop_run_forever(async_loop_t *loop)
{
    int status;
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    if (async_running_ != NULL) {
        return ASYNC_ERR_RUNNING;
    }
    if (loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    async_enter_(loop);
    status = async_iterate_(loop);
    async_leave_(loop, NULL);
    return status;
}

int async_loop_run_once(async_loop_t *loop, async_tick_t *deadline,
                        bool *has_deadline)
{
    async_loop_t *preempted = async_running_;
    async_timer_t *first;
    int status;
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(deadline != NULL && has_deadline != NULL, NULL_ARGUMENT);
    if (loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    if (loop->flags & ASYNC_F_RUNNING_) {
        return ASYNC_ERR_RUNNING;
    }
    async_enter_(loop);
    loop->flags |= ASYNC_F_STOPPING_; /* do not idle */
    status = async_iterate_(loop);
    async_leave_(loop, preempted);
    first = async_timers_first_(&loop->timers);
    *has_deadline = first != NULL;
    if (first != NULL) {
        *deadline = first->u.when;
    }
    if (loop->ready.next != &loop->ready || async_loop_has_posts(loop)) {
        return ASYNC_PENDING;
    }
    return status;
}

void async_loop_stop(async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    loop->flags |= ASYNC_F_STOPPING_;
}

bool async_loop_is_running(const async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    return (loop->flags & ASYNC_F_RUNNING_) != 0;
}

bool async_loop_is_closed(const async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    return loop->closed;
}

async_tick_t async_loop_time(async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    return async_now_(loop);
}

async_loop_t *async_get_running_loop(void)
{
    return async_running_;
}

void async_loop_set_exception_handler(async_loop_t *loop,
                                      async_exception_fn handler)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    loop->on_exception = handler;
}

/* -- Callbacks ------------------------------------------------------------ */

/* Why a handle cannot be queued, or 0. */
static int async_cannot_queue_(const async_loop_t *loop,
                               const async_handle_t *handle, async_run_fn run)
{
    ASYNC_CHECK(loop != NULL && handle != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(run != NULL, NO_FUNCTION);
    ASYNC_CHECK(!async_debug_is_foreign_(loop), FOREIGN);
    (void)run;
    if (loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    return handle->node.next != NULL ? ASYNC_ERR_BUSY : ASYNC_OK;
}

int async_call_soon(async_loop_t *loop, async_handle_t *handle,
                    async_run_fn run)
{
    int status = async_cannot_queue_(loop, handle, run);
    if (status == 0) {
        handle->run = run;
        async_ready_(loop, &handle->node);
    }
    return status;
}

int async_call_at(async_loop_t *loop, async_timer_t *timer, async_tick_t when,
                  async_run_fn run)
{
    int status;
    ASYNC_CHECK(timer != NULL, NULL_ARGUMENT);
    status = async_cannot_queue_(loop, &timer->handle, run);
    if (status == 0) {
        timer->handle.run = run;
        timer->u.when = when;
        async_timers_add_(&loop->timers, timer, async_loop_time(loop));
    }
    return status;
}

int async_call_later(async_loop_t *loop, async_timer_t *timer,
                     async_delay_t delay, async_run_fn run)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    return async_call_at(loop, timer,
                         async_loop_time(loop) + (async_tick_t)delay, run);
}

int async_call_later_ms(async_loop_t *loop, async_timer_t *timer, int32_t delay,
                        async_run_fn run)
{
    async_delay_t ticks;
    return async_to_ticks_(delay, 1000, &ticks)
               ? async_call_later(loop, timer, ticks, run)
               : (int)ASYNC_ERR_VALUE;
}

bool async_handle_cancel(async_loop_t *loop, async_handle_t *handle)
{
    bool queued;
    ASYNC_CHECK(loop != NULL && handle != NULL, NULL_ARGUMENT);
    queued = handle->node.next != NULL;
    if (queued) {
        async_take_back_(loop, &handle->node);
    }
    return queued;
}

ASYNC_EXTERN_C_END

#endif
