/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Generators that delegate to others: ASYNC_YIELD_FROM. */
#include "world.h"

enum { PASS_ON, SWALLOW, YIELD_AGAIN, RAISE_OTHER };

struct inner {
    ASYNC_GENERATOR(int);
    int from, to;
    int how; /* to treat what is thrown in */
    int err, result;
};
ASYNC_DEF(inner)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        for (; self->from < self->to; self->from++) {
            ASYNC_YIELD(self->from);
            self->result += self->sent;
        }
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("inner", self->err);
        if (self->how == PASS_ON) {
            ASYNC_RAISE(self->err);
        }
        if (self->how == RAISE_OTHER) {
            ASYNC_RAISE(-200);
        }
        if (self->how == YIELD_AGAIN) {
            ASYNC_YIELD(99);
        }
    }
    ASYNC_END_EXCEPT;
    ASYNC_CLEANUP;
    note("inner cleanup");
    ASYNC_END;
}

struct middle {
    ASYNC_GENERATOR(int);
    struct inner inner;
    int how;
    int err, status;
};
ASYNC_DEF(middle)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_YIELD_FROM(ASYNC_CALL(inner, &self->inner, .from = 10, .to = 12,
                                    .how = self->how));
        note_n("result", self->inner.result);
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("middle", self->err);
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_YIELD(20);
    ASYNC_END;
}

struct outer {
    ASYNC_GENERATOR(int);
    struct middle middle;
    int how;
    int err;
};
ASYNC_DEF(outer)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_TRY {
        ASYNC_YIELD_FROM(ASYNC_CALL(middle, &self->middle, .how = self->how));
    }
    ASYNC_EXCEPT(self->err) {
        note_n("outer", self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_YIELD(2);
    ASYNC_END;
}

/* A generator that waits in its innermost one. */
static void start(struct outer *g, int how)
{
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(outer, g, .how = how));
    CHECK_INT(async_next(g, &item), 0);
    CHECK_INT(async_next(g, &item), 0);
    CHECK_INT(item, 10);
    CHECK_TRACE("");
}

/* SEM G-09 */
static void items_and_results(void)
{
    struct outer g;
    int item = 0;
    long all = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(outer, &g));
    while (async_next(&g, &item) == 0) {
        all = 100 * all + item;
    }
    CHECK_INT(all, 110112002);
    CHECK_TRACE("inner cleanup result0");
}

/* SEM G-09 */
static void send_goes_inside(void)
{
    struct outer g;
    int item = 0;
    start(&g, PASS_ON);
    CHECK_INT(async_send(&g, 5, &item), 0);
    CHECK_INT(async_send(&g, 6, &item), 0);
    CHECK_INT(item, 20);
    CHECK_TRACE("inner cleanup result11");
    CHECK_INT(async_send(&g, 7, &item), 0);
    CHECK_INT(item, 2);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
}

/* SEM G-10 G-11 */
static void throw_goes_inside(void)
{
    struct outer g;
    int item = 0;
    start(&g, PASS_ON); /* caught by the outermost only */
    CHECK_INT(async_throw(&g, -105, &item), 0);
    CHECK_INT(item, 2);
    CHECK_TRACE("inner-105 inner cleanup middle-105 outer-105");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);

    start(&g, SWALLOW);
    CHECK_INT(async_throw(&g, -105, &item), 0);
    CHECK_INT(item, 20);
    CHECK_TRACE("inner-105 inner cleanup result0");

    start(&g, YIELD_AGAIN);
    CHECK_INT(async_throw(&g, -105, &item), 0);
    CHECK_INT(item, 99);
    CHECK_TRACE("inner-105");

    start(&g, RAISE_OTHER);
    CHECK_INT(async_throw(&g, -105, &item), 0);
    CHECK_INT(item, 2);
    CHECK_TRACE("inner-105 inner cleanup middle-200 outer-200");

    start(&g, PASS_ON); /* not an exception: not caught by EXCEPT */
    CHECK_INT(async_throw(&g, ASYNC_ERR_CANCELLED, &item), -1);
    CHECK_TRACE("inner-1 inner cleanup middle-1");
}

/* SEM G-10 */
static void close_goes_inside(void)
{
    struct outer g;
    int item = 0;
    start(&g, PASS_ON);
    CHECK_INT(async_close(&g), 0);
    CHECK_TRACE("inner-5 inner cleanup middle-5");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);

    start(&g, YIELD_AGAIN);
    CHECK_INT(async_close(&g), ASYNC_ERR_RUNTIME);
    CHECK_TRACE("inner-5 middle-6 outer-6");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_INT(async_next(&g.middle.inner, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("inner cleanup"); /* on its own now, it ended just now */

    start(&g, RAISE_OTHER); /* which the outermost one turns into an item */
    CHECK_INT(async_close(&g), ASYNC_ERR_RUNTIME);
    CHECK_TRACE("inner-5 inner cleanup middle-200 outer-200");
}

struct stopping {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(stopping)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_RAISE(ASYNC_ERR_STOP_ITERATION);
    ASYNC_END;
}
struct around {
    ASYNC_GENERATOR(int);
    struct stopping child;
    int err;
};
ASYNC_DEF(around)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_YIELD_FROM(ASYNC_CALL(stopping, &self->child));
    }
    ASYNC_EXCEPT(self->err) {
        ASYNC_YIELD(self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_END;
}

/* SEM G-12 */
static void stop_iteration_inside(void)
{
    struct around g;
    int item = 0;
    async_generator_init(ASYNC_CALL(around, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 1);
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, ASYNC_ERR_RUNTIME);
}

/* SEM G-15 */
static void close_cannot_be_swallowed_inside(void)
{
    struct outer g;
    int item = 0;
    start(&g, SWALLOW);
    CHECK_INT(async_close(&g), 0);
    CHECK_TRACE("inner-5 inner cleanup middle-5");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
}

struct failing {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(failing)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_RAISE(-105);
    ASYNC_END;
}
struct catching {
    ASYNC_GENERATOR(int);
    struct failing child;
    int err;
};
ASYNC_DEF(catching)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_YIELD_FROM(ASYNC_CALL(failing, &self->child));
    }
    ASYNC_EXCEPT(self->err) {
        ASYNC_YIELD(-self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_YIELD_FROM(ASYNC_CALL(failing, &self->child));
    ASYNC_END;
}

/* SEM G-11 */
static void errors_of_a_sub_generator(void)
{
    struct catching g;
    int item = 0;
    async_generator_init(ASYNC_CALL(catching, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 1);
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 105);
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 1);
    CHECK_INT(async_next(&g, &item), -105);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
}

/* -- A tree, in order: recursion ------------------------------------------ */

struct tree {
    int value;
    struct tree *left, *right;
};
struct walk {
    ASYNC_GENERATOR(int);
    struct tree *tree;
    struct walk *frames; /* for the calls further down */
};
ASYNC_DEF(walk)
{
    ASYNC_BEGIN;
    if (self->tree != NULL) {
        ASYNC_YIELD_FROM(ASYNC_CALL(walk, self->frames,
                                    .tree = self->tree->left,
                                    .frames = self->frames + 1));
        ASYNC_YIELD(self->tree->value);
        ASYNC_YIELD_FROM(ASYNC_CALL(walk, self->frames,
                                    .tree = self->tree->right,
                                    .frames = self->frames + 1));
    }
    ASYNC_END;
}

/* SEM G-09 K-11 */
static void walk_a_tree(void)
{
    static struct tree one = {1, NULL, NULL}, three = {3, NULL, NULL},
                       two = {2, &one, &three}, five = {5, NULL, NULL},
                       four = {4, &two, &five};
    static struct walk frames[4], g;
    int item = 0, all = 0;
    async_generator_init(
        ASYNC_CALL(walk, &g, .tree = &four, .frames = frames));
    while (async_next(&g, &item) == 0) {
        all = 10 * all + item;
    }
    CHECK_INT(all, 12345);
}

/* SEM G-17 */
static void a_frame_used_again(void)
{
    static struct middle g;
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(middle, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 10);

    /* what was a sub-generator becomes one of its own */
    g.inner.from = 5;
    async_generator_init(ASYNC_CALL_HEADER(inner, &g.inner));
    CHECK_INT(async_next(&g.inner, &item), 0);
    CHECK_INT(item, 5);
    CHECK_INT(async_send(&g.inner, 3, &item), 0);
    CHECK_INT(item, 6);
    CHECK_INT(g.inner.result, 3);
    CHECK_INT(async_close(&g.inner), 0);
    CHECK_TRACE("inner-5 inner cleanup");
}

static const struct test tests[] = {
    TEST(items_and_results),
    TEST(send_goes_inside),
    TEST(throw_goes_inside),
    TEST(close_goes_inside),
    TEST(stop_iteration_inside),
    TEST(close_cannot_be_swallowed_inside),
    TEST(errors_of_a_sub_generator),
    TEST(walk_a_tree),
    TEST(a_frame_used_again),
};
TEST_MAIN(tests)
