/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Cancelling tasks, hop by hop. test_sweep.c cancels at every point. */
#include "world.h"

static async_future_t future;
static async_task_t tasks[4];

/* What a task waits for, and what it does when that is cancelled. */
enum waits { FUTURE, TASK, PAUSE, SLEEP, CHILD };
enum then { PASS_ON, RETURN, GO_ON, RAISE, CLEAN_UP };

struct probe {
    ASYNC_FRAME;
    struct probe *child; /* a frame for it */
    async_task_t *task;
    int id;
    enum waits waits;
    enum then then;
    int err;
};
ASYNC_DEF(probe)
{
    ASYNC_BEGIN;
    note_n("begin", self->id);
    ASYNC_TRY {
        if (self->waits == FUTURE) {
            AWAIT(&future);
        } else if (self->waits == TASK) {
            AWAIT(self->task);
        } else if (self->waits == PAUSE) {
            AWAIT(async_pause());
        } else if (self->waits == SLEEP) {
            AWAIT(async_sleep_ticks(10));
        } else {
            AWAIT(ASYNC_CALL(probe, self->child, .id = self->id + 1,
                             .waits = FUTURE, .then = CLEAN_UP));
        }
        note_n("on", self->id);
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("caught", self->id);
        note_n("", self->err);
        if (self->then == PASS_ON) {
            ASYNC_RAISE(self->err);
        }
        if (self->then == RETURN) {
            ASYNC_RETURN;
        }
        if (self->then == RAISE) {
            ASYNC_RAISE(-105);
        }
        if (self->then == CLEAN_UP) {
            AWAIT(async_sleep_ticks(3));
            note_n("clean", self->id);
            ASYNC_RAISE(self->err);
        }
        AWAIT(async_pause());
        note_n("again", self->id);
    }
    ASYNC_END_EXCEPT;
    ASYNC_CLEANUP;
    note_n("end", self->id);
    ASYNC_END;
}
static struct probe frames[4];

static void begin(void)
{
    world_begin();
    async_future_init(&future, &loop);
}

static void start(int id, enum waits waits, enum then then)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[id],
                  ASYNC_CALL(probe, &frames[id], .id = id, .waits = waits,
                             .then = then,
                             .task = id > 0 ? &tasks[id - 1] : NULL,
                             .child = &frames[3])),
              0);
}

static void cancel(int id)
{
    CHECK_INT(async_task_cancel(&tasks[id]), 1);
}

static void expect_end(int id, int status, unsigned cancelling)
{
    CHECK(async_future_done(&tasks[id].future));
    CHECK_INT(async_future_result(&tasks[id].future, NULL), status);
    CHECK(async_future_cancelled(&tasks[id].future) ==
          (status == ASYNC_ERR_CANCELLED));
    CHECK_INT(async_task_cancelling(&tasks[id]), cancelling);
}

/* -- Delivery ------------------------------------------------------------- */

/* SEM C-01 C-05 */
static void before_the_first_step(void)
{
    begin();
    start(0, PAUSE, PASS_ON);
    cancel(0);
    CHECK(!async_future_done(&tasks[0].future));
    turns(1);
    CHECK_TRACE("");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* SEM C-02 C-05 D-08 */
static void waiting_for_a_future(void)
{
    begin();
    start(0, FUTURE, PASS_ON);
    turns(1);
    cancel(0);
    CHECK(async_future_cancelled(&future));
    CHECK(!async_future_done(&tasks[0].future));
    CHECK_TRACE("begin0");
    turns(1);
    CHECK_TRACE("caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* SEM C-03 */
static void runnable(void)
{
    begin();
    start(0, PAUSE, PASS_ON);
    turns(1);
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* SEM C-30 */
static void sleeping(void)
{
    async_tick_t deadline;
    bool has_deadline;
    begin();
    start(0, SLEEP, PASS_ON);
    turns(1);
    async_sim_advance(&sim, 4);
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    world_end();
}

/* SEM C-03 */
static void after_the_timer_ran(void)
{
    begin();
    start(0, SLEEP, PASS_ON);
    turns(1);
    async_sim_advance(&sim, 10);
    turns(1); /* the timer */
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    world_end();
}

/* SEM C-23 */
static void together_with_the_result(void)
{
    begin();
    start(0, FUTURE, PASS_ON);
    turns(1);
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    CHECK_INT(async_future_result(&future, NULL), 0);
    world_end();
}

/* SEM C-24 */
static void together_with_the_future(void)
{
    begin();
    start(0, FUTURE, PASS_ON);
    turns(1);
    CHECK_INT(async_future_cancel(&future), 1);
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* -- What the coroutine does with it -------------------------------------- */

/* SEM C-06 C-07 C-16 C-28 */
static void handled(void)
{
    static const struct { enum then then; const char *trace; int status; }
    cases[] = {
        {PASS_ON, "begin0 caught0 -1 end0", ASYNC_ERR_CANCELLED},
        {RETURN, "begin0 caught0 -1 end0", 0},
        {GO_ON, "begin0 caught0 -1 again0 end0", 0},
        {RAISE, "begin0 caught0 -1 end0", -105},
        {CLEAN_UP, "begin0 caught0 -1 clean0 end0", ASYNC_ERR_CANCELLED},
    };
    unsigned i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin();
        start(0, FUTURE, cases[i].then);
        turns(1);
        cancel(0);
        turns(1);
        async_sim_advance(&sim, 3);
        turns(2);
        CHECK_TRACE_VAR(cases[i].trace);
        expect_end(0, cases[i].status, 1);
        world_end();
    }
}

/* SEM C-28 */
static void again_while_cleaning_up(void)
{
    begin();
    start(0, FUTURE, CLEAN_UP);
    turns(1);
    cancel(0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1");
    cancel(0);
    turns(1);
    CHECK_TRACE("end0"); /* but not clean0 */
    expect_end(0, ASYNC_ERR_CANCELLED, 2);
    world_end();
}

/* SEM C-14 */
static void unwinds_from_inside(void)
{
    begin();
    start(0, CHILD, PASS_ON);
    turns(1);
    CHECK_TRACE("begin0 begin1");
    cancel(0);
    turns(1);
    CHECK_TRACE("caught1 -1");
    async_sim_advance(&sim, 3);
    turns(2);
    CHECK_TRACE("clean1 end1 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* -- Counting ------------------------------------------------------------- */

/* SEM C-04 C-08 C-17 C-22 C-32 D-09 */
static void several_requests(void)
{
    int i;
    begin();
    start(0, FUTURE, GO_ON);
    turns(1);
    for (i = 1; i <= 3; i++) {
        cancel(0);
        CHECK_INT(async_task_cancelling(&tasks[0]), i);
    }
    turns(1);
    CHECK_TRACE("begin0 caught0 -1");
    turns(1);
    CHECK_TRACE("again0 end0");
    expect_end(0, 0, 3);
    CHECK_INT(async_task_cancel(&tasks[0]), 0);
    CHECK_INT(async_future_cancel(&tasks[0].future), 0);
    expect_end(0, 0, 3);

    start(0, FUTURE, PASS_ON);
    for (i = 1; i <= 300; i++) {
        cancel(0);
    }
    CHECK_INT(async_task_cancelling(&tasks[0]), 255);
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* SEM C-18 C-19 */
static void take_back(void)
{
    begin();
    start(0, PAUSE, PASS_ON);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    cancel(0);
    cancel(0);
    CHECK_INT(async_task_uncancel(&tasks[0]), 1);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    turns(1); /* withdrawn before the first step */
    CHECK_TRACE("begin0");
    cancel(0);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    turns(1); /* and before the next */
    CHECK_TRACE("on0 end0");
    expect_end(0, 0, 0);

    start(0, FUTURE, PASS_ON); /* woken, then cancelled */
    turns(1);
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    cancel(0);
    cancel(0);
    CHECK_INT(async_task_uncancel(&tasks[0]), 1); /* one is left */
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    turns(1);
    CHECK_TRACE("begin0 on0 end0");

    async_future_init(&future, &loop); /* delivered already: too late */
    start(0, FUTURE, PASS_ON);
    turns(1);
    cancel(0);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    expect_end(0, ASYNC_ERR_CANCELLED, 0);
    world_end();
}

/* -- Tasks that await each other ------------------------------------------ */

/* SEM C-27 */
static void by_its_future(void)
{
    begin();
    start(0, FUTURE, PASS_ON);
    turns(1);
    CHECK_INT(async_future_cancel(&tasks[0].future), 1);
    CHECK_INT(async_task_cancelling(&tasks[0]), 1);
    CHECK(!async_future_done(&tasks[0].future));
    turns(1);
    CHECK_TRACE("begin0 caught0 -1 end0");
    CHECK_INT(async_future_cancel(&tasks[0].future), 0);
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

/* SEM C-12 C-26 */
static void through_an_inner_task(void)
{
    begin();
    start(0, FUTURE, CLEAN_UP);
    start(1, TASK, PASS_ON);
    turns(1);
    CHECK_TRACE("begin0 begin1");
    cancel(1);
    CHECK_INT(async_task_cancelling(&tasks[1]), 1);
    CHECK_INT(async_task_cancelling(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("caught0 -1");
    async_sim_advance(&sim, 3);
    turns(2);
    CHECK_TRACE("clean0 end0");
    turns(1);
    CHECK_TRACE("caught1 -1 end1");
    expect_end(0, ASYNC_ERR_CANCELLED, 1);
    expect_end(1, ASYNC_ERR_CANCELLED, 1);

    async_future_init(&future, &loop); /* only the inner one */
    start(0, FUTURE, PASS_ON);
    start(1, TASK, PASS_ON);
    turns(1);
    cancel(0);
    turns(2);
    CHECK_TRACE("begin0 begin1 caught0 -1 end0 caught1 -1 end1");
    expect_end(1, ASYNC_ERR_CANCELLED, 0);
    world_end();
}

/* SEM C-13 */
static void swallowed_by_an_inner_task(void)
{
    begin();
    start(0, FUTURE, RETURN);
    start(1, TASK, PASS_ON);
    start(2, TASK, PASS_ON);
    turns(1);
    cancel(2);
    turns(3);
    CHECK_TRACE("begin0 begin1 begin2 caught0 -1 end0 on1 end1 on2 end2");
    expect_end(0, 0, 1);
    expect_end(1, 0, 1);
    expect_end(2, 0, 1);
    world_end();
}

/* SEM C-29 */
static void inner_task_has_just_finished(void)
{
    begin();
    start(0, PAUSE, PASS_ON);
    start(1, TASK, PASS_ON);
    turns(2);
    CHECK_TRACE("begin0 begin1 on0 end0");
    cancel(1);
    turns(1);
    CHECK_TRACE("caught1 -1 end1");
    expect_end(0, 0, 0);
    expect_end(1, ASYNC_ERR_CANCELLED, 1);
    world_end();
}

static const struct test tests[] = {
    TEST(before_the_first_step),      TEST(waiting_for_a_future),
    TEST(runnable),                   TEST(sleeping),
    TEST(after_the_timer_ran),        TEST(together_with_the_result),
    TEST(together_with_the_future),   TEST(handled),
    TEST(again_while_cleaning_up),    TEST(unwinds_from_inside),
    TEST(by_its_future),
    TEST(several_requests),           TEST(take_back),
    TEST(through_an_inner_task),      TEST(swallowed_by_an_inner_task),
    TEST(inner_task_has_just_finished),
};
TEST_MAIN(tests)
