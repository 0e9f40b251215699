/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of flag.h. A set is first an armed post, which a wait may take back;
 * then it belongs to the waiter that the post's callback woke, or `is_set`. */
#ifndef ASYNC_DETAIL_FLAG_IMPL_H_INCLUDED
#define ASYNC_DETAIL_FLAG_IMPL_H_INCLUDED

#include "post_impl.h"

#include "../flag.h"

ASYNC_EXTERN_C_BEGIN

static void async_flag_give_(async_flag_t *flag)
{
    if (!async_wake_one(&flag->waiters)) {
        flag->is_set = true;
    }
}

static int async_flag_posted_(async_handle_t *handle)
{
    async_flag_give_(async_container_of(handle, async_flag_t, post.handle));
    return ASYNC_OK;
}

void async_flag_init(async_flag_t *flag, async_loop_t *loop)
{
    ASYNC_CHECK(flag != NULL && loop != NULL, NULL_ARGUMENT);
    async_post_init(&flag->post, async_flag_posted_);
    flag->waiters.first = NULL;
    flag->loop = loop;
    flag->is_set = false;
}

int async_flag_set(async_flag_t *flag)
{
    ASYNC_CHECK(flag != NULL, NULL_ARGUMENT);
    return async_post(flag->loop, &flag->post);
}

/* Takes what nobody has been promised, seen by the loop already or not. The
 * read-modify-write also lets the task see what was written before the set. */
static bool async_flag_take_(async_flag_t *flag)
{
    uintptr_t posted =
        async_fetch_and_(&flag->post.state, ~(uintptr_t)ASYNC_ARMED_);
    bool was_set = flag->is_set || (posted & ASYNC_ARMED_) != 0;
    flag->is_set = false;
    return was_set;
}

void async_flag_clear(async_flag_t *flag)
{
    ASYNC_CHECK(flag != NULL, NULL_ARGUMENT);
    (void)async_flag_take_(flag);
}

static int async_flag_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_flag_t *flag = async_container_of(async_op_waiters(task),
                                            async_flag_t, waiters);
    int status = async_op_status(task);
    if (status != 0 && async_op_woken(task)) {
        async_flag_give_(flag);
    }
    return async_op_end(task, status);
}

async_op_t async_flag_wait(async_flag_t *flag)
{
    ASYNC_CHECK(flag != NULL, NULL_ARGUMENT);
    if (flag->waiters.first == NULL && async_flag_take_(flag)) {
        return async_op_done(ASYNC_OK);
    }
    return async_op_wait(&flag->waiters, async_flag_end_);
}

ASYNC_EXTERN_C_END

#endif
