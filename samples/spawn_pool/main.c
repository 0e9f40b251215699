/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static int milliseconds(void)
{
    return (int)async_loop_time(async_get_running_loop());
}

struct client {
    ASYNC_FRAME;
    int id;
};
ASYNC_DEF(client)
{
    ASYNC_BEGIN;
    printf("%4d ms  client %d is served\n", milliseconds(), self->id);
    AWAIT(async_sleep_ms(250));
    ASYNC_CLEANUP;
    printf("%4d ms  client %d leaves\n", milliseconds(), self->id);
    ASYNC_END;
}

/* Two clients at a time: two blocks, each a task and the frame of a client. */
static ASYNC_POOL_STORAGE(blocks, sizeof(struct client), 2);
static async_pool_t pool;

struct server {
    ASYNC_FRAME;
    int id, status;
};
ASYNC_DEF(server)
{
    ASYNC_BEGIN;
    for (self->id = 1; self->id <= 6; self->id++) {
        AWAIT(async_sleep_ms(100)); /* until a client comes */
        self->status = ASYNC_SPAWN(client, &pool, .id = self->id);
        if (self->status == ASYNC_ERR_NO_MEMORY) {
            printf("%4d ms  client %d is turned away: %s\n", milliseconds(),
                   self->id, async_strerror(self->status));
        } else if (self->status != ASYNC_OK) {
            ASYNC_RAISE(self->status);
        }
    }
    printf("%4d ms  the server closes\n", milliseconds());
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct server server;
    int status;
    async_pool_init(&pool, blocks);
    async_loop_init(&loop, async_sim_init(&sim, 0));
    status = async_run(&loop, ASYNC_CALL(server, &server));
    printf("blocks in use: %d of %d\n", (int)pool.used, (int)pool.count);
    return status;
}
