/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What a debug build reports of times and errors, and what it does not. */
#include "reports.h"

/* -- Slow steps and callbacks ------------------------------------------------ */

static int busy_run(async_handle_t *handle)
{
    (void)handle;
    async_sim_advance(&sim, 100);
    return 0;
}

struct busy {
    ASYNC_FRAME;
    async_tick_t first, second;
};
ASYNC_DEF(busy)
{
    ASYNC_BEGIN;
    async_sim_advance(&sim, self->first);
    AWAIT(async_pause());
    async_sim_advance(&sim, self->second);
    ASYNC_END;
}

static struct busy busy;
static async_task_t task, others[9];
static async_handle_t handle;

/* SEM DB-01 DB-02 */
static void slow_steps(void)
{
    reports_begin();
    CHECK_INT(async_loop_create_task(
                  &loop, &task,
                  ASYNC_CALL(busy, &busy, .first = 99, .second = 100)),
              0);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("slow-step 100");
    CHECK(reported.object == &task);
    CHECK_INT(async_call_soon(&loop, &handle, busy_run), 0);
    turns(1);
    CHECK_TRACE("slow-callback 100");
    CHECK(reported.object == &handle);
    async_loop_set_slow_ticks(&loop, 101);
    CHECK_INT(async_call_soon(&loop, &handle, busy_run), 0);
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* A task that is alone pauses many times: each step is short. */
/* SEM DB-01 */
static void many_short_steps(void)
{
    reports_begin();
    async_loop_set_slow_ticks(&loop, 6);
    CHECK_INT(async_run(&loop, ASYNC_CALL(busy, &busy, .first = 5,
                                          .second = 5)),
              0);
    CHECK_TRACE("");
}

/* SEM DB-03 */
static void off_and_on(void)
{
    int unknown = 99;
    reports_begin();
    CHECK(async_loop_get_debug(&loop));
    async_loop_set_debug(&loop, false);
    CHECK(!async_loop_get_debug(&loop));
    CHECK_INT(async_call_soon(&loop, &handle, busy_run), 0);
    turns(1);
    CHECK_TRACE("");
    async_loop_set_debug(&loop, true);
    CHECK_INT(async_call_soon(&loop, &handle, busy_run), 0);
    turns(1);
    CHECK_TRACE("slow-callback 100");
    CHECK_STR(async_debug_text(ASYNC_DEBUG_NEVER_AWAITED),
              "coroutine was never awaited");
    CHECK_STR(async_debug_text((enum async_debug_event)unknown),
              "unknown event");
    async_loop_set_debug_handler(&loop, NULL); /* prints */
    CHECK_INT(async_call_soon(&loop, &handle, busy_run), 0);
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* -- Never awaited ------------------------------------------------------------ */

struct numbers {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(numbers)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_END;
}

struct forgetful {
    ASYNC_FRAME;
    struct fails child;
    struct numbers numbers;
    async_coro_t *coro;
};
ASYNC_DEF(forgetful)
{
    ASYNC_BEGIN;
    self->coro = ASYNC_CALL(fails, &self->child);
    self->coro = ASYNC_CALL(fails, &self->child);
    CHECK_TRACE("never-awaited");
    CHECK(reported.object == self->coro);
    AWAIT(self->coro);
    self->coro = ASYNC_CALL_HEADER(fails, &self->child);
    CHECK_TRACE("");
    self->coro = ASYNC_CALL_HEADER(fails, &self->child);
    CHECK_TRACE("never-awaited");
    CHECK_INT(async_create_task(&task, self->coro), 0);
    AWAIT(&task);
    AWAIT(ASYNC_CALL(fails, &self->child));
    async_generator_init(ASYNC_CALL(numbers, &self->numbers));
    async_generator_init(ASYNC_CALL(numbers, &self->numbers));
    CHECK_TRACE("");
    ASYNC_END;
}

/* SEM DB-04 */
static void never_awaited(void)
{
    static struct forgetful frame;
    reports_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(forgetful, &frame)), 0);
    CHECK_TRACE("");
}

/* -- Never retrieved ----------------------------------------------------------- */

static struct fails frames[9];

/* Starts tasks that fail with -101, -102, ... and lets them end. */
static void fail_some(int count)
{
    int i;
    reports_begin();
    for (i = 0; i < count; i++) {
        CHECK_INT(async_loop_create_task(
                      &loop, &others[i],
                      ASYNC_CALL(fails, &frames[i], .error = -101 - i,
                                 .pauses = i)),
                  0);
    }
    turns((unsigned)count + 1u);
    CHECK(async_all_tasks(&loop, NULL) == NULL);
}

/* SEM DB-05 */
static void told_at_the_close(void)
{
    static async_future_t future, cancelled;
    fail_some(3);
    async_future_init(&future, &loop);
    async_future_init(&cancelled, &loop);
    CHECK_INT(async_future_set_exception(&future, -104), 0);
    CHECK_INT(async_future_cancel(&cancelled), 1);
    CHECK_TRACE("");
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE("never-retrieved -101 never-retrieved -102 "
                "never-retrieved -103 never-retrieved -104");
    CHECK(reported.object == &future);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE("");
}

/* SEM DB-06 ST-09 */
static void told_when_used_again(void)
{
    fail_some(2);
    CHECK_INT(async_loop_create_task(&loop, &others[1],
                                     ASYNC_CALL(fails, &frames[1])),
              0);
    CHECK_TRACE("never-retrieved -102");
    CHECK(reported.object == &others[1].future);
    turns(1);
    async_future_init(&others[0].future, &loop);
    CHECK_TRACE("never-retrieved -101");
    fail_some(1); /* nothing is read of a task that has ended */
    memset(&others[0], 0x55, sizeof others[0]);
    memset(&frames[0], 0x55, sizeof frames[0]);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE("never-retrieved -101");
    memset(&others[0], 0, sizeof others[0]);
}

/* SEM DB-07 */
static void told_when_there_are_many(void)
{
    fail_some(9);
    CHECK_TRACE("never-retrieved -101");
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE("never-retrieved -102 never-retrieved -103 "
                "never-retrieved -104 never-retrieved -105 "
                "never-retrieved -106 never-retrieved -107 "
                "never-retrieved -108 never-retrieved -109");
}

/* Each looks at others[0] in its way. */
struct looker {
    ASYNC_FRAME;
    int way, status;
    struct fails frame, late;
    ASYNC_GATHER(2) gather;
    async_shield_t shield;
    async_wait_for_t limit;
};
ASYNC_DEF(looker)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&others[0], ASYNC_CALL(fails, &self->frame,
                                                       .error = -110)),
              0);
    if (self->way == 0) { /* too early */
        CHECK_INT(async_future_result(&others[0].future, NULL),
                  ASYNC_ERR_INVALID_STATE);
    } else if (self->way == 1) {
        AWAIT_STATUS(self->status, &others[0]);
    } else if (self->way == 2) { /* the second fails later */
        AWAIT_STATUS(self->status,
                     async_gather(&self->gather, &others[0],
                                  ASYNC_CALL(fails, &self->late, .pauses = 3,
                                             .error = -112)));
        AWAIT(async_pause());
    } else if (self->way == 3) {
        AWAIT_STATUS(self->status, async_shield(&self->shield, &others[0]));
    } else if (self->way == 4) {
        AWAIT_STATUS(self->status,
                     async_wait_for_ms(&self->limit, &others[0], 5));
    }
    AWAIT(async_pause());
    AWAIT(async_pause());
    if (self->way == 5) {
        CHECK_INT(async_future_result(&others[0].future, NULL), -110);
    } else if (self->way == 6) {
        CHECK_INT(async_future_exception(&others[0].future, &self->status), 0);
    } else if (self->way == 7) {
        CHECK_INT(async_task_cancel(&others[0]), 0);
    } else if (self->way == 8) {
        AWAIT_STATUS(self->status, &others[0]);
    }
    ASYNC_END;
}

/* SEM DB-08 */
static void retrieved(void)
{
    static struct looker frame;
    int way;
    for (way = 0; way <= 8; way++) {
        reports_begin();
        CHECK_INT(async_run(&loop, ASYNC_CALL(looker, &frame, .way = way)), 0);
        if (way == 0) {
            CHECK_TRACE("never-retrieved -110");
        }
        CHECK_TRACE("");
    }
    reports_begin(); /* the main task's is returned */
    CHECK_INT(async_run(&loop, ASYNC_CALL(fails, &frames[0], .error = -111)),
              -111);
    CHECK_TRACE("");
}

struct grouped {
    ASYNC_FRAME;
    async_taskgroup_t group;
    async_child_t child;
    struct fails frame;
};
ASYNC_DEF(grouped)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&self->group) {
        CHECK_INT(async_taskgroup_create_task(
                      &self->group, &self->child,
                      ASYNC_CALL(fails, &self->frame, .error = -113)),
                  0);
    } ASYNC_END_GROUP;
    ASYNC_END;
}

/* SEM DB-08 */
static void retrieved_by_a_group(void)
{
    static struct grouped frame;
    reports_begin();
    CHECK(async_is_group(async_run(&loop, ASYNC_CALL(grouped, &frame))));
    CHECK_TRACE("");
}

/* SEM DB-09 */
static void pending_at_the_close(void)
{
    reports_begin();
    CHECK_INT(async_loop_create_task(&loop, &task,
                                     ASYNC_CALL(busy, &busy)),
              0);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK_TRACE("task-pending");
    CHECK(reported.object == &task);
}

static const struct test tests[] = {
    TEST(slow_steps),
    TEST(many_short_steps),
    TEST(off_and_on),
    TEST(never_awaited),
    TEST(told_at_the_close),
    TEST(told_when_used_again),
    TEST(told_when_there_are_many),
    TEST(retrieved),
    TEST(retrieved_by_a_group),
    TEST(pending_at_the_close),
};
TEST_MAIN(tests)
