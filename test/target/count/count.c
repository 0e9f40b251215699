/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What test/target/run counts: one function for each case, which starts tasks
 * and runs a loop for ever. The linker makes count_case() one of them; all are
 * in every program, so that the compiler sees the same code each time. */
#include "interrupt.h"
#include "mark.h"

#include <async.h>
#include <async/port/tick.h>

#if defined(__AVR__)
enum { MOST = 16 }; /* tasks */
#else
enum { MOST = 128 };
#endif

static async_loop_t loop;
static async_task_t tasks[MOST];
static unsigned created;

void count_case(void);

#define CASE(name)   \
    void name(void); \
    void name(void)

/* Starts a coroutine in the next task. */
static void start(async_coro_t *coro)
{
    (void)async_loop_create_task(&loop, &tasks[created], coro);
    created++;
}

/* -- A port whose clock is a variable: sleeping costs nothing ---------------- */

static async_tick_t time_now;

static async_tick_t now(async_port_t *port)
{
    (void)port;
    return time_now;
}

static int idle(async_port_t *port, async_loop_t *idle_loop,
                const async_tick_t *deadline)
{
    (void)port;
    (void)idle_loop;
    if (deadline == NULL) {
        return ASYNC_ERR_DEADLOCK;
    }
    time_now = *deadline;
    return 0;
}

static void wake(async_port_t *port, async_loop_t *wake_loop)
{
    (void)port;
    (void)wake_loop;
}

static async_port_t port = {now, idle, wake, NULL};

/* -- Yield ------------------------------------------------------------------- */

struct yield {
    ASYNC_FRAME;
};
ASYNC_DEF(yield)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(CYCLE);
        AWAIT(async_pause());
    }
    ASYNC_END;
}
static struct yield yields[4];

CASE(yield_1)
{
    start(ASYNC_CALL(yield, &yields[0]));
}

CASE(yield_4)
{
    while (created < 4) {
        start(ASYNC_CALL(yield, &yields[created]));
    }
}

/* -- Interrupt to task ------------------------------------------------------- */

static async_tick_port_t tick;
static async_flag_t flag;

static void on_interrupt(void)
{
    (void)async_flag_set(&flag);
}

struct wait_flag {
    ASYNC_FRAME;
};
ASYNC_DEF(wait_flag)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&flag));
        COUNT_MARK(PAUSE);
        COUNT_MARK(CYCLE);
    }
    ASYNC_END;
}
static struct wait_flag wait_flag;

static void use_interrupt(void)
{
    (void)async_loop_init(&loop, async_tick_port_init(&tick, 0));
    async_flag_init(&flag, &loop);
    start(ASYNC_CALL(wait_flag, &wait_flag));
    interrupt_start();
}

CASE(isr)
{
    use_interrupt();
}

/* -- Two tasks that signal each other ---------------------------------------- */

struct by_event {
    ASYNC_FRAME;
    async_event_t *mine, *other;
};
ASYNC_DEF(by_event)
{
    ASYNC_BEGIN;
    for (;;) {
        async_event_set(self->other);
        AWAIT(async_event_wait(self->mine));
        async_event_clear(self->mine);
        COUNT_MARK(CYCLE);
    }
    ASYNC_END;
}

CASE(event)
{
    static struct by_event sides[2];
    static async_event_t events[2];
    start(ASYNC_CALL(by_event, &sides[0], .mine = &events[0],
                     .other = &events[1]));
    start(ASYNC_CALL(by_event, &sides[1], .mine = &events[1],
                     .other = &events[0]));
}

struct by_operation {
    ASYNC_FRAME;
    async_waiters_t *mine, *other;
};
ASYNC_DEF(by_operation)
{
    ASYNC_BEGIN;
    for (;;) {
        (void)async_wake_one(self->other);
        AWAIT(async_op_wait(self->mine, NULL));
        COUNT_MARK(CYCLE);
    }
    ASYNC_END;
}

CASE(operation)
{
    static struct by_operation sides[2];
    static async_waiters_t waiters[2];
    start(ASYNC_CALL(by_operation, &sides[0], .mine = &waiters[0],
                     .other = &waiters[1]));
    start(ASYNC_CALL(by_operation, &sides[1], .mine = &waiters[1],
                     .other = &waiters[0]));
}

/* -- Coroutines and tasks that end ------------------------------------------- */

struct nothing {
    ASYNC_FRAME;
};
ASYNC_DEF(nothing)
{
    ASYNC_BEGIN;
    ASYNC_END;
}

struct caller {
    ASYNC_FRAME;
    struct nothing child;
};
ASYNC_DEF(caller)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(CYCLE);
        AWAIT(ASYNC_CALL(nothing, &self->child));
    }
    ASYNC_END;
}

CASE(child)
{
    static struct caller caller;
    start(ASYNC_CALL(caller, &caller));
}

struct creator {
    ASYNC_FRAME;
    struct nothing child;
    async_task_t task;
};
ASYNC_DEF(creator)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(CYCLE);
        (void)async_create_task(&self->task,
                                ASYNC_CALL(nothing, &self->child));
        AWAIT(&self->task);
    }
    ASYNC_END;
}

CASE(task)
{
    static struct creator creator;
    start(ASYNC_CALL(creator, &creator));
}

struct sleeper {
    ASYNC_FRAME;
    async_delay_t first, delay;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->first));
    for (;;) {
        COUNT_MARK(CYCLE);
        AWAIT(async_sleep_ticks(self->delay));
    }
    ASYNC_END;
}
static struct sleeper sleepers[MOST];

struct canceller {
    ASYNC_FRAME;
    int status;
    async_task_t task;
};
ASYNC_DEF(canceller)
{
    ASYNC_BEGIN;
    for (;;) {
        (void)async_create_task(
            &self->task, ASYNC_CALL(sleeper, &sleepers[0], .first = 1000));
        AWAIT(async_pause());
        COUNT_MARK(RESUME);
        (void)async_task_cancel(&self->task);
        AWAIT_STATUS(self->status, &self->task);
        COUNT_MARK(PAUSE);
        COUNT_MARK(CYCLE);
    }
    ASYNC_END;
}

CASE(cancel)
{
    static struct canceller canceller;
    start(ASYNC_CALL(canceller, &canceller));
}

/* -- Sleepers ----------------------------------------------------------------- */

/* One is due at each tick. */
static void sleep_fixed(unsigned n)
{
    while (created < n) {
        start(ASYNC_CALL(sleeper, &sleepers[created],
                         .first = (async_delay_t)created + 1,
                         .delay = (async_delay_t)n));
    }
}

CASE(sleep_1)
{
    sleep_fixed(1);
}

CASE(sleep_16)
{
    sleep_fixed(16);
}

CASE(sleep_128)
{
    sleep_fixed(MOST);
}

static uint16_t spread; /* 2 n - 1; n is a power of 2 */

/* 1 to 2 n, the same on all machines. */
static async_delay_t next_delay(void)
{
    static uint16_t seed;
    seed = (uint16_t)(25173u * seed + 13849u);
    return (async_delay_t)(1u + ((unsigned)(seed >> 8) & spread));
}

struct sleeper_random {
    ASYNC_FRAME;
    async_delay_t delay;
};
ASYNC_DEF(sleeper_random)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(PAUSE);
        self->delay = next_delay();
        COUNT_MARK(RESUME);
        COUNT_MARK(CYCLE);
        AWAIT(async_sleep_ticks(self->delay));
    }
    ASYNC_END;
}

static void sleep_random(unsigned n)
{
    static struct sleeper_random frames[MOST];
    spread = (uint16_t)(2u * n - 1u);
    while (created < n) {
        start(ASYNC_CALL(sleeper_random, &frames[created]));
    }
}

CASE(random_16)
{
    sleep_random(16);
}

CASE(random_128)
{
    sleep_random(MOST);
}

/* -- Lock and queue ----------------------------------------------------------- */

struct locker {
    ASYNC_FRAME;
    bool first;
};
static async_lock_t lock;
ASYNC_DEF(locker)
{
    ASYNC_BEGIN;
    if (self->first) { /* until the other one waits */
        AWAIT(async_lock_acquire(&lock));
        AWAIT(async_pause());
        (void)async_lock_release(&lock);
    }
    for (;;) {
        AWAIT(async_lock_acquire(&lock));
        COUNT_MARK(CYCLE);
        (void)async_lock_release(&lock);
    }
    ASYNC_END;
}

CASE(lock_handed)
{
    static struct locker lockers[2];
    start(ASYNC_CALL(locker, &lockers[0], .first = true));
    start(ASYNC_CALL(locker, &lockers[1]));
}

static ASYNC_QUEUE(int, 1) queue;

struct queue_alone {
    ASYNC_FRAME;
    int item;
};
ASYNC_DEF(queue_alone)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(CYCLE);
        ASYNC_PUT(&queue, 1);
        ASYNC_GET(&queue, self->item);
    }
    ASYNC_END;
}

CASE(queue_free)
{
    static struct queue_alone frame;
    async_queue_init(&queue);
    start(ASYNC_CALL(queue_alone, &frame));
}

struct producer {
    ASYNC_FRAME;
};
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_PUT(&queue, 1);
    }
    ASYNC_END;
}

struct consumer {
    ASYNC_FRAME;
    int item;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_GET(&queue, self->item);
        COUNT_MARK(CYCLE);
    }
    ASYNC_END;
}

CASE(queue_full)
{
    static struct producer producer;
    static struct consumer consumer;
    async_queue_init(&queue);
    start(ASYNC_CALL(producer, &producer));
    start(ASYNC_CALL(consumer, &consumer));
}

/* -- Masked interrupts -------------------------------------------------------- */

struct poster {
    ASYNC_FRAME;
};
ASYNC_DEF(poster)
{
    ASYNC_BEGIN;
    for (;;) {
        COUNT_MARK(RESUME);
        (void)async_flag_set(&flag);
        COUNT_MARK(PAUSE);
        COUNT_MARK(CYCLE);
        AWAIT(async_pause());
    }
    ASYNC_END;
}

CASE(masked_post)
{
    static struct poster poster;
    async_flag_init(&flag, &loop);
    start(ASYNC_CALL(wait_flag, &wait_flag));
    start(ASYNC_CALL(poster, &poster));
}

/* The tick does not go on, so that the sleepers only are there. */
static void masked_idle(unsigned n)
{
    use_interrupt();
    while (created <= n) {
        start(ASYNC_CALL(sleeper, &sleepers[created - 1], .first = 10));
    }
}

CASE(masked_idle_0)
{
    masked_idle(0);
}

CASE(masked_idle_1)
{
    masked_idle(1);
}

CASE(masked_idle_8)
{
    masked_idle(8);
}

/* --------------------------------------------------------------------------- */

int main(void)
{
    (void)async_loop_init(&loop, &port);
    count_case();
    return async_loop_run_forever(&loop);
}
