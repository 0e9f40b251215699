/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* It never polls the blocked: tasks that wait for a flag, a lock, a queue, an
 * event, a channel, another task or a far deadline are not run once while
 * others run thousands of iterations, and an iteration takes as long with all
 * of them as with none. Counted in the function that runs a frame. */
#include "proof.h"

enum { KINDS = 7, ITERATIONS = 5000, ROUNDS = 4 };
#ifdef __AVR__
enum { BLOCKED = 2 * KINDS };
#else
enum { BLOCKED = 10 * KINDS };
#endif

static async_flag_t flag;
static async_lock_t lock;
static async_event_t event;
static ASYNC_QUEUE(uint8_t, 2) queue;
static ASYNC_CHANNEL(uint8_t, 2) channel;
static async_future_t future;

struct blocked {
    ASYNC_FRAME;
    uint8_t id, item;
};
static struct blocked blocked[BLOCKED];

ASYNC_DEF(blocked)
{
    ASYNC_BEGIN;
    if (self->id % KINDS == 0) {
        AWAIT(async_flag_wait(&flag));
    } else if (self->id % KINDS == 1) {
        AWAIT(async_lock_acquire(&lock));
    } else if (self->id % KINDS == 2) {
        ASYNC_GET(&queue, self->item);
    } else if (self->id % KINDS == 3) {
        AWAIT(async_event_wait(&event));
    } else if (self->id % KINDS == 4) {
        ASYNC_RECEIVE(&channel, self->item);
    } else if (self->id % KINDS == 5) {
        AWAIT(&future);
    } else {
        AWAIT(async_sleep_ticks(ASYNC_DELAY_MAX));
    }
    ASYNC_END;
}

/* What the loop calls: counts, and runs the coroutine. */
static uint32_t resumed;
static async_resume_fn resume_blocked;

static async_next_t count_resume(async_coro_t *frame, async_context_t *context,
                                 uint8_t point)
{
    resumed++;
    return resume_blocked(frame, context, point);
}

struct spinner {
    ASYNC_FRAME;
    uint16_t i;
};
static struct spinner spinner_frame;
ASYNC_DEF(spinner)
{
    ASYNC_BEGIN;
    for (; self->i < ITERATIONS; self->i++) {
        AWAIT(async_pause());
    }
    ASYNC_END;
}

struct proof {
    ASYNC_FRAME;
    uint8_t i, round, count;
    uint32_t from, passed[ROUNDS];
    async_task_t task;
    async_task_t tasks[BLOCKED];
};
static struct proof proof_frame;

static int start(struct proof *proof, uint8_t id)
{
    async_coro_t *coro = ASYNC_CALL(blocked, &blocked[id], .id = id);
    resume_blocked = coro->resume;
    coro->resume = count_resume;
    return async_create_task(&proof->tasks[id], coro);
}

/* With 0, 1, KINDS and BLOCKED of them. */
static const uint8_t counts[ROUNDS] = {0, 1, KINDS, BLOCKED};

ASYNC_DEF(proof)
{
    ASYNC_BEGIN;
    AWAIT(async_lock_acquire(&lock));
    for (; self->round < ROUNDS; self->round++) {
        for (; self->count < counts[self->round]; self->count++) {
            CHECK_INT(start(self, self->count), 0);
        }
        AWAIT(async_sleep_ticks(2));
        CHECK_INT(resumed, self->count); /* once each, to begin */
        CHECK_INT(async_create_task(&self->task,
                                    ASYNC_CALL(spinner, &spinner_frame)), 0);
        self->from = watch_now();
        AWAIT(&self->task);
        self->passed[self->round] = watch_now() - self->from;
        CHECK_INT(resumed, self->count);
    }
    for (self->i = 0; self->i < self->count; self->i++) {
        CHECK_INT(async_task_cancel(&self->tasks[self->i]), 1);
    }
    AWAIT(async_sleep_ticks(2));
    CHECK_INT(resumed, 2 * BLOCKED); /* and once each to end */
    ASYNC_END;
}

int main(void)
{
    uint8_t i;
    board_init();
    watch_start();
    CHECK_INT(async_loop_init(&loop, port_start(0)), 0);
    async_flag_init(&flag, &loop);
    async_lock_init(&lock);
    async_event_init(&event);
    async_queue_init(&queue);
    async_channel_init(&channel, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    async_future_init(&future, &loop);
    CHECK_INT(async_run(&loop, ASYNC_CALL(proof, &proof_frame)), 0);
    for (i = 0; i < ROUNDS; i++) {
        figure("blocked", counts[i]);
        figure("ns_per_iteration",
               (uint32_t)((uint64_t)proof_frame.passed[i] * 1000000000u /
                          WATCH_HZ / ITERATIONS));
    }
    /* A tick more or less may come in between, but no look at a task: that
     * would be 10 us in 5000 iterations for the very least. The first task
     * that waits makes the loop look at its deadline, if it has one. */
    CHECK(proof_frame.passed[3] <= proof_frame.passed[2] + WATCH_HZ / 20000u);
    CHECK(proof_frame.passed[1] <= proof_frame.passed[0] + WATCH_HZ / 20000u);
    return proof_end();
}
