/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Cancels every task in every iteration, together with every task in every
 * iteration after, while they share a lock, a condition, a semaphore, an event
 * or a barrier. Whatever happens: every task ends, those that were not
 * cancelled have done all they had to do, and nobody is left in any list. */
#include "world.h"

enum { WORKERS = 4, ROUNDS = 2, TURNS = 18, LIMIT = 100 };
enum { ITEMS = 3 }; /* too few for all: then no notification may be lost */

static async_task_t tasks[WORKERS + 1]; /* the last one helps */
static async_lock_t lock;
static async_condition_t condition;
static async_semaphore_t semaphore;
static async_event_t event;
static async_barrier_t barrier;
static int items; /* what the condition is about */
static int inside, inside_max;
static int rounds[WORKERS]; /* done by each worker */

struct worker {
    ASYNC_FRAME;
    int id, round;
};
static struct worker workers[WORKERS];

struct helper {
    ASYNC_FRAME;
    int left;
};
static struct helper helper_frame;

static void spawn(int id, async_coro_t *coro)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id], coro), 0);
}

/* -- A lock and a semaphore ------------------------------------------------ */

static void enter(void)
{
    inside++;
    CHECK(inside <= inside_max);
}

ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        if (inside_max == 1) {
            AWAIT(async_lock_acquire(&lock));
        } else {
            AWAIT(async_semaphore_acquire(&semaphore));
        }
        ASYNC_TRY {
            enter();
            AWAIT(async_pause());
            rounds[self->id]++;
        }
        ASYNC_FINALLY {
            inside--;
            CHECK_INT(inside_max == 1 ? async_lock_release(&lock)
                                      : async_semaphore_release(&semaphore),
                      0);
        }
        ASYNC_END_FINALLY;
    }
    ASYNC_END;
}

static void start_with(int max)
{
    int id;
    inside_max = max;
    for (id = 0; id < WORKERS; id++) {
        spawn(id, ASYNC_CALL(worker, &workers[id], .id = id));
    }
}

static void setup_lock(void)
{
    start_with(1);
}

static void setup_semaphore(void)
{
    CHECK_INT(async_bounded_semaphore_init(&semaphore, 2), 0);
    start_with(2);
}

/* -- A condition ----------------------------------------------------------- */

struct consumer {
    ASYNC_FRAME;
    int id, round;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        AWAIT(async_lock_acquire(&lock));
        ASYNC_TRY {
            ASYNC_CONDITION_WAIT_FOR(&condition, items > 0);
            items--;
            rounds[self->id]++;
        }
        ASYNC_FINALLY {
            CHECK_INT(async_lock_release(&lock), 0);
        }
        ASYNC_END_FINALLY;
    }
    ASYNC_END;
}

struct producer {
    ASYNC_FRAME;
    int left;
};
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (self->left = ITEMS; self->left > 0; self->left--) {
        AWAIT(async_lock_acquire(&lock));
        items++;
        CHECK_INT(async_condition_notify(&condition, 1), 0);
        if (self->left % 2 == 0) { /* hold the lock while they want it */
            AWAIT(async_pause());
        }
        CHECK_INT(async_lock_release(&lock), 0);
    }
    ASYNC_END;
}

static void setup_condition(void)
{
    static struct consumer consumers[WORKERS];
    static struct producer producer;
    int id;
    for (id = 0; id < WORKERS; id++) {
        spawn(id, ASYNC_CALL(consumer, &consumers[id], .id = id));
    }
    spawn(WORKERS, ASYNC_CALL(producer, &producer));
}

/* -- An event and a barrier ------------------------------------------------ */

struct waiter {
    ASYNC_FRAME;
    int id, round;
    bool at_barrier;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        if (self->at_barrier) {
            AWAIT(async_barrier_wait(&barrier));
            CHECK(async_barrier_index(&barrier) < 2);
        } else {
            AWAIT(async_event_wait(&event));
        }
        rounds[self->id]++;
    }
    ASYNC_END;
}

static void start_waiters(bool at_barrier)
{
    static struct waiter waiters[WORKERS];
    int id;
    for (id = 0; id < WORKERS; id++) {
        spawn(id, ASYNC_CALL(waiter, &waiters[id], .id = id,
                             .at_barrier = at_barrier));
    }
}

ASYNC_DEF(helper)
{
    ASYNC_BEGIN;
    for (self->left = 2 * ROUNDS; self->left > 0; self->left--) {
        AWAIT(async_pause());
        AWAIT(async_pause());
        async_event_set(&event);
        async_event_clear(&event);
    }
    ASYNC_END;
}

static void setup_event(void)
{
    start_waiters(false);
    spawn(WORKERS, ASYNC_CALL(helper, &helper_frame));
}

static void setup_barrier(void)
{
    CHECK_INT(async_barrier_init(&barrier, 2), 0);
    start_waiters(true);
}

/* -- Running --------------------------------------------------------------- */

static void begin(void (*setup)(void))
{
    int id;
    world_begin();
    async_lock_init(&lock);
    async_condition_init(&condition, &lock);
    CHECK_INT(async_semaphore_init(&semaphore, 2), 0);
    async_event_init(&event);
    CHECK_INT(async_barrier_init(&barrier, 2), 0);
    items = inside = 0;
    for (id = 0; id < WORKERS; id++) {
        rounds[id] = 0;
    }
    setup();
}

/* Until all tasks have ended, or those that are left wait. */
static void run_out(void)
{
    async_tick_t deadline;
    bool has_deadline;
    int turn = 0;
    while (async_loop_run_once(&loop, &deadline, &has_deadline) != 0) {
        if (!CHECK(++turn < LIMIT)) {
            return;
        }
    }
}

/* Some may wait for those that were cancelled. */
static void end_waits(void)
{
    int id;
    CHECK(items == 0 || condition.waiters.first == NULL);
    async_barrier_abort(&barrier);
    for (id = 0; id < WORKERS; id++) {
        (void)async_task_cancel(&tasks[id]);
    }
    run_out();
}

static void end(unsigned cancelled, bool waits)
{
    int id;
    run_out();
    for (id = 0; id < WORKERS; id++) {
        if (!(cancelled >> id & 1u) && !waits) {
            CHECK_INT(rounds[id], ROUNDS);
        }
    }
    if (waits) {
        end_waits();
    }
    CHECK(async_all_tasks(&loop, NULL) == NULL);
    CHECK_INT(inside, 0);
    CHECK(!async_lock_locked(&lock) && lock.waiters.first == NULL);
    CHECK_INT(lock.heads, 0);
    CHECK(condition.waiters.first == NULL);
    CHECK_INT(async_semaphore_value(&semaphore), 2);
    CHECK(!async_semaphore_locked(&semaphore));
    CHECK(event.waiters.first == NULL);
    CHECK(barrier.waiters.first == NULL);
    CHECK_INT(barrier.count, 0);
    world_end();
}

struct strike {
    int task;
    unsigned turn;
};

/* True if the task was still there. */
static bool run_strikes(void (*setup)(void), struct strike first,
                        struct strike second)
{
    unsigned cancelled = 0;
    bool alive;
    begin(setup);
    turns(first.turn);
    alive = async_task_cancel(&tasks[first.task]) == 1;
    cancelled |= (alive ? 1u : 0u) << first.task;
    turns(second.turn - first.turn);
    if (async_task_cancel(&tasks[second.task]) == 1) {
        cancelled |= 1u << second.task;
    }
    end(cancelled, setup == setup_barrier || setup == setup_condition);
    return alive;
}

static void strike_everywhere(void (*setup)(void))
{
    struct strike first, second;
    unsigned long step = 0, hits = 0;
    for (first.task = 0; first.task < WORKERS; first.task++) {
        for (first.turn = 0; first.turn < TURNS; first.turn++) {
            for (second.task = 0; second.task < WORKERS; second.task++) {
                for (second.turn = first.turn; second.turn < TURNS;
                     second.turn++) {
                    if (world_step(++step)) {
                        hits += run_strikes(setup, first, second);
                    }
                }
            }
        }
    }
    CHECK(hits > 0);
    check_.step = 0;
}

/* SEM LK-10 */
static void strike_a_lock(void)
{
    strike_everywhere(setup_lock);
}

/* SEM CO-09 LK-10 */
static void strike_a_condition(void)
{
    strike_everywhere(setup_condition);
}

/* SEM SE-09 */
static void strike_a_semaphore(void)
{
    strike_everywhere(setup_semaphore);
}

/* SEM EV-04 */
static void strike_an_event(void)
{
    strike_everywhere(setup_event);
}

/* SEM BA-11 */
static void strike_a_barrier(void)
{
    strike_everywhere(setup_barrier);
}

static const struct test tests[] = {
    TEST(strike_a_lock),
    TEST(strike_a_condition),
    TEST(strike_a_semaphore),
    TEST(strike_an_event),
    TEST(strike_a_barrier),
};
TEST_MAIN(tests)
