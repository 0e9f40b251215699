/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Mistakes that only a programmer can mend: with ASYNC_CHECKS each reaches
 * ASYNC_MISUSE_HOOK. Each case runs in a process of its own, which the hook
 * ends. NULL arguments are in test_null.c. */
#define ASYNC_IMPLEMENTATION
#include "mistakes.h"

static async_task_t task;
static async_future_t future;
static async_timer_t timer;
static async_waiters_t waiters;
static async_post_t post;
static async_ticker_t ticker;

static int do_nothing(async_handle_t *handle)
{
    (void)handle;
    return 0;
}

/* -- Resume points -------------------------------------------------------- */

struct switching {
    ASYNC_FRAME;
    unsigned what; /* with an int it is a warning already */
};
ASYNC_DEF(switching)
{
    ASYNC_BEGIN;
    switch (self->what) {
    case 1:
        AWAIT(async_pause());
        break;
    default:
        break;
    }
    ASYNC_END;
}

/* SEM M-17 M-25 */
static void await_in_a_switch(void)
{
    struct switching frame;
    async_driver_t driver;
    (void)async_driver_init(&driver,
                            ASYNC_CALL(switching, &frame, .what = 1));
    (void)async_drive(&driver);
    if (async_drive(&driver) != 0) {
        _exit(98);
    }
}

#if !ASYNC_LABELS
/* SEM M-18 */
static void a_wild_resume_point(void)
{
    struct switching frame;
    async_driver_t driver;
    (void)async_driver_init(&driver, ASYNC_CALL(switching, &frame));
    frame.async_.point = 123;
    (void)async_drive(&driver);
}
#endif

/* -- Operations outside a task -------------------------------------------- */

static void forget(async_op_t op)
{
    (void)op;
}

static void sleep_in_main(void)
{
    forget(async_sleep_ms(5));
}

static void sleep_until_in_main(void)
{
    forget(async_sleep_until(5));
}

static void wait_in_main(void)
{
    forget(async_op_wait(&waiters, NULL));
}

static void done_in_main(void)
{
    forget(async_op_done(0));
}

static void ticker_in_main(void)
{
    (void)async_ticker_init_ms(&ticker, &loop, 5);
    forget(async_ticker_wait(&ticker));
}

static int sleep_in_callback(async_handle_t *handle)
{
    (void)handle;
    forget(async_sleep_ms(5));
    return 0;
}

static void sleep_in_a_callback(void)
{
    (void)async_call_soon(&loop, &timer.handle, sleep_in_callback);
    turns(1);
}

struct future_awaiter {
    ASYNC_FRAME;
};
ASYNC_DEF(future_awaiter)
{
    ASYNC_BEGIN;
    AWAIT(&future);
    ASYNC_END;
}

static void future_by_hand(void)
{
    struct future_awaiter frame;
    async_driver_t driver;
    async_future_init(&future, &loop);
    (void)async_driver_init(&driver, ASYNC_CALL(future_awaiter, &frame));
    (void)async_drive(&driver);
}

struct sleeper {
    ASYNC_FRAME;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(5));
    ASYNC_END;
}

static void sleep_by_hand(void)
{
    struct sleeper frame;
    async_driver_t driver;
    (void)async_driver_init(&driver, ASYNC_CALL(sleeper, &frame));
    (void)async_drive(&driver);
}

/* -- No function ---------------------------------------------------------- */

static void soon_nothing(void)
{
    (void)async_call_soon(&loop, &timer.handle, NULL);
}

static void later_nothing(void)
{
    (void)async_call_later(&loop, &timer, 5, NULL);
}

static void at_nothing(void)
{
    (void)async_call_at(&loop, &timer, 5, NULL);
}

static void post_of_nothing(void)
{
    async_post_init(&post, NULL);
}

static void post_not_initialised(void)
{
    (void)async_post(&loop, &post);
}

static void done_callback_of_nothing(void)
{
    static async_callback_t callback;
    async_future_init(&future, &loop);
    (void)async_future_add_done_callback(&future, &callback, NULL);
}

static async_posix_t posix;
static async_posix_fd_t watch;

static void reader_of_nothing(void)
{
    (void)async_posix_init(&posix);
    (void)async_posix_add_reader(&posix, &watch, 0, NULL);
}

static void writer_of_nothing(void)
{
    (void)async_posix_init(&posix);
    (void)async_posix_add_writer(&posix, &watch, 1, NULL);
}

/* -- Generators ----------------------------------------------------------- */

struct pausing {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(pausing)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_YIELD(1);
    ASYNC_END;
}

static void generator_that_pauses(void)
{
    struct pausing g;
    int item = 0;
    async_generator_init(ASYNC_CALL(pausing, &g));
    (void)async_next(&g, &item);
}

struct sleeping {
    ASYNC_GENERATOR(int);
};
ASYNC_DEF(sleeping)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(5));
    ASYNC_YIELD(1);
    ASYNC_END;
}

struct iterating {
    ASYNC_FRAME;
    struct sleeping generator;
    int item;
};
ASYNC_DEF(iterating)
{
    ASYNC_BEGIN;
    async_generator_init(ASYNC_CALL(sleeping, &self->generator));
    (void)async_next(&self->generator, &self->item);
    ASYNC_END;
}

static void generator_that_sleeps(void)
{
    static struct iterating frame;
    (void)async_run(&loop, ASYNC_CALL(iterating, &frame));
}

/* -- Never initialised ---------------------------------------------------- */

static struct sleeping zero_generator;
static struct sleeper zero_frame;

static void generator_not_called(void)
{
    int item = 0;
    (void)async_next(&zero_generator, &item);
}

static void task_of_nothing(void)
{
    (void)async_loop_create_task(&loop, &task, &zero_frame.async_);
}

struct parent {
    ASYNC_FRAME;
};
ASYNC_DEF(parent)
{
    ASYNC_BEGIN;
    AWAIT(&zero_frame.async_);
    ASYNC_END;
}

static void await_not_called(void)
{
    struct parent frame;
    async_driver_t driver;
    (void)async_driver_init(&driver, ASYNC_CALL(parent, &frame));
    (void)async_drive(&driver);
}

static void driver_of_nothing(void)
{
    async_driver_t driver;
    (void)async_driver_init(&driver, &zero_frame.async_);
    (void)async_drive(&driver);
}

static async_ticker_t zero_ticker;

struct ticking {
    ASYNC_FRAME;
};
ASYNC_DEF(ticking)
{
    ASYNC_BEGIN;
    AWAIT(async_ticker_wait(&zero_ticker));
    ASYNC_END;
}

static void ticker_not_initialised(void)
{
    static struct ticking frame;
    (void)async_run(&loop, ASYNC_CALL(ticking, &frame));
}

static void condition_not_initialised(void)
{
    static async_condition_t condition;
    (void)async_condition_notify(&condition, 1);
}

static void barrier_not_initialised(void)
{
    static async_barrier_t barrier;
    async_op_t op = async_barrier_wait(&barrier);
    (void)op;
}

static ASYNC_QUEUE(int, 2) queue;
static ASYNC_PRIORITY_QUEUE(int, 2) priorities;
static ASYNC_CHANNEL(int, 2) channel;

static void queue_not_initialised(void)
{
    (void)async_queue_put_nowait(&queue, 1);
}

static void get_not_initialised(void)
{
    async_op_t op = async_queue_wait_get(&queue);
    (void)op;
}

static void priority_of_nothing(void)
{
    async_queue_init_priority(&priorities, NULL);
}

static void channel_not_initialised(void)
{
    async_op_t op = async_channel_wait(&channel);
    (void)op;
}

static void queue_outside_a_task(void)
{
    async_op_t op;
    async_queue_init(&queue);
    op = async_queue_wait_get(&queue);
    (void)op;
}

static void job_of_nothing(void)
{
    static async_worker_t worker;
    static async_job_t job;
    async_worker_init(&worker, NULL);
    (void)async_run_in_executor(&worker.executor, &job, NULL, NULL);
}

static void lock_outside_a_task(void)
{
    static async_lock_t lock;
    async_op_t op = async_lock_acquire(&lock);
    (void)op;
}

/* -- All of them ---------------------------------------------------------- */

struct mistake {
    const char *name;
    void (*run)(void);
    int mistake;
};
#define CASE(name, mistake) {#name, name, ASYNC_MISUSE_##mistake}

static void no_mistake(void)
{
    (void)async_call_soon(&loop, &timer.handle, do_nothing);
    turns(1);
}

/* SEM M-19 M-20 M-21 M-22 */
static void mistakes(void)
{
    static const struct mistake cases[] = {
#if ASYNC_LABELS
        {"await_in_a_switch", await_in_a_switch, -1}, /* allowed */
#else
        CASE(await_in_a_switch, RESUME_POINT),
        CASE(a_wild_resume_point, RESUME_POINT),
#endif
        CASE(sleep_in_main, NO_TASK),
        CASE(sleep_until_in_main, NO_TASK),
        CASE(wait_in_main, NO_TASK),
        CASE(done_in_main, NO_TASK),
        CASE(ticker_in_main, NO_TASK),
        CASE(sleep_in_a_callback, NO_TASK),
        CASE(future_by_hand, NO_TASK),
        CASE(sleep_by_hand, NO_TASK),
        CASE(soon_nothing, NO_FUNCTION),
        CASE(later_nothing, NO_FUNCTION),
        CASE(at_nothing, NO_FUNCTION),
        CASE(post_of_nothing, NO_FUNCTION),
        CASE(post_not_initialised, NO_FUNCTION),
        CASE(done_callback_of_nothing, NO_FUNCTION),
        CASE(reader_of_nothing, NO_FUNCTION),
        CASE(writer_of_nothing, NO_FUNCTION),
        CASE(generator_that_pauses, GENERATOR_AWAIT),
        CASE(generator_that_sleeps, GENERATOR_AWAIT),
        CASE(generator_not_called, NOT_CALLED),
        CASE(task_of_nothing, NOT_CALLED),
        CASE(await_not_called, NOT_CALLED),
        CASE(driver_of_nothing, NOT_CALLED),
        CASE(ticker_not_initialised, NOT_CALLED),
        CASE(condition_not_initialised, NOT_CALLED),
        CASE(barrier_not_initialised, NOT_CALLED),
        CASE(lock_outside_a_task, NO_TASK),
        CASE(queue_not_initialised, NOT_CALLED),
        CASE(get_not_initialised, NOT_CALLED),
        CASE(channel_not_initialised, NOT_CALLED),
        CASE(priority_of_nothing, NO_FUNCTION),
        CASE(job_of_nothing, NO_FUNCTION),
        CASE(queue_outside_a_task, NO_TASK),
        {"no_mistake", no_mistake, -1},
    };
    unsigned i;
    world_begin();
    for (i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (world_step(i) &&
            !CHECK_INT(mistake_of(cases[i].run), cases[i].mistake)) {
            CHECK_PUTS(cases[i].name);
            CHECK_PUTS("\n");
        }
    }
    check_.step = 0;
}

/* SEM M-23 */
static void texts(void)
{
    int i;
    for (i = 0; i < ASYNC_MISUSE_COUNT; i++) {
        CHECK(async_misuse_text(i)[0] != 0);
        CHECK(async_misuse_text(i) != async_misuse_text(ASYNC_MISUSE_COUNT));
    }
    CHECK_STR(async_misuse_text(ASYNC_MISUSE_COUNT), "unknown mistake");
    for (i = -1; i >= ASYNC_ERR_STOP_ASYNC_ITERATION; i--) {
        CHECK(async_strerror(i) != async_strerror(-99));
    }
    CHECK_STR(async_strerror(0), "ok");
    CHECK_STR(async_strerror(ASYNC_ERR_CANCELLED), "cancelled");
    CHECK_STR(async_strerror(ASYNC_PENDING), "pending");
    CHECK_STR(async_strerror(-99), "unknown error");
    CHECK_STR(async_strerror(5), "unknown error");
    CHECK_STR(async_strerror(ASYNC_ERR_USER), "user error");
    CHECK_STR(async_strerror(ASYNC_ERR_USER_LAST), "user error");
    CHECK_STR(async_strerror(ASYNC_ERR_GROUP), "errors in a task group");
    CHECK_STR(async_strerror(ASYNC_ERR_GROUP_LAST), "errors in a task group");
    CHECK_STR(async_strerror(ASYNC_ERR_GROUP_LAST - 1), "unknown error");
    CHECK(async_is_exception(ASYNC_ERR_TIMEOUT));
    CHECK(async_is_exception(-105));
    CHECK(!async_is_exception(0));
    CHECK(!async_is_exception(ASYNC_ERR_CANCELLED));
    CHECK(!async_is_exception(ASYNC_ERR_GENERATOR_EXIT));
}

static const struct test tests[] = {
    TEST(mistakes),
    TEST(texts),
};
TEST_MAIN(tests)
