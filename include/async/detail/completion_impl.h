/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of completion.h. Who claims it writes the outcome, and posts; nobody
 * else writes until it is made anew. */
#ifndef ASYNC_DETAIL_COMPLETION_IMPL_H_INCLUDED
#define ASYNC_DETAIL_COMPLETION_IMPL_H_INCLUDED

#include "future_impl.h"
#include "post_impl.h"

#include "../completion.h"

ASYNC_EXTERN_C_BEGIN

static int async_completion_posted_(async_handle_t *handle)
{
    async_completion_t *completion = (async_completion_t *)(void *)(
        (char *)handle - offsetof(async_completion_t, post));
    if (!async_future_done(&completion->future)) {
        async_future_finish_(&completion->future, completion->error,
                             completion->result);
    }
    return ASYNC_OK;
}

int async_completion_init(async_completion_t *completion, async_loop_t *loop)
{
    ASYNC_CHECK(completion != NULL && loop != NULL, NULL_ARGUMENT);
    if (ASYNC_LOAD_(&completion->post.state) != 0) {
        return ASYNC_ERR_BUSY;
    }
    async_future_init(&completion->future, loop);
    async_post_init(&completion->post, async_completion_posted_);
    completion->claimed = 0;
    return ASYNC_OK;
}

static int async_completion_finish_(async_completion_t *completion, int error,
                                    void *result)
{
    ASYNC_CHECK(completion != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(completion->post.fn != NULL, NO_FUNCTION);
    if (ASYNC_LOAD_(&completion->future.loop->closed)) {
        return ASYNC_ERR_CLOSED;
    }
    if (async_fetch_or_(&completion->claimed, 1) != 0) {
        return ASYNC_ERR_INVALID_STATE;
    }
    completion->error = error;
    completion->result = result;
    return async_post(completion->future.loop, &completion->post);
}

int async_completion_set_result(async_completion_t *completion, void *result)
{
    return async_completion_finish_(completion, ASYNC_OK, result);
}

int async_completion_set_exception(async_completion_t *completion, int error)
{
    return async_is_settable_(error)
               ? async_completion_finish_(completion, error, NULL)
               : (int)ASYNC_ERR_TYPE;
}

ASYNC_EXTERN_C_END

#endif
