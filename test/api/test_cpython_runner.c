/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of what CPython's test_runners does with a Runner: each test is named
 * after the method. */
#include "worker.h"

static async_runner_t runner;

static void begin_runner(void)
{
    begin();
    async_runner_init(&runner, &loop);
}

/* SEM R-12 R-13 */
static void test_run(void)
{
    begin_runner();
    CHECK_INT(async_runner_run(&runner, WORKER(1, .delay = -1)), 0);
    CHECK(!async_loop_is_closed(&loop));
    CHECK_INT(async_runner_run(&runner, WORKER(2, .ends = OOPS(2))), OOPS(2));
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK(async_loop_is_closed(&loop));
    CHECK_TRACE("begin1 end1 begin2 end2");
}

/* SEM R-12 R-13 */
static void test_explicit_close(void)
{
    begin_runner();
    CHECK_INT(async_runner_close(&runner), 0); /* it has never run */
    CHECK(async_loop_is_closed(&loop));
    CHECK_INT(async_runner_run(&runner, WORKER(1, .delay = 0)),
              ASYNC_ERR_CLOSED);
}

/* SEM R-13 */
static void test_double_close(void)
{
    begin_runner();
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_INT(async_runner_close(&runner), 0);
}

/* SEM R-12 L-31 */
static void test_second_with_block_raises(void)
{
    begin_runner();
    CHECK_INT(async_runner_run(&runner, WORKER(1, .delay = 0)), 0);
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_INT(async_runner_run(&runner, WORKER(2, .delay = 0)),
              ASYNC_ERR_CLOSED);
    CHECK_TRACE("begin1 end1");
    begin_runner(); /* on a new loop it works */
    CHECK_INT(async_runner_run(&runner, &workers[2].async_), 0);
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_TRACE("begin2 end2");
}

SCENE(recursive)
{
    ASYNC_BEGIN;
    CHECK_INT(async_runner_run(&runner, WORKER(1, .delay = 0)),
              ASYNC_ERR_RUNNING);
    CHECK_INT(async_runner_close(&runner), ASYNC_ERR_RUNNING);
    AWAIT(&workers[1].async_);
    ASYNC_END;
}

/* SEM R-02 */
static void test_recursive_run(void)
{
    begin_runner();
    CHECK_INT(async_runner_run(&runner,
                               ASYNC_CALL(recursive, &recursive_frame)), 0);
    CHECK_INT(async_runner_close(&runner), 0);
    CHECK_TRACE("begin1 end1");
}

/* -- Asynchronous generators that are left --------------------------------- */

struct fidget {
    ASYNC_AGENERATOR(int);
    int id;
};
ASYNC_DEF(fidget)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_YIELD(1);
        AWAIT(async_sleep_ticks(1));
    }
    ASYNC_CLEANUP;
    AWAIT(async_pause()); /* its cleaning up takes a while */
    note_n("closed", self->id);
    ASYNC_END;
}
static struct fidget spinner, idler;

SCENE(spins)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_FOR(async_anext(&spinner)) {
            note("item");
        } ASYNC_END_FOR;
    }
    ASYNC_EXCEPT_ALL(self->err) {
        CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
        ASYNC_RAISE(OOPS(1));
    }
    ASYNC_END_EXCEPT;
    ASYNC_END;
}

SCENE(leaves_generators)
{
    ASYNC_BEGIN;
    async_agenerator_init(ASYNC_CALL(fidget, &spinner, .id = 1));
    async_agenerator_init(ASYNC_CALL(fidget, &idler, .id = 2));
    AWAIT(async_anext(&idler));
    CHECK_INT(async_create_task(&tasks[1], ASYNC_CALL(spins, &spins_frame)),
              0);
    AWAIT(async_pause());
    ASYNC_RAISE(OOPS(2));
    ASYNC_END;
}

/* SEM R-03 R-04 */
static void test_asyncio_run_closes_gens_after_hanging_tasks_errors(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    CHECK_INT(async_run(&loop, ASYNC_CALL(leaves_generators,
                                          &leaves_generators_frame)), OOPS(2));
    CHECK_INT(status_of(&tasks[1].future), OOPS(1));
    CHECK_TRACE("item closed1 reported-101 closed2");
}

static const struct test tests[] = {
    TEST(test_asyncio_run_closes_gens_after_hanging_tasks_errors),
    TEST(test_run),
    TEST(test_explicit_close),
    TEST(test_double_close),
    TEST(test_second_with_block_raises),
    TEST(test_recursive_run),
};
TEST_MAIN(tests)
