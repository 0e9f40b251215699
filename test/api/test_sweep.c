/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Cancels at every iteration, twice at every pair of iterations, and lets an
 * interrupt strike at every tick. Whatever happens: every task ends, every
 * resource is given back, every cleanup runs once, nothing stays queued. A
 * step of the replay id is 100 * first + second iteration, or a tick. */
#include "world.h"

#include "channel.h"

enum { TASKS = 6 };
static async_task_t tasks[TASKS];
static int begun, cleaned; /* bodies and their cleanups */
static int held;           /* resources */
static struct channel channel;
static int taken, fed;
static async_future_t future;

static void spawn(int id, async_coro_t *coro)
{
    int status = async_loop_create_task(&loop, &tasks[id], coro);
    CHECK_INT(status, 0);
}

/* -- Nested try with awaits everywhere ------------------------------------ */

struct inner {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(inner)
{
    ASYNC_BEGIN;
    begun++;
    AWAIT(async_sleep_ticks(2));
    ASYNC_TRY {
        held++;
        AWAIT(async_sleep_ticks(1));
        ASYNC_RAISE(-105);
    }
    ASYNC_FINALLY {
        held--;
        AWAIT(async_pause());
        AWAIT(async_sleep_ticks(2));
    }
    ASYNC_END_FINALLY;
    ASYNC_CLEANUP;
    cleaned++;
    AWAIT(async_pause());
    ASYNC_END;
}

struct nested {
    ASYNC_FRAME;
    struct inner inner;
    int err;
};
ASYNC_DEF(nested)
{
    ASYNC_BEGIN;
    begun++;
    ASYNC_TRY {
        held++;
        ASYNC_TRY {
            AWAIT(ASYNC_CALL(inner, &self->inner));
        }
        ASYNC_EXCEPT(self->err) {
            AWAIT(async_sleep_ticks(3));
            AWAIT(async_pause());
        }
        ASYNC_END_EXCEPT;
        AWAIT(async_sleep_ticks(1));
    }
    ASYNC_FINALLY {
        held--;
        AWAIT(async_sleep_ticks(1));
    }
    ASYNC_END_FINALLY;
    ASYNC_CLEANUP;
    cleaned++;
    AWAIT(async_sleep_ticks(1));
    ASYNC_END;
}

static void setup_nested(void)
{
    static struct nested frame;
    spawn(0, ASYNC_CALL(nested, &frame));
}

/* -- Tasks that await tasks that await a future --------------------------- */

struct setter {
    ASYNC_FRAME;
};
ASYNC_DEF(setter)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(4));
    if (!async_future_done(&future)) {
        CHECK_INT(async_future_set_result(&future, NULL), 0);
    }
    ASYNC_END;
}

struct chained {
    ASYNC_FRAME;
    int id, err;
    struct chained *next;
    struct setter *setter;
    bool swallows;
};
ASYNC_DEF(chained)
{
    ASYNC_BEGIN;
    begun++;
    held++;
    if (self->id == 2) {
        spawn(3, ASYNC_CALL(setter, self->setter));
        AWAIT_STATUS(self->err, &future);
    } else {
        spawn(self->id + 1, ASYNC_CALL(chained, self->next, .id = self->id + 1,
                                       .next = self->next + 1,
                                       .setter = self->setter,
                                       .swallows = self->swallows));
        AWAIT_STATUS(self->err, &tasks[self->id + 1]);
    }
    if (self->err != 0 && !(self->swallows && self->id == 1)) {
        ASYNC_RAISE(self->err);
    }
    AWAIT(async_sleep_ticks(2));
    ASYNC_CLEANUP;
    held--;
    cleaned++;
    AWAIT(async_pause());
    ASYNC_END;
}

static struct chained links[3];
static struct setter setter_frame;

static void setup_chain(void)
{
    spawn(0, ASYNC_CALL(chained, &links[0], .next = &links[1],
                        .setter = &setter_frame));
}

static void setup_swallowing_chain(void)
{
    spawn(0, ASYNC_CALL(chained, &links[0], .next = &links[1],
                        .setter = &setter_frame, .swallows = true));
}

/* -- Readers of a channel ------------------------------------------------- */

struct reader {
    ASYNC_FRAME;
    int left;
};
ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    begun++;
    held++;
    while (self->left-- > 0) {
        AWAIT(channel_wait(&channel));
        (void)channel_take(&channel);
        taken++;
        AWAIT(async_pause());
    }
    ASYNC_CLEANUP;
    held--;
    cleaned++;
    ASYNC_END;
}

struct feeder {
    ASYNC_FRAME;
    int left;
};
ASYNC_DEF(feeder)
{
    ASYNC_BEGIN;
    while (self->left-- > 0) {
        AWAIT(async_sleep_ticks(1));
        fed += channel_feed(&channel, 1);
        if (self->left % 2 == 0) {
            fed += channel_feed(&channel, 2);
        }
    }
    ASYNC_END;
}

/* The first reader is the one that is cancelled. */
static void setup_readers(void)
{
    static struct reader readers[3];
    static struct feeder feeder;
    int i;
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(reader, &readers[i], .left = 4));
    }
    spawn(3, ASYNC_CALL(feeder, &feeder, .left = 8));
}

/* -- Running -------------------------------------------------------------- */

struct scenario {
    const char *name;
    void (*setup)(void);
    int bytes; /* at least so many of the channel find a taker */
};
static const struct scenario scenarios[] = {
    {"nested", setup_nested, 0},
    {"chain", setup_chain, 0},
    {"swallowing chain", setup_swallowing_chain, 0},
    {"readers", setup_readers, 8},
};
enum { SCENARIOS = sizeof scenarios / sizeof *scenarios };

static void begin(const struct scenario *scenario)
{
    world_begin();
    begun = cleaned = held = taken = fed = 0;
    __builtin_memset((void *)&channel, 0, sizeof channel);
    async_future_init(&future, &loop);
    scenario->setup();
}

/* One iteration, or the time until the next one. False if there is none. */
static bool iterate(void)
{
    async_tick_t deadline = 0;
    bool has_deadline = false;
    int status = async_loop_run_once(&loop, &deadline, &has_deadline);
    if (status == 0 && has_deadline) {
        async_sim_advance(&sim, deadline - sim.time);
    }
    return status != 0 || has_deadline;
}

/* Lets it end, and looks at what is left. */
static void end(const struct scenario *scenario)
{
    int limit = 0;
    while (async_all_tasks(&loop, NULL) != NULL && ++limit < 1000 &&
           iterate()) {
    }
    CHECK(async_all_tasks(&loop, NULL) == NULL);
    CHECK_INT(held, 0);
    CHECK_INT(cleaned, begun);
    CHECK(channel.waiters.first == NULL);
    CHECK_INT(channel.reserved, 0);
    CHECK_INT((long)channel.count + taken, fed);
    CHECK(taken >= scenario->bytes);
    world_end();
}

/* Cancels task 0 after some iterations, and again after some more. False when
 * it ended by itself before. */
static bool cancel_after(const struct scenario *scenario, unsigned first,
                         unsigned second)
{
    bool alive = true;
    unsigned i;
    begin(scenario);
    for (i = 0; i < first; i++) {
        (void)iterate();
    }
    alive = !async_future_done(&tasks[0].future);
    CHECK_INT(async_task_cancel(&tasks[0]), alive ? 1 : 0);
    if (second > 0) {
        for (i = 1; i < second; i++) {
            (void)iterate();
        }
        alive = !async_future_done(&tasks[0].future);
        CHECK_INT(async_task_cancel(&tasks[0]), alive ? 1 : 0);
    }
    end(scenario);
    return alive;
}

static void cancel_everywhere(const struct scenario *scenario)
{
    unsigned first, second;
    for (first = 0; first < 99; first++) {
        bool alive = true;
        if (world_step(100ul * first)) {
            alive = cancel_after(scenario, first, 0);
        }
        for (second = 1; alive && second < 99; second++) {
            if (world_step(100ul * first + second) &&
                !cancel_after(scenario, first, second)) {
                break;
            }
        }
        if (!alive) {
            break;
        }
    }
    CHECK(first > 8 && first < 99); /* it ended, and not at once */
    check_.step = 0;
}

/* SEM C-14 C-28 C-35 */
static void cancel_nested(void)
{
    cancel_everywhere(&scenarios[0]);
}

/* SEM C-12 C-35 */
static void cancel_chain(void)
{
    cancel_everywhere(&scenarios[1]);
}

/* SEM C-13 C-35 */
static void cancel_swallowing_chain(void)
{
    cancel_everywhere(&scenarios[2]);
}

/* SEM OP-06 C-35 */
static void cancel_readers(void)
{
    cancel_everywhere(&scenarios[3]);
}

/* Every subset of the tasks at every iteration: one of them may just have been
 * woken, another one may be waiting for it. */
/* SEM C-35 */
static void cancel_any_together(void)
{
    unsigned s, first, subset, i;
    for (s = 0; s < SCENARIOS; s++) {
        for (first = 0; first < 40; first++) {
            for (subset = 1; subset < 8; subset++) {
                if (!world_step(10000ul * s + 100ul * first + subset)) {
                    continue;
                }
                begin(&scenarios[s]);
                for (i = 0; i < first; i++) {
                    (void)iterate();
                }
                for (i = 0; i < 3; i++) {
                    if (subset >> i & 1u) {
                        (void)async_task_cancel(&tasks[i]);
                    }
                }
                {
                    struct scenario some = scenarios[s];
                    some.bytes = 0;
                    end(&some);
                }
            }
        }
    }
    check_.step = 0;
}

/* -- Interrupts ----------------------------------------------------------- */

static async_sim_interrupt_t interrupt;
static async_post_t post;
static int posted;

static void strike(async_sim_interrupt_t *i)
{
    (void)i;
    CHECK_INT(async_post(&loop, &post), 0);
}

static int on_post_cancel(async_handle_t *handle)
{
    (void)handle;
    posted++;
    (void)async_task_cancel(&tasks[0]);
    return 0;
}

static int on_post_feed(async_handle_t *handle)
{
    (void)handle;
    posted++;
    fed += channel_feed(&channel, 3);
    return 0;
}

/* The loop sleeps for real here, until the tick and on. */
static void strike_everywhere(async_run_fn run)
{
    unsigned s;
    async_tick_t tick;
    for (s = 0; s < SCENARIOS; s++) {
        for (tick = 0; tick < 25; tick++) {
            if (!world_step(100ul * s + (unsigned long)tick)) {
                continue;
            }
            begin(&scenarios[s]);
            posted = 0;
            async_post_init(&post, run);
            CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + tick, strike),
                      0);
            CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
            CHECK_INT(posted, 1);
            end(&scenarios[s]);
        }
    }
    check_.step = 0;
}

/* SEM C-35 P-01 */
static void interrupts_that_cancel(void)
{
    strike_everywhere(on_post_cancel);
}

/* SEM P-01 OP-01 */
static void interrupts_that_feed(void)
{
    strike_everywhere(on_post_feed);
}

static const struct test tests[] = {
    TEST(cancel_nested),
    TEST(cancel_chain),
    TEST(cancel_swallowing_chain),
    TEST(cancel_readers),
    TEST(cancel_any_together),
    TEST(interrupts_that_cancel),
    TEST(interrupts_that_feed),
};
TEST_MAIN(tests)
