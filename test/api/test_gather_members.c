/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What a gather is given, and its storage. Tests named test_... are ports of
 * CPython's. */
#include "worker.h"

static ASYNC_GATHER(4) all, more;
static ASYNC_GATHER_FUTURES(2) small;
static async_future_t *outer;

static void set(int number, int error)
{
    CHECK_INT(error != 0
                  ? async_future_set_exception(&futures[number], error)
                  : async_future_set_result(&futures[number], &workers[number]),
              0);
}

/* -- Members that are done, of other loops, shared ------------------------- */

/* SEM GA-12 */
static void done_already(void)
{
    begin();
    set(0, 0);
    set(1, OOPS(1));
    CHECK_INT(async_future_cancel(&futures[2]), 1);
    outer = async_gather(&all, &futures[0], &futures[1], &futures[2]);
    CHECK_INT(status_of(outer), OOPS(1)); /* the first in their order */
    outer = async_gather_return_exceptions(&all, &futures[0], &futures[1],
                                           &futures[2]);
    CHECK_INT(status_of(outer), 0);
    outer = async_gather(&all, &futures[3], &futures[1]);
    CHECK_INT(status_of(outer), OOPS(1));
    outer = async_gather(&all, &futures[3], &futures[0]);
    CHECK(!async_future_done(outer));
    set(3, 0);
    turns(1);
    CHECK_INT(status_of(outer), 0);
    world_end();
}

static async_loop_t other;
static async_sim_t other_sim;
static async_future_t stranger;

static void make_stranger(void)
{
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 0)), 0);
    async_future_init(&stranger, &other);
}

/* SEM GA-14 */
static void test_constructor_heterogenous_futures(void)
{
    begin();
    make_stranger();
    outer = async_gather(&all, &futures[0], &stranger);
    CHECK_INT(status_of(outer), ASYNC_ERR_WRONG_LOOP);
    CHECK(!async_future_done(&futures[0]));
    CHECK(futures[0].u.waiters == NULL);
    CHECK_INT(async_loop_close(&other), 0);
    world_end();
}

/* SEM GA-14 */
static void test_constructor_homogenous_futures(void)
{
    begin();
    make_stranger();
    CHECK(async_gather(&all, &stranger)->loop == &other);
    CHECK(async_gather(&more, &futures[0])->loop == &loop);
    CHECK_INT(async_loop_close(&other), 0);
    world_end();
}

SCENE(cannot_start)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, WORKER(2, .delay = 0));
    AWAIT_STATUS(self->err, async_gather(&all, WORKER(1, .delay = 3),
                                         &workers[2].async_));
    CHECK_INT(self->err, ASYNC_ERR_REUSED);
    CHECK_TRACE("begin2 end2");
    AWAIT(async_sleep_ticks(9)); /* worker 1 was started before */
    CHECK_TRACE("begin1 end1");
    AWAIT_STATUS(self->err, async_gather(&small, WORKER(1, .delay = 3)));
    CHECK_INT(self->err, ASYNC_ERR_TYPE);
    AWAIT(WORKER(1, .delay = 0)); /* never started: no harm done */
    trace_clear();
    ASYNC_END;
}

/* SEM GA-15 GA-16 */
static void coroutine_that_cannot_start(void)
{
    begin();
    PLAY(cannot_start, 0);
    world_end();
}

SCENE(shared)
{
    ASYNC_BEGIN;
    outer = async_gather(&more, &tasks[1], &tasks[2]);
    AWAIT(async_gather(&small, &tasks[1], outer));
    AWAIT(&tasks[1]);
    AWAIT(outer);
    ASYNC_END;
}

/* SEM GA-17 */
static void in_several(void)
{
    begin();
    START(1, .delay = 3);
    START(2, .delay = 5);
    PLAY(shared, 0);
    CHECK_TRACE("begin1 begin2 end1 end2");
    world_end();
}

static ASYNC_GATHER(2) third;

/* SEM GA-18 */
static void three_levels(void)
{
    begin();
    START(1, .delay = 9);
    START(2, .delay = 9);
    START(3, .delay = 9);
    turns(1);
    outer = async_gather(
        &all, &tasks[1],
        async_gather(&more, &tasks[2], async_gather(&third, &tasks[3])));
    CHECK_INT(async_future_cancel(outer), 1);
    CHECK_INT(async_loop_run_until_complete(&loop, outer),
              ASYNC_ERR_CANCELLED);
    turns(2);
    CHECK_TRACE("begin1 begin2 begin3 cancel1 cancel2 cancel3");
    CHECK(async_future_done(&third.gather.outer.future));
    world_end();
}

/* SEM GA-18 */
static void cycle(void)
{
    begin();
    START(1, .waits = &all.gather.outer.future);
    START(2, .waits = &more.gather.outer.future);
    (void)async_gather(&all, &tasks[2]);
    (void)async_gather(&more, &tasks[1]);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), ASYNC_ERR_CYCLE);
    turns(3);
    CHECK(!is_done(1) && !is_done(2));
    CHECK_TRACE("begin1 begin2");
    CHECK_INT(async_loop_close(&loop), 0);
}

/* -- Storage --------------------------------------------------------------- */

SCENE(again)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_gather(&all, WORKER(1, .ends = OOPS(1)),
                                         WORKER(2, .delay = 5)));
    CHECK_INT(self->err, OOPS(1));
    AWAIT_STATUS(self->err, async_gather(&all, WORKER(1, .delay = 1)));
    CHECK_INT(self->err, 0);
    AWAIT_STATUS(self->err, async_gather(&all, &futures[0],
                                         WORKER(3, .delay = 1)));
    CHECK_INT(self->err, ASYNC_ERR_BUSY); /* worker 2 is still there */
    AWAIT(async_sleep_ticks(6));
    AWAIT_STATUS(self->err, async_gather(&all, &futures[0],
                                         WORKER(3, .delay = 1)));
    CHECK_INT(self->err, 0);
    ASYNC_END;
}

/* SEM GA-19 */
static void storage_is_free(void)
{
    begin();
    set(0, 0);
    PLAY(again, 0);
    CHECK_TRACE("begin1 end1 begin2 begin1 end1 end2 begin3 end3");
    world_end();
}

static async_awaitable_t list[4];

SCENE(of_list)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        list[self->i] = async_awaitable(WORKER(self->i, .delay = 3 - self->i,
                                               .ends = self->i == 1 ? OOPS(1)
                                                                    : 0));
    }
    list[3] = async_awaitable(&tasks[4]);
    outer = async_gather_list_return_exceptions(&all, list, 4);
    list[3] = list[2] = list[1] = list[0];
    AWAIT(outer);
    CHECK_INT(async_gather_status(&all, 0), 0);
    CHECK_INT(async_gather_status(&all, 1), OOPS(1));
    CHECK_INT(async_gather_status(&all, 2), 0);
    CHECK_INT(async_gather_status(&all, 3), OOPS(4));
    list[0] = async_awaitable(async_gather_future(&all, 1));
    AWAIT_STATUS(self->err, async_gather_list(&more, list, 1));
    CHECK_INT(self->err, OOPS(1));
    list[0] = async_awaitable(WORKER(5, .delay = 0));
    outer = async_gather_list_return_exceptions(&small, list, 3);
    CHECK_INT(status_of(outer), ASYNC_ERR_VALUE); /* it has two places */
    CHECK_INT(async_gather_status(&small, 0), ASYNC_ERR_VALUE);
    AWAIT(list[0].coro);
    ASYNC_END;
}

/* SEM GA-20 */
static void lists(void)
{
    begin();
    START(4, .delay = 2, .ends = OOPS(4));
    PLAY(of_list, 0);
    trace_clear();
    world_end();
}

static const struct test tests[] = {
    TEST(done_already),
    TEST(test_constructor_heterogenous_futures),
    TEST(test_constructor_homogenous_futures),
    TEST(coroutine_that_cannot_start),
    TEST(in_several),
    TEST(three_levels),
    TEST(cycle),
    TEST(storage_is_free),
    TEST(lists),
};
TEST_MAIN(tests)
