/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Locks. */
#include "world.h"

static async_lock_t lock;
static async_task_t tasks[5];

/* Takes the lock, holds it for some iterations and gives it back; with a
 * negative number it keeps it. */
struct holder {
    ASYNC_FRAME;
    int id, pauses, err;
};
ASYNC_DEF(holder)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_lock_acquire(&lock));
    if (self->err != 0) {
        note_n("x", self->id);
        ASYNC_RAISE(self->err);
    }
    note_n("a", self->id);
    CHECK(async_lock_locked(&lock));
    if (self->pauses < 0) {
        ASYNC_RETURN;
    }
    while (self->pauses-- > 0) {
        AWAIT(async_pause());
    }
    note_n("r", self->id);
    CHECK_INT(async_lock_release(&lock), 0);
    ASYNC_END;
}
static struct holder holders[5];

static void start(int id, int pauses)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(holder, &holders[id], .id = id,
                                                .pauses = pauses)),
              0);
}

static void begin(void)
{
    world_begin();
    async_lock_init(&lock);
}

static void end(void)
{
    CHECK(!async_lock_locked(&lock));
    CHECK(lock.waiters.first == NULL);
    CHECK_INT(lock.heads, 0);
    world_end();
}

/* Somebody has the lock, and tasks 1 to `count` wait for it. */
static void begin_waiting(int count)
{
    int id;
    begin();
    start(0, -1);
    for (id = 1; id <= count; id++) {
        start(id, 0);
    }
    turns(1);
    CHECK_TRACE("a0");
}

/* SEM LK-01 */
static void a_free_lock_does_not_suspend(void)
{
    begin();
    start(0, 0);
    turns(1);
    CHECK_TRACE("a0 r0");
    end();
}

/* SEM LK-02 */
static void one_for_each_release(void)
{
    begin();
    start(0, 1);
    start(1, 2);
    start(2, 0);
    turns(1);
    CHECK_TRACE("a0");
    turns(1);
    CHECK_TRACE("r0");
    turns(1);
    CHECK_TRACE("a1");
    turns(2);
    CHECK_TRACE("r1");
    turns(1);
    CHECK_TRACE("a2 r2");
    end();
}

/* SEM LK-03 */
static void nobody_overtakes(void)
{
    begin_waiting(1);
    start(2, 0);
    start(3, 0); /* these run before the one that is woken now */
    CHECK_INT(async_lock_release(&lock), 0);
    CHECK(!async_lock_locked(&lock));
    turns(1);
    CHECK_TRACE("a1 r1");
    turns(1);
    CHECK_TRACE("a2 r2");
    turns(1);
    CHECK_TRACE("a3 r3");
    end();
}

/* SEM LK-03 LK-06 */
static void nobody_overtakes_while_the_first_leaves(void)
{
    begin_waiting(2);
    start(3, 0);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("x1"); /* 3 ran first, and waits behind 2 */
    turns(2);
    CHECK_TRACE("a2 r2 a3 r3");
    end();
}

/* SEM LK-04 */
static void release_of_a_free_lock(void)
{
    begin();
    CHECK_INT(async_lock_release(&lock), ASYNC_ERR_RUNTIME);
    end();
    begin_waiting(1);
    CHECK_INT(async_lock_release(&lock), 0);
    CHECK_INT(async_lock_release(&lock), ASYNC_ERR_RUNTIME);
    turns(1);
    CHECK_TRACE("a1 r1");
    end();
}

/* SEM LK-05 */
static void cancelled_after_it_was_woken(void)
{
    begin_waiting(3);
    CHECK_INT(async_lock_release(&lock), 0);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    turns(1);
    CHECK_TRACE("x1");
    turns(1);
    CHECK_TRACE("a2 r2");
    turns(1);
    CHECK_TRACE("a3 r3");
    end();
}

/* SEM LK-05 */
static void cancelled_while_it_waits(void)
{
    begin_waiting(3);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    turns(1);
    CHECK_TRACE("x2");
    CHECK(async_future_cancelled(&tasks[2].future));
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("a1 r1");
    turns(1);
    CHECK_TRACE("a3 r3");
    end();
}

/* SEM LK-05 */
static void a_cancel_taken_back(void)
{
    begin_waiting(2);
    CHECK_INT(async_lock_release(&lock), 0);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_task_uncancel(&tasks[1]), 0);
    turns(1);
    CHECK_TRACE("a1 r1");
    turns(1);
    CHECK_TRACE("a2 r2");
    end();
}

/* SEM LK-06 */
static void released_while_the_first_leaves(void)
{
    begin_waiting(3);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_task_cancel(&tasks[2]), 1); /* the first one by now */
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("x1 x2");
    turns(1);
    CHECK_TRACE("a3 r3");
    end();
    begin_waiting(3);
    CHECK_INT(async_task_cancel(&tasks[2]), 1); /* not the first */
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("x2 a1 r1");
    turns(1);
    CHECK_TRACE("a3 r3");
    end();
}

/* SEM LK-06 */
static void all_are_cancelled(void)
{
    begin_waiting(2);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_task_cancel(&tasks[2]), 1);
    start(3, 0);
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("x1 x2 a3 r3"); /* nobody is left to overtake */
    end();
}

static int run_release(async_handle_t *handle)
{
    (void)handle;
    return async_lock_release(&lock);
}

/* SEM LK-07 */
static void released_by_a_callback(void)
{
    static async_handle_t handle;
    begin_waiting(1);
    CHECK_INT(async_call_soon(&loop, &handle, run_release), 0);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("a1 r1");
    end();
}

/* SEM LK-08 */
static void zero_is_a_free_lock(void)
{
    static async_lock_t zero;
    CHECK(!async_lock_locked(&zero));
    begin();
    lock = zero;
    start(0, 0);
    turns(1);
    CHECK_TRACE("a0 r0");
    end();
}

/* SEM LK-09 */
static void waiting_costs_nothing(void)
{
    async_tick_t deadline;
    bool has_deadline = true;
    begin_waiting(3);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline); /* nothing to do until somebody wakes it */
    CHECK_TRACE("");
    CHECK_INT(async_lock_release(&lock), 0);
    turns(3);
    CHECK_TRACE("a1 r1 a2 r2 a3 r3");
    end();
}

/* SEM LK-05 C-09 */
static void asked_to_end_before(void)
{
    begin_waiting(0);
    start(1, 0);
    start(2, 0);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    turns(1);
    CHECK_TRACE(""); /* task 1 never began */
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_TRACE("a2 r2");
    end();
}

struct suicide {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(suicide)
{
    ASYNC_BEGIN;
    (void)async_task_cancel(async_current_task());
    AWAIT_STATUS(self->err, async_lock_acquire(&lock));
    note_n("s", self->err);
    ASYNC_END;
}

/* SEM LK-05 C-09 */
static void cancels_itself_before(void)
{
    static struct suicide frame;
    begin_waiting(0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1],
                                     ASYNC_CALL(suicide, &frame)),
              0);
    turns(1);
    start(2, 0);
    CHECK_INT(async_lock_release(&lock), 0);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("s-1 a2 r2");
    end();
}

/* SEM LK-11 */
static void as_a_coroutine(void)
{
    static struct async_acquire_lock frames[2];
    int i;
    begin();
    for (i = 0; i < 2; i++) {
        CHECK_INT(async_loop_create_task(&loop, &tasks[i],
                                         ASYNC_CALL(async_acquire_lock,
                                                    &frames[i], .lock = &lock)),
                  0);
    }
    turns(2);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    CHECK(!async_future_done(&tasks[1].future));
    CHECK_INT(async_lock_release(&lock), 0);
    turns(1);
    CHECK_INT(async_future_result(&tasks[1].future, NULL), 0);
    CHECK_INT(async_lock_release(&lock), 0);
    end();
}

static const struct test tests[] = {
    TEST(a_free_lock_does_not_suspend),
    TEST(one_for_each_release),
    TEST(nobody_overtakes),
    TEST(nobody_overtakes_while_the_first_leaves),
    TEST(release_of_a_free_lock),
    TEST(cancelled_after_it_was_woken),
    TEST(cancelled_while_it_waits),
    TEST(a_cancel_taken_back),
    TEST(released_while_the_first_leaves),
    TEST(all_are_cancelled),
    TEST(released_by_a_callback),
    TEST(zero_is_a_free_lock),
    TEST(waiting_costs_nothing),
    TEST(asked_to_end_before),
    TEST(cancels_itself_before),
    TEST(as_a_coroutine),
};
TEST_MAIN(tests)
