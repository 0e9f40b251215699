/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The firmware whose size test/size/run measures: it uses every part that
 * docs/size.md names once. SIZE_PARTS adds parts. Never executed. */
#include <async.h>

#ifndef SIZE_PARTS
#define SIZE_PARTS 0
#endif
#define SIZE_COMPLETE 1 /* async_loop_run_until_complete(), done callbacks */
#define SIZE_RUN 2      /* async_run(), which needs those */
#define SIZE_POST 4     /* async_post() and its cancel */
#define SIZE_USER 8     /* operations of the user's own, wake_one, wake_all */
#define SIZE_CALLS 16   /* call_soon, call_later, their cancel, stop */
#define SIZE_FUTURE 32  /* a future's result, exception and cancel */

/* -- A port ---------------------------------------------------------------- */

static volatile async_tick_t app_ticks;

static async_tick_t app_now(async_port_t *port)
{
    (void)port;
    return app_ticks;
}

static int app_idle(async_port_t *port, async_loop_t *loop,
                    const async_tick_t *deadline)
{
    (void)port;
    (void)loop;
    (void)deadline;
    return 0;
}

static void app_wake(async_port_t *port, async_loop_t *loop)
{
    (void)port;
    (void)loop;
}

static async_port_t app_port = {app_now, app_idle, app_wake, NULL};
static async_loop_t app_loop;

/* -- Tasks, futures, callbacks --------------------------------------------- */

static async_future_t app_answer;

#if SIZE_PARTS & SIZE_CALLS
static async_handle_t app_soon;
static async_timer_t app_later;

static int app_run(async_handle_t *handle)
{
    (void)handle;
    return 0;
}
#endif

struct app_child {
    ASYNC_FRAME;
    int32_t ms;
};

ASYNC_DEF(app_child)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->ms));
    ASYNC_END;
}

struct app_waiter {
    ASYNC_FRAME;
    struct app_child child;
    void *result;
    int status;
};

ASYNC_DEF(app_waiter)
{
    ASYNC_BEGIN;
    async_future_init(&app_answer, &app_loop);
#if SIZE_PARTS & SIZE_CALLS
    (void)async_call_soon(&app_loop, &app_soon, app_run);
    (void)async_call_later(&app_loop, &app_later, 5, app_run);
    (void)async_handle_cancel(&app_loop, &app_soon);
    (void)async_timer_cancel(&app_loop, &app_later);
    async_loop_stop(&app_loop);
#endif
    AWAIT_STATUS(self->status, &app_answer);
#if SIZE_PARTS & SIZE_FUTURE
    self->status = async_future_result(&app_answer, &self->result);
    (void)async_future_set_exception(&app_answer, ASYNC_ERR_USER);
    (void)async_future_cancel(&app_answer);
#endif
    AWAIT(async_pause());
    AWAIT(ASYNC_CALL(app_child, &self->child, .ms = 3));
    ASYNC_END;
}

#if SIZE_PARTS & SIZE_COMPLETE
static async_callback_t app_done;

static int app_done_run(async_handle_t *handle)
{
    return async_callback_future(handle) == &app_answer ? 0 : ASYNC_ERR_USER;
}
#endif

#if SIZE_PARTS & SIZE_POST
static async_post_t app_post;

void app_interrupt(void);
__attribute__((used)) void app_interrupt(void)
{
    (void)async_post(&app_loop, &app_post);
}

static int app_post_run(async_handle_t *handle)
{
    (void)handle;
    return 0;
}
#endif

#if SIZE_PARTS & SIZE_USER
static async_waiters_t app_waiters;

static int app_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    return async_op_end(task, async_op_woken(task) ? async_op_status(task)
                                                   : ASYNC_ERR_USER);
}

static async_op_t app_wait(void)
{
    if (async_wake_one(&app_waiters)) {
        return async_op_done(async_wake_all(&app_waiters) ? 0 : ASYNC_ERR_USER);
    }
    return async_op_wait(&app_waiters, app_end);
}
#endif

#ifdef SIZE_PIECE
#include "pieces.h"
#endif

struct app_main {
    ASYNC_FRAME;
    struct app_waiter waiter;
#ifdef SIZE_PIECE
    struct app_piece piece;
#endif
    async_task_t task;
};

ASYNC_DEF(app_main)
{
    ASYNC_BEGIN;
#if SIZE_PARTS & SIZE_COMPLETE
    (void)async_future_add_done_callback(&app_answer, &app_done, app_done_run);
    (void)async_future_remove_done_callback(&app_answer, &app_done);
#endif
#if SIZE_PARTS & SIZE_POST
    async_post_init(&app_post, app_post_run);
    async_post_cancel(&app_post);
#endif
#if SIZE_PARTS & SIZE_USER
    AWAIT(app_wait());
#endif
#ifdef SIZE_PIECE
    AWAIT(ASYNC_CALL(app_piece, &self->piece));
#endif
    (void)async_create_task(&self->task, ASYNC_CALL(app_waiter, &self->waiter));
    AWAIT(async_sleep_ms(1));
    (void)async_future_set_result(&app_answer, &app_loop);
    (void)async_task_cancel(&self->task);
    AWAIT(&self->task);
    ASYNC_END;
}

int main(void)
{
    static struct app_main frame;
    async_coro_t *coro = ASYNC_CALL(app_main, &frame);
#if SIZE_PARTS & SIZE_RUN
    (void)async_loop_init(&app_loop, &app_port);
    return async_run(&app_loop, coro);
#else
    static async_task_t task;
    (void)async_loop_init(&app_loop, &app_port);
    (void)async_loop_create_task(&app_loop, &task, coro);
#if SIZE_PARTS & SIZE_COMPLETE
    return async_loop_run_until_complete(&app_loop, &task.future);
#else
    return async_loop_run_forever(&app_loop);
#endif
#endif
}
