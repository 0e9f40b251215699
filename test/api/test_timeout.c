/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The timeout block. Tests named test_... are ports of CPython's. */
#include "worker.h"

static async_timeout_t limit;

/* -- Expiring -------------------------------------------------------------- */

SCENE(basic)
{
    async_tick_t when = 0;
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TIMEOUT_MS(&limit, 10) {
            AWAIT(async_sleep_ticks(100));
            note("late");
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {
        CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
        CHECK_TRACE("");
    }
    ASYNC_END_EXCEPT;
    CHECK(async_timeout_expired(&limit));
    CHECK(async_timeout_when(&limit, &when));
    CHECK(when == (async_tick_t)check_.start + 10);
    CHECK_INT(async_task_cancelling(async_current_task()), 0);
    AWAIT(async_pause()); /* nothing is left of the cancel */
    ASYNC_END;
}

/* SEM TO-01 TO-08 */
static void test_timeout_basic(void)
{
    EXPECT(basic, 0, 10);
}

SCENE(at)
{
    async_tick_t when = 0;
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TIMEOUT_AT(&limit, async_loop_time(&loop) + 10u) {
            AWAIT(async_sleep_ticks(100));
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
    CHECK(async_timeout_expired(&limit));
    CHECK(async_timeout_when(&limit, &when));
    CHECK(when == async_loop_time(&loop));
    ASYNC_END;
}

/* SEM TO-01 */
static void test_timeout_at_basic(void)
{
    EXPECT(at, 0, 10);
}

SCENE(outer_task)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_TIMEOUT_TICKS(&limit, 1) {
            AWAIT(WORKER(1, .delay = 100));
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    ASYNC_END;
}

/* SEM TO-08 */
static void test_outer_task_is_not_cancelled(void)
{
    EXPECT(outer_task, 0, 1);
    CHECK(!async_future_cancelled(&scene.future));
    CHECK_INT(async_task_cancelling(&scene), 0);
}

SCENE(seen_inside)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            AWAIT(async_sleep_ticks(100));
        }
        ASYNC_EXCEPT_ALL(self->err) {
            CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
            ASYNC_RAISE(self->err);
        }
        ASYNC_END_EXCEPT;
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-01 */
static void test_waiter_cancelled(void)
{
    EXPECT(seen_inside, ASYNC_ERR_TIMEOUT, 10);
    CHECK_INT(seen_inside_frame.err, ASYNC_ERR_CANCELLED);
}

SCENE(zero)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 4; self->i++) {
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&limit, self->i < 3 ? 0 : -11) {
                note("body");
                if (self->i == 0) {
                    AWAIT(async_sleep_ticks(100));
                } else if (self->i == 1) {
                    AWAIT(&futures[0]);
                } else {
                    AWAIT(async_pause());
                }
                note("late");
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT(self->err) {
            note_n("", self->err);
        }
        ASYNC_END_EXCEPT;
        CHECK(async_timeout_expired(&limit));
        async_future_init(&futures[0], &loop);
    }
    CHECK_TRACE("body -2 body -2 body -2 body -2");
    ASYNC_END;
}

/* SEM TO-04 */
static void test_timeout_zero(void)
{
    EXPECT(zero, 0, 0);
}

/* SEM TO-04 */
static void test_timeout_zero_sleep_zero(void)
{
    EXPECT(zero, 0, 0);
}

SCENE(past)
{
    async_tick_t when = 0;
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(20));
    ASYNC_TRY {
        ASYNC_TIMEOUT_AT(&limit, async_loop_time(&loop) - 11u) {
            AWAIT(async_pause());
            note("late");
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
    CHECK(async_timeout_when(&limit, &when));
    CHECK(when == async_loop_time(&loop) - 11u);
    CHECK_TRACE("");
    ASYNC_END;
}

/* SEM TO-04 */
static void test_timeout_in_the_past_sleep_zero(void)
{
    EXPECT(past, 0, 20);
}

/* -- Not expiring ---------------------------------------------------------- */

SCENE(in_time)
{
    async_tick_t when = 0;
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_MS(&limit, 1000) {
        AWAIT(async_sleep_ticks(1));
    } ASYNC_END_TIMEOUT;
    CHECK(!async_timeout_expired(&limit));
    CHECK(async_timeout_when(&limit, &when));
    CHECK(when == async_loop_time(&loop) + 999u);
    ASYNC_END;
}

/* SEM TO-03 */
static void test_timeout_not_called(void)
{
    EXPECT(in_time, 0, 1);
}

SCENE(disabled)
{
    async_tick_t when;
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, ASYNC_FOREVER) {
        CHECK(!async_timeout_when(&limit, &when));
        AWAIT(async_sleep_ticks(5000));
    } ASYNC_END_TIMEOUT;
    CHECK(!async_timeout_expired(&limit));
    CHECK(!async_timeout_when(&limit, &when));
    ASYNC_END;
}

/* SEM TO-02 */
static void test_timeout_disabled(void)
{
    EXPECT(disabled, 0, 5000);
}

SCENE(at_disabled)
{
    async_tick_t when;
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_AT(&limit, async_loop_time(&loop) + 5u) {
        CHECK_INT(async_timeout_reschedule_ticks(&limit, ASYNC_FOREVER), 0);
        CHECK(!async_timeout_when(&limit, &when));
        AWAIT(async_sleep_ticks(50));
    } ASYNC_END_TIMEOUT;
    CHECK(!async_timeout_expired(&limit));
    ASYNC_END;
}

/* SEM TO-02 TO-13 */
static void test_timeout_at_disabled(void)
{
    EXPECT(at_disabled, 0, 50);
}

SCENE(too_long)
{
    async_tick_t when;
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_MS(&limit, INT32_MAX) {
        CHECK(async_timeout_when(&limit, &when) == (ASYNC_TICK_BITS == 64));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-20 */
static void longer_than_the_range(void)
{
    EXPECT(too_long, 0, 0);
}

/* -- Moving the deadline --------------------------------------------------- */

SCENE(fixed)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        AWAIT(async_sleep_ticks(50));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-13 */
static void test_reschedule(void)
{
    async_tick_t when = 0, start = (async_tick_t)check_.start;
    begin();
    SCENE_START(fixed);
    turns(1);
    CHECK(async_timeout_when(&limit, &when) && when == start + 10);
    CHECK_INT(async_timeout_reschedule(&limit, start + 30), 0);
    CHECK(async_timeout_when(&limit, &when) && when == start + 30);
    CHECK_INT(next_timer(), 30);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, ASYNC_FOREVER), 0);
    CHECK(!async_timeout_when(&limit, &when));
    CHECK_INT(next_timer(), 50); /* the sleep's */
    CHECK_INT(async_task_cancel(&scene), 1);
    turns(1);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_CANCELLED);
    CHECK(!async_timeout_expired(&limit));

    SCENE_START(fixed);
    turns(1);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, 20), 0);
    async_sim_advance(&sim, 5);
    CHECK_INT(async_timeout_reschedule(&limit, start + 5), 0); /* now */
    CHECK(!async_timeout_expired(&limit));
    turns(2);
    CHECK_INT(status_of(&scene.future), ASYNC_ERR_TIMEOUT);
    CHECK(async_timeout_when(&limit, &when) && when == start + 5);
    world_end();
}

/* SEM TO-13 */
static void moved_before_it_struck(void)
{
    begin();
    SCENE_START(fixed);
    turns(1);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, 0), 0);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, -5), 0);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, 20), 0);
    turns(2);
    CHECK(!async_timeout_expired(&limit));
    CHECK_INT(next_timer(), 20);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, 0), 0);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, ASYNC_FOREVER), 0);
    turns(2);
    CHECK(!async_timeout_expired(&limit));
    CHECK_INT(async_loop_run_until_complete(&loop, &scene.future), 0);
    CHECK_INT(world_time(), 50);
    world_end();
}

SCENE(reentered)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&limit, 20) {
                note("body");
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT(self->err) {}
        ASYNC_END_EXCEPT;
        CHECK_INT(self->err, ASYNC_ERR_RUNTIME);
        AWAIT(async_sleep_ticks(100));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-15 */
static void test_timeout_already_entered(void)
{
    begin();
    PLAY(reentered, ASYNC_ERR_TIMEOUT);
    CHECK_TRACE("");
    CHECK_INT(world_time(), 10);
    world_end();
}

SCENE(used_again)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
    } ASYNC_END_TIMEOUT;
    ASYNC_TRY {
        ASYNC_TIMEOUT_TICKS(&limit, 20) {
            AWAIT(async_sleep_ticks(100));
        } ASYNC_END_TIMEOUT;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
    ASYNC_TIMEOUT_TICKS(&limit, 20) {
        CHECK(!async_timeout_expired(&limit));
        AWAIT(async_sleep_ticks(10));
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* CPython refuses; here the block can be used again. */
/* SEM TO-15 D-22 */
static void test_timeout_double_enter(void)
{
    EXPECT(used_again, 0, 30);
}

/* SEM TO-14 */
static void test_timeout_not_entered(void)
{
    static async_timeout_t fresh;
    async_tick_t when;
    begin();
    CHECK_INT(async_timeout_reschedule(&fresh, 5), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_timeout_reschedule_ticks(&fresh, 5), ASYNC_ERR_RUNTIME);
    CHECK(!async_timeout_when(&fresh, &when));
    CHECK(!async_timeout_expired(&fresh));
    world_end();
}

/* SEM TO-14 */
static void test_timeout_finished(void)
{
    EXPECT(in_time, 0, 1);
    CHECK_INT(async_timeout_reschedule(&limit, 5), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_timeout_reschedule_ticks(&limit, ASYNC_FOREVER),
              ASYNC_ERR_RUNTIME);
}

/* SEM TO-14 */
static void test_timeout_expired(void)
{
    EXPECT(fixed, ASYNC_ERR_TIMEOUT, 10);
    CHECK_INT(async_timeout_reschedule(&limit, 5), ASYNC_ERR_RUNTIME);
}

SCENE(expiring)
{
    ASYNC_BEGIN;
    ASYNC_TIMEOUT_TICKS(&limit, 10) {
        AWAIT_STATUS(self->err, async_sleep_ticks(100));
        CHECK_INT(self->err, ASYNC_ERR_CANCELLED);
        CHECK_INT(async_timeout_reschedule_ticks(&limit, 5),
                  ASYNC_ERR_RUNTIME);
    } ASYNC_END_TIMEOUT;
    ASYNC_END;
}

/* SEM TO-14 */
static void test_timeout_expiring(void)
{
    EXPECT(expiring, 0, 10);
}

static const struct test tests[] = {
    TEST(test_timeout_basic),
    TEST(test_timeout_at_basic),
    TEST(test_outer_task_is_not_cancelled),
    TEST(test_waiter_cancelled),
    TEST(test_timeout_zero),
    TEST(test_timeout_zero_sleep_zero),
    TEST(test_timeout_in_the_past_sleep_zero),
    TEST(test_timeout_not_called),
    TEST(test_timeout_disabled),
    TEST(test_timeout_at_disabled),
    TEST(longer_than_the_range),
    TEST(test_reschedule),
    TEST(moved_before_it_struck),
    TEST(test_timeout_already_entered),
    TEST(test_timeout_double_enter),
    TEST(test_timeout_not_entered),
    TEST(test_timeout_finished),
    TEST(test_timeout_expired),
    TEST(test_timeout_expiring),
};
TEST_MAIN(tests)
