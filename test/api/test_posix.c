/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The POSIX port, on the real clock: sleeping, waking, file descriptors. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

static async_posix_t posix;
static async_task_t task;
static long idles;

static int counting_idle(async_port_t *port, async_loop_t *which,
                         const async_tick_t *deadline)
{
    static int (*real)(async_port_t *, async_loop_t *, const async_tick_t *);
    if (port == NULL) { /* remember the real one */
        real = posix.port.idle;
        return 0;
    }
    idles++;
    return real(port, which, deadline);
}

static void begin(void)
{
    trace_clear();
    CHECK_INT(async_loop_init(&loop, async_posix_init(&posix)), 0);
    (void)counting_idle(NULL, NULL, NULL);
    posix.port.idle = counting_idle;
    idles = 0;
}

static void end(void)
{
    CHECK_INT(async_loop_close(&loop), 0);
    async_posix_close(&posix);
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    CHECK_INT(clock_gettime(clock, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void nap(long ms)
{
    struct timespec time = {0, 0};
    time.tv_nsec = ms * 1000000;
    (void)nanosleep(&time, NULL);
}

/* -- Sleeping ------------------------------------------------------------- */

struct sleeper {
    ASYNC_FRAME;
    int times;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        AWAIT(async_sleep_ms(30));
    }
    ASYNC_END;
}

/* SEM X-01 D-21 */
static void really_sleeps(void)
{
    struct sleeper frame;
    double wall, cpu;
    begin();
    wall = seconds(CLOCK_MONOTONIC);
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    CHECK_INT(async_run(&loop, ASYNC_CALL(sleeper, &frame, .times = 5)), 0);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    CHECK(wall >= 0.145); /* each sleep may be one tick short */
    CHECK(cpu < 0.05);
    CHECK(idles >= 5 && idles <= 15);
    async_posix_close(&posix);
}

/* SEM L-25 */
static void time_goes_on(void)
{
    async_tick_t before;
    begin();
    before = async_loop_time(&loop);
    nap(5);
    CHECK((async_delay_t)(async_loop_time(&loop) - before) >= 4);
    end();
}

/* -- Waking --------------------------------------------------------------- */

static async_post_t post;

static int stop_run(async_handle_t *handle)
{
    (void)handle;
    note("posted");
    async_loop_stop(&loop);
    return 0;
}

static void *post_later(void *argument)
{
    nap(20);
    CHECK_INT(async_post(&loop, &post), 0);
    return argument;
}

/* SEM X-02 P-01 */
static void woken_by_a_thread(void)
{
    pthread_t thread = 0;
    begin();
    async_post_init(&post, stop_run);
    CHECK_INT(pthread_create(&thread, NULL, post_later, NULL), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0); /* with no timer at all */
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_TRACE("posted");
    CHECK(idles <= 4);
    end();
}

static void on_signal(int number)
{
    (void)number;
    (void)async_post(&loop, &post);
}

static void *signal_later(void *argument)
{
    nap(20);
    CHECK_INT(pthread_kill(*(pthread_t *)argument, SIGUSR1), 0);
    return NULL;
}

static int raise_signal(async_handle_t *handle)
{
    (void)handle;
    note("raise");
    return raise(SIGUSR1);
}

/* SEM X-03 */
static void woken_by_a_signal_handler(void)
{
    static async_handle_t handle;
    struct sigaction action;
    pthread_t thread, self = pthread_self();
    __builtin_memset((void *)&action, 0, sizeof action);
    action.sa_handler = on_signal;
    begin();
    async_post_init(&post, stop_run);
    CHECK_INT(sigaction(SIGUSR1, &action, NULL), 0);
    CHECK_INT(pthread_create(&thread, NULL, signal_later, &self), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_TRACE("posted");
    CHECK_INT(async_call_soon(&loop, &handle, raise_signal), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0); /* in a callback */
    CHECK_TRACE("raise posted");
    end();
}

/* -- File descriptors ----------------------------------------------------- */

static int ends[2];
static async_posix_fd_t watch, other_watch;
static int calls;

static void open_pipe(void)
{
    begin();
    CHECK_INT(pipe(ends), 0);
    __builtin_memset((void *)&watch, 0, sizeof watch);
    __builtin_memset((void *)&other_watch, 0, sizeof other_watch);
    calls = 0;
}

static void close_pipe(void)
{
    (void)close(ends[0]);
    (void)close(ends[1]);
    end();
}

/* Reads one byte; stops after "!". */
static int on_readable(async_handle_t *handle)
{
    char word[2] = {0, 0};
    CHECK(handle == &watch.reader);
    calls++;
    CHECK_INT(read(ends[0], word, 1), 1);
    note_var(word);
    if (word[0] == '!') {
        async_loop_stop(&loop);
    }
    return 0;
}

static void *write_later(void *argument)
{
    nap(20);
    CHECK_INT(write(ends[1], "ab", 2), 2);
    nap(20);
    CHECK_INT(write(ends[1], "!", 1), 1);
    return argument;
}

/* SEM X-04 */
static void reader(void)
{
    pthread_t thread = 0;
    open_pipe();
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], on_readable), 0);
    CHECK_INT(pthread_create(&thread, NULL, write_later, NULL), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT(pthread_join(thread, NULL), 0);
    CHECK_TRACE("a b !"); /* once per iteration in which it is readable */
    CHECK_INT(calls, 3);
    CHECK(async_posix_remove_reader(&loop, &posix, &watch));
    CHECK(!async_posix_remove_reader(&loop, &posix, &watch));
    CHECK_INT(write(ends[1], "c", 1), 1);
    turns(2);
    CHECK_TRACE("");
    close_pipe();
}

static int on_writable(async_handle_t *handle)
{
    CHECK(handle == &watch.writer || handle == &other_watch.writer);
    note("writable");
    if (++calls == 3) {
        async_loop_stop(&loop);
    }
    return 0;
}

/* SEM X-04 */
static void writer(void)
{
    open_pipe();
    CHECK_INT(async_posix_add_writer(&posix, &watch, ends[1], on_writable), 0);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("writable writable writable");
    CHECK(async_posix_remove_writer(&loop, &posix, &watch));
    CHECK(!async_posix_remove_writer(&loop, &posix, &watch));
    turns(2);
    CHECK_TRACE("");
    close_pipe();
}

struct spinner {
    ASYNC_FRAME;
    int turns;
};
ASYNC_DEF(spinner)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_pause());
        self->turns++;
    }
    ASYNC_END;
}

/* SEM X-05 */
static void a_busy_loop_looks_too(void)
{
    struct spinner frame;
    open_pipe();
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], on_readable), 0);
    CHECK_INT(async_loop_create_task(&loop, &task, ASYNC_CALL(spinner, &frame)),
              0);
    CHECK_INT(write(ends[1], "a!", 2), 2);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("a !");
    CHECK(frame.turns <= 4);
    CHECK_INT(idles, 0);
    CHECK(async_posix_remove_reader(&loop, &posix, &watch));
    close_pipe();
}

enum end_by { BY_THREAD, BY_SIGNAL, BY_TIMER, BY_STOP, BY_CANCEL };

/* Is all that there is to run, for a while. */
struct alone {
    ASYNC_FRAME;
    enum end_by by;
    int turns;
};
ASYNC_DEF(alone)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_pause());
        if (++self->turns == 1000 && self->by == BY_SIGNAL) {
            (void)raise(SIGUSR1);
        } else if (self->turns == 1000 && self->by == BY_STOP) {
            async_loop_stop(&loop);
        } else if (self->turns == 1000 && self->by == BY_CANCEL) {
            (void)async_task_cancel(async_current_task());
        }
    }
    ASYNC_CLEANUP;
    note("end");
    ASYNC_END;
}

/* SEM X-10 */
static void a_lone_task_that_pauses(void)
{
    static async_timer_t timer;
    static struct alone frame;
    struct sigaction action;
    pthread_t thread = 0;
    int by;
    __builtin_memset((void *)&action, 0, sizeof action);
    action.sa_handler = on_signal;
    CHECK_INT(sigaction(SIGUSR1, &action, NULL), 0);
    for (by = BY_THREAD; by <= BY_CANCEL; by++) {
        begin();
        async_post_init(&post, stop_run);
        CHECK_INT(async_loop_create_task(&loop, &task,
                                         ASYNC_CALL(alone, &frame,
                                                    .by = (enum end_by)by)),
                  0);
        if (by == BY_THREAD) {
            CHECK_INT(pthread_create(&thread, NULL, post_later, NULL), 0);
        } else if (by == BY_TIMER) {
            CHECK_INT(async_call_later_ms(&loop, &timer, 20, stop_run), 0);
        }
        CHECK_INT(async_loop_run_until_complete(&loop, &task.future),
                  by == BY_CANCEL ? ASYNC_ERR_CANCELLED : ASYNC_ERR_STOPPED);
        CHECK(frame.turns >= (by == BY_TIMER || by == BY_THREAD ? 20 : 999));
        CHECK(by == BY_THREAD || by == BY_TIMER || frame.turns <= 1002);
        CHECK_INT(idles, 0);
        if (by == BY_THREAD) {
            CHECK_INT(pthread_join(thread, NULL), 0);
        }
        CHECK_TRACE_VAR(by == BY_CANCEL ? "end"
                        : by == BY_STOP ? ""
                                        : "posted");
        end();
    }
}

static int on_eof(async_handle_t *handle)
{
    char byte;
    (void)handle;
    CHECK_INT(read(ends[0], &byte, 1), 0);
    note("eof");
    async_loop_stop(&loop);
    return 0;
}

/* SEM X-06 */
static void end_of_file(void)
{
    open_pipe();
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], on_readable), 0);
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], on_eof), 0);
    CHECK_INT(close(ends[1]), 0); /* the second reader took its place */
    ends[1] = -1;
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("eof");
    CHECK(async_posix_remove_reader(&loop, &posix, &watch));
    close_pipe();
}

static int remove_other(async_handle_t *handle)
{
    (void)handle;
    note("removes");
    CHECK(async_posix_remove_writer(&loop, &posix, &other_watch));
    CHECK(async_posix_remove_writer(&loop, &posix, &watch));
    return 0;
}

/* SEM X-07 */
static void removed_when_due(void)
{
    int spare;
    open_pipe();
    spare = dup(ends[1]);
    CHECK_INT(async_posix_add_writer(&posix, &watch, ends[1], remove_other), 0);
    CHECK_INT(async_posix_add_writer(&posix, &other_watch, spare, on_writable),
              0);
    turns(3);
    CHECK_TRACE("removes"); /* both were due */
    (void)close(spare);
    close_pipe();
}

/* SEM X-08 */
static void what_cannot_be_watched(void)
{
    static async_posix_fd_t many[ASYNC_POSIX_FDS];
    int i;
    open_pipe();
    CHECK_INT(async_posix_add_reader(&posix, &watch, -1, on_readable),
              ASYNC_ERR_VALUE);
    CHECK_INT(async_posix_add_reader(&posix, &watch, ends[0], on_readable), 0);
    CHECK_INT(async_posix_add_writer(&posix, &watch, ends[1], on_writable),
              ASYNC_ERR_VALUE);
    CHECK_INT(async_posix_add_writer(&posix, &watch, ends[0], on_writable), 0);
    for (i = 1; i < ASYNC_POSIX_FDS; i++) {
        CHECK_INT(async_posix_add_reader(&posix, &many[i], ends[0],
                                         on_readable),
                  0);
    }
    CHECK_INT(async_posix_add_reader(&posix, &many[0], ends[0], on_readable),
              ASYNC_ERR_NO_MEMORY);
    CHECK(async_posix_remove_reader(&loop, &posix, &watch));
    CHECK(async_posix_remove_writer(&loop, &posix, &watch));
    CHECK_INT(async_posix_add_reader(&posix, &many[0], ends[0], on_readable),
              0);
    for (i = 0; i < ASYNC_POSIX_FDS; i++) {
        CHECK(async_posix_remove_reader(&loop, &posix, &many[i]));
    }
    close_pipe();
}

/* -- One loop per thread -------------------------------------------------- */

struct world {
    async_posix_t posix;
    async_loop_t loop;
    struct sleeper frame;
    int status;
};

static void *run_world(void *argument)
{
    struct world *world = (struct world *)argument;
    CHECK(async_get_running_loop() == NULL);
    world->status = async_loop_init(&world->loop,
                                    async_posix_init(&world->posix));
    if (world->status == 0) {
        world->status = async_run(&world->loop,
                                  ASYNC_CALL(sleeper, &world->frame,
                                             .times = 3));
    }
    async_posix_close(&world->posix);
    return NULL;
}

/* SEM X-09 L-29 */
static void a_loop_in_each_thread(void)
{
    static struct world worlds[4];
    pthread_t threads[4];
    int i;
    for (i = 0; i < 4; i++) {
        CHECK_INT(pthread_create(&threads[i], NULL, run_world, &worlds[i]), 0);
    }
    for (i = 0; i < 4; i++) {
        CHECK_INT(pthread_join(threads[i], NULL), 0);
        CHECK_INT(worlds[i].status, 0);
    }
}

static const struct test tests[] = {
    TEST(really_sleeps),
    TEST(time_goes_on),
    TEST(woken_by_a_thread),
    TEST(woken_by_a_signal_handler),
    TEST(reader),
    TEST(writer),
    TEST(a_busy_loop_looks_too),
    TEST(a_lone_task_that_pauses),
    TEST(end_of_file),
    TEST(removed_when_due),
    TEST(what_cannot_be_watched),
    TEST(a_loop_in_each_thread),
};
TEST_MAIN(tests)
