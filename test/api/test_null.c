/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* NULL for each pointer that must not be: with ASYNC_CHECKS that reaches
 * ASYNC_MISUSE_HOOK. Each case runs in a process of its own. */
#define ASYNC_IMPLEMENTATION
#include "mistakes.h"

/* Hides from the compiler that a pointer is NULL. */
#define NONE(type) ((type *)none())
static void *none(void)
{
    static void *volatile nothing;
    return nothing;
}

static async_task_t task;
static async_future_t future;
static async_callback_t callback;
static async_timer_t timer;
static async_post_t post;
static async_completion_t completion;
static async_ticker_t ticker;
static async_sim_interrupt_t interrupt;
static async_posix_t posix;
static async_posix_fd_t watch;
static async_tick_t deadline;
static bool has_deadline;
static int error;
static char name[8];

static int fn(async_handle_t *handle)
{
    (void)handle;
    return 0;
}

static void strike(async_sim_interrupt_t *i)
{
    (void)i;
}

struct plain {
    ASYNC_FRAME;
};
ASYNC_DEF(plain)
{
    ASYNC_BEGIN;
    ASYNC_END;
}
static struct plain frame;

static async_coro_t *coro(void)
{
    return ASYNC_CALL(plain, &frame);
}

static ASYNC_CHANNEL(int, 2) channel;
static async_flag_t flag;
static async_executor_t executor;
static async_job_t job;
static async_lock_t lock;
static async_condition_t condition;

static ASYNC_POOL_STORAGE(blocks, sizeof(struct plain), 2);

static int work(void *arg)
{
    return arg != NULL;
}

static void forget(async_op_t op)
{
    (void)op;
}

/* -- What must run in a task ---------------------------------------------- */

enum inside { CORO, FUTURE, TASK, WAITERS, TICKER, SPAWN, CREATE_TASK,
              CREATE_CORO, INSIDES };

struct insider {
    ASYNC_FRAME;
    int what;
};
ASYNC_DEF(insider)
{
    ASYNC_BEGIN;
    if (self->what == CORO) {
        AWAIT(NONE(async_coro_t));
    } else if (self->what == FUTURE) {
        AWAIT(NONE(async_future_t));
    } else if (self->what == TASK) {
        AWAIT(NONE(async_task_t));
    } else if (self->what == WAITERS) {
        AWAIT(async_op_wait(NONE(async_waiters_t), NULL));
    } else if (self->what == TICKER) {
        AWAIT(async_ticker_wait(NONE(async_ticker_t)));
    } else if (self->what == SPAWN) {
        (void)ASYNC_SPAWN(plain, NONE(async_pool_t));
    } else if (self->what == CREATE_TASK) {
        (void)async_create_task(NONE(async_task_t), coro());
    } else {
        (void)async_create_task(&task, NONE(async_coro_t));
    }
    ASYNC_END;
}

static void run_inside(int what)
{
    static struct insider insider;
    (void)async_run(&loop, ASYNC_CALL(insider, &insider, .what = what));
}

/* -- Everything else ------------------------------------------------------ */

/* X(call): each is run by itself. */
#define CALLS(X)                                                              \
    X((void)async_loop_init(NONE(async_loop_t), &sim.port))                   \
    X((void)async_run(NONE(async_loop_t), coro()))                            \
    X((void)async_run(&loop, NONE(async_coro_t)))                             \
    X((void)async_loop_run_until_complete(NONE(async_loop_t), &future))       \
    X((void)async_loop_run_until_complete(&loop, NONE(async_future_t)))       \
    X((void)async_loop_run_forever(NONE(async_loop_t)))                       \
    X((void)async_loop_run_once(NONE(async_loop_t), &deadline,                \
                                &has_deadline))                               \
    X((void)async_loop_run_once(&loop, NONE(async_tick_t), &has_deadline))    \
    X((void)async_loop_run_once(&loop, &deadline, NONE(bool)))                \
    X(async_loop_stop(NONE(async_loop_t)))                                    \
    X((void)async_loop_close(NONE(async_loop_t)))                             \
    X((void)async_loop_is_running(NONE(async_loop_t)))                        \
    X((void)async_loop_is_closed(NONE(async_loop_t)))                         \
    X((void)async_loop_time(NONE(async_loop_t)))                              \
    X(async_loop_set_exception_handler(NONE(async_loop_t), NULL))             \
    X((void)async_call_soon(NONE(async_loop_t), &timer.handle, fn))           \
    X((void)async_call_soon(&loop, NONE(async_handle_t), fn))                 \
    X((void)async_call_later(NONE(async_loop_t), &timer, 1, fn))              \
    X((void)async_call_later(&loop, NONE(async_timer_t), 1, fn))              \
    X((void)async_call_later_ms(NONE(async_loop_t), &timer, 1, fn))           \
    X((void)async_call_later_ms(&loop, NONE(async_timer_t), 1, fn))           \
    X((void)async_call_at(NONE(async_loop_t), &timer, 1, fn))                 \
    X((void)async_call_at(&loop, NONE(async_timer_t), 1, fn))                 \
    X((void)async_handle_cancel(NONE(async_loop_t), &timer.handle))           \
    X((void)async_handle_cancel(&loop, NONE(async_handle_t)))                 \
    X((void)async_timer_cancel(NONE(async_loop_t), &timer))                   \
    X((void)async_timer_cancel(&loop, NONE(async_timer_t)))                   \
    X((void)async_timer_when(NONE(async_timer_t)))                            \
    X(async_post_init(NONE(async_post_t), fn))                                \
    X((void)async_post(NONE(async_loop_t), &post))                            \
    X((void)async_post(&loop, NONE(async_post_t)))                            \
    X(async_post_cancel(NONE(async_post_t)))                                  \
    X((void)async_loop_has_posts(NONE(async_loop_t)))                         \
    X(async_future_init(NONE(async_future_t), &loop))                         \
    X(async_future_init(&future, NONE(async_loop_t)))                         \
    X((void)async_future_set_result(NONE(async_future_t), NULL))              \
    X((void)async_future_set_exception(NONE(async_future_t), -105))           \
    X((void)async_future_cancel(NONE(async_future_t)))                        \
    X((void)async_future_result(NONE(async_future_t), NULL))                  \
    X((void)async_future_exception(NONE(async_future_t), &error))             \
    X((void)async_future_exception(&future, NONE(int)))                       \
    X((void)async_future_state(NONE(async_future_t)))                         \
    X((void)async_future_done(NONE(async_future_t)))                          \
    X((void)async_future_cancelled(NONE(async_future_t)))                     \
    X((void)async_future_add_done_callback(NONE(async_future_t), &callback,   \
                                           fn))                               \
    X((void)async_future_add_done_callback(&future, NONE(async_callback_t),   \
                                           fn))                               \
    X((void)async_future_remove_done_callback(NONE(async_future_t),           \
                                              &callback))                     \
    X((void)async_future_remove_done_callback(&future,                        \
                                              NONE(async_callback_t)))        \
    X((void)async_callback_future(NONE(async_handle_t)))                      \
    X((void)async_loop_create_task(&loop, NONE(async_task_t), coro()))        \
    X((void)async_loop_create_task(&loop, &task, NONE(async_coro_t)))         \
    X((void)async_task_cancel(NONE(async_task_t)))                            \
    X((void)async_task_cancelling(NONE(async_task_t)))                        \
    X((void)async_task_uncancel(NONE(async_task_t)))                          \
    X((void)async_all_tasks(NONE(async_loop_t), NULL))                        \
    X(async_task_set_name(NONE(async_task_t), "name"))                        \
    X((void)async_task_get_name(NONE(async_task_t), name, sizeof name))       \
    X((void)async_task_get_name(&task, NONE(char), sizeof name))              \
    X((void)async_wake_one(NONE(async_waiters_t)))                            \
    X((void)async_wake_all(NONE(async_waiters_t)))                            \
    X((void)async_op_status(NONE(async_task_t)))                              \
    X((void)async_op_woken(NONE(async_task_t)))                               \
    X(error = async_op_end(NONE(async_task_t), 0))                            \
    X((void)async_op_waiters(NONE(async_task_t)))                             \
    X((void)async_ticker_init_ticks(NONE(async_ticker_t), &loop, 1))          \
    X((void)async_ticker_init_ticks(&ticker, NONE(async_loop_t), 1))          \
    X((void)async_ticker_init_ms(NONE(async_ticker_t), &loop, 1))             \
    X((void)async_ticker_init_ms(&ticker, NONE(async_loop_t), 1))             \
    X(async_pool_init(NONE(async_pool_t), blocks))                            \
    X(async_lock_init(NONE(async_lock_t)))                                    \
    X(forget(async_lock_acquire(NONE(async_lock_t))))                         \
    X((void)async_lock_release(NONE(async_lock_t)))                           \
    X((void)async_lock_locked(NONE(async_lock_t)))                            \
    X(async_event_init(NONE(async_event_t)))                                  \
    X(forget(async_event_wait(NONE(async_event_t))))                          \
    X(async_event_set(NONE(async_event_t)))                                   \
    X(async_event_clear(NONE(async_event_t)))                                 \
    X((void)async_event_is_set(NONE(async_event_t)))                          \
    X(async_condition_init(NONE(async_condition_t), &lock))                   \
    X(async_condition_init(&condition, NONE(async_lock_t)))                   \
    X(forget(async_condition_wait(NONE(async_condition_t))))                  \
    X((void)async_condition_notify(NONE(async_condition_t), 1))               \
    X((void)async_condition_notify_all(NONE(async_condition_t)))              \
    X((void)async_semaphore_init(NONE(async_semaphore_t), 1))                 \
    X((void)async_bounded_semaphore_init(NONE(async_semaphore_t), 1))         \
    X(forget(async_semaphore_acquire(NONE(async_semaphore_t))))               \
    X((void)async_semaphore_release(NONE(async_semaphore_t)))                 \
    X((void)async_semaphore_locked(NONE(async_semaphore_t)))                  \
    X((void)async_semaphore_value(NONE(async_semaphore_t)))                   \
    X((void)async_barrier_init(NONE(async_barrier_t), 1))                     \
    X(forget(async_barrier_wait(NONE(async_barrier_t))))                      \
    X((void)async_barrier_index(NONE(async_barrier_t)))                       \
    X(async_barrier_reset(NONE(async_barrier_t)))                             \
    X(async_barrier_abort(NONE(async_barrier_t)))                             \
    X((void)async_barrier_n_waiting(NONE(async_barrier_t)))                   \
    X((void)async_barrier_parties(NONE(async_barrier_t)))                     \
    X((void)async_barrier_broken(NONE(async_barrier_t)))                      \
    X(async_queue_init_(NONE(async_queue_t), 1, false))                       \
    X((void)async_queue_step_(NONE(async_queue_t), 1))                        \
    X(forget(async_queue_wait_(NONE(async_queue_t), 0)))                      \
    X((void)async_queue_task_done_(NONE(async_queue_t)))                      \
    X(forget(async_queue_join_(NONE(async_queue_t))))                         \
    X(async_queue_shutdown_(NONE(async_queue_t), false))                      \
    X((void)async_queue_size_(NONE(async_queue_t)))                           \
    X(async_flag_init(NONE(async_flag_t), &loop))                             \
    X(async_flag_init(&flag, NONE(async_loop_t)))                             \
    X((void)async_flag_set(NONE(async_flag_t)))                               \
    X(async_flag_clear(NONE(async_flag_t)))                                   \
    X(forget(async_flag_wait(NONE(async_flag_t))))                            \
    X(async_channel_init_(NONE(async_channel_t), &loop, 2,                    \
                          ASYNC_CHANNEL_KEEP_OLDEST))                         \
    X(async_channel_init(&channel, NONE(async_loop_t),                        \
                         ASYNC_CHANNEL_KEEP_OLDEST))                          \
    X((void)async_channel_put_(NONE(async_channel_t), channel.items, &error,  \
                               sizeof error))                                 \
    X((void)async_channel_close_(NONE(async_channel_t)))                      \
    X(forget(async_channel_wait_(NONE(async_channel_t))))                     \
    X((void)async_channel_receive_(NONE(async_channel_t), channel.items,      \
                                   &error, sizeof error))                     \
    X((void)async_channel_size_(NONE(async_channel_t)))                       \
    X((void)async_channel_lost_(NONE(async_channel_t)))                       \
    X((void)async_completion_init(NONE(async_completion_t), &loop))           \
    X((void)async_completion_init(&completion, NONE(async_loop_t)))           \
    X((void)async_completion_set_result(NONE(async_completion_t), NULL))      \
    X((void)async_completion_set_exception(NONE(async_completion_t), -100))   \
    X((void)async_run_in_executor(NONE(async_executor_t), &job, work, NULL))  \
    X((void)async_run_in_executor(&executor, NONE(async_job_t), work, NULL))  \
    X((void)async_job_busy(NONE(async_job_t)))                                \
    X(async_job_run(NONE(async_job_t)))                                       \
    X(async_worker_init(NONE(async_worker_t), NULL))                          \
    X((void)async_worker_has_work(NONE(async_worker_t)))                      \
    X((void)async_worker_run_one(NONE(async_worker_t)))                       \
    X(async_sim_executor_init(NONE(async_sim_executor_t), &sim, 1))           \
    X((void)ASYNC_CALL(plain, NONE(struct plain))->point)                     \
    X((void)ASYNC_CALL_HEADER(plain, NONE(struct plain))->point)              \
    X((void)async_driver_init(NONE(async_driver_t), coro()))                  \
    X(async_driver_t driver;                                                  \
      (void)async_driver_init(&driver, NONE(async_coro_t)))                   \
    X((void)async_drive(NONE(async_driver_t)))                                \
    X(async_generator_init(NONE(async_coro_t)))                               \
    X((void)async_sim_init(NONE(async_sim_t), 0))                             \
    X((void)async_sim_at(NONE(async_sim_t), &interrupt, 5, strike))           \
    X((void)async_sim_at(&sim, NONE(async_sim_interrupt_t), 5, strike))       \
    X(async_sim_advance(NONE(async_sim_t), 5))                                \
    X((void)async_posix_init(NONE(async_posix_t)))                            \
    X(async_posix_close(NONE(async_posix_t)))                                 \
    X((void)async_posix_add_reader(NONE(async_posix_t), &watch, 0, fn))       \
    X((void)async_posix_add_reader(&posix, NONE(async_posix_fd_t), 0, fn))    \
    X((void)async_posix_add_writer(NONE(async_posix_t), &watch, 0, fn))       \
    X((void)async_posix_add_writer(&posix, NONE(async_posix_fd_t), 0, fn))    \
    X((void)async_posix_remove_reader(NONE(async_loop_t), &posix, &watch))    \
    X((void)async_posix_remove_reader(&loop, NONE(async_posix_t), &watch))    \
    X((void)async_posix_remove_reader(&loop, &posix,                          \
                                      NONE(async_posix_fd_t)))                \
    X((void)async_posix_remove_writer(NONE(async_loop_t), &posix, &watch))    \
    X((void)async_posix_remove_writer(&loop, NONE(async_posix_t), &watch))    \
    X((void)async_posix_remove_writer(&loop, &posix, NONE(async_posix_fd_t)))

/* The names of all, and a way to make one of them. */
#define NAME_(call) #call,
static const char *const names[] = {CALLS(NAME_)};
enum { COUNT = sizeof names / sizeof *names };

static void make_call(int number)
{
    int next = 0;
#define MAKE_(call)         \
    if (number == next++) { \
        call;               \
    }
    CALLS(MAKE_)
    forget(async_pause());
    (void)error;
}

static void (*numbered)(int number);
static int its_number;

static void run_numbered(void)
{
    numbered(its_number);
}

static int mistake_in(void (*run)(int number), int number)
{
    numbered = run;
    its_number = number;
    return mistake_of(run_numbered);
}

/* SEM M-16 */
static void null_arguments(void)
{
    int i;
    world_begin();
    async_future_init(&future, &loop);
    async_post_init(&post, fn);
    CHECK(async_posix_init(&posix) != NULL);
    for (i = 0; i < (int)COUNT; i++) {
        if (world_step((unsigned long)i) &&
            !CHECK_INT(mistake_in(make_call, i), ASYNC_MISUSE_NULL_ARGUMENT)) {
            CHECK_PUTS(names[i]);
            CHECK_PUTS("\n");
        }
    }
    CHECK_INT(mistake_in(make_call, COUNT), -1); /* none: nothing is wrong */
    for (i = 0; i < INSIDES; i++) {
        check_.step = 1000u + (unsigned)i;
        CHECK_INT(mistake_in(run_inside, i), ASYNC_MISUSE_NULL_ARGUMENT);
    }
    check_.step = 0;
    async_posix_close(&posix);
}

static const struct test tests[] = {
    TEST(null_arguments),
};
TEST_MAIN(tests)
