/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of flag.h. A set is first an armed post, which a wait may take back;
 * when the post runs, the first waiter goes on in its place, or `is_set`. */
#ifndef ASYNC_DETAIL_FLAG_IMPL_H_INCLUDED
#define ASYNC_DETAIL_FLAG_IMPL_H_INCLUDED

#include "post_impl.h"

#include "../flag.h"

ASYNC_EXTERN_C_BEGIN

static int async_flag_posted_(async_handle_t *handle)
{
    async_flag_t *flag = async_container_of(handle, async_flag_t, post.handle);
    async_node_t *first = flag->waiters.first;
    if (first == NULL) {
        flag->is_set = true;
        return ASYNC_OK;
    }
    async_ring_pop_(&flag->waiters.first);
    first->next = NULL;
    return async_go_on_(flag->loop, (async_task_t *)(void *)first);
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

async_op_t async_flag_wait(async_flag_t *flag)
{
    ASYNC_CHECK(flag != NULL, NULL_ARGUMENT);
    if (flag->waiters.first == NULL && async_flag_take_(flag)) {
        return async_op_done(ASYNC_OK);
    }
    return async_op_wait(&flag->waiters, NULL);
}

ASYNC_EXTERN_C_END

#endif
