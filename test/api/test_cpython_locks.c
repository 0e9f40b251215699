/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Ports of CPython's test_locks, where no random program does the same: each
 * test is named after the method, with its class if several have it. */
#include "worker.h"

static async_lock_t lock;
static async_condition_t condition;
static async_semaphore_t semaphore;
static async_barrier_t barrier;
static async_wait_for_t limit;
static struct async_wait_condition wait;

static void begin_locked(void)
{
    begin();
    async_lock_init(&lock);
    async_condition_init(&condition, &lock);
}

#define RUN_SCENE(name, status)          \
    do {                                 \
        begin_locked();                  \
        PLAY(name, status);              \
        CHECK_INT(next_timer(), -1);     \
        trace_clear();                   \
        world_end();                     \
    } while (0)

/* -- async with ------------------------------------------------------------ */

SCENE(with_lock)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&lock) {
        CHECK(async_lock_locked(&lock));
        AWAIT(async_pause());
    } ASYNC_END_WITH;
    CHECK(!async_lock_locked(&lock));
    ASYNC_TRY {
        ASYNC_WITH(&lock) {
            ASYNC_RAISE(OOPS(1));
        } ASYNC_END_WITH;
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, OOPS(1));
    CHECK(!async_lock_locked(&lock));
    ASYNC_END;
}

/* SEM LK-01 */
static void lock_test_context_manager(void)
{
    RUN_SCENE(with_lock, 0);
}

SCENE(with_condition)
{
    ASYNC_BEGIN;
    CHECK(!async_lock_locked(&lock));
    ASYNC_WITH(&condition) {
        CHECK(async_lock_locked(&lock));
        CHECK_INT(async_condition_notify_all(&condition), 0);
    } ASYNC_END_WITH;
    CHECK(!async_lock_locked(&lock));
    ASYNC_END;
}

/* SEM CO-02 */
static void condition_test_context_manager(void)
{
    RUN_SCENE(with_condition, 0);
}

static int inside;

SCENE(passes_barrier)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&barrier) {
        inside++;
        AWAIT(async_pause());
    } ASYNC_END_WITH;
    ASYNC_END;
}

static struct passes_barrier passers[2];

/* SEM BA-02 */
static void barrier_test_context_manager(void)
{
    int i;
    begin();
    inside = 0;
    CHECK_INT(async_barrier_init(&barrier, 3), 0);
    for (i = 0; i < 2; i++) {
        CHECK_INT(async_loop_create_task(
                      &loop, &tasks[i],
                      ASYNC_CALL(passes_barrier, &passers[i])), 0);
    }
    turns(1);
    CHECK_INT(inside, 0);
    PLAY(passes_barrier, 0);
    CHECK_INT(inside, 3);
    CHECK(is_done(0) || async_loop_run_until_complete(
                            &loop, &tasks[0].future) == 0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[1].future), 0);
    CHECK_INT(async_barrier_n_waiting(&barrier), 0);
    world_end();
}

/* -- Conditions ------------------------------------------------------------ */

SCENE(waits_unacquired)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_CONDITION_WAIT_FOR(&condition, self->i > 0);
    }
    ASYNC_EXCEPT(self->err) {}
    ASYNC_END_EXCEPT;
    CHECK_INT(self->err, ASYNC_ERR_RUNTIME);
    ASYNC_END;
}

/* SEM CO-01 CO-07 */
static void test_wait_for_unacquired(void)
{
    RUN_SCENE(waits_unacquired, 0);
}

SCENE(waits_too_long)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&condition) {
        AWAIT_STATUS(self->err,
                     async_wait_for_ticks(
                         &limit,
                         ASYNC_CALL(async_wait_condition, &wait,
                                    .condition = &condition), 5));
        CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
        CHECK(async_lock_locked(&lock));
    } ASYNC_END_WITH;
    CHECK(!async_lock_locked(&lock));
    ASYNC_END;
}

/* SEM CO-05 */
static void test_timeout_in_block(void)
{
    RUN_SCENE(waits_too_long, 0);
}

/* -- Values ---------------------------------------------------------------- */

SCENE(blocks)
{
    ASYNC_BEGIN;
    AWAIT(async_semaphore_acquire(&semaphore));
    note("acquired");
    ASYNC_END;
}

/* SEM SE-01 SE-02 */
static void test_initial_value_zero(void)
{
    begin();
    CHECK_INT(async_semaphore_init(&semaphore, 0), 0);
    CHECK(async_semaphore_locked(&semaphore));
    SCENE_START(blocks);
    turns(2);
    CHECK_TRACE("");
    CHECK_INT(async_semaphore_release(&semaphore), 0);
    turns(1);
    CHECK_TRACE("acquired");
    START(1, .delay = 0);
    turns(1);
    trace_clear();
    world_end();
}

/* SEM SE-02 */
static void test_semaphore_value(void)
{
    CHECK_INT(async_semaphore_init(&semaphore, -1), ASYNC_ERR_VALUE);
    CHECK_INT(async_bounded_semaphore_init(&semaphore, -1), ASYNC_ERR_VALUE);
    CHECK_INT(async_semaphore_init(&semaphore, 1), 0);
    CHECK(!async_semaphore_locked(&semaphore));
}

/* SEM BA-01 */
static void test_barrier_parties(void)
{
    CHECK_INT(async_barrier_init(&barrier, 0), ASYNC_ERR_VALUE);
    CHECK_INT(async_barrier_init(&barrier, -1), ASYNC_ERR_VALUE);
    CHECK_INT(async_barrier_init(&barrier, 5), 0);
    CHECK_INT(async_barrier_parties(&barrier), 5);
}

static const struct test tests[] = {
    TEST(lock_test_context_manager),
    TEST(condition_test_context_manager),
    TEST(barrier_test_context_manager),
    TEST(test_wait_for_unacquired),
    TEST(test_timeout_in_block),
    TEST(test_initial_value_zero),
    TEST(test_semaphore_value),
    TEST(test_barrier_parties),
};
TEST_MAIN(tests)
