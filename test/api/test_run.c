/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* async_run(): the main task, and what is left when it ends. */
#include "world.h"

static async_task_t tasks[4];

enum how { ENDS, FAILS, SWALLOWS, CLEANS_UP, REFUSES, STARTS_ANOTHER };

/* Sleeps for ever, and ends in some way when it is cancelled. */
struct worker {
    ASYNC_FRAME;
    int id, err;
    enum how how;
    struct worker *other; /* a frame */
    async_future_t never;
};
ASYNC_DECLARE_STATIC(worker);
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    note_n("begin", self->id);
    AWAIT_STATUS(self->err, async_sleep_ticks(1000000));
    note_n("cancelled", self->id);
    if (self->how == FAILS) {
        ASYNC_RAISE(-100 - self->id);
    } else if (self->how == SWALLOWS) {
        ASYNC_RETURN;
    } else if (self->how == CLEANS_UP) {
        AWAIT(async_sleep_ticks(5));
        note_n("clean", self->id);
    } else if (self->how == REFUSES) {
        async_future_init(&self->never, &loop);
        AWAIT(&self->never);
    } else if (self->how == STARTS_ANOTHER) {
        CHECK_INT(async_create_task(&tasks[3],
                                    ASYNC_CALL(worker, self->other, .id = 3)),
                  0);
    }
    ASYNC_RAISE(self->err);
    ASYNC_END;
}
static struct worker workers[4];

/* Starts some workers, waits, and ends. */
struct app {
    ASYNC_FRAME;
    unsigned count;
    enum how how[3];
    unsigned i;
    int status;
    bool stops;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < self->count; self->i++) {
        CHECK_INT(async_create_task(
                      &tasks[self->i],
                      ASYNC_CALL(worker, &workers[self->i], .id = (int)self->i,
                                 .how = self->how[self->i],
                                 .other = &workers[3])),
                  0);
    }
    AWAIT(async_sleep_ticks(2));
    if (self->stops) {
        async_loop_stop(&loop);
        AWAIT(async_sleep_ticks(10));
    }
    note("main");
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_CLEANUP;
    note("main cleanup");
    ASYNC_END;
}

static struct app app;

static async_coro_t *make_app(unsigned count, enum how a, enum how b,
                              enum how c)
{
    async_coro_t *coro = ASYNC_CALL(app, &app, .count = count);
    app.how[0] = a;
    app.how[1] = b;
    app.how[2] = c;
    return coro;
}

static void handler(async_loop_t *which, async_handle_t *handle, int status)
{
    CHECK(which == &loop);
    (void)handle;
    note_n("report", status);
}

static void begin(void)
{
    world_begin();
    async_loop_set_exception_handler(&loop, handler);
}

/* The loop is closed and all storage is free again. */
static void end(void)
{
    int i;
    CHECK(async_loop_is_closed(&loop));
    CHECK(async_get_running_loop() == NULL);
    CHECK(async_all_tasks(&loop, NULL) == NULL);
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    for (i = 0; i < 3; i++) {
        CHECK_INT(async_loop_create_task(&loop, &tasks[i],
                                         ASYNC_CALL(worker, &workers[i])),
                  0);
    }
    CHECK_INT(async_loop_close(&loop), 0);
}

/* SEM R-01 */
static void returns_its_status(void)
{
    begin();
    CHECK_INT(async_run(&loop, make_app(0, ENDS, ENDS, ENDS)), 0);
    CHECK_TRACE("main main cleanup");
    CHECK_INT(world_time(), 2);
    end();
    begin();
    (void)make_app(0, ENDS, ENDS, ENDS);
    CHECK_INT(async_run(&loop, ASYNC_CALL(app, &app, .status = -105)), -105);
    CHECK_TRACE("main main cleanup");
    end();
}

/* SEM R-03 R-04 D-05 */
static void cancels_what_is_left(void)
{
    begin();
    CHECK_INT(async_run(&loop, make_app(3, ENDS, FAILS, CLEANS_UP)), 0);
    CHECK_TRACE("begin0 begin1 begin2 main main cleanup cancelled0 cancelled1 "
                "report-101 cancelled2 clean2");
    CHECK_INT(world_time(), 7);
    CHECK(async_future_cancelled(&tasks[0].future));
    CHECK_INT(async_future_result(&tasks[1].future, NULL), -101);
    CHECK(async_future_cancelled(&tasks[2].future));
    end();
}

/* SEM R-04 D-05 */
static void reports_in_the_order_of_failure(void)
{
    begin();
    CHECK_INT(async_run(&loop, make_app(3, FAILS, SWALLOWS, FAILS)), 0);
    CHECK_TRACE("begin0 begin1 begin2 main main cleanup cancelled0 report-100 "
                "cancelled1 cancelled2 report-102");
    CHECK_INT(async_future_result(&tasks[1].future, NULL), 0);
    end();
}

/* SEM R-05 */
static void a_task_that_never_ends(void)
{
    begin();
    CHECK_INT(async_run(&loop, make_app(2, REFUSES, CLEANS_UP, ENDS)),
              ASYNC_ERR_DEADLOCK);
    CHECK_TRACE("begin0 begin1 main main cleanup cancelled0 cancelled1 clean1");
    end();
}

/* SEM R-06 */
static void a_task_started_meanwhile(void)
{
    begin();
    CHECK_INT(async_run(&loop, make_app(1, STARTS_ANOTHER, ENDS, ENDS)), 0);
    CHECK_TRACE("begin0 main main cleanup cancelled0 begin3");
    CHECK_INT(world_time(), 2); /* it is not waited for */
    end();
}

/* SEM R-07 L-16 */
static void stopped(void)
{
    begin();
    (void)make_app(0, ENDS, ENDS, ENDS);
    CHECK_INT(async_run(&loop, ASYNC_CALL(app, &app, .count = 1,
                                          .stops = true)),
              ASYNC_ERR_STOPPED);
    CHECK_TRACE("begin0 main cleanup cancelled0"); /* main is the oldest */
    CHECK_INT(world_time(), 2);
    end();
}

struct hanging {
    ASYNC_FRAME;
    async_future_t never;
};
ASYNC_DEF(hanging)
{
    ASYNC_BEGIN;
    async_future_init(&self->never, &loop);
    AWAIT(&self->never);
    ASYNC_CLEANUP;
    note("cleanup");
    ASYNC_END;
}

/* SEM R-07 L-30 */
static void deadlock(void)
{
    static struct hanging frame;
    begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(hanging, &frame)),
              ASYNC_ERR_DEADLOCK);
    CHECK_TRACE("cleanup");
    end();
}

struct awaiter {
    ASYNC_FRAME;
    async_task_t *task;
};
ASYNC_DEF(awaiter)
{
    ASYNC_BEGIN;
    AWAIT(self->task);
    ASYNC_END;
}

struct knot {
    ASYNC_FRAME;
    struct awaiter a, b;
};
ASYNC_DEF(knot)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&tasks[0], ASYNC_CALL(awaiter, &self->a,
                                                      .task = &tasks[1])),
              0);
    CHECK_INT(async_create_task(&tasks[1], ASYNC_CALL(awaiter, &self->b,
                                                      .task = &tasks[0])),
              0);
    AWAIT(async_sleep_ticks(1));
    ASYNC_END;
}

/* SEM R-09 D-04 */
static void a_cycle_is_left(void)
{
    static struct knot frame;
    begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(knot, &frame)), ASYNC_ERR_CYCLE);
    end();
}

/* SEM R-08 */
static void again_and_again(void)
{
    int i;
    for (i = 0; i < 3; i++) {
        begin();
        CHECK_INT(async_run(&loop, make_app(1, ENDS, ENDS, ENDS)), 0);
        CHECK_TRACE("begin0 main main cleanup cancelled0");
        CHECK_INT(async_run(&loop, make_app(0, ENDS, ENDS, ENDS)),
                  ASYNC_ERR_CLOSED);
    }
}

/* SEM R-10 */
static void refused(void)
{
    async_driver_t driver;
    begin();
    (void)make_app(0, ENDS, ENDS, ENDS);
    CHECK_INT(async_driver_init(&driver, &app.async_), 0);
    CHECK_INT(async_run(&loop, &app.async_), ASYNC_ERR_REUSED);
    CHECK(!async_loop_is_closed(&loop));
    CHECK_TRACE("");
    world_end();
}

static int note_call(async_handle_t *handle)
{
    (void)handle;
    note("call");
    return 0;
}
struct caller {
    ASYNC_FRAME;
    async_handle_t handle;
    async_timer_t timer;
};
ASYNC_DEF(caller)
{
    ASYNC_BEGIN;
    CHECK_INT(async_call_later(&loop, &self->timer, 5, note_call), 0);
    CHECK_INT(async_call_soon(&loop, &self->handle, note_call), 0);
    ASYNC_END;
}

/* SEM R-11 */
static void callbacks_that_are_left(void)
{
    static struct caller frame;
    begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(caller, &frame)), 0);
    CHECK_TRACE("call"); /* in the last iteration; the timer is discarded */
    CHECK_INT(world_time(), 0);
    end();
}

static const struct test tests[] = {
    TEST(returns_its_status),
    TEST(cancels_what_is_left),
    TEST(reports_in_the_order_of_failure),
    TEST(a_task_that_never_ends),
    TEST(a_task_started_meanwhile),
    TEST(stopped),
    TEST(deadlock),
    TEST(a_cycle_is_left),
    TEST(again_and_again),
    TEST(refused),
    TEST(callbacks_that_are_left),
};
TEST_MAIN(tests)
