/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Channels from an interrupt to tasks. */
#include "world.h"

enum { TASKS = 3 };
static async_task_t tasks[TASKS];
static ASYNC_CHANNEL(unsigned char, 4) rx;

struct reader {
    ASYNC_FRAME;
    int id, times, err;
    unsigned char byte;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        while (self->times-- > 0) {
            ASYNC_RECEIVE(&rx, self->byte);
            note_n("r", self->id);
            note_n("", self->byte);
        }
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("r", self->id);
        note_n("error", self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_END;
}
static struct reader readers[TASKS];

static void begin(void)
{
    world_begin();
    async_channel_init(&rx, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
}

static void start(int id, int times)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(reader, &readers[id], .id = id,
                                                .times = times)),
              0);
}

static int put(int byte)
{
    return async_channel_put(&rx, (unsigned char)byte);
}

static int receive(void)
{
    unsigned char byte = 255;
    int status = async_channel_receive_nowait(&rx, &byte);
    return status == 0 ? byte : status;
}

/* SEM CH-01 CH-05 */
static void elements_of_any_type(void)
{
    struct sample {
        double value;
        char name[5];
    };
    ASYNC_CHANNEL(struct sample, 2) samples;
    struct sample sample = {0.5, "tick"}, got;
    int round, i;
    begin();
    async_channel_init(&samples, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    for (round = 0; round < 10; round++) {
        for (i = 0; i < 2; i++) {
            sample.value = round + i / 2.0;
            CHECK_INT(async_channel_put(&samples, sample), 0);
        }
        CHECK_INT(async_channel_size(&samples), 2);
        for (i = 0; i < 2; i++) {
            __builtin_memset(&got, 0, sizeof got);
            CHECK_INT(async_channel_receive_nowait(&samples, &got), 0);
            CHECK(got.value > round + i / 2.0 - 0.1 &&
                  got.value < round + i / 2.0 + 0.1);
            CHECK_STR(got.name, "tick");
        }
        CHECK_INT(async_channel_receive_nowait(&samples, &got),
                  ASYNC_ERR_QUEUE_EMPTY);
    }
    world_end();
}

/* SEM CH-02 */
static void receiving(void)
{
    begin();
    CHECK_INT(put(1), 0);
    CHECK_INT(put(2), 0);
    start(0, 4);
    turns(1);
    CHECK_TRACE("r0 1 r0 2");
    CHECK_INT(put(3), 0);
    turns(1);
    CHECK_TRACE(""); /* the post ran */
    turns(1);
    CHECK_TRACE("r0 3");
    CHECK_INT(put(4), 0);
    CHECK_INT(put(5), 0);
    turns(2);
    CHECK_TRACE("r0 4");
    CHECK_INT(receive(), 5);
    world_end();
}

/* SEM CH-03 */
static void full_keeping_the_oldest(void)
{
    int i;
    begin();
    for (i = 0; i < 7; i++) {
        CHECK_INT(put(i), i < 4 ? 0 : ASYNC_ERR_QUEUE_FULL);
    }
    CHECK_INT(async_channel_lost(&rx), 3);
    CHECK_INT(async_channel_size(&rx), 4);
    for (i = 0; i < 4; i++) {
        CHECK_INT(receive(), i);
    }
    CHECK_INT(receive(), ASYNC_ERR_QUEUE_EMPTY);
    CHECK_INT(async_channel_lost(&rx), 3);
    world_end();
}

/* SEM CH-03 */
static void full_keeping_the_newest(void)
{
    int i;
    begin();
    async_channel_init(&rx, &loop, ASYNC_CHANNEL_KEEP_NEWEST);
    for (i = 0; i < 11; i++) {
        CHECK_INT(put(i), 0);
    }
    CHECK_INT(async_channel_lost(&rx), 8);
    CHECK_INT(async_channel_size(&rx), 3);
    for (i = 8; i < 11; i++) {
        CHECK_INT(receive(), i);
        CHECK_INT(async_channel_lost(&rx), 8);
    }
    CHECK_INT(receive(), ASYNC_ERR_QUEUE_EMPTY);
    CHECK_INT(put(1), 0);
    CHECK_INT(receive(), 1);
    CHECK_INT(async_channel_lost(&rx), 8);
    world_end();
}

struct listener {
    ASYNC_FRAME;
    unsigned char byte;
};
ASYNC_DEF(listener)
{
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&rx)) {
        (void)async_channel_receive_nowait(&rx, &self->byte);
        note_n("", self->byte);
    }
    ASYNC_END_FOR;
    note("end");
    ASYNC_END;
}

/* SEM CH-04 CH-05 */
static void closing(void)
{
    static struct listener listeners[2];
    begin();
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(listener, &listeners[0])),
              0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1],
                                     ASYNC_CALL(listener, &listeners[1])),
              0);
    turns(1);
    CHECK_INT(put(1), 0);
    CHECK_INT(put(2), 0);
    CHECK_INT(put(3), 0);
    CHECK_INT(async_channel_close(&rx), 0);
    CHECK_INT(put(4), ASYNC_ERR_QUEUE_SHUTDOWN);
    turns(2);
    CHECK_TRACE("1 2 3 end end");
    CHECK_INT(receive(), ASYNC_ERR_STOP_ASYNC_ITERATION);
    start(0, 1);
    turns(1);
    CHECK_TRACE("r0 error-24");
    async_channel_init(&rx, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    start(0, 1);
    start(1, 1);
    turns(1);
    CHECK_INT(async_channel_close(&rx), 0);
    turns(2);
    CHECK_TRACE("r0 error-24 r1 error-24");
    CHECK_INT(async_loop_close(&loop), 0);
    async_channel_init(&rx, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    CHECK_INT(put(1), ASYNC_ERR_CLOSED);
    CHECK_INT(async_channel_close(&rx), ASYNC_ERR_CLOSED);
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    world_end();
}

/* SEM CH-06 */
static void several_receivers(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(put(1), 0);
    CHECK_INT(put(2), 0); /* one post, two elements */
    turns(2);
    CHECK_TRACE("r0 1 r1 2");
    start(0, 1);
    CHECK_INT(put(3), 0);
    turns(1); /* task 2 is woken, and task 0 faster */
    CHECK_TRACE("r0 3");
    start(1, 1);
    turns(1);
    CHECK_INT(put(4), 0); /* task 2 waits again, in front of task 1 */
    turns(2);
    CHECK_TRACE("r2 4");
    CHECK_INT(put(5), 0);
    turns(2);
    CHECK_TRACE("r1 5");
    CHECK_INT(rx.channel.promised, 0);
    world_end();
}

/* SEM CH-07 */
static void cancelled(void)
{
    begin();
    start(0, 1);
    start(1, 1);
    start(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1); /* waits */
    CHECK_INT(put(1), 0);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1); /* woken */
    turns(2);
    CHECK_TRACE("r1 error-1 r0 error-1 r2 1");
    start(0, 1);
    turns(1);
    CHECK_INT(put(2), 0);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(2);
    CHECK_TRACE("r0 error-1");
    CHECK_INT(receive(), 2);
    CHECK_INT(rx.channel.promised, 0);
    world_end();
}

/* SEM CH-10 */
static void counts_wrap(void)
{
    int keep, i;
    for (keep = 0; keep < 2; keep++) {
        begin();
        async_channel_init(&rx, &loop, (enum async_channel_keep)keep);
        rx.channel.put = rx.channel.taken = 0u - 6u;
        for (i = 0; i < 20; i++) {
            CHECK_INT(put(i), 0);
            CHECK_INT(put(i + 100), 0);
            CHECK_INT(async_channel_size(&rx), 2);
            CHECK_INT(receive(), i);
            CHECK_INT(receive(), i + 100);
            CHECK_INT(receive(), ASYNC_ERR_QUEUE_EMPTY);
        }
        CHECK_INT(async_channel_lost(&rx), 0);
        world_end();
    }
}

/* -- Interrupts and cancels everywhere ------------------------------------ */

enum { BYTES = 8 };
static async_sim_interrupt_t uart;
static int sent, received, refused;
static bool seen[BYTES];

/* Two bytes at a time, then a gap; closes at the end. */
static void on_uart(async_sim_interrupt_t *interrupt)
{
    if (sent == BYTES) {
        CHECK_INT(async_channel_close(&rx), 0);
        return;
    }
    refused += put(sent++) == ASYNC_ERR_QUEUE_FULL; /* to a slow taker */
    CHECK_INT(async_sim_at(&sim, interrupt,
                           sim.time + (sent % 2 == 0 ? 2u : 0u), on_uart),
              0);
}

struct taker {
    ASYNC_FRAME;
    unsigned char byte;
    int pause;
};
ASYNC_DEF(taker)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_RECEIVE(&rx, self->byte);
        CHECK(!seen[self->byte]);
        seen[self->byte] = true;
        received++;
        if (self->pause != 0) {
            AWAIT(async_sleep_ticks(self->pause));
        }
    }
    ASYNC_END;
}

static void sweep(async_tick_t first, unsigned cancel_at, unsigned subset)
{
    static struct taker takers[TASKS];
    unsigned i;
    begin();
    sent = received = refused = 0;
    __builtin_memset(seen, 0, sizeof seen);
    for (i = 0; i < TASKS; i++) {
        CHECK_INT(async_loop_create_task(
                      &loop, &tasks[i],
                      ASYNC_CALL(taker, &takers[i], .pause = (int)i)),
                  0);
    }
    CHECK_INT(async_sim_at(&sim, &uart, sim.time + first, on_uart), 0);
    for (i = 0; i < 60; i++) {
        unsigned task;
        turns(1);
        for (task = 0; i == cancel_at && task < TASKS; task++) {
            if (subset >> task & 1u) {
                (void)async_task_cancel(&tasks[task]);
            }
        }
        if (i % 3 == 2) {
            async_sim_advance(&sim, 1);
        }
    }
    turns(4);
    CHECK_INT(sent, BYTES);
    CHECK(async_all_tasks(&loop, NULL) == NULL); /* the close ended them */
    while (receive() >= 0) {
        received++;
    }
    CHECK_INT(received + refused, sent);
    CHECK(subset != 0 || refused == 0);
    CHECK_INT(async_channel_lost(&rx), refused);
    CHECK_INT(rx.channel.promised, 0);
    CHECK(rx.channel.waiters.first == NULL);
    world_end();
}

/* SEM CH-07 CH-08 */
static void interrupts_and_cancels_everywhere(void)
{
    unsigned first, cancel_at, subset;
    for (first = 0; first < 4; first++) {
        for (cancel_at = 0; cancel_at < 45; cancel_at++) {
            for (subset = 0; subset < 7; subset++) {
                if (world_step(10000ul * first + 100ul * cancel_at + subset)) {
                    sweep(first, cancel_at, subset);
                }
            }
        }
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(elements_of_any_type),
    TEST(receiving),
    TEST(full_keeping_the_oldest),
    TEST(full_keeping_the_newest),
    TEST(closing),
    TEST(several_receivers),
    TEST(cancelled),
    TEST(counts_wrap),
    TEST(interrupts_and_cancels_everywhere),
};
TEST_MAIN(tests)
