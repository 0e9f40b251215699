/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of pool.h. */
#ifndef ASYNC_DETAIL_POOL_IMPL_H_INCLUDED
#define ASYNC_DETAIL_POOL_IMPL_H_INCLUDED

#include "ready.h"

#include "../operation.h"
#include "../pool.h"

ASYNC_EXTERN_C_BEGIN

void async_pool_init_(async_pool_t *pool, void *blocks, size_t size,
                      size_t count)
{
    size_t i;
    ASYNC_CHECK(pool != NULL && blocks != NULL, NULL_ARGUMENT);
    __builtin_memset(blocks, 0, size * count);
    pool->free = NULL;
    pool->frame_size = (uint16_t)(size - offsetof(async_block_layout_t, u));
    pool->count = (uint16_t)count;
    pool->used = 0;
    for (i = count; i-- > 0;) {
        async_block_t *block =
            (async_block_t *)(void *)((char *)blocks + i * size);
        block->pool = pool;
        block->next = pool->free;
        pool->free = block;
    }
}

int async_pool_take_(async_pool_t *pool, size_t frame, async_block_t **block)
{
    ASYNC_CHECK(pool != NULL, NULL_ARGUMENT);
    if (frame > pool->frame_size) {
        return ASYNC_ERR_VALUE;
    }
    if (pool->free == NULL) {
        return ASYNC_ERR_NO_MEMORY;
    }
    *block = pool->free;
    pool->free = (*block)->next;
    pool->used++;
    return ASYNC_OK;
}

static int async_block_free_(async_handle_t *handle)
{
    async_block_t *block = async_container_of(handle, async_block_t, done);
    async_pool_t *pool = block->pool;
    (void)async_debug_reused_(block, pool->frame_size +
                                         offsetof(async_block_layout_t, u));
    block->next = pool->free;
    pool->free = block;
    pool->used--;
    return ASYNC_OK;
}

/* The first done callback of the task: waiters run after it in the same
 * iteration, so the block goes one iteration later. */
static int async_block_done_(async_handle_t *handle)
{
    async_loop_t *loop = async_callback_future(handle)->loop;
    return async_call_soon(loop, handle, async_block_free_);
}

int async_pool_start_(async_block_t *block, async_coro_t *coro)
{
    int status = async_create_task(&block->task, coro);
    if (status != 0) {
        (void)async_block_free_(&block->done.handle);
        return status;
    }
    return async_future_add_done_callback(&block->task.future, &block->done,
                                          async_block_done_);
}

ASYNC_EXTERN_C_END

#endif
