/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of loop.h that run whole programs: run_until_complete, run, close; and
 * of runner.h. */
#ifndef ASYNC_DETAIL_RUN_IMPL_H_INCLUDED
#define ASYNC_DETAIL_RUN_IMPL_H_INCLUDED

#include "ready.h"
#include "tasks.h"

#include "../async_generator.h"
#include "../runner.h"

ASYNC_EXTERN_C_BEGIN

static int async_stop_run_(async_handle_t *handle)
{
    async_loop_stop(async_callback_future(handle)->loop);
    return ASYNC_OK;
}

/* As in asyncio, the loop stops through a done callback: one more iteration
 * runs after the one in which the future was finished. */
int async_loop_run_until_complete(async_loop_t *loop, async_future_t *future)
{
    async_callback_t done = {{{NULL, NULL}, NULL}, NULL};
    int status;
    ASYNC_CHECK(loop != NULL && future != NULL, NULL_ARGUMENT);
    if (future->loop != loop) {
        return ASYNC_ERR_WRONG_LOOP;
    }
    if (loop->closed) {
        return ASYNC_ERR_CLOSED;
    }
    (void)async_future_add_done_callback(future, &done, async_stop_run_);
    status = async_loop_run_forever(loop);
    /* Done in the iteration in which something else stopped the loop: as in
     * asyncio the stop of this run is left over and ends the next. */
    if (!async_future_remove_done_callback(future, &done) &&
        async_handle_cancel(loop, &done.handle) && status == 0) {
        async_loop_stop(loop);
    }
    if (status != 0) {
        return status;
    }
    async_debug_seen_(future);
    return async_future_done(future) ? future->context.status
                                     : (int)ASYNC_ERR_STOPPED;
}

/* Makes the storage of a task that will never end free again. If its node is
 * still linked it is in the waiters of a future or an operation: both are a
 * ring, and their first member. */
static void async_forget_task_(async_task_t *task)
{
    async_node_t *node = &task->timer.handle.node;
    if (node->next != NULL) {
        async_leave_list_(task);
    }
    async_tasks_remove_(task->future.loop, task);
    task->future.context.flags = 0;
}

int async_loop_close(async_loop_t *loop)
{
    async_node_t *node;
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    if (loop->flags & ASYNC_F_RUNNING_) {
        return ASYNC_ERR_RUNNING;
    }
    async_debug_close_(loop);
    ASYNC_STORE_(&loop->closed, true);
    async_take_posts_(loop);
    while ((node = async_timers_any_(&loop->timers)) != NULL) {
        async_take_back_(loop, node);
    }
    while ((node = loop->ready.next) != &loop->ready) {
        async_handle_t *handle = (async_handle_t *)(void *)node;
        async_unlink_(node);
        if (handle->run == async_post_run_) {
            ASYNC_STORE_(&((async_post_t *)(void *)handle)->state, 0u);
        }
    }
    while (loop->newest != NULL) {
        async_forget_task_(loop->newest->newer);
    }
#if ASYNC_TRACK_GENERATORS
    while (loop->generators.next != &loop->generators) {
        async_unlink_(loop->generators.next);
    }
#endif
    return ASYNC_OK;
}

/* What follows is inlined so that async_run() costs no more because there are
 * runners, which few programs use. */

/* Asks every unfinished task to end. */
static ASYNC_ALWAYS_INLINE_ int async_cancel_all_(async_loop_t *loop)
{
    async_task_t *task = NULL;
    while ((task = async_all_tasks(loop, task)) != NULL) {
        task->future.context.flags |= ASYNC_F_LEFT_;
        async_debug_watched_(&task->future);
        if (async_task_cancel(task) < 0) {
            return ASYNC_ERR_CYCLE;
        }
    }
    return ASYNC_OK;
}

static ASYNC_ALWAYS_INLINE_ bool async_any_left_(async_loop_t *loop)
{
    async_task_t *task = NULL;
    while ((task = async_all_tasks(loop, task)) != NULL) {
        if (task->future.context.flags & ASYNC_F_LEFT_) {
            return true;
        }
    }
    return false;
}

/* asyncio gathers the tasks that are left: two more iterations after the last
 * one has ended, one for the gather and one for the stop. */
static ASYNC_ALWAYS_INLINE_ int async_run_the_rest_(async_loop_t *loop)
{
    int status = async_cancel_all_(loop), turns;
    async_enter_(loop);
    loop->flags |= ASYNC_F_ONCE_;
    turns = status != 0 || loop->newest == NULL ? 0 : 2;
    while (turns > 0 && status == 0) {
        bool left = async_any_left_(loop);
        if (left) {
            loop->flags &= (uint8_t)~ASYNC_F_STOPPING_;
        } else {
            loop->flags |= ASYNC_F_STOPPING_; /* do not idle */
        }
        status = async_iterate_(loop);
        turns -= left ? 0 : 1;
    }
    async_leave_(loop, NULL);
    return status;
}

/* asyncio closes them side by side. Here one task does it, one after the other.
 * Those whose closing fails are not closed again. */
static int async_close_generators_(async_loop_t *loop, async_task_t *task)
{
#if ASYNC_TRACK_GENERATORS
    async_node_t *node;
    while ((node = loop->generators.next) != &loop->generators) {
        async_agenerator_t *generator =
            async_container_of(node, async_agenerator_t, all);
        int status;
        async_unlink_(node);
        status = async_loop_create_task(loop, task, async_aclose_(generator));
        if (status == 0) {
            status = async_loop_run_until_complete(loop, &task->future);
            if (!async_future_done(&task->future)) {
                return status;
            }
        }
        if (async_is_exception(status)) {
            async_report_(loop, &task->timer.handle, status);
        }
    }
#else
    (void)loop;
    (void)task;
#endif
    return ASYNC_OK;
}

/* -- Runners --------------------------------------------------------------- */

/* The end of asyncio.run(). `task` is free; it must stay valid until here. */
static ASYNC_ALWAYS_INLINE_ int async_end_loop_(async_loop_t *loop,
                                                async_task_t *task)
{
    int status = async_run_the_rest_(loop);
    if (status == 0) {
        status = async_close_generators_(loop, task);
    }
    (void)async_loop_close(loop);
    return status;
}

static ASYNC_ALWAYS_INLINE_ int async_start_main_(async_loop_t *loop,
                                                  async_task_t *task,
                                                  async_coro_t *main)
{
    return async_running_ != NULL ? (int)ASYNC_ERR_RUNNING
                                  : async_loop_create_task(loop, task, main);
}

int async_run(async_loop_t *loop, async_coro_t *main)
{
    async_task_t task;
    int status, rest;
    ASYNC_CHECK(loop != NULL && main != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)&task, 0, sizeof task);
    status = async_start_main_(loop, &task, main);
    if (status != 0) {
        return status;
    }
    status = async_loop_run_until_complete(loop, &task.future);
    rest = async_end_loop_(loop, &task);
    return status != 0 ? status : rest;
}

void async_runner_init(async_runner_t *runner, async_loop_t *loop)
{
    ASYNC_CHECK(runner != NULL && loop != NULL, NULL_ARGUMENT);
    __builtin_memset((void *)runner, 0, sizeof *runner);
    runner->loop = loop;
}

int async_runner_run(async_runner_t *runner, async_coro_t *main)
{
    int status;
    ASYNC_CHECK(runner != NULL && main != NULL, NULL_ARGUMENT);
    status = async_start_main_(runner->loop, &runner->main, main);
    return status != 0 ? status
                       : async_loop_run_until_complete(runner->loop,
                                                       &runner->main.future);
}

int async_runner_close(async_runner_t *runner)
{
    ASYNC_CHECK(runner != NULL, NULL_ARGUMENT);
    if (async_running_ != NULL) {
        return ASYNC_ERR_RUNNING;
    }
    return runner->loop->closed ? (int)ASYNC_OK
                                : async_end_loop_(runner->loop, &runner->main);
}

ASYNC_EXTERN_C_END

#endif
