/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Locks, conditions, semaphores and events. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

enum { ROUNDS = 2 };

static async_lock_t lock;
static async_condition_t not_empty, not_full;
static async_semaphore_t semaphore;
static async_event_t event;
static async_post_t post;
static int inside, inside_max;
static int made, items, used; /* what the conditions are about */
static int given;             /* units from interrupts */

static void init(void)
{
    SCRUB(&lock);
    SCRUB(&not_empty);
    SCRUB(&event);
    async_lock_init(&lock);
    async_condition_init(&not_empty, &lock);
    async_condition_init(&not_full, &lock);
    async_event_init(&event);
    inside = made = items = used = given = 0;
}

static void interrupt(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
}

/* -- Lock ----------------------------------------------------------------- */

struct locker {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct locker lockers[TASKS];
ASYNC_DEF(locker)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        arrive(self->id);
        AWAIT(async_lock_acquire(&lock));
        enter(self->id);
        say(self->id, "in");
        ASYNC_TRY {
            CHECK_INT(++inside, 1);
            point();
            if (self->round == 0) {
                AWAIT(async_pause());
            } else {
                AWAIT(async_sleep_ticks(1 + (async_delay_t)self->id % 2));
            }
        }
        ASYNC_FINALLY {
            CHECK_INT(--inside, 0);
            point();
            CHECK_INT(async_lock_release(&lock), 0);
            point();
        }
        ASYNC_END_FINALLY;
    }
    say(self->id, "out");
    ASYNC_END;
}

static void start_lock(void)
{
    unsigned i;
    for (i = 0; i < 4; i++) {
        spawn(i, ASYNC_CALL(locker, &lockers[i], .id = i));
    }
}

static void quiet_lock(void)
{
    CHECK(lock.waiters.first == NULL || async_lock_locked(&lock));
    CHECK(lock.state != ASYNC_LOCK_RESERVED_);
    CHECK_INT(lock.heads, 0);
}

static void clean_lock(void)
{
    CHECK_INT(inside, 0);
    CHECK(lock.waiters.first == NULL);
    CHECK_INT(lock.heads, 0);
    CHECK_INT(lock.state, ASYNC_LOCK_FREE_);
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-05 INV-06 INV-07 INV-09 INV-12 */
SWEEP(lock, 4, 0, 0, init, start_lock, NULL, quiet_lock, clean_lock)

/* Task 0 takes the lock and leaves it to an interrupt to release it. */
static int on_release(async_handle_t *handle)
{
    (void)handle;
    if (inside == 0 && async_lock_locked(&lock)) {
        CHECK_INT(async_lock_release(&lock), 0);
    }
    return 0;
}

static void release_interrupt(async_sim_interrupt_t *i)
{
    (void)i;
    interrupt();
}

static void start_handed_lock(void)
{
    static async_sim_interrupt_t release;
    release.pending = false;
    async_post_init(&post, on_release);
    CHECK_INT(async_sim_at(&sim, &release, sim.time + 3, release_interrupt), 0);
    lock.state = ASYNC_LOCK_LOCKED_; /* somebody has it who is not a task */
    start_lock();
}

/* SEM INV-01 INV-03 INV-04 INV-08 */
SWEEP(handed_lock, 3, 0, 0, init, start_handed_lock, interrupt, quiet_lock,
      clean_lock)

/* -- Condition ------------------------------------------------------------ */

/* Takes two items when there are some, guarded by the lock. */
struct consumer {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct consumer consumers[TASKS];
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        ASYNC_WITH(&lock) {
            ASYNC_CONDITION_WAIT_FOR(&not_empty, items > 0);
            CHECK(async_lock_locked(&lock));
            point();
            items--;
            used++;
            say(self->id, "use");
            CHECK_INT(async_condition_notify(&not_full, 1), 0);
            point();
        } ASYNC_END_WITH;
    }
    ASYNC_END;
}

struct producer {
    ASYNC_FRAME;
    unsigned id, left;
    bool all; /* notifies all, and does not look for room */
};
static struct producer producers[TASKS];
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (; self->left > 0; self->left--) {
        ASYNC_WITH(&lock) {
            if (!self->all) {
                ASYNC_CONDITION_WAIT_FOR(&not_full, items == 0);
            }
            items++;
            made++;
            say(self->id, "make");
            point();
            CHECK_INT(self->all ? async_condition_notify_all(&not_empty)
                                : async_condition_notify(&not_empty, 1), 0);
            if (self->left % 2 == 0) { /* keeps the lock they want */
                AWAIT(async_sleep_ticks(1));
            }
        } ASYNC_END_WITH;
    }
    ASYNC_END;
}

static void start_condition(void)
{
    unsigned i;
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(consumer, &consumers[i], .id = i));
    }
    spawn(3, ASYNC_CALL(producer, &producers[3], .id = 3, .left = 3 * ROUNDS,
                        .all = true));
}

static void start_shared_lock(void)
{
    unsigned i;
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(consumer, &consumers[i], .id = i));
        spawn(i + 2, ASYNC_CALL(producer, &producers[i], .id = i + 2,
                                .left = ROUNDS));
    }
}

static void quiet_condition(void)
{
    quiet_lock();
    if (!async_lock_locked(&lock)) { /* else who was notified waits for that */
        CHECK(not_empty.waiters.first == NULL || items == 0);
        CHECK(not_full.waiters.first == NULL || items != 0);
    }
}

static void clean_condition(void)
{
    clean_lock();
    CHECK(not_empty.waiters.first == NULL);
    CHECK(not_full.waiters.first == NULL);
    CHECK_INT(items, made - used);
    items = made = used = 0;
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-06 INV-09 */
SWEEP(condition, 4, STARVES | LINGERS, 0, init, start_condition, NULL,
      quiet_condition, clean_condition)

/* SEM INV-01 INV-02 INV-03 INV-04 INV-06 INV-09 */
SWEEP(shared_lock, 4, STARVES | LINGERS, 0, init, start_shared_lock, NULL,
      quiet_condition, clean_condition)

/* -- Semaphores ----------------------------------------------------------- */

struct user {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct user users[TASKS];
ASYNC_DEF(user)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        arrive(self->id);
        AWAIT(async_semaphore_acquire(&semaphore));
        enter(self->id);
        say(self->id, "in");
        ASYNC_TRY {
            CHECK(++inside <= inside_max + given);
            point();
            AWAIT(async_sleep_ticks((async_delay_t)(self->id % 3)));
        }
        ASYNC_FINALLY {
            inside--;
            CHECK_INT(async_semaphore_release(&semaphore), 0);
            point();
        }
        ASYNC_END_FINALLY;
    }
    say(self->id, "out");
    ASYNC_END;
}

static int on_unit(async_handle_t *handle)
{
    (void)handle;
    if (semaphore.limit == ~0u) {
        given++;
        CHECK_INT(async_semaphore_release(&semaphore), 0);
    } else if (semaphore.value == semaphore.limit) {
        CHECK_INT(async_semaphore_release(&semaphore), ASYNC_ERR_VALUE);
    }
    return 0;
}

static void start_semaphore(void)
{
    unsigned i;
    async_post_init(&post, on_unit);
    for (i = 0; i < 4; i++) {
        spawn(i, ASYNC_CALL(user, &users[i], .id = i));
    }
}

static void init_semaphore(void)
{
    init();
    inside_max = 2;
    SCRUB(&semaphore);
    CHECK_INT(async_semaphore_init(&semaphore, 2), 0);
}

static void init_bounded(void)
{
    init();
    inside_max = 2;
    SCRUB(&semaphore);
    CHECK_INT(async_bounded_semaphore_init(&semaphore, 2), 0);
}

static void quiet_semaphore(void)
{
    CHECK(semaphore.waiters.first == NULL || semaphore.value == 0);
    CHECK_INT(semaphore.woken, 0);
}

static void clean_semaphore(void)
{
    CHECK_INT(inside, 0);
    CHECK(semaphore.waiters.first == NULL);
    CHECK_INT(semaphore.value, 2 + given);
    CHECK_INT(semaphore.woken, 0);
    semaphore.value -= (unsigned)given;
    given = 0;
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(semaphore, 4, 0, 0, init_semaphore, start_semaphore, interrupt,
      quiet_semaphore, clean_semaphore)

/* SEM INV-01 INV-02 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(bounded, 4, 0, 0, init_bounded, start_semaphore, interrupt,
      quiet_semaphore, clean_semaphore)

/* -- Event ---------------------------------------------------------------- */

struct waiter {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct waiter waiters[TASKS];
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        point();
        AWAIT(async_event_wait(&event));
        say(self->id, "go");
        AWAIT(async_pause());
    }
    ASYNC_END;
}

struct setter {
    ASYNC_FRAME;
    int left;
};
static struct setter setter_frame;
ASYNC_DEF(setter)
{
    ASYNC_BEGIN;
    for (; self->left > 0; self->left--) {
        AWAIT(async_sleep_ticks(2));
        async_event_set(&event);
        point();
        if (self->left % 2 == 0) {
            AWAIT(async_sleep_ticks(1));
        }
        async_event_clear(&event);
        point();
    }
    async_event_set(&event);
    ASYNC_END;
}

static int on_event(async_handle_t *handle)
{
    (void)handle;
    async_event_set(&event);
    return 0;
}

static void start_event(void)
{
    unsigned i;
    async_post_init(&post, on_event);
    async_event_clear(&event);
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(waiter, &waiters[i], .id = i));
    }
    spawn(3, ASYNC_CALL(setter, &setter_frame, .left = 2));
}

static void quiet_event(void)
{
    CHECK(event.waiters.first == NULL || !async_event_is_set(&event));
}

static void clean_event(void)
{
    CHECK(event.waiters.first == NULL);
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(event, 4, STARVES, 0, init, start_event, interrupt, quiet_event,
      clean_event)

static const struct test tests[] = {
    TEST(sweep_lock),
    TEST(sweep_handed_lock),
    TEST(sweep_condition),
    TEST(sweep_shared_lock),
    TEST(sweep_semaphore),
    TEST(sweep_bounded),
    TEST(sweep_event),
};
MODEL_MAIN(tests)
