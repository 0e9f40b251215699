/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/watchdog on the model of a watchdog that warns 500 ticks
 * after it was fed and bites 500 ticks later. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

#include "watchdog.h"

enum { WARNING = 500, EVERY = 100, TASKS = 3 };

static struct watchdog_model model;
static watchdog_t dog;
static watchdog_report_t report;
static struct watchdog_run feeding;
static async_task_t feeder;

static void on_warning(void *arg) { watchdog_isr((watchdog_t *)arg); }

static void begin(void)
{
    world_begin();
    machine_begin(&sim);
    watchdog_model_begin(&model, WARNING);
    machine_connect(&model.line, on_warning, &dog);
    __builtin_memset((void *)&report, 0x5a, sizeof report); /* as RAM begins */
    watchdog_init(&dog, &model, &report);
    CHECK_INT(report.reason, WATCHDOG_NONE);
}

static void feed(void)
{
    CHECK_INT(async_loop_create_task(&loop, &feeder,
                                     ASYNC_CALL(watchdog_run, &feeding,
                                                .dog = &dog, .every = EVERY)),
              0);
}

/* What the next program finds. */
static void check_report(enum watchdog_reason reason, const char *name)
{
    watchdog_init(&dog, &model, &report);
    CHECK_INT(report.reason, reason);
    CHECK_STR(report.name != NULL ? report.name : "?",
              name != NULL ? name : "?");
}

/* Works, then does something wrong. */
struct worker {
    ASYNC_FRAME;
    const char *name;
    async_delay_t period, sleep;
    unsigned rounds;
    async_delay_t then_busy, then_idle;
    bool silent; /* has no entry */
    watchdog_entry_t entry;
};
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    if (!self->silent) {
        watchdog_add(&dog, &self->entry, self->name, self->period);
    }
    while (self->rounds-- > 0) {
        AWAIT(async_sleep_ticks(self->sleep));
        watchdog_alive(&self->entry);
    }
    async_sim_advance(&sim, (async_tick_t)self->then_busy);
    if (self->then_idle != 0) {
        AWAIT(async_sleep_ticks(self->then_idle));
    }
    ASYNC_CLEANUP;
    if (!self->silent) {
        watchdog_remove(&dog, &self->entry);
    }
    ASYNC_END;
}
static struct worker workers[TASKS];
static async_task_t tasks[TASKS];

#define WORK(i, ...)                                                        \
    CHECK_INT(async_loop_create_task(&loop, &tasks[i],                      \
                                     ASYNC_CALL(worker, &workers[i],        \
                                                __VA_ARGS__)), 0)

static void work(long ticks)
{
    long end = world_time() + ticks;
    while (world_time() < end && !model.has_bitten &&
           async_all_tasks(&loop, NULL) != NULL) {
        sweep_turn_();
    }
}

static void stop(void)
{
    int i;
    for (i = 0; i < TASKS; i++) {
        async_task_cancel(&tasks[i]);
    }
    async_task_cancel(&feeder);
    turns(4);
    CHECK(dog.entries == NULL);
    CHECK(!machine.storm);
    world_end();
}

static void it_is_fed_while_all_go_on(void)
{
    begin();
    feed();
    WORK(0, .name = "fast", .period = 100, .sleep = 100, .rounds = ~0u);
    WORK(1, .name = "slow", .period = 3000, .sleep = 2999, .rounds = ~0u);
    work(1000);
    WORK(2, .name = "just", .period = 200, .sleep = 200, .rounds = ~0u);
    work(199000);
    CHECK(!model.warned && !model.has_bitten);
    CHECK(model.feeds >= 200000 / EVERY - 1);
    check_report(WATCHDOG_NONE, NULL);
    watchdog_remove(&dog, &workers[0].entry); /* removing twice is harmless */
    stop();
}

static void the_one_that_is_late_is_named(void)
{
    begin();
    feed();
    WORK(0, .name = "good", .period = 300, .sleep = 200, .rounds = ~0u);
    WORK(1, .name = "bad", .period = 300, .sleep = 200, .rounds = 20,
         .then_idle = 1000000);
    WORK(2, .name = "slow", .period = 9000, .sleep = 8000, .rounds = ~0u);
    work(100000);
    CHECK(model.has_bitten);
    /* The last check-in at 4000, late at 4301, seen at 4400, bites 1000 after
     * the last feed. */
    CHECK_INT(world_time(), 4300 + 2 * WARNING);
    CHECK_INT(async_future_result(&feeder.future, NULL), WATCHDOG_ERR_LATE);
    check_report(WATCHDOG_LATE, "bad");
    dog.entries = NULL;
    stop();
}

static void of_two_the_one_most_overdue_is_named(void)
{
    begin();
    feed();
    WORK(0, .name = "a", .period = 300, .sleep = 200, .rounds = 20,
         .then_idle = 1000000);
    WORK(1, .name = "c", .period = 270, .sleep = 200, .rounds = 20,
         .then_idle = 1000000);
    WORK(2, .name = "b", .period = 200, .sleep = 200, .rounds = 20,
         .then_idle = 1000000);
    work(100000);
    check_report(WATCHDOG_LATE, "b");
    dog.entries = NULL;
    stop();
}

static void a_task_that_never_yields_is_named(void)
{
    begin();
    feed();
    WORK(0, .name = "good", .period = 300, .sleep = 200, .rounds = ~0u);
    WORK(1, .name = "hog", .period = 300, .sleep = 200, .rounds = 20,
         .then_busy = 5000, .then_idle = 1000000);
    work(4400);
    CHECK(model.warned && model.has_bitten);
    check_report(WATCHDOG_STUCK, "hog");
    dog.entries = NULL;
    stop();
}

static void so_is_one_without_an_entry_if_not_by_name(void)
{
    begin();
    feed();
    WORK(0, .name = "good", .period = 300, .sleep = 200, .rounds = ~0u);
    WORK(1, .silent = true, .then_busy = 5000, .then_idle = 1000000);
    work(4400);
    check_report(WATCHDOG_STUCK, NULL);
    dog.entries = NULL;
    stop();
}

static int hog(async_handle_t *handle)
{
    (void)handle;
    async_sim_advance(&sim, 5000);
    return 0;
}

static void a_callback_that_never_returns_is_the_loop(void)
{
    static async_timer_t timer;
    begin();
    feed();
    WORK(0, .name = "good", .period = 300, .sleep = 200, .rounds = ~0u);
    CHECK_INT(async_call_later(&loop, &timer, 1000, hog), 0);
    work(4400);
    check_report(WATCHDOG_LOOP, NULL);
    dog.entries = NULL;
    stop();
}

static void a_feeder_that_is_cancelled_bites(void)
{
    begin();
    feed();
    WORK(0, .name = "good", .period = 300, .sleep = 200, .rounds = ~0u);
    work(1000);
    async_task_cancel(&feeder);
    work(100000);
    CHECK(model.has_bitten);
    check_report(WATCHDOG_LOOP, NULL);
    dog.entries = NULL;
    stop();
}

/* A busy task that is short enough is no reason. */
static void a_busy_moment_is_survived(void)
{
    begin();
    feed();
    WORK(0, .name = "good", .period = 900, .sleep = 200, .rounds = ~0u);
    WORK(1, .name = "busy", .period = 900, .sleep = 200, .rounds = 3,
         .then_busy = 390);
    work(3000);
    CHECK(!model.warned && !model.has_bitten);
    check_report(WATCHDOG_NONE, NULL);
    dog.entries = &workers[0].entry;
    stop();
}

/* The report of the last run is there until the next one starts. */
static void a_report_survives_until_the_next_start(void)
{
    begin();
    report.reason = WATCHDOG_LATE; /* without its check: garbage */
    report.name = "garbage";
    check_report(WATCHDOG_NONE, NULL);
    feed();
    WORK(0, .name = "bad", .period = 100, .sleep = 100000, .rounds = 1);
    work(5000);
    check_report(WATCHDOG_LATE, "bad");
    check_report(WATCHDOG_LATE, "bad");
    feed();
    turns(1);
    check_report(WATCHDOG_NONE, NULL);
    dog.entries = NULL;
    stop();
}

static const struct test tests[] = {
    TEST(it_is_fed_while_all_go_on),
    TEST(the_one_that_is_late_is_named),
    TEST(of_two_the_one_most_overdue_is_named),
    TEST(a_task_that_never_yields_is_named),
    TEST(so_is_one_without_an_entry_if_not_by_name),
    TEST(a_callback_that_never_returns_is_the_loop),
    TEST(a_feeder_that_is_cancelled_bites),
    TEST(a_busy_moment_is_survived),
    TEST(a_report_survives_until_the_next_start),
};
TEST_MAIN(tests)
