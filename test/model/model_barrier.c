/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Barriers, with a reset or an abort from an interrupt. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

enum { ROUNDS = 2 };

static async_barrier_t barrier;
static async_post_t post;

static void interrupt(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
}

struct member {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct member members[TASKS];
static int passes;
static unsigned seen; /* indices of this round */

/* Each index comes once in a round, unless somebody was cancelled. */
static void note_pass(int index)
{
    int parties = async_barrier_parties(&barrier);
    CHECK(index >= 0 && index < parties);
    if (!is_disturbed()) {
        CHECK((seen >> index & 1u) == 0);
        seen |= 1u << index;
        seen = ++passes % parties == 0 ? 0 : seen;
    } else {
        passes++;
    }
}

ASYNC_DEF(member)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        AWAIT(async_sleep_ticks((async_delay_t)self->id));
        point();
        AWAIT(async_barrier_wait(&barrier));
        CHECK(!async_barrier_broken(&barrier));
        note_pass(async_barrier_index(&barrier));
        say(self->id, "pass");
        point();
    }
    ASYNC_END;
}

static int on_reset(async_handle_t *handle)
{
    (void)handle;
    async_barrier_reset(&barrier);
    return 0;
}

static int on_abort(async_handle_t *handle)
{
    (void)handle;
    async_barrier_abort(&barrier);
    CHECK(async_barrier_broken(&barrier));
    return 0;
}

static void start_members(async_run_fn run)
{
    unsigned i;
    passes = 0;
    seen = 0;
    async_post_init(&post, run);
    for (i = 0; i < model.scenario->tasks; i++) {
        spawn(i, ASYNC_CALL(member, &members[i], .id = i));
    }
}

static void start_barrier(void)
{
    start_members(on_reset);
}

static void start_broken_barrier(void)
{
    start_members(on_abort);
}

static void init_barrier(void)
{
    SCRUB(&barrier);
    CHECK_INT(async_barrier_init(&barrier, 2), 0);
}

static void init_barrier_of_3(void)
{
    SCRUB(&barrier);
    CHECK_INT(async_barrier_init(&barrier, 3), 0);
}

static void quiet_barrier(void)
{
    CHECK(async_barrier_n_waiting(&barrier) < async_barrier_parties(&barrier));
    CHECK_INT(barrier.count, async_barrier_n_waiting(&barrier));
    CHECK(barrier.waiters.first == NULL || barrier.count > 0);
}

static bool some_broken(void)
{
    unsigned i, count = 0;
    for (i = 0; i < model.scenario->tasks; i++) {
        count += async_future_result(&tasks[i].future, NULL) ==
                 ASYNC_ERR_BROKEN_BARRIER;
    }
    return count > 0;
}

static void clean_barrier(void)
{
    CHECK(barrier.waiters.first == NULL);
    CHECK_INT(barrier.count, 0);
    CHECK(model.struck != 0 || some_broken() ||
          passes % async_barrier_parties(&barrier) == 0);
    if (async_barrier_broken(&barrier)) {
        CHECK(model.interrupted);
        async_barrier_reset(&barrier);
    }
    CHECK_INT(barrier.state, ASYNC_BARRIER_FILLING_);
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(barrier, 4, STARVES, ASYNC_ERR_BROKEN_BARRIER, init_barrier,
      start_barrier, interrupt, quiet_barrier, clean_barrier)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(broken_barrier, 4, STARVES, ASYNC_ERR_BROKEN_BARRIER, init_barrier,
      start_broken_barrier, interrupt, quiet_barrier, clean_barrier)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(barrier_of_3, 3, STARVES, ASYNC_ERR_BROKEN_BARRIER, init_barrier_of_3,
      start_barrier, interrupt, quiet_barrier, clean_barrier)

static const struct test tests[] = {
    TEST(sweep_barrier),
    TEST(sweep_barrier_of_3),
    TEST(sweep_broken_barrier),
};
MODEL_MAIN(tests)
