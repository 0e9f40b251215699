/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Barriers. */
#include "world.h"

#include <limits.h>

static async_barrier_t barrier;
static async_task_t tasks[6];

struct comer {
    ASYNC_FRAME;
    int id, rounds, err;
};
ASYNC_DEF(comer)
{
    ASYNC_BEGIN;
    while (self->rounds-- > 0) {
        AWAIT_STATUS(self->err, async_barrier_wait(&barrier));
        if (self->err == 0) {
            note_n("b", self->id);
            note_n("", async_barrier_index(&barrier));
        } else {
            note_n_var(self->err == ASYNC_ERR_BROKEN_BARRIER ? "broken" : "x",
                       self->id);
        }
    }
    ASYNC_END;
}
static struct comer comers[6];

static void start(int id, int rounds)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(comer, &comers[id], .id = id,
                                                .rounds = rounds)),
              0);
}

static void begin(int parties)
{
    world_begin();
    CHECK_INT(async_barrier_init(&barrier, parties), 0);
    CHECK_INT(async_barrier_parties(&barrier), parties);
}

static void end(void)
{
    CHECK(barrier.waiters.first == NULL);
    CHECK_INT(barrier.count, 0);
    CHECK_INT(async_barrier_n_waiting(&barrier), 0);
    world_end();
}

static void expect(int waiting, bool broken)
{
    CHECK_INT(async_barrier_n_waiting(&barrier), waiting);
    CHECK(async_barrier_broken(&barrier) == broken);
}

/* SEM BA-01 */
static void parties(void)
{
    begin(32767);
    CHECK_INT(async_barrier_init(&barrier, 0), ASYNC_ERR_VALUE);
    CHECK_INT(async_barrier_init(&barrier, -1), ASYNC_ERR_VALUE);
#if INT_MAX > 32767
    CHECK_INT(async_barrier_init(&barrier, 32768), ASYNC_ERR_VALUE);
#endif
    end();
}

/* SEM BA-02 BA-08 BA-09 */
static void the_last_wakes_the_others(void)
{
    async_tick_t deadline;
    bool has_deadline = true;
    begin(3);
    start(0, 1);
    start(1, 1);
    turns(1);
    expect(2, false);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    CHECK_TRACE("");
    start(2, 1);
    turns(1);
    CHECK_TRACE("b2 2"); /* did not suspend */
    expect(0, false);    /* the others have not left yet */
    turns(1);
    CHECK_TRACE("b0 0 b1 1");
    end();
}

/* SEM BA-02 */
static void of_one(void)
{
    begin(1);
    start(0, 3);
    turns(1);
    CHECK_TRACE("b0 0 b0 0 b0 0");
    end();
}

/* SEM BA-03 */
static void round_after_round(void)
{
    begin(2);
    start(0, 3);
    start(1, 3);
    turns(1);
    CHECK_TRACE("b1 1");
    turns(5);
    CHECK_TRACE("b0 0 b1 1 b0 0 b1 1 b0 0");
    end();
}

/* SEM BA-04 */
static void newcomers_stay_outside(void)
{
    begin(2);
    start(0, 1);
    start(1, 1);
    start(2, 1); /* comes while 0 is woken, but has not left */
    turns(1);
    CHECK_TRACE("b1 1");
    expect(0, false);
    turns(1);
    CHECK_TRACE("b0 0");
    turns(1);
    expect(1, false);
    start(3, 1);
    turns(2);
    CHECK_TRACE("b3 1 b2 0");
    end();
}

/* SEM BA-05 */
static void cancelled(void)
{
    begin(3);
    start(0, 1);
    start(1, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("x0");
    turns(1);
    expect(1, false);
    start(2, 1);
    start(3, 1);
    turns(2);
    CHECK_TRACE("b3 2 b1 1 b2 1"); /* its number was given again */
    end();
}

/* SEM BA-05 */
static void the_next_goes_to_the_end(void)
{
    begin(4);
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    async_barrier_abort(&barrier);
    turns(1);
    CHECK_TRACE("x0 broken2 broken1");
    end();
}

/* SEM BA-05 */
static void cancelled_outside(void)
{
    begin(2);
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    turns(1);
    CHECK_TRACE("b1 1 b0 0 x2");
    end();
}

/* SEM BA-06 */
static void reset_while_they_wait(void)
{
    begin(3);
    start(0, 1);
    start(1, 2);
    turns(1);
    async_barrier_reset(&barrier);
    expect(0, false);
    start(2, 1);
    turns(1);
    CHECK_TRACE("broken0 broken1");
    turns(1);
    expect(2, false); /* 1 and 2 */
    start(3, 1);
    turns(2);
    CHECK_TRACE("b3 2 b1 0 b2 1");
    end();
    begin(3);
    async_barrier_reset(&barrier);
    expect(0, false);
    end();
}

/* SEM BA-06 */
static void reset_while_they_leave(void)
{
    begin(3);
    start(0, 1);
    start(1, 1);
    start(2, 1);
    start(3, 1);
    turns(1);
    CHECK_TRACE("b2 2");
    async_barrier_reset(&barrier);
    turns(1);
    CHECK_TRACE("broken0 broken1");
    turns(1);
    expect(1, false); /* 3 is in the next round */
    CHECK_INT(async_task_cancel(&tasks[3]), 1);
    turns(1);
    CHECK_TRACE("x3");
    end();
}

/* SEM BA-07 */
static void aborted(void)
{
    begin(3);
    start(0, 1);
    start(1, 1);
    turns(1);
    async_barrier_abort(&barrier);
    expect(0, true);
    start(2, 1);
    turns(1);
    CHECK_TRACE("broken0 broken1 broken2");
    expect(0, true);
    async_barrier_reset(&barrier);
    expect(0, false);
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(2);
    CHECK_TRACE("b2 2 b0 0 b1 1");
    end();
}

/* SEM BA-10 */
static void as_a_coroutine(void)
{
    static struct async_wait_barrier frames[2];
    int i;
    begin(2);
    for (i = 0; i < 2; i++) {
        CHECK_INT(async_loop_create_task(&loop, &tasks[i],
                                         ASYNC_CALL(async_wait_barrier,
                                                    &frames[i],
                                                    .barrier = &barrier)),
                  0);
    }
    turns(2);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    CHECK_INT(async_future_result(&tasks[1].future, NULL), 0);
    CHECK_INT(frames[0].index, 0);
    CHECK_INT(frames[1].index, 1);
    end();
}

static const struct test tests[] = {
    TEST(parties),
    TEST(the_last_wakes_the_others),
    TEST(of_one),
    TEST(round_after_round),
    TEST(newcomers_stay_outside),
    TEST(cancelled),
    TEST(the_next_goes_to_the_end),
    TEST(cancelled_outside),
    TEST(reset_while_they_wait),
    TEST(reset_while_they_leave),
    TEST(aborted),
    TEST(as_a_coroutine),
};
TEST_MAIN(tests)
