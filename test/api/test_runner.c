/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runners: several main coroutines on one loop. */
#include "world.h"

struct child {
    ASYNC_FRAME;
    int n;
};
ASYNC_DEF(child)
{
    ASYNC_BEGIN;
    for (;;) {
        note_n("child", self->n++);
        AWAIT(async_sleep_ms(1));
    }
    ASYNC_CLEANUP;
    note("cleaned");
    ASYNC_END;
}

struct first {
    ASYNC_FRAME;
    struct child child;
    async_task_t task;
    int status;
};
ASYNC_DEF(first)
{
    ASYNC_BEGIN;
    if (self->status == 0) {
        (void)async_create_task(&self->task, ASYNC_CALL(child, &self->child));
    }
    AWAIT(async_pause());
    ASYNC_RAISE(ASYNC_ERR_USER);
    ASYNC_END;
}

/* SEM R-12 R-13 */
static void several_runs(void)
{
    static async_runner_t runner;
    static struct first a, b;
    world_begin();
    async_runner_init(&runner, &loop);
    CHECK_INT(async_runner_run(&runner, ASYNC_CALL(first, &a)), ASYNC_ERR_USER);
    CHECK_TRACE("child0");
    sim.time++;
    CHECK_INT(async_runner_run(&runner, ASYNC_CALL(first, &b, .status = 1)),
              ASYNC_ERR_USER);
    CHECK_TRACE("child1");
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_TRACE("cleaned");
    CHECK(async_loop_is_closed(&loop));
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_INT(async_runner_run(&runner, ASYNC_CALL(first, &a)),
              ASYNC_ERR_CLOSED);
}

static const struct test tests[] = {
    TEST(several_runs),
};
TEST_MAIN(tests)
