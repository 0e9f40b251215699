/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Tasks that cancel themselves and each other, in cycles too. */
#include "world.h"

static async_future_t future;
static async_task_t tasks[4];

static void expect_end(int id, int status, unsigned cancelling)
{
    CHECK(async_future_done(&tasks[id].future));
    CHECK_INT(async_future_result(&tasks[id].future, NULL), status);
    CHECK(async_future_cancelled(&tasks[id].future) ==
          (status == ASYNC_ERR_CANCELLED));
    CHECK_INT(async_task_cancelling(&tasks[id]), cancelling);
}

static void begin(void)
{
    world_begin();
    async_future_init(&future, &loop);
}

#define START(id, ...)                                                    \
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],                   \
                                     ASYNC_CALL(__VA_ARGS__)),            \
              0)

/* Pauses for ever, or a number of times. */
struct spinner {
    ASYNC_FRAME;
    int pauses, err;
    bool swallows;
};
ASYNC_DEF(spinner)
{
    ASYNC_BEGIN;
    while (self->pauses-- > 0) {
        AWAIT_STATUS(self->err, async_pause());
        if (self->err != 0 && !self->swallows) {
            ASYNC_RAISE(self->err);
        }
    }
    ASYNC_END;
}

/* -- Oneself -------------------------------------------------------------- */

enum what { RETURNS, AWAITS_READY, PAUSES, SLEEPS, AWAITS_FUTURE, AWAITS_TASK,
            AWAITS_OPERATION, RAISES };

struct self_canceller {
    ASYNC_FRAME;
    enum what what;
    async_future_t ready;
    struct spinner child;
    async_waiters_t waiters;
};
ASYNC_DEF(self_canceller)
{
    ASYNC_BEGIN;
    CHECK_INT(async_task_cancel(async_current_task()), 1);
    note("asked");
    if (self->what == RETURNS) {
        ASYNC_RETURN;
    } else if (self->what == AWAITS_READY) {
        async_future_init(&self->ready, &loop);
        CHECK_INT(async_future_set_result(&self->ready, NULL), 0);
        AWAIT(&self->ready);
        AWAIT(ASYNC_CALL(spinner, &self->child));
        note("ran on");
        ASYNC_RETURN;
    } else if (self->what == PAUSES) {
        AWAIT(async_pause());
    } else if (self->what == SLEEPS) {
        AWAIT(async_sleep_ticks(100));
    } else if (self->what == AWAITS_FUTURE) {
        AWAIT(&future);
    } else if (self->what == AWAITS_TASK) {
        AWAIT(&tasks[1]);
    } else if (self->what == AWAITS_OPERATION) {
        AWAIT(async_op_wait(&self->waiters, NULL));
    } else {
        ASYNC_RAISE(-105);
    }
    note("not reached");
    ASYNC_END;
}

/* SEM C-09 C-10 C-11 C-33 */
static void cancels_itself(void)
{
    static const struct { enum what what; const char *trace; int status; }
    cases[] = {
        {RETURNS, "asked", ASYNC_ERR_CANCELLED},
        {AWAITS_READY, "asked ran on", ASYNC_ERR_CANCELLED},
        {PAUSES, "asked", ASYNC_ERR_CANCELLED},
        {SLEEPS, "asked", ASYNC_ERR_CANCELLED},
        {AWAITS_FUTURE, "asked", ASYNC_ERR_CANCELLED},
        {AWAITS_TASK, "asked", ASYNC_ERR_CANCELLED},
        {AWAITS_OPERATION, "asked", ASYNC_ERR_CANCELLED},
        {RAISES, "asked", -105},
    };
    struct self_canceller frame;
    struct spinner spinner;
    unsigned i;
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        check_.step = i;
        begin();
        START(0, self_canceller, &frame, .what = cases[i].what);
        START(1, spinner, &spinner, .pauses = 100);
        turns(1);
        CHECK_TRACE_VAR(cases[i].trace);
        turns(3);
        expect_end(0, cases[i].status, 1);
        CHECK(async_future_cancelled(&future) ==
              (cases[i].what == AWAITS_FUTURE));
        CHECK(async_future_cancelled(&tasks[1].future) ==
              (cases[i].what == AWAITS_TASK));
        CHECK(frame.waiters.first == NULL);
        (void)async_task_cancel(&tasks[1]);
        turns(2);
        CHECK_INT(world_time(), 0);
        world_end();
    }
    check_.step = 0;
}

struct by_hand {
    ASYNC_FRAME;
};
ASYNC_DEF(by_hand)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_RAISE(ASYNC_ERR_CANCELLED);
    ASYNC_END;
}

/* SEM C-15 */
static void raised_by_hand(void)
{
    struct by_hand frame;
    begin();
    START(0, by_hand, &frame);
    turns(2);
    expect_end(0, ASYNC_ERR_CANCELLED, 0);
    world_end();
}

struct structured {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(structured)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_sleep_ticks(100));
    CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
    CHECK_INT(async_task_uncancel(async_current_task()), 0);
    AWAIT(async_sleep_ticks(5));
    AWAIT(&future);
    ASYNC_END;
}

/* SEM C-20 */
static void code_after_a_handled_cancel(void)
{
    struct structured frame;
    begin();
    START(0, structured, &frame);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    async_sim_advance(&sim, 5);
    turns(2);
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    turns(1);
    expect_end(0, 0, 0);
    world_end();
}

/* -- Each other ----------------------------------------------------------- */

struct rival {
    ASYNC_FRAME;
    async_task_t *other;
    int rounds, err;
};
ASYNC_DEF(rival)
{
    ASYNC_BEGIN;
    while (self->rounds-- > 0) {
        (void)async_task_cancel(self->other);
        AWAIT_STATUS(self->err, async_pause());
    }
    ASYNC_END;
}

/* SEM C-25 */
static void rivals_do_not_starve_others(void)
{
    struct rival a, b;
    struct spinner c;
    begin();
    START(0, rival, &a, .other = &tasks[1], .rounds = 50);
    START(1, rival, &b, .other = &tasks[0], .rounds = 50);
    START(2, spinner, &c, .pauses = 10);
    turns(20);
    CHECK(async_future_done(&tasks[2].future));
    CHECK(!async_future_done(&tasks[0].future));
    turns(40);
    CHECK(async_future_done(&tasks[0].future));
    CHECK(async_future_done(&tasks[1].future));
    world_end();
}

struct awaiter {
    ASYNC_FRAME;
    async_task_t *task;
    bool cancels_first;
    int err;
};
ASYNC_DEF(awaiter)
{
    ASYNC_BEGIN;
    if (self->cancels_first) {
        CHECK_INT(async_task_cancel(self->task), 1);
    }
    AWAIT_STATUS(self->err, self->task);
    note_n("", self->err);
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    ASYNC_END;
}

/* SEM C-31 D-04 M-04 */
static void awaiting_in_a_cycle(void)
{
    static struct awaiter frames[3];
    int length, i;
    for (length = 2; length <= 3; length++) {
        begin();
        for (i = 0; i < length; i++) {
            START(i, awaiter, &frames[i], .task = &tasks[(i + 1) % length]);
        }
        turns(2);
        for (i = 0; i < length; i++) {
            CHECK_INT(async_task_cancel(&tasks[i]), ASYNC_ERR_CYCLE);
            CHECK_INT(async_future_cancel(&tasks[i].future), ASYNC_ERR_CYCLE);
        }
        turns(2);
        CHECK_TRACE("");
        CHECK(!async_future_done(&tasks[0].future));
        CHECK_INT(async_loop_close(&loop), 0);
    }
}

/* A task outside that waits for one of the cycle. */
/* SEM C-31 */
static void awaiting_a_cycle(void)
{
    static struct awaiter frames[3];
    begin();
    START(0, awaiter, &frames[0], .task = &tasks[1]);
    START(1, awaiter, &frames[1], .task = &tasks[0]);
    START(2, awaiter, &frames[2], .task = &tasks[0]);
    turns(2);
    CHECK_INT(async_task_cancel(&tasks[2]), ASYNC_ERR_CYCLE);
    turns(2);
    CHECK_TRACE("");
    CHECK_INT(async_loop_close(&loop), 0);
}

/* The await closes the cycle when its task has been asked to end: the request
 * cannot go down the chain, so it is raised right there. */
/* SEM C-34 M-04 */
static void cancels_and_awaits_its_awaiter(void)
{
    static struct awaiter frames[2];
    begin();
    START(0, awaiter, &frames[0], .task = &tasks[1]);
    START(1, awaiter, &frames[1], .task = &tasks[0], .cancels_first = true);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("-1");
    expect_end(1, ASYNC_ERR_CANCELLED, 2);
    turns(1);
    CHECK_TRACE("-1");
    expect_end(0, ASYNC_ERR_CANCELLED, 2);
    world_end();
}

/* SEM C-12 */
static void a_long_chain(void)
{
    enum { LENGTH = WORLD_SIZE(5000, 50, 20) };
    static struct awaiter frames[LENGTH];
    static async_task_t chain[LENGTH];
    struct spinner spinner;
    int i;
    begin();
    CHECK_INT(async_loop_create_task(&loop, &chain[0],
                                     ASYNC_CALL(spinner, &spinner,
                                                .pauses = 30000)),
              0);
    for (i = 1; i < LENGTH; i++) {
        CHECK_INT(async_loop_create_task(&loop, &chain[i],
                                         ASYNC_CALL(awaiter, &frames[i],
                                                    .task = &chain[i - 1])),
                  0);
    }
    turns(1);
    CHECK_INT(async_task_cancel(&chain[LENGTH - 1]), 1);
    turns(LENGTH + 1);
    for (i = 0; i < LENGTH; i++) {
        CHECK(async_future_cancelled(&chain[i].future));
        CHECK_INT(async_task_cancelling(&chain[i]), 1);
    }
    world_end();
}

static const struct test tests[] = {
    TEST(cancels_itself),
    TEST(raised_by_hand),
    TEST(code_after_a_handled_cancel),
    TEST(rivals_do_not_starve_others),
    TEST(awaiting_in_a_cycle),
    TEST(awaiting_a_cycle),
    TEST(cancels_and_awaits_its_awaiter),
    TEST(a_long_chain),
};
TEST_MAIN(tests)
