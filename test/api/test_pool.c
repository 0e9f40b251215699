/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Tasks from a pool of blocks. */
#include "world.h"

struct client {
    ASYNC_FRAME;
    int id, pauses, status;
    int cleared; /* zero, whatever the block was used for before */
};
ASYNC_DEF(client)
{
    ASYNC_BEGIN;
    CHECK_INT(self->cleared, 0);
    self->cleared = 77;
    note_n("c", self->id);
    while (self->pauses-- > 0) {
        AWAIT(async_pause());
    }
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}

struct large {
    ASYNC_FRAME;
    char bytes[200];
};
ASYNC_DEF(large)
{
    ASYNC_BEGIN;
    note("large");
    ASYNC_END;
}

static ASYNC_POOL_STORAGE(blocks, sizeof(struct client), 3);
static async_pool_t pool;

/* What is to be done in the context of the loop. */
static void (*inside)(void);
static async_handle_t handle;

static int run_inside(async_handle_t *h)
{
    (void)h;
    inside();
    return 0;
}

static void in_loop(void (*what)(void))
{
    inside = what;
    CHECK_INT(async_call_soon(&loop, &handle, run_inside), 0);
    turns(1);
}

static void begin(void)
{
    world_begin();
    async_pool_init(&pool, blocks);
    CHECK_INT(pool.count, 3);
    CHECK_INT(pool.used, 0);
    CHECK(pool.frame_size >= sizeof(struct client));
}

static int evaluations;

static int evaluate(int n)
{
    evaluations++;
    return n;
}

static void spawn_three(void)
{
    evaluations = 0;
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = evaluate(1), .pauses = 1), 0);
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = evaluate(2), .pauses = 3), 0);
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = evaluate(3), .pauses = 1,
                          .status = -105),
              0);
    CHECK_INT(evaluations, 3);
    CHECK_INT(pool.used, 3);
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = 4), ASYNC_ERR_NO_MEMORY);
    CHECK_INT(pool.used, 3);
}

static void spawn_one(void)
{
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = 5), 0);
}

/* SEM PL-01 PL-02 PL-03 */
static void until_it_is_exhausted(void)
{
    begin();
    in_loop(spawn_three);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("c1 c2 c3");
    turns(1); /* 1 and 3 end here; their callbacks, and the blocks */
    turns(2);
    CHECK_INT(pool.used, 1);
    in_loop(spawn_one);
    CHECK_INT(pool.used, 2);
    turns(5);
    CHECK_TRACE("c5");
    CHECK_INT(pool.used, 0);
    world_end();
}

static void spawn_large(void)
{
    CHECK_INT(ASYNC_SPAWN(large, &pool), ASYNC_ERR_VALUE);
    CHECK_INT(pool.used, 0);
}

/* SEM PL-04 */
static void a_frame_that_is_too_large(void)
{
    begin();
    in_loop(spawn_large);
    turns(3);
    CHECK_TRACE("");
    world_end();
}

/* SEM PL-05 */
static void outside_a_loop(void)
{
    begin();
    CHECK_INT(ASYNC_SPAWN(client, &pool), ASYNC_ERR_RUNTIME);
    CHECK_INT(pool.used, 0);
    world_end();
}

/* Awaits the first task there is besides itself. */
struct waiter {
    ASYNC_FRAME;
    int id, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_all_tasks(&loop, NULL));
    note_n("w", self->id);
    note_n("", self->err);
    CHECK(pool.used > 0); /* it still exists */
    ASYNC_END;
}

static async_task_t tasks[3];
static struct waiter waiters[3];

static void spawn_and_wait(void)
{
    int i;
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = 1, .pauses = 2,
                          .status = -105),
              0);
    for (i = 0; i < 3; i++) {
        CHECK_INT(async_create_task(&tasks[i],
                                    ASYNC_CALL(waiter, &waiters[i],
                                               .id = i)),
                  0);
    }
}

/* SEM PL-06 */
static void awaited_by_others(void)
{
    begin();
    in_loop(spawn_and_wait);
    turns(4);
    CHECK_TRACE("c1 w0 -105 w1 -105 w2 -105");
    turns(1);
    CHECK_INT(pool.used, 0);
    world_end();
}

static void spawn_and_cancel(void)
{
    CHECK_INT(ASYNC_SPAWN(client, &pool, .id = 1, .pauses = 100), 0);
    CHECK_INT(async_task_cancel(async_all_tasks(&loop, NULL)), 1);
}

/* SEM PL-02 */
static void cancelled_before_its_first_step(void)
{
    int i;
    begin();
    for (i = 0; i < 10; i++) { /* the blocks come back */
        in_loop(spawn_and_cancel);
        turns(3);
        CHECK_TRACE("");
        CHECK_INT(pool.used, 0);
    }
    world_end();
}

/* Spawns at random from a pool that is often exhausted: every task that was
 * started ends, every block comes back. */
static int alive, started, refused, most;

struct mortal {
    ASYNC_FRAME;
    unsigned naps;
};
ASYNC_DEF(mortal)
{
    ASYNC_BEGIN;
    alive++;
    while (self->naps-- > 0) {
        AWAIT(async_sleep_ticks((async_delay_t)(1 + random_below(20))));
    }
    ASYNC_CLEANUP;
    alive--;
    ASYNC_END;
}

static ASYNC_POOL_STORAGE(graves, sizeof(struct mortal), 5);

struct spawner {
    ASYNC_FRAME;
    int rounds, status;
    bool room;
};
ASYNC_DEF(spawner)
{
    ASYNC_BEGIN;
    while (self->rounds-- > 0) {
        self->room = pool.used < 5;
        self->status = ASYNC_SPAWN(mortal, &pool, .naps = random_below(4));
        CHECK_INT(self->status, self->room ? 0 : (int)ASYNC_ERR_NO_MEMORY);
        started += self->room;
        refused += !self->room;
        most = (int)pool.used > most ? (int)pool.used : most;
        AWAIT(async_sleep_ticks((async_delay_t)random_below(8)));
    }
    ASYNC_END;
}

/* SEM PL-02 PL-03 */
static void nothing_is_lost(void)
{
    struct spawner frame;
    static async_task_t task;
    world_begin();
    async_pool_init(&pool, graves);
    random_seed(check_.start + 1);
    alive = started = refused = most = 0;
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(spawner, &frame,
                                                .rounds = 3000)),
              0);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    CHECK_INT(alive, 0);
    CHECK_INT(started + refused, 3000);
    CHECK(refused > 100);
    CHECK_INT(most, 5);
    CHECK_INT(pool.used, 0);
    world_end();
}

static const struct test tests[] = {
    TEST(until_it_is_exhausted),
    TEST(a_frame_that_is_too_large),
    TEST(outside_a_loop),
    TEST(awaited_by_others),
    TEST(cancelled_before_its_first_step),
    TEST(nothing_is_lost),
};
TEST_MAIN(tests)
