/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* as_completed. Tests named test_... are ports of CPython's. */
#include "worker.h"

static ASYNC_AS_COMPLETED(4) each;
static ASYNC_AS_COMPLETED_FUTURES(2) small;

/* Takes items until none is left, or `most`, and traces what they ended with,
 * when, and the number of the worker. */
struct taker {
    ASYNC_FRAME;
    int most, err;
};
ASYNC_DEF(taker)
{
    ASYNC_BEGIN;
    while (self->most-- != 0 && async_as_completed_left(&each) > 0) {
        AWAIT_STATUS(self->err, async_as_completed_next(&each));
        note_n("item", self->err);
        note_n("at", world_time());
        if (async_as_completed_future(&each) != NULL) {
            const struct worker *from = NULL;
            void *result = NULL;
            if (async_future_result(async_as_completed_future(&each),
                                    &result) == 0) {
                from = (const struct worker *)result;
                note_n("of", from->id);
            }
        } else {
            note("none");
        }
        if (self->err == ASYNC_ERR_CANCELLED) {
            ASYNC_RAISE(self->err);
        }
    }
    ASYNC_END;
}
static struct taker takers[2];
static async_task_t takings[2];

#define TAKE(n) ASYNC_CALL(taker, &takers[0], .most = (n))

static void start_taker(int number, int most)
{
    CHECK_INT(async_loop_create_task(&loop, &takings[number],
                                     ASYNC_CALL(taker, &takers[number],
                                                .most = most)), 0);
}

/* -- Order ----------------------------------------------------------------- */

SCENE(in_order)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, WORKER(2, .delay = 1),
                                 WORKER(3, .delay = 15), WORKER(1, .delay = 1)),
              0);
    CHECK_INT(async_as_completed_left(&each), 3);
    AWAIT(TAKE(-1));
    CHECK_TRACE("begin2 begin3 begin1 end2 end1 item0 at1 of2 item0 at1 of1 "
                "end3 item0 at15 of3");
    AWAIT_STATUS(self->err, async_as_completed_next(&each));
    CHECK_INT(self->err, ASYNC_ERR_STOP_ASYNC_ITERATION);
    ASYNC_END;
}

/* SEM AC-01 AC-06 AC-07 */
static void test_as_completed(void)
{
    begin();
    PLAY(in_order, 0);
    world_end();
}

SCENE(same_out)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, &tasks[1], &futures[0],
                                 WORKER(3, .ends = OOPS(3))), 0);
    AWAIT_STATUS(self->err, async_as_completed_next(&each));
    CHECK_INT(self->err, OOPS(3));
    CHECK(status_of(async_as_completed_future(&each)) == OOPS(3));
    AWAIT_STATUS(self->err, async_as_completed_next(&each));
    CHECK_INT(self->err, OOPS(1));
    CHECK(async_as_completed_future(&each) == &tasks[1].future);
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    AWAIT(async_as_completed_next(&each));
    CHECK(async_as_completed_future(&each) == &futures[0]);
    CHECK_INT(async_as_completed_left(&each), 0);
    trace_clear();
    ASYNC_END;
}

/* SEM AC-01 */
static void test_as_completed_same_tasks_in_as_out(void)
{
    begin();
    START(1, .delay = 3, .ends = OOPS(1));
    PLAY(same_out, 0);
    world_end();
}

SCENE(one_coroutine)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, WORKER(1, .delay = 0)), 0);
    CHECK_INT(async_as_completed_left(&each), 1);
    AWAIT(async_as_completed_next(&each));
    note("next");
    ASYNC_END;
}

/* SEM AC-07 AC-13 */
static void test_as_completed_coroutine_use_running_loop(void)
{
    begin();
    SCENE_START(one_coroutine);
    turns(2);
    CHECK_TRACE("begin1 end1");
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("next");
    world_end();
}

static async_coro_t *twice;

SCENE(doubles)
{
    ASYNC_BEGIN;
    twice = WORKER(1, .delay = 0);
    CHECK_INT(async_as_completed(&each, twice, twice, WORKER(2, .delay = 2)),
              0);
    AWAIT(TAKE(-1));
    CHECK_TRACE("begin1 end1 begin2 item0 at0 of1 end2 item0 at2 of2");
    CHECK_INT(async_as_completed(&each, &tasks[3], &futures[0], &tasks[3],
                                 &futures[0]), 0);
    CHECK_INT(async_as_completed_left(&each), 2);
    AWAIT(TAKE(2));
    CHECK_INT(async_as_completed_left(&each), 0);
    trace_clear();
    ASYNC_END;
}

/* SEM AC-04 */
static void test_as_completed_duplicate_coroutines(void)
{
    begin();
    START(3, .delay = 0); /* done before it is given */
    turns(1);
    trace_clear();
    SCENE_START(doubles);
    async_sim_advance(&sim, 0);
    CHECK_INT(async_future_set_result(&futures[0], &workers[0]), 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    world_end();
}

/* -- Timeouts -------------------------------------------------------------- */

SCENE(too_late)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_ticks(&each, 12, &tasks[1], &tasks[2],
                                       &tasks[3]), 0);
    AWAIT(TAKE(-1));
    CHECK_TRACE("begin1 begin2 begin3 end1 item0 at10 of1 item-2 at12 none "
                "item-2 at12 none");
    ASYNC_END;
}

/* SEM AC-02 */
static void test_as_completed_with_timeout(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 15);
    START(3, .delay = 15);
    PLAY(too_late, 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[2].future), 0);
    CHECK_TRACE("end2 end3"); /* they were not cancelled */
    world_end();
}

SCENE(slow_reader)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_ticks(&each, 12, &tasks[1], &tasks[2]), 0);
    AWAIT(async_sleep_ticks(20));
    AWAIT(TAKE(-1)); /* what had ended before comes first */
    CHECK_TRACE("begin1 begin2 end1 end2 item0 at20 of1 item-2 at20 none");
    ASYNC_END;
}

/* SEM AC-02 */
static void ended_before_the_timeout(void)
{
    begin();
    START(1, .delay = 10);
    START(2, .delay = 15);
    PLAY(slow_reader, 0);
    world_end();
}

SCENE(in_time)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_ms(&each, 1000, WORKER(1, .delay = 10)), 0);
    AWAIT(async_sleep_ticks(11)); /* asked for or not */
    CHECK(each.each.timer.handle.node.next == NULL);
    AWAIT(TAKE(-1));
    CHECK_TRACE("begin1 end1 item0 at11 of1");
    ASYNC_END;
}

/* SEM AC-03 */
static void test_as_completed_with_unused_timeout(void)
{
    begin();
    PLAY(in_time, 0);
    CHECK_INT(next_timer(), -1);
    world_end();
}

/* -- Leaving, several takers ----------------------------------------------- */

SCENE(resume)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, WORKER(0, .delay = 1),
                                 WORKER(1, .delay = 2), WORKER(2, .delay = 3),
                                 WORKER(3, .delay = 4)), 0);
    AWAIT(TAKE(2));
    CHECK_INT(async_as_completed_left(&each), 2);
    trace_clear();
    AWAIT(TAKE(-1));
    CHECK_TRACE("end2 item0 at3 of2 end3 item0 at4 of3");
    ASYNC_END;
}

/* SEM AC-08 */
static void test_as_completed_resume_iterator(void)
{
    begin();
    PLAY(resume, 0);
    world_end();
}

SCENE(leave)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_ticks(&each, 9, &tasks[1], &tasks[2]), 0);
    AWAIT(TAKE(1));
    async_as_completed_close(&each);
    CHECK_INT(async_as_completed_left(&each), 0);
    CHECK(tasks[2].future.u.waiters == NULL);
    AWAIT_STATUS(self->err, async_as_completed_next(&each));
    CHECK_INT(self->err, ASYNC_ERR_STOP_ASYNC_ITERATION);
    CHECK_TRACE("begin1 begin2 end1 item0 at5 of1");
    CHECK_INT(async_as_completed(&each, &tasks[2]), 0); /* used again */
    AWAIT(TAKE(-1));
    CHECK_TRACE("end2 item0 at7 of2");
    CHECK_INT(async_as_completed(&each, &futures[0]), 0);
    async_as_completed_close(&each);
    async_as_completed_close(&each);
    ASYNC_END;
}

/* SEM AC-08 */
static void closed(void)
{
    begin();
    START(1, .delay = 5);
    START(2, .delay = 7);
    PLAY(leave, 0);
    CHECK_INT(next_timer(), -1);
    world_end();
}

SCENE(prepare)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, WORKER(1, .delay = 5),
                                 WORKER(2, .delay = 9)), 0);
    ASYNC_END;
}

/* Who awaits first gets what ends first, whatever it asked for. */
/* SEM AC-05 */
static void test_as_completed_reverse_wait(void)
{
    begin();
    SCENE_START(prepare);
    start_taker(1, 1);
    start_taker(0, 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &takings[1].future), 0);
    CHECK_TRACE("begin1 begin2 end1 item0 at5 of1");
    CHECK(!async_future_done(&takings[0].future));
    CHECK_INT(async_loop_run_until_complete(&loop, &takings[0].future), 0);
    CHECK_TRACE("end2 item0 at9 of2");
    world_end();
}

SCENE(same_time)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&each, WORKER(1, .delay = 5),
                                 WORKER(2, .delay = 5)), 0);
    ASYNC_END;
}

/* SEM AC-05 */
static void test_as_completed_concurrent(void)
{
    begin();
    SCENE_START(same_time);
    start_taker(0, 1);
    start_taker(1, 1);
    CHECK_INT(async_loop_run_until_complete(&loop, &takings[1].future), 0);
    CHECK(async_future_done(&takings[0].future));
    CHECK_TRACE("begin1 begin2 end1 end2 item0 at5 of1 item0 at5 of2");
    world_end();
}

/* SEM AC-09 */
static void cancelled_when_woken(void)
{
    begin();
    SCENE_START(prepare);
    start_taker(0, 1);
    start_taker(1, 1);
    turns(2);
    async_sim_advance(&sim, 5);
    turns(3); /* timer; worker 1 ends; the first taker is woken */
    CHECK_INT(async_task_cancel(&takings[0]), 1);
    turns(2);
    CHECK_TRACE("begin1 begin2 end1 item-1 at5 none item0 at5 of1");
    CHECK_INT(async_as_completed_left(&each), 0);
    CHECK_INT(async_loop_run_until_complete(
                  &loop, async_member_future_(&each.each.members, 1)), 0);
    trace_clear();
    world_end();
}

/* SEM AC-09 */
static void cancelled_before(void)
{
    begin();
    SCENE_START(prepare);
    start_taker(0, 1);
    turns(2);
    CHECK_INT(async_task_cancel(&takings[0]), 1);
    turns(1);
    CHECK_TRACE("begin1 begin2 item-1 at0 none");
    CHECK_INT(async_as_completed_left(&each), 1); /* it has had its item */
    start_taker(1, -1);
    CHECK_INT(async_loop_run_until_complete(&loop, &takings[1].future), 0);
    CHECK_TRACE("end1 item0 at5 of1");
    CHECK_INT(async_loop_run_until_complete(
                  &loop, async_member_future_(&each.each.members, 1)), 0);
    CHECK_TRACE("end2");
    world_end();
}

/* -- What is given --------------------------------------------------------- */

static async_loop_t other;
static async_sim_t other_sim;
static async_future_t stranger;
static async_awaitable_t list[2];

static async_task_t never;
static ASYNC_AS_COMPLETED_FUTURES(1) fresh;
static async_future_t passing;

SCENE(errors)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_ticks(&each, 5, &futures[0], &stranger),
              ASYNC_ERR_WRONG_LOOP);
    CHECK(futures[0].u.waiters == NULL);
    CHECK_INT(async_as_completed_left(&each), 0);
    CHECK_INT(async_as_completed(&small, &futures[0], WORKER(1, .delay = 0)),
              ASYNC_ERR_TYPE);
    CHECK(futures[0].u.waiters == NULL);
    AWAIT(WORKER(1, .delay = 0)); /* not started */
    CHECK_INT(async_as_completed(&each, &futures[0], &workers[1].async_),
              ASYNC_ERR_REUSED);
    CHECK(futures[0].u.waiters == NULL);
    CHECK_INT(async_as_completed(&each, &workers[1].async_), ASYNC_ERR_REUSED);
    CHECK_INT(async_as_completed(&each, &never), ASYNC_ERR_WRONG_LOOP);
    CHECK_INT(async_as_completed(&fresh, WORKER(1, .delay = 0)),
              ASYNC_ERR_TYPE); /* has not even a future */
    async_future_init(&passing, &loop);
    CHECK_INT(async_future_set_result(&passing, NULL), 0);
    CHECK_INT(async_as_completed_ticks(&fresh, 5, &passing), 0);
    AWAIT(async_as_completed_next(&fresh));
    __builtin_memset((void *)&passing, 0xff, sizeof passing); /* freed */
    async_as_completed_close(&fresh);
    ASYNC_END;
}

/* SEM AC-08 AC-10 */
static void what_is_wrong(void)
{
    begin();
    CHECK_INT(async_loop_init(&other, async_sim_init(&other_sim, 0)), 0);
    async_future_init(&stranger, &other);
    PLAY(errors, 0);
    CHECK_INT(next_timer(), -1);
    CHECK_INT(async_loop_close(&other), 0);
    trace_clear();
    world_end();
}

SCENE(of_list)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed_list_ticks(&each, 5, list, 0), 0);
    AWAIT_STATUS(self->err, async_as_completed_next(&each));
    CHECK_INT(self->err, ASYNC_ERR_STOP_ASYNC_ITERATION);
    CHECK(each.each.timer.handle.node.next == NULL);
    CHECK_INT(async_as_completed_list_ticks(&fresh, 5, list, 2),
              ASYNC_ERR_VALUE);
    list[0] = async_awaitable(WORKER(1, .delay = 2));
    list[1] = async_awaitable(&tasks[2]);
    CHECK_INT(async_as_completed_list_ticks(&each, ASYNC_FOREVER, list, 2), 0);
    AWAIT(TAKE(-1));
    CHECK_TRACE("begin2 begin1 end2 item0 at1 of2 end1 item0 at2 of1");
    ASYNC_END;
}

/* SEM AC-12 */
static void lists(void)
{
    begin();
    START(2, .delay = 1);
    PLAY(of_list, 0);
    world_end();
}

SCENE(done_already)
{
    ASYNC_BEGIN;
    CHECK_INT(async_as_completed(&small, &futures[0], &futures[1]), 0);
    AWAIT(async_as_completed_next(&small));
    note("next");
    AWAIT(async_as_completed_next(&small));
    note("next");
    ASYNC_END;
}

/* SEM AC-11 */
static void members_that_are_done(void)
{
    begin();
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    SCENE_START(done_already);
    turns(2);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("next next");
    world_end();
}

static const struct test tests[] = {
    TEST(test_as_completed),
    TEST(test_as_completed_same_tasks_in_as_out),
    TEST(test_as_completed_coroutine_use_running_loop),
    TEST(test_as_completed_duplicate_coroutines),
    TEST(test_as_completed_with_timeout),
    TEST(ended_before_the_timeout),
    TEST(test_as_completed_with_unused_timeout),
    TEST(test_as_completed_resume_iterator),
    TEST(closed),
    TEST(test_as_completed_reverse_wait),
    TEST(test_as_completed_concurrent),
    TEST(cancelled_when_woken),
    TEST(cancelled_before),
    TEST(what_is_wrong),
    TEST(lists),
    TEST(members_that_are_done),
};
TEST_MAIN(tests)
