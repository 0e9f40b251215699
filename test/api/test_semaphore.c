/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Semaphores. */
#include "world.h"

static async_semaphore_t semaphore;
static async_task_t tasks[5];

/* Takes a unit and keeps it. */
struct taker {
    ASYNC_FRAME;
    int id, err;
};
ASYNC_DEF(taker)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_semaphore_acquire(&semaphore));
    note_n_var(self->err == 0 ? "a" : "x", self->id);
    ASYNC_END;
}
static struct taker takers[5];

static void start(int id)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[id],
                  ASYNC_CALL(taker, &takers[id], .id = id)),
              0);
}

static void begin(int value)
{
    world_begin();
    CHECK_INT(async_semaphore_init(&semaphore, value), 0);
}

static void end(unsigned value)
{
    CHECK_INT(async_semaphore_value(&semaphore), value);
    CHECK_INT(semaphore.woken, 0);
    CHECK(semaphore.waiters.first == NULL);
    CHECK(async_semaphore_locked(&semaphore) == (value == 0));
    world_end();
}

static void release(void)
{
    CHECK_INT(async_semaphore_release(&semaphore), 0);
}

/* SEM SE-01 */
static void a_unit_does_not_suspend(void)
{
    begin(3);
    CHECK(!async_semaphore_locked(&semaphore));
    start(0);
    start(1);
    turns(1);
    CHECK_TRACE("a0 a1");
    CHECK(async_future_done(&tasks[1].future));
    end(1);
}

/* SEM SE-02 */
static void values(void)
{
    begin(0);
    CHECK(async_semaphore_locked(&semaphore));
    CHECK_INT(async_semaphore_init(&semaphore, -1), ASYNC_ERR_VALUE);
    CHECK_INT(async_bounded_semaphore_init(&semaphore, -1), ASYNC_ERR_VALUE);
    end(0);
}

/* SEM SE-03 SE-10 */
static void a_release_goes_to_the_first(void)
{
    async_tick_t deadline;
    bool has_deadline = true;
    begin(0);
    start(0);
    start(1);
    turns(1);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    release();
    CHECK_INT(async_semaphore_value(&semaphore), 0);
    turns(1);
    CHECK_TRACE("a0"); /* one release, one task */
    turns(1);
    CHECK_TRACE("");
    release();
    turns(1);
    CHECK_TRACE("a1");
    end(0);
}

/* SEM SE-04 SE-07 */
static void nobody_overtakes(void)
{
    begin(0);
    start(0);
    turns(1);
    start(1); /* runs before the one that is woken now */
    release();
    release();
    CHECK_INT(async_semaphore_value(&semaphore), 1);
    CHECK(async_semaphore_locked(&semaphore));
    turns(1);
    CHECK_TRACE("a0"); /* and then 1 is given the other one */
    CHECK_INT(async_semaphore_value(&semaphore), 0);
    turns(1);
    CHECK_TRACE("a1");
    end(0);
}

/* SEM SE-05 */
static void cancelled_after_it_was_woken(void)
{
    begin(0);
    start(0);
    start(1);
    turns(1);
    release();
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("x0");
    turns(1);
    CHECK_TRACE("a1");
    start(0);
    turns(1);
    release();
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("x0");
    end(1); /* nobody wanted it */
}

/* SEM SE-06 */
static void cancelled_while_it_waits(void)
{
    begin(0);
    start(0);
    start(1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    release();
    turns(1);
    CHECK_TRACE("x0 a1");
    start(2);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    CHECK(async_semaphore_locked(&semaphore));
    start(3);
    release(); /* all who wait are cancelled: it can be taken at once */
    CHECK(!async_semaphore_locked(&semaphore));
    turns(1);
    CHECK_TRACE("x2 a3");
    end(0);
}

/* SEM SE-07 */
static void as_many_as_there_are_units(void)
{
    begin(0);
    start(0);
    turns(1);
    start(1);
    start(2);
    start(3);
    release();
    release();
    release();
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("x0");
    turns(1);
    CHECK_TRACE("a1 a2 a3");
    end(0);
}

/* SEM SE-08 */
static void bounded(void)
{
    begin(0);
    CHECK_INT(async_bounded_semaphore_init(&semaphore, 1), 0);
    CHECK_INT(async_semaphore_release(&semaphore), ASYNC_ERR_VALUE);
    start(0);
    start(1);
    turns(1);
    CHECK_TRACE("a0");
    release();
    turns(1);
    CHECK_TRACE("a1");
    release();
    CHECK_INT(async_semaphore_release(&semaphore), ASYNC_ERR_VALUE);
    end(1);
}

/* SEM SE-08 */
static void as_many_as_can_be_counted(void)
{
    begin(0);
    semaphore.value = ~0u;
    CHECK_INT(async_semaphore_release(&semaphore), ASYNC_ERR_VALUE);
    semaphore.value--;
    release();
    end(~0u);
}

/* SEM SE-11 */
static void as_a_coroutine(void)
{
    static struct async_acquire_semaphore frame;
    begin(0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(async_acquire_semaphore,
                                                &frame,
                                                .semaphore = &semaphore)),
              0);
    turns(2);
    CHECK(!async_future_done(&tasks[0].future));
    release();
    turns(1);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    end(0);
}

static const struct test tests[] = {
    TEST(a_unit_does_not_suspend),
    TEST(values),
    TEST(a_release_goes_to_the_first),
    TEST(nobody_overtakes),
    TEST(cancelled_after_it_was_woken),
    TEST(cancelled_while_it_waits),
    TEST(as_many_as_there_are_units),
    TEST(bounded),
    TEST(as_many_as_can_be_counted),
    TEST(as_a_coroutine),
};
TEST_MAIN(tests)
