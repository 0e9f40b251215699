/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* async_post(): the way in from interrupts and threads.
 *
 * A post's state has two bits. POSTED: it is linked, in the inbox or in the
 * ready queue, and only the loop may unlink it. ARMED: it is to be run.
 *
 *   post   sets both at once. Who finds POSTED unset is the only one to link
 *          it; all others leave, and the pending run will see what they wrote.
 *   run    clears both at once, before the callback reads anything.
 *
 * Both are one read-modify-write of the same word, so one of the two comes
 * second: if `run` does, it sees what the poster wrote before; if `post` does,
 * it finds POSTED unset and links the post again. A plain load in front, to
 * save the read-modify-write of a post that is linked already, would lose
 * wake-ups between cores. */
#ifndef ASYNC_DETAIL_POST_IMPL_H_INCLUDED
#define ASYNC_DETAIL_POST_IMPL_H_INCLUDED

#include "ready.h"

ASYNC_EXTERN_C_BEGIN

#define ASYNC_POSTED_ 1u
#define ASYNC_ARMED_ 2u

static int async_post_run_(async_handle_t *handle)
{
    async_post_t *post = (async_post_t *)(void *)handle;
    uintptr_t state = ASYNC_EXCHANGE_(&post->state, 0u);
    return state & ASYNC_ARMED_ ? post->fn(handle) : ASYNC_OK;
}

void async_post_init(async_post_t *post, async_run_fn fn)
{
    ASYNC_CHECK(post != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(fn != NULL, NO_FUNCTION);
    post->handle.node.next = NULL;
    post->handle.run = async_post_run_;
    post->fn = fn;
    post->state = 0;
}

int async_post(async_loop_t *loop, async_post_t *post)
{
    uintptr_t state;
    ASYNC_CHECK(loop != NULL && post != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(post->handle.run == async_post_run_, NO_FUNCTION);
    if (ASYNC_LOAD_(&loop->closed)) {
        return ASYNC_ERR_CLOSED;
    }
    state = async_fetch_or_(&post->state, ASYNC_POSTED_ | ASYNC_ARMED_);
    if ((state & ASYNC_POSTED_) == 0 &&
        async_push_(&loop->inbox, &post->handle)) {
        async_port_t *port = loop->port;
        if (port->wake != NULL) {
            port->wake(port, loop);
        }
    }
    return ASYNC_OK;
}

void async_post_cancel(async_post_t *post)
{
    ASYNC_CHECK(post != NULL, NULL_ARGUMENT);
    (void)async_fetch_and_(&post->state, ~(uintptr_t)ASYNC_ARMED_);
}

bool async_loop_has_posts(const async_loop_t *loop)
{
    ASYNC_CHECK(loop != NULL, NULL_ARGUMENT);
    return ASYNC_PEEK_(&loop->inbox) != NULL;
}

/* The inbox is newest first, so each is linked before the one linked last. */
static void async_take_posts_(async_loop_t *loop)
{
    /* The node is a handle's first member; the inbox may be empty. */
    async_node_t *node = (async_node_t *)ASYNC_EXCHANGE_(
        &loop->inbox, (async_handle_t *)NULL);
    async_node_t *at = loop->head;
    while (node != NULL) {
        async_node_t *older = node->next;
        async_link_before_(at, node);
        at = node;
        node = older;
    }
}

ASYNC_EXTERN_C_END

#endif
