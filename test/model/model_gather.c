/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* gather, wait, as_completed, shield: what is waited for is not lost, and told
 * nothing that it should not be told. Task 0 waits for tasks 1 to 3. */
#define ASYNC_IMPLEMENTATION
#include "child.h"

static unsigned seen;
static int items;

static void init(void)
{
    live = 0;
}

static void start_children(int status)
{
    spawn(1, CHILD(1, 3, 0));
    spawn(2, CHILD(2, 1, status));
    spawn(3, CHILD(3, 2, 0));
}

static unsigned ended(void)
{
    unsigned i, count = 0;
    for (i = 1; i <= 3; i++) {
        count += async_future_done(&tasks[i].future);
    }
    return count;
}

/* Whether one of the children has ended with a status. */
static bool some_ended(int status)
{
    return status_of(1) == status || status_of(2) == status ||
           status_of(3) == status;
}

/* -- gather --------------------------------------------------------------- */

struct gatherer {
    ASYNC_FRAME;
    int fails, err;
    bool all;
    ASYNC_GATHER_FUTURES(3) gather;
};
static struct gatherer gatherer_frame;
ASYNC_DEF(gatherer)
{
    ASYNC_BEGIN;
    point();
    start_children(self->fails);
    point();
    if (self->all) {
        AWAIT_STATUS(self->err, async_gather_return_exceptions(
            &self->gather, &tasks[1], &tasks[2], &tasks[3]));
    } else {
        AWAIT_STATUS(self->err, async_gather(&self->gather, &tasks[1],
                                             &tasks[2], &tasks[3]));
    }
    say(0, "gathered");
    note_n("=", self->err);
    if (self->err == 0) {
        CHECK_INT(ended(), 3);
        CHECK(self->all || (status_of(1) == 0 && status_of(2) == 0 &&
                            status_of(3) == 0));
        CHECK_INT(async_gather_status(&self->gather, 1), status_of(2));
    } else if (self->err == ASYNC_ERR_CANCELLED) {
        CHECK(is_told() || some_ended(ASYNC_ERR_CANCELLED));
        CHECK(!self->all || is_told());
        ASYNC_RAISE(self->err);
    } else {
        CHECK(!self->all && some_ended(self->err));
        if (is_told()) { /* the error was first */
            ASYNC_RAISE(self->err);
        }
    }
    ASYNC_CLEANUP;
    SCRUB(&self->gather);
    ASYNC_END;
}

static void start_gather(void)
{
    spawn(0, ASYNC_CALL(gatherer, &gatherer_frame));
}

static void start_failing_gather(void)
{
    spawn(0, ASYNC_CALL(gatherer, &gatherer_frame, .fails = OOPS));
}

static void start_gather_all(void)
{
    spawn(0, ASYNC_CALL(gatherer, &gatherer_frame, .fails = OOPS, .all = true));
}

/* What happens to a child does not end the others. */
static void clean_gather(void)
{
    unsigned i;
    clean_children();
    for (i = 1; i <= 3; i++) {
        CHECK(tasks[i].future.context.flags == 0 || is_struck(0) ||
              is_struck(i) || status_of(i) == 0 || status_of(i) == OOPS);
    }
}

/* SEM INV-01 INV-04 INV-06 INV-07 INV-09 INV-11 INV-12 INV-13 */
SWEEP(gather, 4, SPREADS, 0, init, start_gather, NULL, NULL, clean_gather)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(failing_gather, 4, SPREADS, OOPS, init, start_failing_gather, NULL, NULL,
      clean_gather)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(gather_all, 4, SPREADS, OOPS, init, start_gather_all, NULL, NULL,
      clean_gather)

/* A gather in a gather, of coroutines, tasks and a future. */
static async_future_t future;

struct nester {
    ASYNC_FRAME;
    int err;
    ASYNC_GATHER(2) inner, outer;
    ASYNC_GATHER(1) coro;
};
static struct nester nester_frame;
ASYNC_DEF(nester)
{
    ASYNC_BEGIN;
    async_future_init(&future, &loop);
    spawn(1, CHILD(1, 2, 0));
    spawn(2, CHILD(2, 3, OOPS));
    AWAIT_STATUS(self->err, async_gather(
        &self->outer,
        async_gather_return_exceptions(&self->inner, &tasks[1], &tasks[2]),
        async_gather(&self->coro, CHILD(3, 1, 0))));
    say(0, "nested");
    note_n("=", self->err);
    if (self->err != 0) {
        ASYNC_RAISE(self->err);
    }
    SCRUB(&self->outer);
    AWAIT(async_gather(&self->inner, CHILD(4, 1, 0), &future));
    ASYNC_END;
}

static int on_result(async_handle_t *handle)
{
    (void)handle;
    if (future.loop == &loop && !async_future_done(&future)) {
        CHECK_INT(async_future_set_result(&future, NULL), 0);
    }
    return 0;
}

static async_post_t post;

static void set_result(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    CHECK_INT(async_post(&loop, &post), 0);
}

static void interrupt_result(void)
{
    set_result(NULL);
}

static void start_nested(void)
{
    static async_sim_interrupt_t interrupt;
    interrupt.pending = false;
    async_post_init(&post, on_result);
    CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + 12, set_result), 0);
    spawn(0, ASYNC_CALL(nester, &nester_frame));
}

/* SEM INV-01 INV-04 INV-06 INV-08 INV-09 INV-12 INV-13 */
SWEEP(nested_gather, 3, SPREADS, OOPS, init, start_nested, interrupt_result,
      NULL, clean_children)

/* -- wait ----------------------------------------------------------------- */

struct watcher {
    ASYNC_FRAME;
    enum async_return_when when;
    async_delay_t timeout;
    async_tick_t begun;
    int err;
    ASYNC_WAIT(3) wait;
};
static struct watcher watcher_frame;
ASYNC_DEF(watcher)
{
    ASYNC_BEGIN;
    start_children(OOPS);
    self->begun = sim.time;
    AWAIT(async_wait_ticks(&self->wait, self->when, self->timeout, &tasks[1],
                           &tasks[2], &tasks[3]));
    say(0, "waited");
    note_n("=", (long)ended());
    {
        unsigned i;
        bool late = (async_delay_t)(sim.time - self->begun) >= self->timeout;
        for (i = 0; i < 3; i++) {
            CHECK(!async_wait_done(&self->wait, i) ||
                  async_wait_status(&self->wait, i) == status_of(i + 1));
        }
        CHECK(late || ended() == 3 ||
              (self->when == ASYNC_FIRST_COMPLETED && ended() > 0) ||
              (self->when == ASYNC_FIRST_EXCEPTION &&
               (some_ended(OOPS) || some_ended(ASYNC_ERR_TIMEOUT))));
    }
    ASYNC_CLEANUP;
    SCRUB(&self->wait);
    ASYNC_END;
}

static void start_wait(enum async_return_when when, async_delay_t timeout)
{
    spawn(0, ASYNC_CALL(watcher, &watcher_frame, .when = when,
                        .timeout = timeout));
}

static void start_wait_all(void)
{
    start_wait(ASYNC_ALL_COMPLETED, ASYNC_FOREVER);
}

static void start_wait_first(void)
{
    start_wait(ASYNC_FIRST_COMPLETED, ASYNC_FOREVER);
}

static void start_wait_exception(void)
{
    start_wait(ASYNC_FIRST_EXCEPTION, 9);
}

static void start_wait_timeout(void)
{
    start_wait(ASYNC_ALL_COMPLETED, 2);
}

/* wait() cancels nobody, and takes nobody's error. */
static void clean_wait(void)
{
    unsigned i;
    clean_children();
    for (i = 0; i <= 3; i++) {
        CHECK(tasks[i].future.context.flags == 0 || is_struck(i) ||
              status_of(i) == (i == 2 ? OOPS : 0));
    }
}

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(wait_all, 4, 0, OOPS, init, start_wait_all, NULL, NULL, clean_wait)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 */
SWEEP(wait_first, 4, 0, OOPS, init, start_wait_first, NULL, NULL, clean_wait)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 */
SWEEP(wait_exception, 4, 0, OOPS, init, start_wait_exception, NULL, NULL,
      clean_wait)

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 */
SWEEP(wait_timeout, 4, 0, OOPS, init, start_wait_timeout, NULL, NULL,
      clean_wait)

/* -- as_completed --------------------------------------------------------- */

struct iterator {
    ASYNC_FRAME;
    async_delay_t timeout;
    int err;
    ASYNC_AS_COMPLETED_FUTURES(3) each;
};
static struct iterator iterator_frame;

/* The item is one that has not come yet, and its status is the child's. */
static void note_item(const struct iterator *self)
{
    unsigned i;
    items++;
    if (async_as_completed_future(&self->each) == NULL) {
        CHECK_INT(self->err, ASYNC_ERR_TIMEOUT);
        return;
    }
    for (i = 1; i <= 3; i++) {
        if (async_as_completed_future(&self->each) == &tasks[i].future) {
            CHECK((seen >> i & 1u) == 0);
            seen |= 1u << i;
            CHECK_INT(self->err, status_of(i));
        }
    }
}

ASYNC_DEF(iterator)
{
    ASYNC_BEGIN;
    start_children(OOPS);
    seen = 0;
    items = 0;
    CHECK_INT(async_as_completed_ticks(&self->each, self->timeout, &tasks[1],
                                       &tasks[2], &tasks[3]), 0);
    ASYNC_TRY {
        while (async_as_completed_left(&self->each) > 0) {
            AWAIT_STATUS(self->err, async_as_completed_next(&self->each));
            if (self->err == ASYNC_ERR_CANCELLED && is_told()) {
                ASYNC_RAISE(self->err);
            }
            note_item(self);
            say(0, "item");
            note_n("=", self->err);
            point();
        }
        CHECK_INT(items, 3);
        CHECK(self->timeout != ASYNC_FOREVER || seen == 0xeu);
    }
    ASYNC_EXCEPT_ALL(self->err) {
        async_as_completed_close(&self->each);
        SCRUB(&self->each);
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    SCRUB(&self->each);
    ASYNC_END;
}

static void start_as_completed(void)
{
    spawn(0, ASYNC_CALL(iterator, &iterator_frame, .timeout = ASYNC_FOREVER));
}

static void start_as_completed_timeout(void)
{
    spawn(0, ASYNC_CALL(iterator, &iterator_frame, .timeout = 2));
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(as_completed, 4, 0, OOPS, init, start_as_completed, NULL, NULL,
      clean_wait)

static void start_as_completed_late(void)
{
    spawn(0, ASYNC_CALL(iterator, &iterator_frame, .timeout = 9));
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(as_completed_late, 4, 0, OOPS, init, start_as_completed_late, NULL, NULL,
      clean_wait)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-09 INV-11 */
SWEEP(as_completed_timeout, 4, 0, OOPS, init, start_as_completed_timeout, NULL,
      NULL, clean_wait)

/* Two tasks that share an iterator. Item by item, it does not matter whose. */
static ASYNC_AS_COMPLETED_FUTURES(3) shared;

struct sharer {
    ASYNC_FRAME;
    unsigned id;
    int err;
};
static struct sharer sharers[2];
ASYNC_DEF(sharer)
{
    ASYNC_BEGIN;
    if (self->id == 0) {
        start_children(0);
        CHECK_INT(async_as_completed(&shared, &tasks[1], &tasks[2], &tasks[3]),
                  0);
    } else {
        AWAIT(async_pause());
    }
    while (async_as_completed_left(&shared) > 0) {
        AWAIT_STATUS(self->err, async_as_completed_next(&shared));
        if (self->err == ASYNC_ERR_CANCELLED && is_told()) {
            ASYNC_RAISE(self->err);
        }
        items++;
        say(self->id, "item");
    }
    ASYNC_END;
}

static void start_shared(void)
{
    __builtin_memset((void *)&shared, 0, sizeof shared);
    items = 0;
    spawn(0, ASYNC_CALL(sharer, &sharers[0]));
    spawn(4, ASYNC_CALL(sharer, &sharers[1], .id = 4));
}

static void quiet_shared(void)
{
    CHECK(shared.each.waiters.first == NULL || shared.each.done == NULL);
}

static void clean_shared(void)
{
    unsigned gone = (model.struck & 1u) + (model.struck >> 4 & 1u);
    clean_children();
    CHECK(items + (int)async_as_completed_left(&shared) + (int)gone >= 3 ||
          tasks[1].future.context.flags == 0);
    async_as_completed_close(&shared);
    SCRUB(&shared);
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-09 */
SWEEP(shared_as_completed, 5, 0, 0, init, start_shared, NULL, quiet_shared,
      clean_shared)

/* -- shield --------------------------------------------------------------- */

struct shielded {
    ASYNC_FRAME;
    unsigned id;
    async_shield_t shield;
};
static struct shielded shielded_frames[2];
ASYNC_DEF(shielded)
{
    ASYNC_BEGIN;
    if (self->id == 0) {
        spawn(2, CHILD(2, 3, 0));
    } else {
        AWAIT(async_sleep_ticks(1));
    }
    if (tasks[2].future.context.flags != 0) {
        AWAIT(async_shield(&self->shield, &tasks[2]));
        CHECK_INT(status_of(2), 0);
    }
    say(self->id, "shielded");
    ASYNC_CLEANUP;
    SCRUB(&self->shield);
    ASYNC_END;
}

static void start_shield(void)
{
    unsigned i;
    __builtin_memset((void *)&tasks[2], 0, sizeof tasks[2]);
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(shielded, &shielded_frames[i], .id = i));
    }
}

static void clean_shield(void)
{
    clean_children();
    CHECK(tasks[2].future.context.flags == 0 || is_struck(2) ||
          status_of(2) == 0);
}

/* SEM INV-01 INV-04 INV-06 INV-09 INV-11 INV-12 INV-13 */
SWEEP(shield, 3, SPREADS, 0, init, start_shield, NULL, NULL, clean_shield)

static const struct test tests[] = {
    TEST(sweep_gather),
    TEST(sweep_failing_gather),
    TEST(sweep_gather_all),
    TEST(sweep_nested_gather),
    TEST(sweep_wait_all),
    TEST(sweep_wait_first),
    TEST(sweep_wait_exception),
    TEST(sweep_wait_timeout),
    TEST(sweep_as_completed),
    TEST(sweep_as_completed_late),
    TEST(sweep_as_completed_timeout),
    TEST(sweep_shared_as_completed),
    TEST(sweep_shield),
};
MODEL_MAIN(tests)
