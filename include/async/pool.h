/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Start it and forget it: tasks whose storage comes from a pool of fixed
 * blocks and goes back by itself.
 *
 *     static ASYNC_POOL_STORAGE(blocks, sizeof(struct client), 8);
 *     static async_pool_t pool;
 *     async_pool_init(&pool, blocks);
 *     if (ASYNC_SPAWN(client, &pool, .fd = fd) == ASYNC_ERR_NO_MEMORY) { ... }
 */
#ifndef ASYNC_POOL_H_INCLUDED
#define ASYNC_POOL_H_INCLUDED

#include "task.h"

typedef struct async_pool async_pool_t;

/** Head of a block: the task, and behind it the frame. Private. */
struct async_block {
    async_task_t task;
    async_callback_t done; /**< gives the block back */
    async_pool_t *pool;
    struct async_block *next;
};
typedef struct async_block async_block_t;

/** A pool of blocks. Fields are read-only. */
struct async_pool {
    async_block_t *free;
    uint16_t frame_size; /**< largest frame, in bytes */
    uint16_t count;      /**< blocks in all */
    uint16_t used;       /**< blocks in use */
};

/* A block as it lies in memory: the frame is aligned for every type. */
#define ASYNC_BLOCK_(bytes)      \
    struct {                     \
        async_block_t head;      \
        union {                  \
            long long integer;   \
            double real;         \
            void *pointer;       \
            char frame[bytes];   \
        } u;                     \
    }
typedef ASYNC_BLOCK_(1) async_block_layout_t;

/** Defines storage for `count` tasks with frames of up to `bytes` bytes; write
 * `static` before it if you like. */
#define ASYNC_POOL_STORAGE(name, bytes, count) ASYNC_BLOCK_(bytes) name[count]

/** Makes a pool of the blocks that ASYNC_POOL_STORAGE defined.
 * @context{before the first spawn} @cost{O(count)} */
#define async_pool_init(pool, storage)                   \
    async_pool_init_((pool), (storage), sizeof *(storage), \
                     sizeof(storage) / sizeof *(storage))

/**
 * ASYNC_SPAWN(name, pool, .argument = value, ...) starts a coroutine as a task
 * of the running loop, task and frame in a block of the pool, and gives the
 * block back once everyone who awaits the task has run.
 *
 * @returns 0; ASYNC_ERR_NO_MEMORY if all blocks are in use, and nothing was
 *          started; ASYNC_ERR_VALUE if the frame is larger than the blocks;
 *          ASYNC_ERR_CLOSED and ASYNC_ERR_RUNTIME as async_create_task().
 * @context{task or callback} @cost{O(size of the frame)}
 */
#define ASYNC_SPAWN(...) ASYNC_PICK_(__VA_ARGS__)(ASYNC_SPAWN_, __VA_ARGS__)

#define ASYNC_SPAWN_(name, pool, assignments)                                 \
    __extension__({                                                           \
        async_block_t *name##_block_ = NULL;                                  \
        int name##_status_ =                                                  \
            async_pool_take_((pool), sizeof(struct name), &name##_block_);    \
        if (name##_status_ == 0) {                                            \
            struct name *name##_frame_ =                                      \
                (struct name *)async_block_frame_(name##_block_);             \
            ASYNC_MAKE_(name)                                                 \
            assignments                                                       \
            ASYNC_DEBUG_NAME_(name)                                           \
            name##_status_ =                                                  \
                async_pool_start_(name##_block_, &name##_frame_->async_);     \
        }                                                                     \
        name##_status_;                                                       \
    })

ASYNC_EXTERN_C_BEGIN

#define async_pool_init_ ASYNC_ABI_(async_pool_init_)
void async_pool_init_(async_pool_t *pool, void *blocks, size_t size,
                      size_t count);
int async_pool_take_(async_pool_t *pool, size_t frame, async_block_t **block);
int async_pool_start_(async_block_t *block, async_coro_t *coro);

ASYNC_EXTERN_C_END

static inline void *async_block_frame_(async_block_t *block)
{
    return (char *)block + offsetof(async_block_layout_t, u);
}

#endif
