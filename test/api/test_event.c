/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Events. */
#include "world.h"

static async_event_t event;
static async_task_t tasks[4];

struct waiter {
    ASYNC_FRAME;
    int id, times, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        AWAIT_STATUS(self->err, async_event_wait(&event));
        if (self->err != 0) {
            note_n("x", self->id);
            ASYNC_RAISE(self->err);
        }
        note_n("w", self->id);
    }
    ASYNC_END;
}
static struct waiter waiters[4];

static void start(int id, int times)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(waiter, &waiters[id], .id = id,
                                                .times = times)),
              0);
}

static void begin(void)
{
    world_begin();
    async_event_init(&event);
}

static void end(void)
{
    CHECK(event.waiters.first == NULL);
    world_end();
}

/* SEM EV-01 */
static void a_set_event_does_not_suspend(void)
{
    begin();
    async_event_set(&event);
    CHECK(async_event_is_set(&event));
    start(0, 3);
    turns(1);
    CHECK_TRACE("w0 w0 w0");
    end();
}

/* SEM EV-02 EV-06 */
static void set_wakes_all_in_order(void)
{
    async_tick_t deadline;
    bool has_deadline = true;
    begin();
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_loop_run_once(&loop, &deadline, &has_deadline), 0);
    CHECK(!has_deadline);
    async_event_set(&event);
    async_event_set(&event);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("w0 w1 w2");
    end();
}

/* SEM EV-03 EV-05 */
static void set_and_clear(void)
{
    begin();
    start(0, 2);
    start(1, 2);
    turns(1);
    async_event_set(&event);
    async_event_clear(&event);
    CHECK(!async_event_is_set(&event));
    start(2, 1);
    turns(1);
    CHECK_TRACE("w0 w1");
    turns(1);
    CHECK_TRACE("");
    async_event_set(&event);
    turns(1);
    CHECK_TRACE("w0 w1 w2");
    end();
}

/* SEM EV-04 */
static void cancelled(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    async_event_set(&event);
    CHECK_INT(async_task_cancel(&tasks[2]), 1); /* cancel wins */
    turns(1);
    CHECK_TRACE("x0 w1 x2");
    CHECK(async_event_is_set(&event));
    end();
}

/* SEM EV-07 */
static void zero_and_coroutine(void)
{
    static async_event_t zero;
    static struct async_wait_event frame;
    begin();
    event = zero;
    CHECK(!async_event_is_set(&event));
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(async_wait_event, &frame,
                                                .event = &event)),
              0);
    turns(2);
    CHECK(!async_future_done(&tasks[0].future));
    async_event_set(&event);
    turns(1);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    end();
}

static const struct test tests[] = {
    TEST(a_set_event_does_not_suspend),
    TEST(set_wakes_all_in_order),
    TEST(set_and_clear),
    TEST(cancelled),
    TEST(zero_and_coroutine),
};
TEST_MAIN(tests)
