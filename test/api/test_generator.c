/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Generators: next, send, throw, close, yield from. All without a loop. */
#include "world.h"

/* -- One generator -------------------------------------------------------- */

struct countdown {
    ASYNC_GENERATOR(int);
    int n;
};
ASYNC_DEF(countdown)
{
    ASYNC_BEGIN;
    note("begin");
    for (; self->n > 0; self->n--) {
        ASYNC_YIELD(self->n);
        note_n("sent", self->sent);
    }
    note("end");
    ASYNC_END;
}

/* SEM G-01 G-02 G-04 G-16 */
static void next_and_end(void)
{
    struct countdown g;
    int item = -1;
    trace_clear();
    async_generator_init(ASYNC_CALL(countdown, &g, .n = 2));
    CHECK_TRACE("");
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 2);
    CHECK_TRACE("begin");
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 1);
    CHECK_TRACE("sent0");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("sent0 end");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_INT(async_send(&g, 5, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_INT(item, 1);
    CHECK_TRACE("");
}

/* SEM G-01 */
static void iteration(void)
{
    struct countdown g;
    int item = 0, sum = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(countdown, &g, .n = 4));
    while (async_next(&g, &item) == ASYNC_OK) {
        sum = 10 * sum + item;
    }
    CHECK_INT(sum, 4321);
}

/* SEM G-02 G-03 D-18 */
static void send_a_value(void)
{
    struct countdown g;
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(countdown, &g, .n = 3));
    CHECK_INT(async_send(&g, 7, &item), ASYNC_ERR_TYPE);
    CHECK_TRACE("");
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(async_send(&g, 7, &item), 0);
    CHECK_INT(item, 2);
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_TRACE("begin sent7 sent0");
}

struct big {
    long a;
    char text[12];
};
struct pairs {
    ASYNC_GENERATOR(struct big);
    int i;
};
ASYNC_DEF(pairs)
{
    ASYNC_BEGIN;
    for (;;) {
        self->value.a = self->i++;
        self->value.text[0] = (char)('a' + self->i);
        ASYNC_YIELD(self->value);
        self->i += (int)self->sent.a;
    }
    ASYNC_END;
}

/* SEM G-01 G-02 */
static void items_of_any_type(void)
{
    struct pairs g;
    struct big item = {0, ""}, sent = {10, "x"};
    async_generator_init(ASYNC_CALL(pairs, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item.a, 0);
    CHECK_INT(item.text[0], 'b');
    CHECK_INT(async_send(&g, sent, &item), 0);
    CHECK_INT(item.a, 11);
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item.a, 12);
    CHECK_INT(async_close(&g), 0);
}

/* -- throw and close ------------------------------------------------------ */

enum { PASS_ON, RETURN_QUIETLY, YIELD_AGAIN, RAISE_OTHER, RAISE_STOP };

struct catcher {
    ASYNC_GENERATOR(int);
    int how;
    int err;
};
ASYNC_DEF(catcher)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_YIELD(1);
        note("not caught");
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("caught", self->err);
        if (self->how == PASS_ON) {
            ASYNC_RAISE(self->err);
        }
        if (self->how == RETURN_QUIETLY) {
            ASYNC_RETURN;
        }
        if (self->how == RAISE_OTHER) {
            ASYNC_RAISE(-200);
        }
        if (self->how == RAISE_STOP) {
            ASYNC_RAISE(ASYNC_ERR_STOP_ITERATION);
        }
    }
    ASYNC_END_EXCEPT;
    ASYNC_YIELD(2);
    note("third");
    ASYNC_YIELD(3);
    ASYNC_CLEANUP;
    note("cleanup");
    ASYNC_END;
}

static void start(struct catcher *g, int how)
{
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(catcher, g, .how = how));
    CHECK_INT(async_next(g, &item), 0);
    CHECK_INT(item, 1);
}

/* SEM G-05 G-12 */
static void throw_at_the_yield(void)
{
    struct catcher g;
    int item = 0;
    start(&g, YIELD_AGAIN);
    CHECK_INT(async_throw(&g, -105, &item), 0);
    CHECK_INT(item, 2);
    CHECK_TRACE("caught-105");
    CHECK_INT(async_throw(&g, -106, &item), -106);
    CHECK_TRACE("cleanup");
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_INT(async_throw(&g, -107, &item), -107);
    CHECK_TRACE("");

    start(&g, PASS_ON);
    CHECK_INT(async_throw(&g, -105, &item), -105);
    CHECK_TRACE("caught-105 cleanup");
    start(&g, RETURN_QUIETLY);
    CHECK_INT(async_throw(&g, -105, &item), ASYNC_ERR_STOP_ITERATION);
    start(&g, RAISE_OTHER);
    CHECK_INT(async_throw(&g, -105, &item), -200);
    start(&g, RAISE_STOP);
    CHECK_INT(async_throw(&g, -105, &item), ASYNC_ERR_RUNTIME);
    start(&g, PASS_ON);
    CHECK_INT(async_throw(&g, 5, &item), ASYNC_ERR_TYPE);
}

/* SEM G-06 */
static void throw_into_a_new_one(void)
{
    struct countdown g;
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(countdown, &g, .n = 2));
    CHECK_INT(async_throw(&g, -105, &item), -105);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("");
}

/* SEM G-07 */
static void close_ends_it(void)
{
    struct catcher g;
    struct countdown fresh;
    int item = 0;
    start(&g, PASS_ON);
    CHECK_INT(async_close(&g), 0);
    CHECK_TRACE("caught-5 cleanup");
    CHECK_INT(async_close(&g), 0);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("");
    start(&g, RETURN_QUIETLY);
    CHECK_INT(async_close(&g), 0);
    CHECK_TRACE("caught-5 cleanup");

    async_generator_init(ASYNC_CALL(countdown, &fresh, .n = 2));
    CHECK_INT(async_close(&fresh), 0);
    CHECK_INT(async_next(&fresh, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("");
}

/* SEM G-08 */
static void close_against_resistance(void)
{
    struct catcher g;
    int item = 0;
    start(&g, YIELD_AGAIN);
    CHECK_INT(async_close(&g), ASYNC_ERR_RUNTIME);
    CHECK_TRACE("caught-5");
    CHECK_INT(async_next(&g, &item), 0); /* it is alive */
    CHECK_INT(item, 3);
    CHECK_INT(async_close(&g), 0);
    CHECK_TRACE("third cleanup");
    start(&g, RAISE_OTHER);
    CHECK_INT(async_close(&g), -200);
    CHECK_TRACE("caught-5 cleanup");
    CHECK_INT(async_close(&g), 0);
}

struct stopper {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(stopper)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_RAISE(ASYNC_ERR_STOP_ITERATION);
    ASYNC_END;
}

/* SEM G-12 */
static void stop_iteration_from_the_body(void)
{
    struct stopper g;
    int item = 0;
    async_generator_init(ASYNC_CALL(stopper, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
}

/* -- Re-entrance, awaiting ------------------------------------------------ */

struct selfish {
    ASYNC_GENERATOR(int);
    int item;
};
ASYNC_DEF(selfish)
{
    ASYNC_BEGIN;
    note_n("next", async_next(self, &self->item));
    note_n("send", async_send(self, 1, &self->item));
    note_n("throw", async_throw(self, -105, &self->item));
    note_n("close", async_close(self));
    ASYNC_YIELD(1);
    note_n("next", async_next(self, &self->item));
    ASYNC_YIELD(2);
    note_n("sent", self->sent);
    ASYNC_END;
}

/* SEM G-13 */
static void using_itself(void)
{
    struct selfish g;
    int item = 0;
    trace_clear();
    async_generator_init(ASYNC_CALL(selfish, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 1);
    CHECK_TRACE("next-7 send-7 throw-7 close-7");
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 2);
    CHECK_INT(async_send(&g, 8, &item), ASYNC_ERR_STOP_ITERATION);
    CHECK_TRACE("next-7 sent8");
}

struct prompt {
    ASYNC_FRAME;
    int result, status;
};
ASYNC_DEF(prompt)
{
    ASYNC_BEGIN;
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    self->result = 3;
    ASYNC_END;
}

struct awaiting {
    ASYNC_GENERATOR(int);
    struct prompt child;
};
ASYNC_DEF(awaiting)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(prompt, &self->child));
    ASYNC_YIELD(self->child.result);
    AWAIT(ASYNC_CALL(prompt, &self->child, .status = -105));
    ASYNC_YIELD(4);
    ASYNC_END;
}

/* SEM G-14 */
static void await_in_a_generator(void)
{
    struct awaiting g;
    int item = 0;
    async_generator_init(ASYNC_CALL(awaiting, &g));
    CHECK_INT(async_next(&g, &item), 0);
    CHECK_INT(item, 3);
    CHECK_INT(async_next(&g, &item), -105);
    CHECK_INT(async_next(&g, &item), ASYNC_ERR_STOP_ITERATION);
}

static const struct test tests[] = {
    TEST(next_and_end),
    TEST(iteration),
    TEST(send_a_value),
    TEST(items_of_any_type),
    TEST(throw_at_the_yield),
    TEST(throw_into_a_new_one),
    TEST(close_ends_it),
    TEST(close_against_resistance),
    TEST(stop_iteration_from_the_body),
    TEST(using_itself),
    TEST(await_in_a_generator),
};
TEST_MAIN(tests)
