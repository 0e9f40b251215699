/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Operations of a user's own: waiting, waking, ending, cancelling. */
#include "world.h"

#include "channel.h"

static struct channel channel;
static async_task_t tasks[4];

struct reader {
    ASYNC_FRAME;
    int id, times, err;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        AWAIT_STATUS(self->err, channel_wait(&channel));
        if (self->err != 0) {
            note_n("error", self->id);
            ASYNC_RAISE(self->err);
        }
        note_n("r", self->id);
        note_n("", channel_take(&channel));
    }
    ASYNC_END;
}
static struct reader readers[4];

static void begin(void)
{
    world_begin();
    __builtin_memset((void *)&channel, 0, sizeof channel);
}

static void start(int id, int times)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(reader, &readers[id], .id = id,
                                                .times = times)),
              0);
}

/* SEM OP-01 OP-02 */
static void first_come_first_served(void)
{
    begin();
    start(0, 1);
    start(1, 2);
    start(2, 1);
    turns(1);
    CHECK(channel_feed(&channel, 7));
    CHECK(channel_feed(&channel, 8));
    CHECK_TRACE(""); /* waking runs nothing */
    turns(1);
    CHECK_TRACE("r0 7 r1 8");
    CHECK(channel_feed(&channel, 9));
    CHECK(channel_feed(&channel, 10));
    turns(1);
    CHECK_TRACE("r2 9 r1 10");
    world_end();
}

/* SEM OP-03 */
static void what_is_there_does_not_suspend(void)
{
    begin();
    CHECK(channel_feed(&channel, 1));
    CHECK(channel_feed(&channel, 2));
    CHECK(channel_feed(&channel, 3));
    start(0, 3);
    turns(1);
    CHECK_TRACE("r0 1 r0 2 r0 3");
    CHECK_INT(channel.ends, 0);
    world_end();
}

/* SEM OP-04 */
static void a_blocked_task_is_not_polled(void)
{
    int i;
    begin();
    start(0, 1);
    for (i = 0; i < 50; i++) {
        turns(1);
    }
    CHECK_INT(channel.ends, 0);
    CHECK(channel_feed(&channel, 1));
    turns(5);
    CHECK_INT(channel.ends, 1);
    CHECK_TRACE("r0 1");
    world_end();
}

/* SEM OP-05 C-33 */
static void cancelled_while_it_waits(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(channel.ends, 0); /* the end runs in the task's turn */
    CHECK(channel_feed(&channel, 1));
    CHECK(channel_feed(&channel, 2));
    turns(1);
    CHECK_TRACE("error1 r0 1 r2 2");
    CHECK_INT(channel.ends, 3);
    CHECK_INT(channel.passed_on, 0);
    CHECK(async_future_cancelled(&tasks[1].future));
    world_end();
}

/* SEM OP-06 */
static void cancelled_after_it_was_woken(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    turns(1);
    CHECK(channel_feed(&channel, 1));
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("error0");
    CHECK_INT(channel.passed_on, 1);
    turns(1);
    CHECK_TRACE("r1 1"); /* it was passed on */
    start(0, 1);
    turns(1);
    CHECK(channel_feed(&channel, 2));
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    CHECK_INT(async_task_uncancel(&tasks[0]), 0);
    turns(1);
    CHECK_TRACE("r0 2"); /* it was taken back in time */
    world_end();
}

/* -- With an end of its own, and without one ------------------------------ */

static async_waiters_t waiters;
static int reported;

static int deaf_end(async_handle_t *handle)
{
    note("end");
    CHECK(async_current_task() == NULL);
    return async_op_end(async_op_task(handle), reported);
}

static ASYNC_MUST_USE async_op_t deaf_wait(void)
{
    return async_op_wait(&waiters, deaf_end);
}

struct waiter {
    ASYNC_FRAME;
    async_run_fn end;
    int id, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    if (self->end != NULL) {
        AWAIT_STATUS(self->err, deaf_wait());
    } else {
        AWAIT_STATUS(self->err, async_op_wait(&waiters, NULL));
    }
    note_n("w", self->id);
    note_n("", self->err);
    ASYNC_END;
}

static struct waiter frames[4];

static void wait_with(int id, async_run_fn end)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(waiter, &frames[id], .id = id,
                                                .end = end)),
              0);
}

/* SEM OP-07 */
static void the_end_decides(void)
{
    static const int statuses[] = {0, -105, ASYNC_ERR_CANCELLED};
    unsigned i, cancelled;
    for (i = 0; i < 3; i++) {
        for (cancelled = 0; cancelled < 2; cancelled++) {
            reported = statuses[i];
            begin();
            wait_with(0, deaf_end);
            turns(1);
            if (cancelled) {
                CHECK_INT(async_task_cancel(&tasks[0]), 1);
            } else {
                CHECK(async_wake_one(&waiters));
            }
            turns(1);
            CHECK_TRACE_VAR(i == 0 ? "end w0 0" : i == 1 ? "end w0 -105"
                                                         : "end w0 -1");
            CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
            world_end();
        }
    }
}

/* SEM OP-08 */
static void without_an_end(void)
{
    begin();
    wait_with(0, NULL);
    wait_with(1, NULL);
    turns(1);
    CHECK(async_wake_one(&waiters));
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    turns(1);
    CHECK_TRACE("w0 0 w1 -1");
    world_end();
}

/* SEM OP-09 */
static void wake_all(void)
{
    begin();
    CHECK(!async_wake_one(&waiters));
    CHECK_INT(async_wake_all(&waiters), 0);
    wait_with(0, NULL);
    wait_with(1, NULL);
    wait_with(2, NULL);
    turns(1);
    CHECK_INT(async_wake_all(&waiters), 3);
    CHECK_INT(async_wake_all(&waiters), 0);
    turns(1);
    CHECK_TRACE("w0 0 w1 0 w2 0");
    world_end();
}

struct finished {
    ASYNC_FRAME;
    int status, err;
};
ASYNC_DEF(finished)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_op_done(self->status));
    note_n("", self->err);
    ASYNC_END;
}

/* SEM OP-10 */
static void done_at_once(void)
{
    static const int statuses[] = {0, -105, ASYNC_ERR_CANCELLED, 3,
                                   WIDE(-40000)};
    struct finished frame;
    unsigned i;
    begin();
    for (i = 0; i < 5; i++) {
        CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                         ASYNC_CALL(finished, &frame,
                                                    .status = statuses[i])),
                  0);
        turns(1);
    }
    CHECK_TRACE("0 -105 -1 -8 -8");
    world_end();
}

/* -- From an interrupt ---------------------------------------------------- */

struct uart {
    async_sim_interrupt_t interrupt; /* comes first */
    async_post_t post;
    int next, last;
    unsigned gap;
};
static struct uart uart;

static int uart_posted(async_handle_t *handle)
{
    (void)handle;
    CHECK(channel_feed(&channel, uart.next));
    return 0;
}

static void uart_interrupt(async_sim_interrupt_t *interrupt)
{
    uart.next++;
    CHECK_INT(async_post(&loop, &uart.post), 0);
    if (uart.next < uart.last) {
        CHECK_INT(async_sim_at(&sim, interrupt, sim.time + uart.gap,
                               uart_interrupt),
                  0);
    }
}

/* SEM OP-01 P-01 */
static void bytes_from_an_interrupt(void)
{
    begin();
    __builtin_memset((void *)&uart, 0, sizeof uart);
    async_post_init(&uart.post, uart_posted);
    uart.last = 5;
    uart.gap = 7;
    CHECK_INT(async_sim_at(&sim, &uart.interrupt, sim.time + 7u,
                           uart_interrupt),
              0);
    start(0, 5);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_TRACE("r0 1 r0 2 r0 3 r0 4 r0 5");
    CHECK_INT(world_time(), 35);
    CHECK_INT(channel.ends, 5);
    world_end();
}

static const struct test tests[] = {
    TEST(first_come_first_served),
    TEST(what_is_there_does_not_suspend),
    TEST(a_blocked_task_is_not_polled),
    TEST(cancelled_while_it_waits),
    TEST(cancelled_after_it_was_woken),
    TEST(the_end_decides),
    TEST(without_an_end),
    TEST(wake_all),
    TEST(done_at_once),
    TEST(bytes_from_an_interrupt),
};
TEST_MAIN(tests)
