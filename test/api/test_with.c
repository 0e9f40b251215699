/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* ASYNC_WITH: the library's managers, one's own, and how a block is left. */
#include "world.h"

enum how { ENDS, RETURNS, RAISES, WAITS };

struct door { /* a manager of one's own */
    ASYNC_FRAME;
    int16_t *block; /* how the block ended; 0 for the one that opens */
    int fails;
    bool swallows;
};
ASYNC_DEF(door)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(1));
    note_var(self->block == NULL ? "open" : "close");
    if (self->block != NULL) {
        note_n("", *self->block < 0 ? *self->block : 0);
        if (self->swallows && *self->block < 0) {
            *self->block = 0;
        }
    }
    if (self->fails != 0) {
        ASYNC_RAISE(self->fails);
    }
    ASYNC_END;
}

struct visit {
    ASYNC_FRAME;
    struct door door;
    enum how how;
    int enter_fails, leave_fails;
    bool swallows;
    int16_t end;
};
ASYNC_DEF(visit)
{
    ASYNC_BEGIN;
    ASYNC_WITH_CALL(self->end,
                    ASYNC_CALL(door, &self->door, .fails = self->enter_fails),
                    ASYNC_CALL(door, &self->door, .fails = self->leave_fails,
                               .swallows = self->swallows,
                               .block = &self->end)) {
        note("in");
        if (self->how == RETURNS) {
            ASYNC_RETURN;
        }
        if (self->how == RAISES) {
            ASYNC_RAISE(ASYNC_ERR_USER);
        }
        if (self->how == WAITS) {
            AWAIT(async_sleep_ms(100));
        }
    } ASYNC_END_WITH;
    note("behind");
    ASYNC_END;
}

static struct visit visit_frame;
static async_task_t task;

static int go(async_coro_t *coro)
{
    world_begin();
    return async_run(&loop, coro);
}
#define VISIT(...) go(ASYNC_CALL(visit, &visit_frame, __VA_ARGS__))

/* SEM W-01 W-02 W-03 W-04 */
static void own_manager(void)
{
    CHECK_INT(VISIT(.how = ENDS), 0);
    CHECK_TRACE("open in close 0 behind");
    CHECK_INT(VISIT(.how = RETURNS), 0);
    CHECK_TRACE("open in close 0");
    CHECK_INT(VISIT(.how = RAISES), ASYNC_ERR_USER);
    CHECK_TRACE("open in close -100");
    CHECK_INT(VISIT(.how = RAISES, .swallows = true), 0);
    CHECK_TRACE("open in close -100 behind");
    CHECK_INT(VISIT(.how = RAISES, .leave_fails = ASYNC_ERR_VALUE),
              ASYNC_ERR_VALUE);
    CHECK_TRACE("open in close -100");
    CHECK_INT(VISIT(.how = RETURNS, .leave_fails = ASYNC_ERR_VALUE),
              ASYNC_ERR_VALUE);
    CHECK_TRACE("open in close 0");
    CHECK_INT(VISIT(.how = ENDS, .enter_fails = ASYNC_ERR_TYPE),
              ASYNC_ERR_TYPE);
    CHECK_TRACE("open");
}

/* SEM W-01 */
static void cancelled(void)
{
    world_begin();
    CHECK_INT(async_loop_create_task(
                  &loop, &task, ASYNC_CALL(visit, &visit_frame, .how = WAITS)),
              0);
    while (world_time() < 3) {
        sim.time++;
        turns(3);
    }
    async_task_cancel(&task);
    CHECK_INT(async_loop_run_until_complete(&loop, &task.future),
              ASYNC_ERR_CANCELLED);
    CHECK_TRACE("open in close -1");
    world_end();
}

static async_lock_t lock;
static async_condition_t condition;
static async_semaphore_t semaphore;
static async_barrier_t barrier;

struct holder {
    ASYNC_FRAME;
    enum how how;
    bool again; /* gives back what the block will give back */
};
ASYNC_DEF(holder)
{
    ASYNC_BEGIN;
    ASYNC_WITH(&condition) {
        CHECK(async_lock_locked(&lock));
        AWAIT(async_pause());
    } ASYNC_END_WITH;
    CHECK(!async_lock_locked(&lock));
    ASYNC_WITH(&barrier) {
        note("barrier");
    } ASYNC_END_WITH;
    ASYNC_WITH(&semaphore) {
        ASYNC_WITH(&lock) {
            CHECK(async_lock_locked(&lock) &&
                  async_semaphore_value(&semaphore) == 1);
            AWAIT(async_pause());
            if (self->again) {
                CHECK_INT(async_lock_release(&lock), 0);
            }
            if (self->how == RETURNS) {
                ASYNC_RETURN;
            }
            if (self->how == RAISES) {
                ASYNC_RAISE(ASYNC_ERR_USER);
            }
        } ASYNC_END_WITH;
        note("between");
    } ASYNC_END_WITH;
    note("behind");
    ASYNC_END;
}

static int hold(enum how how, bool again)
{
    static struct holder frame;
    int status;
    async_lock_init(&lock);
    async_condition_init(&condition, &lock);
    (void)async_semaphore_init(&semaphore, 2);
    (void)async_barrier_init(&barrier, 1);
    status = go(ASYNC_CALL(holder, &frame, .how = how, .again = again));
    CHECK(!async_lock_locked(&lock));
    CHECK_INT((int)async_semaphore_value(&semaphore), 2);
    return status;
}

/* SEM W-01 W-02 W-05 */
static void the_library_s_managers(void)
{
    CHECK_INT(hold(ENDS, false), 0);
    CHECK_TRACE("barrier between behind");
    CHECK_INT(hold(RETURNS, false), 0);
    CHECK_TRACE("barrier");
    CHECK_INT(hold(RAISES, false), ASYNC_ERR_USER);
    CHECK_TRACE("barrier");
    CHECK_INT(hold(RAISES, true), ASYNC_ERR_RUNTIME);
    CHECK_TRACE("barrier");
}

struct source {
    ASYNC_AGENERATOR(int);
};
ASYNC_DEF(source)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(1);
    ASYNC_YIELD(2);
    ASYNC_CLEANUP;
    AWAIT(async_sleep_ms(1));
    note("closed");
    ASYNC_END;
}

struct reader {
    ASYNC_FRAME;
    struct source source;
    enum how how;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    async_agenerator_init(ASYNC_CALL(source, &self->source));
    ASYNC_WITH_CLOSING(&self->source) {
        AWAIT(async_anext(&self->source));
        if (self->how == RETURNS) {
            ASYNC_RETURN;
        }
        if (self->how == RAISES) {
            ASYNC_RAISE(ASYNC_ERR_USER);
        }
    } ASYNC_END_WITH;
    note("behind");
    ASYNC_END;
}

/* SEM W-06 */
static void closing(void)
{
    static struct reader frame;
    CHECK_INT(go(ASYNC_CALL(reader, &frame, .how = ENDS)), 0);
    CHECK_TRACE("closed behind");
    CHECK_INT(go(ASYNC_CALL(reader, &frame, .how = RETURNS)), 0);
    CHECK_TRACE("closed");
    CHECK_INT(go(ASYNC_CALL(reader, &frame, .how = RAISES)), ASYNC_ERR_USER);
    CHECK_TRACE("closed");
}

static const struct test tests[] = {
    TEST(own_manager),
    TEST(cancelled),
    TEST(the_library_s_managers),
    TEST(closing),
};
TEST_MAIN(tests)
