/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Asynchronous generators, and loops over them. */
#include "world.h"

struct counter {
    ASYNC_AGENERATOR(int);
    int n, i, caught;
    bool sleeps, ignores; /* before each item; being closed */
};
ASYNC_DEF(counter)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < self->n; self->i++) {
        if (self->sleeps) {
            AWAIT(async_sleep_ms(1));
        }
        ASYNC_TRY {
            ASYNC_YIELD(self->i);
            if (self->sent != 0) {
                note_n("sent", self->sent);
            }
        } ASYNC_EXCEPT_WHEN(self->caught,
                            self->caught == ASYNC_ERR_USER || self->ignores) {
            note_n("caught", self->caught);
        } ASYNC_END_EXCEPT;
    }
    if (self->n == 1) {
        ASYNC_RAISE(ASYNC_ERR_STOP_ASYNC_ITERATION);
    }
    ASYNC_CLEANUP;
    AWAIT(async_sleep_ms(1));
    note("cleaned");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct counter g, other;
    async_task_t task;
    int status;
};

static struct app app;

#define MAKE(...) \
    async_agenerator_init(ASYNC_CALL(counter, &self->g, __VA_ARGS__))
/* Awaits a question and notes its status, or the item. */
#define ASK(question)                                            \
    do {                                                         \
        AWAIT_STATUS(self->status, question);                    \
        if (self->status != 0) {                                 \
            note_n("!", self->status);                           \
        } else {                                                 \
            note_n("=", self->g.value);                          \
        }                                                        \
    } while (0)
#define RUN(name) CHECK_INT(async_run(&loop, ASYNC_CALL(name, &app)), 0)

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    MAKE(.n = 2);
    ASK(async_asend(&self->g, 5));
    ASK(async_anext(&self->g));
    ASK(async_asend(&self->g, 7));
    ASK(async_anext(&self->g));
    ASK(async_anext(&self->g));
    ASK(async_asend(&self->g, 7));
    AWAIT_STATUS(self->status, async_athrow(&self->g, ASYNC_ERR_USER));
    CHECK_INT(self->status, 0);
    AWAIT(async_aclose(&self->g));
    CHECK_TRACE("!-8 =0 sent7 =1 cleaned !-24 !-24 !-24");

    MAKE(.n = 9);
    ASK(async_anext(&self->g));
    ASK(async_athrow(&self->g, ASYNC_ERR_USER));
    ASK(async_athrow(&self->g, ASYNC_ERR_VALUE));
    ASK(async_anext(&self->g));
    MAKE(.n = 9);
    ASK(async_athrow(&self->g, ASYNC_ERR_USER));
    ASK(async_anext(&self->g));
    CHECK_TRACE("=0 caught-100 =1 cleaned !-7 !-24 !-100 !-24");

    MAKE(.n = 1); /* raises a stop itself */
    ASK(async_anext(&self->g));
    ASK(async_anext(&self->g));
    CHECK_TRACE("=0 cleaned !-6");

    MAKE(.n = 3);
    AWAIT(async_aclose(&self->g));
    ASK(async_anext(&self->g));
    CHECK_TRACE("!-24");
    MAKE(.n = 3);
    ASK(async_anext(&self->g));
    AWAIT(async_aclose(&self->g));
    AWAIT(async_aclose(&self->g));
    ASK(async_anext(&self->g));
    CHECK_TRACE("=0 cleaned !-24");

    MAKE(.n = 4, .ignores = true);
    ASK(async_anext(&self->g));
    ASK(async_aclose(&self->g));
    ASK(async_aclose(&self->g));
    ASK(async_athrow(&self->g, ASYNC_ERR_USER));
    ASK(async_anext(&self->g));
    ASK(async_anext(&self->g));
    ASK(async_anext(&self->g));
    CHECK_TRACE("=0 caught-5 !-6 !-24 !-24 =2 =3 cleaned !-24");
    ASYNC_END;
}

/* SEM AG-01 AG-02 AG-03 AG-04 AG-06 AG-09 AG-12 */
static void questions(void)
{
    world_begin();
    RUN(app);
}

struct busy {
    ASYNC_FRAME;
    struct counter g;
    async_task_t task;
    int status;
};
ASYNC_DEF(busy)
{
    ASYNC_BEGIN;
    MAKE(.n = 2, .sleeps = true);
    (void)async_create_task(&self->task, async_anext(&self->g));
    AWAIT(async_pause());
    ASK(async_anext(&self->g));
    ASK(async_aclose(&self->g));
    ASK(async_asend(&self->g, 3));
    AWAIT(&self->task);
    CHECK_INT(self->g.value, 0);
    CHECK_TRACE("!-9 !-9 !-9");
    (void)async_create_task(&self->task, async_aclose(&self->g));
    AWAIT(async_pause());
    async_task_cancel(&self->task);
    ASK(&self->task);
    ASK(async_anext(&self->g));
    CHECK_TRACE("!-1 !-24");
    MAKE(.n = 2, .sleeps = true);
    (void)async_create_task(&self->task, async_anext(&self->g));
    async_task_cancel(&self->task); /* before it has begun */
    ASK(&self->task);
    ASK(async_anext(&self->g));
    (void)async_create_task(&self->task, async_anext(&self->g));
    AWAIT(async_pause());
    async_task_cancel(&self->task);
    ASK(&self->task);
    ASK(async_anext(&self->g));
    CHECK_TRACE("!-1 =0 cleaned !-1 !-24");
    ASYNC_END;
}

/* SEM AG-05 AG-08 AG-10 AG-13 */
static void in_use(void)
{
    static struct busy frame;
    world_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(busy, &frame)), 0);
}

struct loops {
    ASYNC_FRAME;
    struct counter g;
    int status;
};
ASYNC_DEF(loops)
{
    ASYNC_BEGIN;
    MAKE(.n = 6);
    ASYNC_FOR(async_anext(&self->g)) {
        if (self->g.value == 1) {
            continue;
        }
        note_n("item", self->g.value);
        AWAIT(async_pause());
        if (self->g.value == 3) {
            break;
        }
    } ASYNC_ELSE {
        note("else");
    } ASYNC_END_ELSE;
    CHECK_TRACE("item0 item2 item3");
    ASYNC_FOR(async_anext(&self->g)) {
        note_n("item", self->g.value);
    } ASYNC_ELSE {
        AWAIT(async_pause());
        note("else");
    } ASYNC_END_ELSE;
    ASYNC_FOR(async_anext(&self->g)) {
        note("never");
    } ASYNC_END_FOR;
    CHECK_TRACE("item4 item5 cleaned else");
    MAKE(.n = 1);
    ASYNC_FOR(async_anext(&self->g)) {
        note_n("item", self->g.value);
    } ASYNC_END_FOR;
    note("never");
    ASYNC_END;
}

/* SEM AG-07 FO-01 FO-02 FO-03 */
static void iteration(void)
{
    static struct loops frame;
    world_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(loops, &frame)), ASYNC_ERR_RUNTIME);
    CHECK_TRACE("item0 cleaned");
}

struct leaves {
    ASYNC_FRAME;
    struct counter *a, *b;
};
ASYNC_DEF(leaves)
{
    ASYNC_BEGIN;
    AWAIT(async_anext(self->a));
    AWAIT(async_anext(self->b));
    ASYNC_END;
}

static void on_exception(async_loop_t *which, async_handle_t *handle, int status)
{
    (void)which;
    (void)handle;
    note_n("handler", status);
}

/* SEM AG-11 */
static void end_of_run(void)
{
    static struct counter a, b;
    static struct leaves frame;
    world_begin();
    async_loop_set_exception_handler(&loop, on_exception);
    async_agenerator_init(ASYNC_CALL(counter, &a, .n = 2, .ignores = true));
    async_agenerator_init(ASYNC_CALL(counter, &b, .n = 2));
    CHECK_INT(async_run(&loop, ASYNC_CALL(leaves, &frame, .a = &a, .b = &b)),
              0);
    CHECK_TRACE("caught-5 handler-6 cleaned");
}

static const struct test tests[] = {
    TEST(questions),
    TEST(in_use),
    TEST(iteration),
    TEST(end_of_run),
};
TEST_MAIN(tests)
