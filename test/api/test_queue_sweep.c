/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Producers and consumers of queues of every kind and size. Every task, every
 * two tasks, are cancelled at every iteration; every element that was put is
 * got once or left in the queue, and nobody who could go on is forgotten. A
 * step of the replay id is 1,000,000 * scenario + 10,000 * first cancel + 100 *
 * tasks + second cancel. */
#include "world.h"

enum { TASKS = 5, PUTTERS = 2, ELEMENTS = 6, MOST = 4 };
static async_task_t tasks[TASKS];
static ASYNC_PRIORITY_QUEUE(int, MOST) queue; /* fits every order */
static bool seen[PUTTERS * ELEMENTS + 1];
static int put, got;

struct producer {
    ASYNC_FRAME;
    int from, to, pauses;
};
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    while (self->from < self->to) {
        ASYNC_PUT(&queue, self->from);
        self->from++;
        put++;
        if (self->from % 3 == 0) {
            AWAIT(async_pause());
        }
    }
    ASYNC_END;
}

struct consumer {
    ASYNC_FRAME;
    int item, id;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_GET(&queue, self->item);
        CHECK(!seen[self->item]); /* nobody got it before */
        seen[self->item] = true;
        got++;
        if (self->id == 1) {
            AWAIT(async_pause());
        }
        CHECK_INT(async_queue_task_done(&queue), 0);
    }
    ASYNC_END;
}

static bool less(const void *a, const void *b)
{
    return *(const int *)a < *(const int *)b;
}

/* Cuts a queue down: its type has one size. */
static void make_queue(unsigned scenario)
{
    unsigned size = scenario % MOST + 1u;
    switch (scenario / MOST) {
    case 0:
        async_queue_init(&queue);
        break;
    case 1:
        async_queue_init_lifo(&queue);
        break;
    default:
        async_queue_init_priority(&queue, less);
        break;
    }
    queue.queue.capacity = (uint16_t)size;
    queue.queue.sides[1].left = (uint16_t)size;
}

/* Two producers and three consumers; the consumers begin first in every other
 * scenario. */
static void begin(unsigned scenario)
{
    static struct producer producers[PUTTERS];
    static struct consumer consumers[TASKS - PUTTERS];
    int i;
    world_begin();
    make_queue(scenario);
    __builtin_memset(seen, 0, sizeof seen);
    put = got = 0;
    for (i = 0; i < TASKS; i++) {
        int id = scenario & 1 ? TASKS - 1 - i : i;
        async_coro_t *coro =
            id < PUTTERS
                ? ASYNC_CALL(producer, &producers[id], .from = id * ELEMENTS,
                             .to = (id + 1) * ELEMENTS)
                : ASYNC_CALL(consumer, &consumers[id - PUTTERS],
                             .id = id - PUTTERS);
        CHECK_INT(async_loop_create_task(&loop, &tasks[id], coro), 0);
    }
}

static bool alive(int first, int last)
{
    bool any = false;
    for (; first <= last; first++) {
        any = any || !async_future_done(&tasks[first].future);
    }
    return any;
}

static void cancel(unsigned subset)
{
    int i;
    for (i = 0; i < TASKS; i++) {
        if (subset >> i & 1u) {
            (void)async_task_cancel(&tasks[i]);
        }
    }
}

/* What is left to do is done by those who are left. */
static void end(void)
{
    int left = 0, item;
    turns(60);
    CHECK_INT(put - got, async_queue_size(&queue));
    if (alive(PUTTERS, TASKS - 1)) { /* a consumer: nothing is left */
        CHECK(async_queue_empty(&queue));
        CHECK(!alive(0, PUTTERS - 1));
    } else if (alive(0, PUTTERS - 1)) { /* producers alone: all is full */
        CHECK(async_queue_full(&queue));
    }
    cancel((1u << TASKS) - 1u);
    turns(3);
    CHECK(!alive(0, TASKS - 1));
    while (async_queue_get_nowait(&queue, &item) == 0) {
        CHECK(!seen[item]);
        seen[item] = true;
        left++;
    }
    CHECK_INT(got + left, put);
    CHECK(queue.queue.sides[0].waiters.first == NULL);
    CHECK(queue.queue.sides[1].waiters.first == NULL);
    world_end();
}

static void run(unsigned scenario, unsigned first, unsigned subset,
                unsigned second)
{
    begin(scenario);
    turns(first);
    cancel(subset);
    if (second > 0) {
        turns(second);
        cancel((subset << 1 | subset >> (TASKS - 1)) & ((1u << TASKS) - 1u));
    }
    end();
}

/* SEM Q-08 Q-10 */
static void cancel_everywhere(void)
{
    unsigned scenario, first, subset, second;
    for (scenario = 0; scenario < 3 * MOST; scenario++) {
        for (first = 0; first < 20; first++) {
            for (subset = 0; subset < 1u << TASKS; subset++) {
                for (second = 0; second < 4; second++) {
                    if (world_step(1000000ul * scenario + 10000ul * first +
                                   100ul * subset + second)) {
                        run(scenario, first, subset, second);
                    }
                }
            }
        }
    }
    check_.step = 0;
}

/* An action in the middle of it all: a shutdown, or elements that come and go
 * without waiting. Everybody ends. */
/* SEM Q-13 Q-14 Q-10 */
static void shut_down_everywhere(void)
{
    unsigned scenario, first, how;
    for (scenario = 0; scenario < 3 * MOST; scenario++) {
        for (first = 0; first < 30; first++) {
            for (how = 0; how < 2; how++) {
                int before;
                if (!world_step(1000000ul * scenario + 10000ul * first + how)) {
                    continue;
                }
                begin(scenario);
                turns(first);
                before = got;
                async_queue_shutdown(&queue, how == 1);
                turns(20);
                CHECK(!alive(0, TASKS - 1));
                CHECK(how == 1 ? got <= put : got == put);
                CHECK(got >= before);
                CHECK(async_queue_empty(&queue));
                world_end();
            }
        }
    }
    check_.step = 0;
}

static const struct test tests[] = {
    TEST(cancel_everywhere),
    TEST(shut_down_everywhere),
};
TEST_MAIN(tests)
