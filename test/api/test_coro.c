/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Coroutines: calling, awaiting, statuses, recursion, driving by hand. What
 * TRY does is in test_try.c. */
#include "world.h"

/* -- ASYNC_CALL ----------------------------------------------------------- */

struct many {
    ASYNC_FRAME;
    int a, b, c, d, e, f, g, h, i, j, k, l;
    int other;
    int ran;
};
ASYNC_DEF(many)
{
    ASYNC_BEGIN;
    self->ran++;
    ASYNC_END;
}

static int evaluations;

static int next_number(void)
{
    return ++evaluations;
}

static struct many *next_frame(struct many *frame)
{
    evaluations++;
    return frame;
}

static void fill(struct many *frame)
{
    __builtin_memset((void *)frame, 0x55, sizeof *frame);
}

static int run_by_hand(async_coro_t *coro)
{
    async_driver_t driver;
    int status = async_driver_init(&driver, coro), turn = 0;
    if (status != 0) {
        return status;
    }
    do {
        status = async_drive(&driver);
    } while (status == ASYNC_PENDING && ++turn < 1000);
    return status;
}

/* SEM K-01 K-30 */
static void call_runs_nothing(void)
{
    struct many frame;
    async_coro_t *coro = ASYNC_CALL(many, &frame);
    CHECK_INT(frame.ran, 0);
    CHECK(coro == &frame.async_);
    CHECK_INT(run_by_hand(coro), 0);
    CHECK_INT(frame.ran, 1);
}

/* SEM K-02 */
static void call_evaluates_once(void)
{
    struct many frame;
    fill(&frame);
    evaluations = 0;
    CHECK_INT(run_by_hand(ASYNC_CALL(many, next_frame(&frame),
                                     .b = next_number(), .a = next_number())),
              0);
    CHECK_INT(evaluations, 3);
    CHECK_INT(frame.b, 2);
    CHECK_INT(frame.a, 3);
    CHECK_INT(frame.c, 0);
    CHECK_INT(frame.other, 0);
    CHECK_INT(frame.ran, 1);
}

#define EXPECT_ARGUMENTS(count, call)                                     \
    do {                                                                  \
        const int *argument = &frame.a;                                   \
        int n;                                                            \
        fill(&frame);                                                     \
        CHECK_INT(run_by_hand(call), 0);                                  \
        for (n = 0; n < 12; n++) {                                        \
            CHECK_INT(argument[n], n < (count) ? n + 1 : 0);              \
        }                                                                 \
        CHECK_INT(frame.ran, 1);                                          \
    } while (0)

/* SEM K-04 */
static void call_takes_up_to_12(void)
{
    struct many frame, *f = &frame;
    EXPECT_ARGUMENTS(0, ASYNC_CALL(many, f));
    EXPECT_ARGUMENTS(1, ASYNC_CALL(many, f, .a = 1));
    EXPECT_ARGUMENTS(2, ASYNC_CALL(many, f, .a = 1, .b = 2));
    EXPECT_ARGUMENTS(3, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3));
    EXPECT_ARGUMENTS(4, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4));
    EXPECT_ARGUMENTS(5, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                   .e = 5));
    EXPECT_ARGUMENTS(6, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                   .e = 5, .f = 6));
    EXPECT_ARGUMENTS(7, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                   .e = 5, .f = 6, .g = 7));
    EXPECT_ARGUMENTS(8, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                   .e = 5, .f = 6, .g = 7, .h = 8));
    EXPECT_ARGUMENTS(9, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                   .e = 5, .f = 6, .g = 7, .h = 8, .i = 9));
    EXPECT_ARGUMENTS(10, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                    .e = 5, .f = 6, .g = 7, .h = 8, .i = 9,
                                    .j = 10));
    EXPECT_ARGUMENTS(11, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                    .e = 5, .f = 6, .g = 7, .h = 8, .i = 9,
                                    .j = 10, .k = 11));
    EXPECT_ARGUMENTS(12, ASYNC_CALL(many, f, .a = 1, .b = 2, .c = 3, .d = 4,
                                    .e = 5, .f = 6, .g = 7, .h = 8, .i = 9,
                                    .j = 10, .k = 11, .l = 12));
}

/* SEM K-03 */
static void call_header_keeps_fields(void)
{
    struct many frame;
    CHECK_INT(run_by_hand(ASYNC_CALL(many, &frame, .a = 1, .other = 7)), 0);
    CHECK_INT(run_by_hand(ASYNC_CALL_HEADER(many, &frame, .b = 2)), 0);
    CHECK_INT(frame.a, 1);
    CHECK_INT(frame.b, 2);
    CHECK_INT(frame.other, 7);
    CHECK_INT(frame.ran, 2);
    evaluations = 0;
    CHECK_INT(run_by_hand(ASYNC_CALL_HEADER(many, next_frame(&frame))), 0);
    CHECK_INT(evaluations, 1);
    CHECK_INT(frame.ran, 3);
}

/* -- AWAIT ---------------------------------------------------------------- */

struct leaf {
    ASYNC_FRAME;
    int status; /* what it ends with */
    int pauses; /* how often it waits first */
    int result;
};
ASYNC_DEF(leaf)
{
    ASYNC_BEGIN;
    while (self->pauses > 0) {
        self->pauses--;
        AWAIT(async_pause());
    }
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    self->result = 42;
    ASYNC_END;
}

struct parent {
    ASYNC_FRAME;
    struct leaf leaf;
    int status, pauses, kept;
    int err;
};
ASYNC_DEF(parent)
{
    ASYNC_BEGIN;
    self->kept = 5;
    AWAIT(ASYNC_CALL(leaf, &self->leaf, .status = self->status,
                     .pauses = self->pauses));
    note_n("result", self->leaf.result);
    note_n("kept", self->kept);
    ASYNC_END;
}

/* SEM K-06 K-07 D-02 */
static void await_hands_over(void)
{
    struct parent frame;
    int pauses;
    trace_clear();
    for (pauses = 0; pauses < 3; pauses++) {
        CHECK_INT(run_by_hand(ASYNC_CALL(parent, &frame, .pauses = pauses)), 0);
        CHECK_TRACE("result42 kept5");
        CHECK_INT(run_by_hand(ASYNC_CALL(parent, &frame, .pauses = pauses,
                                         .status = -105)),
                  -105);
        CHECK_TRACE("");
    }
}

struct asker {
    ASYNC_FRAME;
    struct leaf leaf;
    int status, pauses;
    int err;
};
ASYNC_DEF(asker)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, ASYNC_CALL(leaf, &self->leaf,
                                       .pauses = self->pauses,
                                       .status = self->status));
    note_n("status", self->err);
    AWAIT(async_pause());
    note("on");
    ASYNC_END;
}

/* SEM K-08 D-17 */
static void await_status_goes_on(void)
{
    struct asker frame;
    int pauses;
    trace_clear();
    for (pauses = 0; pauses < 2; pauses++) {
        CHECK_INT(run_by_hand(ASYNC_CALL(asker, &frame, .pauses = pauses)), 0);
        CHECK_TRACE("status0 on");
        CHECK_INT(run_by_hand(ASYNC_CALL(asker, &frame, .pauses = pauses,
                                         .status = -105)),
                  0);
        CHECK_TRACE("status-105 on");
        CHECK_INT(run_by_hand(ASYNC_CALL(asker, &frame, .pauses = pauses,
                                         .status = ASYNC_ERR_CANCELLED)),
                  0);
        CHECK_TRACE("status-1 on");
        CHECK_INT(run_by_hand(ASYNC_CALL(asker, &frame, .pauses = pauses,
                                         .status = ASYNC_ERR_STOP_ITERATION)),
                  0);
        CHECK_TRACE("status-4 on");
    }
}

#define CALL_LEAF(field) ASYNC_CALL(leaf, &self->field, .pauses = 1)

struct crowded {
    ASYNC_FRAME;
    struct leaf x, y;
    int i, j;
};
ASYNC_DEF(crowded)
{
    ASYNC_BEGIN;
    AWAIT(CALL_LEAF(x)); AWAIT(CALL_LEAF(y)); note("line");
    for (self->i = 0; self->i < 2; self->i++) {
        for (self->j = 0; self->j < 2; self->j++) {
            AWAIT(async_pause());
            if (self->i == self->j) {
                continue;
            }
            AWAIT(ASYNC_CALL(leaf, &self->x, .pauses = self->j));
            note_n("i", self->i);
            note_n("j", self->j);
        }
    }
    do {
        AWAIT(async_pause());
    } while (--self->i > 0);
    if (self->i == 0) {
        AWAIT(async_pause());
        note("then");
    } else {
        AWAIT(async_pause());
        note("else");
    }
    switch (self->i) { /* one without an await inside */
    case 0:
        note("zero");
        break;
    default:
        note("more");
        break;
    }
    ASYNC_END;
}

/* SEM K-09 */
static void awaits_anywhere(void)
{
    struct crowded frame;
    trace_clear();
    CHECK_INT(run_by_hand(ASYNC_CALL(crowded, &frame)), 0);
    CHECK_TRACE("line i0 j1 i1 j0 then zero");
}

struct twice {
    ASYNC_FRAME;
    async_coro_t *coro;
    int first, second;
};
ASYNC_DEF(twice)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->first, self->coro);
    AWAIT_STATUS(self->second, self->coro);
    ASYNC_END;
}

/* SEM K-10 K-27 M-12 */
static void coroutine_runs_once(void)
{
    struct leaf leaf;
    struct twice one, two;
    async_driver_t a, b;

    CHECK_INT(run_by_hand(ASYNC_CALL(
                  twice, &one, .coro = ASYNC_CALL(leaf, &leaf))),
              0);
    CHECK_INT(one.first, 0);
    CHECK_INT(one.second, ASYNC_ERR_REUSED);

    /* while another one awaits it */
    CHECK_INT(async_driver_init(
                  &a, ASYNC_CALL(twice, &one,
                                 .coro = ASYNC_CALL(leaf, &leaf, .pauses = 2))),
              0);
    CHECK_INT(async_drive(&a), ASYNC_PENDING);
    CHECK_INT(async_driver_init(
                  &b, ASYNC_CALL(twice, &two, .coro = &leaf.async_)),
              0);
    CHECK_INT(async_drive(&b), 0);
    CHECK_INT(two.first, ASYNC_ERR_REUSED);
    CHECK_INT(two.second, ASYNC_ERR_REUSED);
    CHECK_INT(async_drive(&a), ASYNC_PENDING);
    CHECK_INT(async_drive(&a), 0);
    CHECK_INT(leaf.result, 42);
    CHECK_INT(one.first, 0);

    /* as the outermost one, too */
    CHECK_INT(async_driver_init(&b, &leaf.async_), ASYNC_ERR_REUSED);
    CHECK_INT(async_drive(&b), ASYNC_ERR_REUSED);
}

struct fibonacci {
    ASYNC_FRAME;
    struct fibonacci *frames; /* for the calls further down */
    int n, result;
};
ASYNC_DEF(fibonacci)
{
    ASYNC_BEGIN;
    if (self->n < 2) {
        AWAIT(async_pause());
        self->result = self->n;
        ASYNC_RETURN;
    }
    AWAIT(ASYNC_CALL(fibonacci, self->frames, .frames = self->frames + 1,
                     .n = self->n - 1));
    self->result = self->frames[0].result;
    AWAIT(ASYNC_CALL(fibonacci, self->frames, .frames = self->frames + 1,
                     .n = self->n - 2));
    self->result += self->frames[0].result;
    ASYNC_END;
}

/* SEM K-11 */
static void recursion(void)
{
    static struct fibonacci frames[12];
    CHECK_INT(run_by_hand(ASYNC_CALL(fibonacci, &frames[0],
                                     .frames = &frames[1], .n = 11)),
              0);
    CHECK_INT(frames[0].result, 89);
}

/* -- Conditions, driving -------------------------------------------------- */

static int level, looks;

static bool look(void)
{
    looks++;
    return level > 0;
}

struct gate {
    ASYNC_FRAME;
};
ASYNC_DEF(gate)
{
    ASYNC_BEGIN;
    ASYNC_WAIT_UNTIL(look());
    note("open");
    ASYNC_END;
}

/* SEM K-24 K-26 */
static void wait_until_by_hand(void)
{
    struct gate frame;
    async_driver_t driver;
    trace_clear();
    level = 1;
    CHECK_INT(async_driver_init(&driver, ASYNC_CALL(gate, &frame)), 0);
    CHECK_INT(async_drive(&driver), 0);
    CHECK_TRACE("open");
    level = looks = 0;
    CHECK_INT(async_driver_init(&driver, ASYNC_CALL(gate, &frame)), 0);
    CHECK_INT(async_drive(&driver), ASYNC_PENDING);
    CHECK_INT(async_drive(&driver), ASYNC_PENDING);
    CHECK_INT(looks, 2);
    level = 1;
    CHECK_INT(async_drive(&driver), 0);
    CHECK_INT(async_drive(&driver), 0);
    CHECK_INT(looks, 3);
    CHECK_TRACE("open");
}

/* SEM K-26 */
static void drive_keeps_the_end(void)
{
    struct leaf frame;
    async_driver_t driver;
    CHECK_INT(async_driver_init(&driver, ASYNC_CALL(leaf, &frame, .pauses = 1,
                                                    .status = -107)),
              0);
    CHECK_INT(async_drive(&driver), ASYNC_PENDING);
    CHECK_INT(async_drive(&driver), -107);
    CHECK_INT(async_drive(&driver), -107);
}

/* SEM K-24 */
static void wait_until_in_a_task(void)
{
    struct gate frame;
    static async_task_t task;
    world_begin();
    level = looks = 0;
    CHECK_INT(async_loop_create_task(&loop, &task, ASYNC_CALL(gate, &frame)),
              0);
    turns(3);
    CHECK_INT(looks, 3);
    level = 1;
    turns(1);
    CHECK_INT(looks, 4);
    CHECK_TRACE("open");
    world_end();
}

static const struct test tests[] = {
    TEST(call_runs_nothing),    TEST(call_evaluates_once),
    TEST(call_takes_up_to_12),  TEST(call_header_keeps_fields),
    TEST(await_hands_over),     TEST(await_status_goes_on),
    TEST(awaits_anywhere),      TEST(coroutine_runs_once),
    TEST(recursion),            TEST(wait_until_by_hand),
    TEST(drive_keeps_the_end),  TEST(wait_until_in_a_task),
};
TEST_MAIN(tests)
