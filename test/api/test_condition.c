/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Conditions. */
#include "world.h"

static async_lock_t lock;
static async_condition_t conditions[2];
static async_task_t tasks[6];
static int items; /* what the predicate looks at */

/* Takes the lock and waits; then holds the lock for some iterations. */
struct waiter {
    ASYNC_FRAME;
    int id, pauses, err;
    async_condition_t *condition;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&lock));
    AWAIT_STATUS(self->err, async_condition_wait(self->condition));
    CHECK(async_lock_locked(&lock));
    note_n_var(self->err == 0 ? "w" : "x", self->id);
    while (self->pauses-- > 0) {
        AWAIT(async_pause());
    }
    CHECK_INT(async_lock_release(&lock), 0);
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    ASYNC_END;
}
static struct waiter waiters[6];

static void start_at(int id, int condition, int pauses)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[id],
                  ASYNC_CALL(waiter, &waiters[id], .id = id, .pauses = pauses,
                             .condition = &conditions[condition])),
              0);
}

/* Somebody takes the lock and keeps it. */
struct keeper {
    ASYNC_FRAME;
};
ASYNC_DEF(keeper)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&lock));
    ASYNC_END;
}

static void keep(void)
{
    static struct keeper frame;
    static async_task_t task;
    CHECK_INT(async_loop_create_task(&loop, &task, ASYNC_CALL(keeper, &frame)),
              0);
    turns(1);
    CHECK(async_lock_locked(&lock));
}

static void let_go(void)
{
    CHECK_INT(async_lock_release(&lock), 0);
}

static void begin(void)
{
    world_begin();
    async_lock_init(&lock);
    async_condition_init(&conditions[0], &lock);
    async_condition_init(&conditions[1], &lock);
    items = 0;
}

static void end(void)
{
    CHECK(!async_lock_locked(&lock));
    CHECK(lock.waiters.first == NULL);
    CHECK_INT(lock.heads, 0);
    CHECK(conditions[0].waiters.first == NULL);
    CHECK(conditions[1].waiters.first == NULL);
    world_end();
}

/* Tasks 0 to count - 1 wait, and somebody else has the lock. */
static void begin_waiting(int count)
{
    int id;
    begin();
    for (id = 0; id < count; id++) {
        start_at(id, 0, 0);
    }
    turns((unsigned)count);
    CHECK(!async_lock_locked(&lock)); /* they released it */
    keep();
}

struct hasty {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(hasty)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_condition_wait(&conditions[0]));
    note_n("err", self->err);
    ASYNC_END;
}

/* SEM CO-01 */
static void without_the_lock(void)
{
    static struct hasty frame;
    begin();
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(hasty, &frame)),
              0);
    turns(1);
    CHECK_TRACE("err-6");
    CHECK_INT(async_condition_notify(&conditions[0], 1), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_condition_notify_all(&conditions[0]), ASYNC_ERR_RUNTIME);
    end();
}

/* SEM CO-02 CO-03 */
static void notify_some(void)
{
    begin_waiting(4);
    CHECK_INT(async_condition_notify(&conditions[0], 0), 0);
    CHECK_INT(async_condition_notify(&conditions[0], 2), 0);
    turns(3);
    CHECK_TRACE(""); /* the lock is not free */
    let_go();
    turns(1);
    CHECK_TRACE("w0");
    turns(1);
    CHECK_TRACE("w1");
    turns(3);
    CHECK_TRACE("");
    keep();
    CHECK_INT(async_condition_notify(&conditions[0], 9), 0);
    let_go();
    turns(1);
    CHECK_TRACE("w2 w3"); /* the lock is free: no need to wait for it */
    end();
}

/* SEM CO-04 CO-10 */
static void notify_all(void)
{
    async_tick_t deadline;
    bool has_deadline = true;
    begin_waiting(3);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    CHECK_INT(async_condition_notify_all(&conditions[0]), 0);
    turns(1);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline); /* they wait for the lock */
    let_go();
    turns(3);
    CHECK_TRACE("w0 w1 w2");
    end();
}

/* SEM CO-05 */
static void cancelled_while_it_waits(void)
{
    begin_waiting(2);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    CHECK_TRACE(""); /* it wants the lock back first */
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    CHECK_TRACE("");
    CHECK(!async_future_done(&tasks[0].future));
    let_go();
    turns(2);
    CHECK_TRACE("x0 w1"); /* 1 was woken in its place */
    CHECK(async_future_cancelled(&tasks[0].future));
    CHECK_INT(async_task_cancelling(&tasks[0]), 2);
    end();
}

/* SEM CO-05 CO-06 */
static void cancelled_while_it_wants_the_lock(void)
{
    begin_waiting(2);
    CHECK_INT(async_condition_notify(&conditions[0], 1), 0);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    let_go();
    turns(1);
    CHECK_TRACE("x0");
    turns(1);
    CHECK_TRACE("w1");
    end();
}

/* SEM CO-06 */
static void cancelled_after_it_was_notified(void)
{
    begin_waiting(3);
    CHECK_INT(async_condition_notify(&conditions[0], 1), 0);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    let_go();
    turns(1);
    CHECK_TRACE("x0");
    turns(1);
    CHECK_TRACE("w1");
    turns(2);
    keep();
    CHECK_INT(async_condition_notify(&conditions[0], 1), 0);
    let_go();
    turns(1);
    CHECK_TRACE("w2");
    end();
}

struct consumer {
    ASYNC_FRAME;
    int id, want;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&lock));
    ASYNC_CONDITION_WAIT_FOR(&conditions[0], items >= self->want);
    items -= self->want;
    note_n("c", self->id);
    CHECK_INT(async_lock_release(&lock), 0);
    ASYNC_END;
}

/* SEM CO-07 */
static void wait_for(void)
{
    static struct consumer consumers[2];
    int id;
    begin();
    items = 1;
    for (id = 0; id < 2; id++) {
        CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                         ASYNC_CALL(consumer, &consumers[id],
                                                    .id = id, .want = id + 1)),
                  0);
    }
    turns(1);
    CHECK_TRACE("c0"); /* it held at once */
    for (items = 0; items < 2; items++) {
        keep();
        CHECK_INT(async_condition_notify_all(&conditions[0]), 0);
        let_go();
        turns(2);
        CHECK_TRACE("");
    }
    keep();
    CHECK_INT(async_condition_notify_all(&conditions[0]), 0);
    let_go();
    turns(1);
    CHECK_TRACE("c1");
    CHECK_INT(items, 0);
    end();
}

/* SEM CO-08 */
static void two_conditions_share_a_lock(void)
{
    begin();
    start_at(0, 0, 2);
    start_at(1, 1, 0);
    start_at(2, 0, 0);
    turns(3);
    keep();
    CHECK_INT(async_condition_notify_all(&conditions[1]), 0);
    CHECK_INT(async_condition_notify_all(&conditions[0]), 0);
    let_go();
    turns(1);
    CHECK_TRACE("w1 w0");
    CHECK_INT(async_task_cancel(&tasks[2]), 1); /* it wants the lock */
    turns(2);
    CHECK_TRACE("");
    turns(2);
    CHECK_TRACE("x2");
    end();
}

/* SEM CO-11 */
static void as_a_coroutine(void)
{
    static struct async_wait_condition frame;
    begin();
    keep();
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(async_wait_condition, &frame,
                                                .condition = &conditions[0])),
              0);
    turns(1);
    CHECK(!async_lock_locked(&lock));
    keep();
    CHECK_INT(async_condition_notify_all(&conditions[0]), 0);
    let_go();
    turns(1);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    let_go();
    end();
}

static const struct test tests[] = {
    TEST(without_the_lock),
    TEST(notify_some),
    TEST(notify_all),
    TEST(cancelled_while_it_waits),
    TEST(cancelled_while_it_wants_the_lock),
    TEST(cancelled_after_it_was_notified),
    TEST(wait_for),
    TEST(two_conditions_share_a_lock),
    TEST(as_a_coroutine),
};
TEST_MAIN(tests)
