/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of what CPython's tests expect of debug mode and of errors that nobody
 * retrieves: each test is named after the method. Built with ASYNC_DEBUG. */
#include "worker.h"

#if !ASYNC_DEBUG
#error "this test is about ASYNC_DEBUG"
#endif

static async_handle_t handles[2];

static void see(async_loop_t *which, const async_debug_report_t *seen)
{
    CHECK(which == &loop);
    switch (seen->event) {
    case ASYNC_DEBUG_NEVER_RETRIEVED:
        note_n("lost", seen->status);
        break;
    case ASYNC_DEBUG_TASK_PENDING:
        CHECK(seen->object == &tasks[1]);
        note("pending");
        break;
    case ASYNC_DEBUG_SLOW_CALLBACK:
        note_n("slow-callback", seen->ticks);
        break;
    case ASYNC_DEBUG_SLOW_STEP:
        note_n("slow-step", seen->ticks);
        break;
    default:
        note_n("event", (long)seen->event);
        break;
    }
}

static void begin_debug(void)
{
    begin();
    async_loop_set_debug_handler(&loop, see);
}

/* Runs the scene's loop once, so that the debug mode looks, then ends it. */
static void end(const char *expected)
{
    turns(2);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE_VAR(expected);
}

/* -- Futures --------------------------------------------------------------- */

struct fails {
    ASYNC_FRAME;
    int number;
};
ASYNC_DEF(fails) /* gives futures[1] an error while the loop runs */
{
    ASYNC_BEGIN;
    CHECK_INT(async_future_set_exception(&futures[self->number], OOPS(1)), 0);
    ASYNC_END;
}
static struct fails fails_frame;

static void fail_future(void)
{
    CHECK_INT(async_loop_create_task(&loop, &scene,
                                     ASYNC_CALL(fails, &fails_frame,
                                                .number = 1)), 0);
    turns(1);
}

static void test_tb_logger_abandoned(void)
{
    begin_debug();
    end("");
}

static void test_tb_logger_not_called_after_cancel(void)
{
    begin_debug();
    fail_future();
    CHECK_INT(async_future_cancel(&futures[1]), 0);
    end("");
}

static void test_tb_logger_result_unretrieved(void)
{
    begin_debug();
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    end("");
}

static void test_tb_logger_result_retrieved(void)
{
    begin_debug();
    CHECK_INT(async_future_set_result(&futures[1], NULL), 0);
    CHECK_INT(status_of(&futures[1]), 0);
    end("");
}

static void test_tb_logger_exception_unretrieved(void)
{
    begin_debug();
    fail_future();
    end("lost-101");
}

static void test_tb_logger_exception_retrieved(void)
{
    int error = 0;
    begin_debug();
    fail_future();
    CHECK_INT(async_future_exception(&futures[1], &error), 0);
    end("");
}

static void test_tb_logger_exception_result_retrieved(void)
{
    begin_debug();
    fail_future();
    CHECK_INT(status_of(&futures[1]), OOPS(1));
    end("");
}

static void test_future_exception_never_retrieved(void)
{
    begin_debug();
    fail_future();
    CHECK_TRACE("");
    async_future_init(&futures[1], &loop); /* its storage is used again */
    CHECK_TRACE("lost-101");
    end("");
}

/* -- Tasks ----------------------------------------------------------------- */

static void test_log_destroyed_pending_task(void)
{
    begin_debug();
    START(1, .waits = &futures[1]);
    turns(1);
    CHECK_TRACE("begin1");
    end("pending");
}

static void task_test_tb_logger_not_called_after_cancel(void)
{
    begin_debug();
    START(1, .ends = OOPS(1));
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 0); /* somebody was interested */
    trace_clear();
    end("");
}

static void test_default_exc_handler_coro(void)
{
    begin_debug();
    START(1, .ends = OOPS(1));
    turns(1);
    CHECK_TRACE("begin1 end1"); /* not when it fails, but when it is gone */
    end("lost-101");
}

static async_wait_for_t limit;
static async_shield_t shield;

SCENE(fails_shielded)
{
    ASYNC_BEGIN;
    CHECK_INT(async_future_cancel(async_shield(&shield, &futures[1])), 1);
    CHECK_INT(async_future_set_exception(&futures[1], OOPS(1)), 0);
    AWAIT(async_pause());
    ASYNC_END;
}

/* wait_for and shield look at what they are given, as in asyncio. */
static void combinators_retrieve(void)
{
    begin_debug();
    fail_future();
    CHECK_INT(async_loop_create_task(&loop, &scene,
                                     async_wait_for_ticks(&limit, &futures[1],
                                                          0)), 0);
    turns(1);
    CHECK_INT(status_of(&scene.future), OOPS(1));
    async_future_init(&futures[1], &loop);
    PLAY(fails_shielded, 0);
    end("");

    begin_debug();
    CHECK_INT(async_future_cancel(async_shield(&shield, &futures[1])), 1);
    turns(1);
    fail_future(); /* later: the shield no longer looks */
    end("lost-101");
}

/* -- Debug mode ------------------------------------------------------------ */

static void test_set_debug(void)
{
    begin_debug();
    CHECK(async_loop_get_debug(&loop));
    async_loop_set_debug(&loop, false);
    CHECK(!async_loop_get_debug(&loop));
    async_loop_set_debug(&loop, true);
    CHECK(async_loop_get_debug(&loop));
    end("");
}

SCENE(is_debug)
{
    ASYNC_BEGIN;
    note_n("debug", async_loop_get_debug(&loop));
    ASYNC_END;
}

static void test_asyncio_run_debug(void)
{
    begin_debug();
    CHECK_INT(async_run(&loop, ASYNC_CALL(is_debug, &is_debug_frame)), 0);
    CHECK_TRACE("debug1");
    begin_debug();
    async_loop_set_debug(&loop, false);
    CHECK_INT(async_run(&loop, ASYNC_CALL(is_debug, &is_debug_frame)), 0);
    CHECK_TRACE("debug0");
}

static void test_debug(void)
{
    begin_debug();
    PLAY(is_debug, 0);
    end("debug1");
}

static void test_non_debug(void)
{
    begin_debug();
    async_loop_set_debug(&loop, false);
    PLAY(is_debug, 0);
    fail_future(); /* and nothing is reported */
    end("debug0");
}

static int take_long(async_handle_t *handle)
{
    (void)handle;
    async_sim_advance(&sim, 20);
    return 0;
}

SCENE(takes_long)
{
    ASYNC_BEGIN;
    async_sim_advance(&sim, 30);
    AWAIT(async_pause());
    ASYNC_END;
}

static void test_log_slow_callbacks(void)
{
    begin_debug();
    CHECK_INT(async_call_soon(&loop, &handles[0], take_long), 0);
    turns(1);
    CHECK_TRACE(""); /* not slow yet */
    async_loop_set_slow_ticks(&loop, 10);
    CHECK_INT(async_call_soon(&loop, &handles[0], take_long), 0);
    turns(1);
    CHECK_TRACE("slow-callback20");
    PLAY(takes_long, 0);
    end("slow-step30");
}

static const struct test tests[] = {
    TEST(test_tb_logger_abandoned),
    TEST(test_tb_logger_not_called_after_cancel),
    TEST(test_tb_logger_result_unretrieved),
    TEST(test_tb_logger_result_retrieved),
    TEST(test_tb_logger_exception_unretrieved),
    TEST(test_tb_logger_exception_retrieved),
    TEST(test_tb_logger_exception_result_retrieved),
    TEST(test_future_exception_never_retrieved),
    TEST(test_log_destroyed_pending_task),
    TEST(task_test_tb_logger_not_called_after_cancel),
    TEST(test_default_exc_handler_coro),
    TEST(combinators_retrieve),
    TEST(test_set_debug),
    TEST(test_asyncio_run_debug),
    TEST(test_debug),
    TEST(test_non_debug),
    TEST(test_log_slow_callbacks),
};
TEST_MAIN(tests)
