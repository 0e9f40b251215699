/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Asynchronous generators, async for, async with, sleeping, and a program that
 * uses a bit of everything. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

static async_lock_t lock;
static async_semaphore_t semaphore;
static async_event_t event;
static int inside, opened;

static void init(void)
{
    inside = opened = 0;
    async_lock_init(&lock);
    async_event_init(&event);
    CHECK_INT(async_semaphore_init(&semaphore, 2), 0);
}

static void clean(void)
{
    CHECK_INT(inside, 0);
    CHECK_INT(opened, 0);
    CHECK(lock.waiters.first == NULL && lock.heads == 0);
    CHECK_INT(lock.state, ASYNC_LOCK_FREE_);
    CHECK(semaphore.waiters.first == NULL && semaphore.woken == 0);
    CHECK_INT(semaphore.value, 2);
    CHECK(event.waiters.first == NULL);
}

/* -- Generators ----------------------------------------------------------- */

/* Yields some numbers, each after a while; has something open meanwhile. */
struct source {
    ASYNC_AGENERATOR(int);
    int left;
};
ASYNC_DEF(source)
{
    ASYNC_BEGIN;
    opened++;
    ASYNC_TRY {
        for (; self->left > 0; self->left--) {
            if (self->left % 2 == 0) {
                AWAIT(async_sleep_ticks(1));
            }
            ASYNC_YIELD(self->left);
        }
    }
    ASYNC_FINALLY {
        opened--;
        AWAIT(async_pause());
    }
    ASYNC_END_FINALLY;
    ASYNC_END;
}

struct reader {
    ASYNC_FRAME;
    unsigned id;
    int sum;
    struct source source;
};
static struct reader readers[TASKS];
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    async_agenerator_init(ASYNC_CALL(source, &self->source, .left = 3));
    ASYNC_WITH_CLOSING(&self->source) {
        ASYNC_FOR(async_anext(&self->source)) {
            self->sum += self->source.value;
            say(self->id, "item");
            point();
            ASYNC_WITH(&lock) {
                CHECK_INT(++inside, 1);
                ASYNC_TRY {
                    AWAIT(async_pause());
                }
                ASYNC_FINALLY {
                    inside--;
                }
                ASYNC_END_FINALLY;
            } ASYNC_END_WITH;
            if (self->id == 2) {
                break; /* leaves it unfinished */
            }
        }
        ASYNC_ELSE {
            CHECK_INT(self->sum, 6);
            say(self->id, "all");
        }
        ASYNC_END_ELSE;
    } ASYNC_END_WITH;
    CHECK(self->id == 2 || self->sum == 6);
    say(self->id, "end");
    ASYNC_CLEANUP;
    SCRUB(&self->source);
    ASYNC_END;
}

static void start_readers(void)
{
    unsigned i;
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(reader, &readers[i], .id = i));
    }
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(generator, 3, 0, 0, init, start_readers, NULL, NULL, clean)

/* -- with ----------------------------------------------------------------- */

struct open {
    ASYNC_FRAME;
    bool closes;
};
ASYNC_DEF(open)
{
    ASYNC_BEGIN;
    if (self->closes) {
        opened--;
        AWAIT(async_pause());
    } else {
        AWAIT(async_sleep_ticks(1));
        opened++; /* last, so that it is done or not */
    }
    ASYNC_END;
}

struct holder {
    ASYNC_FRAME;
    unsigned id;
    int16_t end;
    struct open open;
};
static struct holder holders[TASKS];
ASYNC_DEF(holder)
{
    ASYNC_BEGIN;
    arrive(self->id);
    ASYNC_WITH(&semaphore) {
        enter(self->id);
        CHECK(++inside <= 2);
        ASYNC_TRY {
            ASYNC_WITH_CALL(self->end, ASYNC_CALL(open, &self->open),
                            ASYNC_CALL(open, &self->open, .closes = true)) {
                say(self->id, "open");
                point();
                ASYNC_WITH(&lock) {
                    AWAIT(async_sleep_ticks(1));
                } ASYNC_END_WITH;
            } ASYNC_END_WITH;
        }
        ASYNC_FINALLY {
            inside--;
        }
        ASYNC_END_FINALLY;
    } ASYNC_END_WITH;
    say(self->id, "closed");
    ASYNC_END;
}

static void start_holders(void)
{
    unsigned i;
    for (i = 0; i < 4; i++) {
        spawn(i, ASYNC_CALL(holder, &holders[i], .id = i));
    }
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-05 INV-06 INV-09 INV-11 */
SWEEP(with, 4, 0, 0, init, start_holders, NULL, NULL, clean)

/* -- Sleeping ------------------------------------------------------------- */

struct sleeper {
    ASYNC_FRAME;
    unsigned id;
    int i;
    async_tick_t begun;
    async_ticker_t ticker;
};
static struct sleeper sleepers[TASKS];
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    self->begun = sim.time;
    CHECK_INT(async_ticker_init_ticks(&self->ticker, &loop, 2), 0);
    for (self->i = 1; self->i <= 3; self->i++) {
        if (self->id == 0) {
            AWAIT(async_ticker_wait(&self->ticker));
        } else if (self->id == 1) {
            AWAIT(async_sleep_until(self->begun + 2 * (async_tick_t)self->i));
        } else {
            AWAIT(async_sleep_ticks(self->id == 2 ? 2 : 0));
        }
        CHECK_INT(sim.time - self->begun, self->id == 3 ? 0 : 2 * self->i);
        say(self->id, "awake");
    }
    ASYNC_END;
}

static void start_sleepers(void)
{
    unsigned i;
    for (i = 0; i < 4; i++) {
        spawn(i, ASYNC_CALL(sleeper, &sleepers[i], .id = i));
    }
}

/* SEM INV-01 INV-04 INV-06 INV-07 INV-09 */
SWEEP(sleep, 4, 0, 0, init, start_sleepers, NULL, NULL, clean)

/* -- A bit of everything -------------------------------------------------- */

static ASYNC_QUEUE(int, 2) queue;
static async_child_t kids[TASKS];
static async_post_t post;
static unsigned made, got, used;

/* Takes what comes within a while, and works on it in turns. */
struct worker {
    ASYNC_FRAME;
    unsigned id;
    int item, err;
    struct async_queue_get get;
    async_wait_for_t limit;
};
static struct worker workers[TASKS];
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    AWAIT(async_event_wait(&event));
    for (;;) {
        self->item = -1;
        AWAIT_STATUS(self->err, async_wait_for_ticks(
            &self->limit, ASYNC_CALL_GET(&self->get, &queue, &self->item), 3));
        if (self->item >= 0) { /* even if it is told to end now */
            CHECK((got >> self->item & 1u) == 0);
            got |= 1u << self->item;
            say(self->id, "got");
        }
        if (self->err == ASYNC_ERR_TIMEOUT) {
            break;
        }
        if (self->err != 0) {
            ASYNC_RAISE(self->err);
        }
        ASYNC_TRY {
            ASYNC_WITH(&lock) {
                CHECK_INT(++inside, 1);
                ASYNC_TRY {
                    AWAIT(async_sleep_ticks(1));
                    used |= 1u << self->item;
                }
                ASYNC_FINALLY {
                    inside--;
                }
                ASYNC_END_FINALLY;
            } ASYNC_END_WITH;
        }
        ASYNC_FINALLY {
            CHECK_INT(async_queue_task_done(&queue), 0);
        }
        ASYNC_END_FINALLY;
    }
    say(self->id, "end");
    ASYNC_END;
}

struct manager {
    ASYNC_FRAME;
    int i, err;
    async_taskgroup_t group;
    async_timeout_t limit;
};
static struct manager manager_frame;
ASYNC_DEF(manager)
{
    ASYNC_BEGIN;
    ASYNC_GROUP(&self->group) {
        for (self->i = 1; self->i <= 2; self->i++) {
            CHECK_INT(async_taskgroup_create_task(
                &self->group, &kids[self->i],
                ASYNC_CALL(worker, &workers[self->i],
                           .id = (unsigned)self->i)), 0);
        }
        async_event_set(&event);
        ASYNC_TRY {
            ASYNC_TIMEOUT_TICKS(&self->limit, 9) {
                for (self->i = 0; self->i < 5; self->i++) {
                    ASYNC_PUT(&queue, self->i);
                    made |= 1u << self->i;
                    say(0, "put");
                    point();
                }
                AWAIT(async_queue_join(&queue));
            } ASYNC_END_TIMEOUT;
        }
        ASYNC_EXCEPT_WHEN(self->err, self->err == ASYNC_ERR_TIMEOUT) {
            CHECK(is_disturbed()); /* the workers are gone */
        }
        ASYNC_END_EXCEPT;
    } ASYNC_END_GROUP;
    say(0, "left");
    ASYNC_END;
}

/* An interrupt that brings one more element, if there is room. */
static int on_element(async_handle_t *handle)
{
    (void)handle;
    if (async_queue_put_nowait(&queue, 9) == 0) {
        made |= 1u << 9;
    }
    return 0;
}

static void interrupt(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
}

static void init_program(void)
{
    unsigned i;
    init();
    async_queue_init(&queue);
    __builtin_memset((void *)kids, 0, sizeof kids);
    victims[1] = &kids[1].task;
    victims[2] = &kids[2].task;
    made = got = used = 0;
    for (i = 0; i < TASKS; i++) {
        workers[i].item = -1;
    }
}

static void start_program(void)
{
    async_post_init(&post, on_element);
    async_event_clear(&event);
    spawn(0, ASYNC_CALL(manager, &manager_frame));
}

static void clean_program(void)
{
    int item;
    clean();
    CHECK(queue.queue.sides[0].waiters.first == NULL);
    CHECK(queue.queue.sides[1].waiters.first == NULL);
    CHECK(queue.queue.joiners.first == NULL);
    while (async_queue_get_nowait(&queue, &item) == 0) {
        CHECK((got >> item & 1u) == 0);
        got |= 1u << item;
        CHECK_INT(async_queue_task_done(&queue), 0);
    }
    CHECK_INT(got, made);
    CHECK(is_disturbed() || used == 0x1fu);
    CHECK_INT(queue.queue.unfinished, 0);
    made = got = used = 0;
}

/* SEM INV-01 INV-02 INV-03 INV-04 INV-06 INV-08 INV-09 INV-11 */
SWEEP(program, 3, SPREADS, 0, init_program, start_program, interrupt, NULL,
      clean_program)

static const struct test tests[] = {
    TEST(sweep_generator),
    TEST(sweep_with),
    TEST(sweep_sleep),
    TEST(sweep_program),
};
MODEL_MAIN(tests)
