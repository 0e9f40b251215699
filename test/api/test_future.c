/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Futures: states, results, done callbacks, waiters. */
#include "world.h"

static async_future_t future;
static async_task_t tasks[6];

struct watcher {
    async_callback_t callback; /* comes first */
    int id;
};
static struct watcher watchers[4];

static int on_done(async_handle_t *handle)
{
    struct watcher *watcher = (struct watcher *)(void *)handle;
    CHECK(async_callback_future(handle) == &future);
    CHECK(async_future_done(&future));
    note_n("callback", watcher->id);
    return 0;
}

static void watch(int id)
{
    watchers[id].id = id;
    CHECK_INT(async_future_add_done_callback(&future, &watchers[id].callback,
                                             on_done),
              0);
}

/* Awaits the future. */
struct waiter {
    ASYNC_FRAME;
    async_future_t *future;
    int id, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    note_n("await", self->id);
    AWAIT_STATUS(self->err, self->future);
    note_n("task", self->id);
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    ASYNC_END;
}
static struct waiter frames[6];

static void begin(void)
{
    world_begin();
    __builtin_memset((void *)watchers, 0, sizeof watchers);
    async_future_init(&future, &loop);
}

static void wait_for_it(int id)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(waiter, &frames[id],
                                                .future = &future, .id = id)),
              0);
}

/* -- State and result ----------------------------------------------------- */

/* SEM F-01 F-03 M-02 */
static void pending(void)
{
    int error = 7;
    void *result = &error;
    begin();
    CHECK_INT(async_future_state(&future), ASYNC_STATE_PENDING);
    CHECK(!async_future_done(&future));
    CHECK(!async_future_cancelled(&future));
    CHECK_INT(async_future_result(&future, &result), ASYNC_ERR_INVALID_STATE);
    CHECK_INT(async_future_exception(&future, &error),
              ASYNC_ERR_INVALID_STATE);
    CHECK_INT(error, 7);
    CHECK(result == &error);
    world_end();
}

/* Whatever is tried on a future that is done changes nothing. */
static void expect_done(enum async_state state, int status, void *expected)
{
    int error = 77, i;
    for (i = 0; i < 2; i++) {
        void *result = &loop;
        CHECK_INT(async_future_state(&future), state);
        CHECK(async_future_done(&future));
        CHECK(async_future_cancelled(&future) ==
              (state == ASYNC_STATE_CANCELLED));
        CHECK_INT(async_future_result(&future, &result), status);
        CHECK(result == (status == 0 ? expected : (void *)&loop));
        CHECK_INT(async_future_result(&future, NULL), status);
        if (state == ASYNC_STATE_CANCELLED) {
            CHECK_INT(async_future_exception(&future, &error),
                      ASYNC_ERR_CANCELLED);
            CHECK_INT(error, 77);
        } else {
            CHECK_INT(async_future_exception(&future, &error), 0);
            CHECK_INT(error, status);
        }
        CHECK_INT(async_future_set_result(&future, &error),
                  ASYNC_ERR_INVALID_STATE);
        CHECK_INT(async_future_set_exception(&future, -106),
                  ASYNC_ERR_INVALID_STATE);
        CHECK_INT(async_future_cancel(&future), 0);
    }
}

/* SEM F-01 F-02 F-05 F-06 F-21 M-01 */
static void with_result(void)
{
    int value = 5;
    begin();
    CHECK_INT(async_future_set_result(&future, &value), 0);
    expect_done(ASYNC_STATE_FINISHED, 0, &value);
    async_future_init(&future, &loop);
    CHECK_INT(async_future_set_result(&future, NULL), 0);
    expect_done(ASYNC_STATE_FINISHED, 0, NULL);
    world_end();
}

/* SEM F-02 F-05 */
static void with_exception(void)
{
    begin();
    CHECK_INT(async_future_set_exception(&future, -105), 0);
    expect_done(ASYNC_STATE_FINISHED, -105, NULL);
    world_end();
}

/* SEM F-04 F-06 */
static void with_cancel(void)
{
    begin();
    CHECK_INT(async_future_cancel(&future), 1);
    expect_done(ASYNC_STATE_CANCELLED, ASYNC_ERR_CANCELLED, NULL);
    world_end();
}

/* SEM F-20 D-07 */
static void what_is_an_exception(void)
{
    static const int bad[] = {0, 1, 5, ASYNC_ERR_GROUP_LAST - 1,
                              WIDE(-70000), ASYNC_ERR_CANCELLED};
    unsigned i;
    begin();
    for (i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_INT(async_future_set_exception(&future, bad[i]), ASYNC_ERR_TYPE);
    }
    CHECK(!async_future_done(&future));
    CHECK_INT(async_future_set_exception(&future, ASYNC_ERR_USER_LAST), 0);
    CHECK_INT(async_future_result(&future, NULL), ASYNC_ERR_USER_LAST);
    world_end();
}

/* SEM F-18 */
static void typed(void)
{
    static ASYNC_FUTURE(int) answer;
    static ASYNC_FUTURE(struct { char name[8]; long n; }) record;
    void *result = NULL;
    begin();
    async_future_init(&answer.future, &loop);
    CHECK_INT(async_future_set(&answer, 42), 0);
    CHECK_INT(answer.value, 42);
    CHECK_INT(async_future_result(&answer.future, &result), 0);
    CHECK(result == &answer.value);
    CHECK_INT(async_future_set(&answer, 43), ASYNC_ERR_INVALID_STATE);
    CHECK_INT(answer.value, 42);
    async_future_init(&record.future, &loop);
    record.value.n = 9;
    CHECK_INT(async_future_set(&record, record.value), 0);
    CHECK_INT(async_future_result(&record.future, &result), 0);
    CHECK(result == &record.value);
    world_end();
}

/* -- Done callbacks ------------------------------------------------------- */

enum how { RESULT, EXCEPTION, CANCEL };

static void finish(enum how how)
{
    switch (how) {
    case RESULT:
        CHECK_INT(async_future_set_result(&future, NULL), 0);
        break;
    case EXCEPTION:
        CHECK_INT(async_future_set_exception(&future, -105), 0);
        break;
    default:
        CHECK_INT(async_future_cancel(&future), 1);
        break;
    }
}

/* SEM F-07 F-08 F-10 F-13 */
static void callbacks_run_in_order(void)
{
    int how;
    for (how = RESULT; how <= CANCEL; how++) {
        begin();
        watch(0);
        watch(2);
        watch(1);
        finish((enum how)how);
        CHECK_TRACE("");
        turns(1);
        CHECK_TRACE("callback0 callback2 callback1");
        turns(2);
        CHECK_TRACE("");
        world_end();
    }
}

/* SEM F-09 */
static void callback_on_a_done_one(void)
{
    begin();
    finish(RESULT);
    watch(0);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("callback0");
    world_end();
}

/* SEM F-11 F-12 */
static void remove_callbacks(void)
{
    unsigned removed;
    int i;
    for (removed = 0; removed < 8; removed++) { /* each subset of three */
        begin();
        for (i = 0; i < 3; i++) {
            watch(i);
        }
        for (i = 2; i >= 0; i--) {
            if (removed >> i & 1u) {
                CHECK(async_future_remove_done_callback(&future,
                                                        &watchers[i].callback));
                CHECK(!async_future_remove_done_callback(
                    &future, &watchers[i].callback));
            }
        }
        finish(RESULT);
        for (i = 0; i < 3; i++) { /* too late */
            CHECK(!async_future_remove_done_callback(&future,
                                                     &watchers[i].callback));
        }
        for (i = 0; i < 3; i++) {
            if (!(removed >> i & 1u)) {
                note_n("callback", i);
            }
        }
        {
            char expected[64];
            __builtin_memcpy(expected, trace_, sizeof expected);
            trace_clear();
            turns(1);
            CHECK_TRACE_VAR(expected);
        }
        world_end();
    }
}

/* SEM F-13 D-11 */
static void callback_registered_twice(void)
{
    async_future_t other;
    begin();
    async_future_init(&other, &loop);
    watch(0);
    CHECK_INT(async_future_add_done_callback(&future, &watchers[0].callback,
                                             on_done),
              ASYNC_ERR_BUSY);
    CHECK_INT(async_future_add_done_callback(&other, &watchers[0].callback,
                                             on_done),
              ASYNC_ERR_BUSY);
    CHECK(!async_future_remove_done_callback(&other, &watchers[0].callback));
    finish(RESULT);
    CHECK_INT(async_future_add_done_callback(&future, &watchers[0].callback,
                                             on_done),
              ASYNC_ERR_BUSY); /* it is scheduled */
    turns(1);
    CHECK_TRACE("callback0");
    watch(0);
    turns(1);
    CHECK_TRACE("callback0");
    world_end();
}

/* -- Waiters -------------------------------------------------------------- */

/* SEM F-08 F-15 F-16 F-17 */
static void many_waiters(void)
{
    static const int statuses[] = {0, -105, ASYNC_ERR_CANCELLED};
    int how, i;
    for (how = RESULT; how <= CANCEL; how++) {
        begin();
        for (i = 0; i < 3; i++) {
            wait_for_it(i);
        }
        turns(1);
        watch(0);
        wait_for_it(3);
        turns(1);
        watch(1);
        CHECK_TRACE("await0 await1 await2 await3");
        finish((enum how)how);
        CHECK_TRACE("");
        turns(1);
        CHECK_TRACE("task0 task1 task2 callback0 task3 callback1");
        for (i = 0; i < 4; i++) {
            CHECK_INT(frames[i].err, statuses[how]);
            CHECK_INT(async_future_result(&tasks[i].future, NULL),
                      statuses[how]);
            CHECK(async_future_cancelled(&tasks[i].future) == (how == CANCEL));
            CHECK_INT(async_task_cancelling(&tasks[i]), 0);
        }
        world_end();
    }
}

/* SEM F-14 */
static void awaiting_a_done_one(void)
{
    begin();
    finish(EXCEPTION);
    wait_for_it(0);
    turns(1);
    CHECK_TRACE("await0 task0");
    CHECK_INT(frames[0].err, -105);
    wait_for_it(0);
    turns(1);
    CHECK_TRACE("await0 task0");
    world_end();
}

/* SEM F-19 */
static void finishing_a_cancelled_one(void)
{
    begin();
    wait_for_it(0);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    CHECK(async_future_cancelled(&future));
    CHECK_INT(async_future_set_result(&future, NULL), ASYNC_ERR_INVALID_STATE);
    turns(1);
    CHECK_TRACE("await0 task0");
    CHECK_INT(frames[0].err, ASYNC_ERR_CANCELLED);
    world_end();
}

/* SEM F-22 M-05 */
static void another_loop(void)
{
    static async_loop_t other;
    begin();
    CHECK_INT(async_loop_init(&other, &sim.port), 0);
    async_future_init(&future, &other);
    wait_for_it(0);
    turns(1);
    CHECK_TRACE("await0");
    turns(1);
    CHECK_TRACE("task0");
    CHECK_INT(frames[0].err, ASYNC_ERR_WRONG_LOOP);
    CHECK_INT(async_future_set_result(&future, NULL), 0); /* nobody waits */
    wait_for_it(1); /* a result that is there already can be had */
    turns(1);
    CHECK_INT(frames[1].err, 0);
    CHECK_INT(async_loop_close(&other), 0);
    world_end();
}

/* SEM F-23 */
static void of_a_task(void)
{
    void *result = NULL;
    begin();
    wait_for_it(0);
    turns(1);
    CHECK_INT(async_future_set_result(&tasks[0].future, NULL),
              ASYNC_ERR_RUNTIME);
    CHECK_INT(async_future_set_exception(&tasks[0].future, -105),
              ASYNC_ERR_RUNTIME);
    finish(RESULT);
    turns(1);
    CHECK_INT(async_future_set_result(&tasks[0].future, NULL),
              ASYNC_ERR_RUNTIME);
    CHECK_INT(async_future_result(&tasks[0].future, &result), 0);
    CHECK(result == &frames[0]);
    world_end();
}

static const struct test tests[] = {
    TEST(pending),
    TEST(with_result),
    TEST(with_exception),
    TEST(with_cancel),
    TEST(what_is_an_exception),
    TEST(typed),
    TEST(callbacks_run_in_order),
    TEST(callback_on_a_done_one),
    TEST(remove_callbacks),
    TEST(callback_registered_twice),
    TEST(many_waiters),
    TEST(awaiting_a_done_one),
    TEST(finishing_a_cancelled_one),
    TEST(another_loop),
    TEST(of_a_task),
};
TEST_MAIN(tests)
