/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A loop as the guest of a kernel: port/freertos.h and port/zephyr.h on the
 * machine of machine.h. With an argument the kernel has that fault, and the
 * test must fail. */
#define ASYNC_IMPLEMENTATION
#include "guest.h"

static struct guest guest;

/* Runs a coroutine in a task of a new machine. */
static void prepare(const char *test, async_coro_t *main_coro)
{
    check_.test = test;
    memset((void *)&guest, 0, sizeof guest);
    guest.main = main_coro;
    machine_create(guest_main, &guest);
}

/* How often a long sleep looks at a clock that is narrow. */
static unsigned looks(uint64_t ticks)
{
    return GUEST_EXTENDS && GUEST_COUNT_BITS == 16 ? (unsigned)(ticks / 0x7fff)
                                                   : 0;
}

/* -- Sleeps end on time --------------------------------------------------- */

struct sleeper {
    ASYNC_FRAME;
    async_delay_t ticks;
    uint64_t woke;
};
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->ticks));
    self->woke = guest_elapsed();
    ASYNC_END;
}

#define SLEEPERS 5
static const async_delay_t naps[SLEEPERS] = {1, 15, 16, 250, 200000};

struct sleepers {
    ASYNC_FRAME;
    int i;
    async_task_t task[SLEEPERS];
    struct sleeper sleeper[SLEEPERS];
};
ASYNC_DEF(sleepers)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < SLEEPERS; self->i++) {
        CHECK_INT(async_create_task(
                      &self->task[self->i],
                      ASYNC_CALL(sleeper, &self->sleeper[self->i],
                                 .ticks = naps[self->i])), 0);
    }
    for (self->i = 0; self->i < SLEEPERS; self->i++) {
        AWAIT(&self->task[self->i]);
    }
    ASYNC_RAISE(ASYNC_ERR_USER);
    ASYNC_END;
}

static void test_sleep(void)
{
    static struct sleepers app;
    unsigned blocks = 0;
    uint64_t last = 0, wakes;
    int i;
    guest_machine();
    prepare("sleep", ASYNC_CALL(sleepers, &app));
    guest_run();
    CHECK_INT(guest.status, ASYNC_ERR_USER);
    for (i = 0; i < SLEEPERS; i++) {
        wakes = guest_kernel((uint64_t)naps[i]) + GUEST_LATE;
        CHECK_INT(app.sleeper[i].woke, wakes);
        blocks += wakes != last;
        last = wakes;
    }
    CHECK_INT(machine_blocks(), blocks + looks(200000));
}

/* -- A post wakes --------------------------------------------------------- */

static async_flag_t flag;
static uint64_t set_at;
static async_tick_t seen_by_isr;

static void set_flag(void *argument)
{
    (void)argument;
    set_at = guest_elapsed();
    seen_by_isr = async_loop_time(&guest.loop);
    CHECK_INT(async_flag_set(&flag),
              async_loop_is_closed(&guest.loop) ? ASYNC_ERR_CLOSED : ASYNC_OK);
}

static void set_flag_by_interrupt(void *argument)
{
    machine_interrupt(set_flag, argument);
}

struct waiter {
    ASYNC_FRAME;
    uint64_t woke;
    async_tick_t time;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    async_flag_init(&flag, &guest.loop);
    AWAIT(async_flag_wait(&flag));
    self->woke = guest_elapsed();
    self->time = async_loop_time(&guest.loop);
    ASYNC_END;
}

static struct waiter waiter_app;

static void check_waiter(uint64_t delay)
{
    CHECK_INT(guest.status, 0);
    CHECK_INT(set_at, delay);
    CHECK_INT(waiter_app.woke, delay);
    CHECK(seen_by_isr == waiter_app.time);
    CHECK(waiter_app.time == guest_time(delay));
}

static void test_isr_wakes(void)
{
    uint64_t delays[] = {1, 20, 300000}, delay;
    unsigned i;
    for (i = 0; i < sizeof delays / sizeof *delays; i++) {
        guest_machine();
        delay = guest_kernel(delays[i]);
        prepare("isr wakes", ASYNC_CALL(waiter, &waiter_app));
        machine_at(guest_start + delay, set_flag, NULL);
        guest_run();
        check_waiter(delay);
        CHECK_INT(machine_blocks(), 1 + looks(delays[i]));
    }
#if !GUEST_ZEPHYR
    CHECK(freertos_yields > 0);
#endif
}

static void setter_task(void *argument)
{
    machine_delay(*(uint64_t *)argument);
    set_flag(NULL);
}

static void test_task_wakes(void)
{
    uint64_t delay = 77;
    guest_machine();
    prepare("task wakes", ASYNC_CALL(waiter, &waiter_app));
    machine_create(setter_task, &delay);
    guest_run();
    check_waiter(delay);
    CHECK_INT(machine_blocks(), 2); /* each task once */
}

/* -- A post at every call of the kernel ----------------------------------- */

static bool hook_posts;

static void start_flag(void *argument)
{
    hook_posts = true;
    set_flag_by_interrupt(argument);
}

/* Waits for the flag, with a deadline or without. */
struct limited {
    ASYNC_FRAME;
    bool has_limit;
    async_timeout_t limit;
    uint64_t woke;
};
ASYNC_DEF(limited)
{
    ASYNC_BEGIN;
    if (self->has_limit) {
        ASYNC_TIMEOUT_TICKS(&self->limit, 1000) {
            AWAIT(async_flag_wait(&flag));
        } ASYNC_END_TIMEOUT;
    } else {
        AWAIT(async_flag_wait(&flag));
    }
    self->woke = guest_elapsed();
    ASYNC_END;
}

/* Runs `limited` with `hook` at the nth call; false if there are less. */
static bool hooked(struct limited *app, unsigned nth, bool has_limit,
                   machine_fn hook)
{
    guest_machine();
    check_.step = nth;
    prepare(has_limit ? "window with a deadline" : "window",
            ASYNC_CALL(limited, app, .has_limit = has_limit));
    async_flag_init(&flag, &guest.loop);
    machine_hook(nth, hook, NULL);
    hook_posts = false;
    if (!has_limit) { /* in case there is no nth call */
        machine_at(guest_start + 5000, set_flag, NULL);
    }
    guest_run();
    return hook_posts;
}

static void test_window(void)
{
    static struct limited app;
    unsigned n, i;
    for (i = 0; i < 2; i++) {
        for (n = 1; hooked(&app, n, i == 0, start_flag); n++) {
            if (i == 0 && set_at >= guest_kernel(1000)) {
                CHECK_INT(guest.status, ASYNC_ERR_TIMEOUT); /* set too late */
            } else if (!CHECK_INT(guest.status, 0) ||
                       !CHECK_INT(app.woke, set_at)) {
                CHECK_PUTS("lost wake-up: seen too late\n");
            }
        }
        CHECK(n > 2);
    }
    check_.step = 0;
}

/* The same with another task, which runs in the middle of this one. */
static bool may_set;

static void other_task(void *argument)
{
    (void)argument;
    while (!may_set) {
        machine_delay(guest_kernel(1) + 1);
    }
    set_flag(NULL);
}

static void yield_to_other(void *argument)
{
    (void)argument;
    hook_posts = true;
    may_set = true;
    machine_busy(2);
    machine_yield();
}

static void test_window_task(void)
{
    static struct limited app;
    unsigned n;
    for (n = 1;; n++) {
        guest_machine();
        check_.step = n;
        may_set = hook_posts = false;
        set_at = 0;
        prepare("window, task", ASYNC_CALL(limited, &app, .has_limit = true));
        async_flag_init(&flag, &guest.loop);
        machine_create(other_task, NULL);
        machine_hook(n, yield_to_other, NULL);
        guest_run();
        if (!hook_posts || set_at >= guest_kernel(1000)) {
            break; /* after the timeout */
        }
        CHECK_INT(app.woke, set_at);
    }
    CHECK(n > 2);
    check_.step = 0;
}

/* -- Waking for nothing --------------------------------------------------- */

static void test_spurious(void)
{
    static struct sleeper app;
    guest_machine();
    prepare("spurious", ASYNC_CALL(sleeper, &app, .ticks = 100));
    machine_at(guest_start + 2, guest_wake_isr, &guest);
    machine_at(guest_start + 9, guest_wake_isr, &guest);
    machine_at(guest_start + 9, guest_wake_isr, &guest);
    guest_run();
    CHECK_INT(app.woke, guest_kernel(100) + GUEST_LATE);
    CHECK_INT(machine_blocks(), 3);
}

/* -- Deadlines that have passed ------------------------------------------- */

static unsigned ran;

static int count_run(async_handle_t *handle)
{
    (void)handle;
    ran++;
    return 0;
}

struct late {
    ASYNC_FRAME;
    async_timer_t timer[3];
    unsigned blocks;
};
ASYNC_DEF(late)
{
    ASYNC_BEGIN;
    ran = 0;
    CHECK_INT(async_call_later(&guest.loop, &self->timer[0], -5, count_run), 0);
    CHECK_INT(async_call_later(&guest.loop, &self->timer[1], 0, count_run), 0);
    CHECK_INT(async_call_later(&guest.loop, &self->timer[2], 40, count_run), 0);
    machine_busy(guest_kernel(50)); /* all are due; over the wrap */
    AWAIT(async_sleep_ticks(0)); /* the timers come after this task */
    AWAIT(async_sleep_ticks(0));
    CHECK_INT(ran, 3);
    CHECK_INT(machine_blocks(), 0);
    AWAIT(async_sleep_ticks(1));
    ASYNC_END;
}

static void test_past(void)
{
    static struct late app;
    guest_machine();
    prepare("past", ASYNC_CALL(late, &app));
    guest_run();
    CHECK_INT(guest_elapsed(), guest_kernel(51) + GUEST_LATE);
}

/* Time passes at a call of the kernel: a deadline passes while it is armed. */
static bool hooked_take;

static void preempt(void *argument)
{
    hook_posts = true;
    hooked_take = machine_hooked_take();
    set_at = guest_elapsed();
    machine_busy(*(uint64_t *)argument);
}

static void test_passes_while_armed(void)
{
    static struct sleeper app;
    uint64_t gone, due;
    unsigned n, takes = 0;
    for (n = 1;; n++) {
        guest_machine();
        gone = guest_kernel(30); /* while it sleeps until 10 */
        due = guest_kernel(40) + GUEST_LATE; /* before it begins to */
        check_.step = n;
        hook_posts = false;
        prepare("passes while armed", ASYNC_CALL(sleeper, &app, .ticks = 10));
        machine_hook(n, preempt, &gone);
        guest_run();
        if (!hook_posts || set_at > 0) {
            break; /* after the sleep */
        }
        if (!hooked_take) {
            CHECK(app.woke == gone || app.woke == due);
            CHECK(app.woke == due || machine_blocks() == 0);
        } else if (GUEST_ABSOLUTE) {
            CHECK_INT(app.woke, gone + 1); /* the next tick */
        } else {
            CHECK_INT(app.woke, due);
        }
        takes += hooked_take;
    }
    CHECK_INT(takes, 1);
    CHECK(n > 3);
    check_.step = 0;
}

/* -- A loop that never idles ---------------------------------------------- */

struct worker {
    ASYNC_FRAME;
    int i;
    async_tick_t begin;
};
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    self->begin = async_loop_time(&guest.loop);
    for (self->i = 1; self->i <= 20; self->i++) {
        machine_busy(guest_kernel((uint64_t)self->i * 30000) -
                     guest_elapsed());
        AWAIT(async_sleep_ticks(0));
        CHECK_INT(async_loop_time(&guest.loop) - self->begin,
                  self->i * 30000);
    }
    ASYNC_END;
}

static void test_busy(void)
{
    static struct worker app;
    guest_machine();
    prepare("busy", ASYNC_CALL(worker, &app));
    guest_run();
    CHECK_INT(guest.status, 0);
    CHECK_INT(machine_blocks(), 0);
}

/* -- The end -------------------------------------------------------------- */

static void test_end(void)
{
    static struct sleeper app;
    guest_machine();
    prepare("end", ASYNC_CALL(sleeper, &app, .ticks = 3));
    guest_run();
    CHECK_INT(guest.status, 0);
    CHECK(async_loop_is_closed(&guest.loop));
    async_flag_init(&flag, &guest.loop);
    CHECK_INT(async_flag_set(&flag), ASYNC_ERR_CLOSED);
#if !GUEST_ZEPHYR
    CHECK_INT(async_loop_init(&guest.loop,
                              async_freertos_init(&guest.port, NULL)),
              ASYNC_ERR_VALUE);
#endif
}

int main(int argc, char **argv)
{
    const char *fault = argc > 1 ? argv[1] : "";
    if (strcmp(fault, "no_latch") == 0) {
        machine_fault = MACHINE_NO_LATCH;
    } else if (strcmp(fault, "clear_first") == 0) {
        machine_fault = MACHINE_CLEAR_FIRST;
    }
    test_window();
    if (machine_fault != MACHINE_CORRECT) {
        return check_.failures != 0;
    }
    test_window_task();
    test_sleep();
    test_isr_wakes();
    test_task_wakes();
    test_spurious();
    test_past();
    test_passes_while_armed();
    test_busy();
    test_end();
    return check_.failures != 0;
}
