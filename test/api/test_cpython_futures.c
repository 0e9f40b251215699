/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_futures: each test is named after the method. */
#include "worker.h"

static async_callback_t callbacks[3];

/* Traces which of the callbacks it is. */
static int called(async_handle_t *handle)
{
    note_n("call", (async_callback_t *)(void *)handle - callbacks);
    CHECK(async_callback_future(handle) == &futures[0]);
    return 0;
}

static void add(int number)
{
    CHECK_INT(async_future_add_done_callback(&futures[0], &callbacks[number],
                                             called), 0);
}

static bool take_back(int number)
{
    return async_future_remove_done_callback(&futures[0], &callbacks[number]);
}

static void begin_with(int count)
{
    int i;
    begin();
    for (i = 0; i < count; i++) {
        add(i);
    }
}

static void finish(const char *expected)
{
    CHECK_INT(async_future_set_result(&futures[0], NULL), 0);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE_VAR(expected);
    world_end();
}

/* SEM F-11 */
static void test_callbacks_remove_first_callback(void)
{
    begin_with(3);
    CHECK(take_back(0));
    finish("call1 call2");
}

/* SEM F-11 */
static void test_callbacks_remove_first_and_second_callback(void)
{
    begin_with(3);
    CHECK(take_back(0));
    CHECK(take_back(1));
    finish("call2");
}

/* SEM F-11 */
static void test_callbacks_remove_third_callback(void)
{
    begin_with(3);
    CHECK(take_back(2));
    finish("call0 call1");
}

/* SEM F-11 F-12 */
static void test_remove_done_callback(void)
{
    begin_with(2);
    CHECK(take_back(1));
    CHECK(!take_back(1));
    CHECK(!take_back(2)); /* never added */
    CHECK(take_back(0));
    add(1);
    add(0);
    finish("call1 call0");
    CHECK(!take_back(0));
}

static int call_and_remove(async_handle_t *handle)
{
    (void)handle;
    note_var(take_back(0) ? "removed" : "too-late");
    return 0;
}

/* SEM F-12 */
static void test_schedule_callbacks_list_mutation_1(void)
{
    begin();
    CHECK_INT(async_future_add_done_callback(&futures[0], &callbacks[1],
                                             call_and_remove), 0);
    add(0);
    finish("too-late call0");
}

/* SEM F-19 */
static void test_set_result_unless_cancelled(void)
{
    begin();
    CHECK_INT(async_future_cancel(&futures[0]), 1);
    CHECK_INT(async_future_set_result(&futures[0], NULL),
              ASYNC_ERR_INVALID_STATE);
    CHECK(async_future_cancelled(&futures[0]));
    world_end();
}

/* A shield copies the state of its inner future. */
/* SEM SH-01 SH-03 */
static void test_copy_state(void)
{
    static async_shield_t shields[3];
    void *result = NULL;
    int i;
    begin();
    for (i = 0; i < 3; i++) {
        CHECK(async_shield(&shields[i], &futures[i]) == &shields[i].outer);
    }
    CHECK_INT(async_future_set_result(&futures[0], &sim), 0);
    CHECK_INT(async_future_set_exception(&futures[1], OOPS(1)), 0);
    CHECK_INT(async_future_cancel(&futures[2]), 1);
    turns(1);
    CHECK_INT(async_future_result(&shields[0].outer, &result), 0);
    CHECK(result == &sim);
    CHECK_INT(status_of(&shields[1].outer), OOPS(1));
    CHECK(async_future_cancelled(&shields[2].outer));
    world_end();
}

/* SEM T-11 */
static void test_wrap_future_future(void)
{
    begin();
    CHECK(async_ensure_future(&futures[0], &tasks[1]) == &futures[0]);
    START(1, .delay = 0); /* and is seen to be none */
    turns(1);
    trace_clear();
    world_end();
}

SCENE(awaits_twice)
{
    ASYNC_BEGIN;
    AWAIT(&futures[0]);
    note("first");
    AWAIT(&futures[0]);
    note("second");
    ASYNC_END;
}

/* SEM F-14 */
static void test_yield_from_twice(void)
{
    begin();
    SCENE_START(awaits_twice);
    turns(1);
    finish("first second");
}

static const struct test tests[] = {
    TEST(test_yield_from_twice),
    TEST(test_callbacks_remove_first_callback),
    TEST(test_callbacks_remove_first_and_second_callback),
    TEST(test_callbacks_remove_third_callback),
    TEST(test_remove_done_callback),
    TEST(test_schedule_callbacks_list_mutation_1),
    TEST(test_set_result_unless_cancelled),
    TEST(test_copy_state),
    TEST(test_wrap_future_future),
};
TEST_MAIN(tests)
