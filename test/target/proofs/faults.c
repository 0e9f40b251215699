/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What goes wrong on bare metal, and what the library makes of it: interrupts
 * that come faster than the loop drains, a channel that overflows, posts before
 * the loop runs and after it is closed, ports without a timer, a tick that
 * stops, a task that never yields. */
#include "interrupts.h"

static async_flag_t flag;

static void set_flag(void)
{
    CHECK_INT(async_flag_set(&flag), 0);
}

/* -- Storm ---------------------------------------------------------------- */

enum { STORM = 3000 };

static ASYNC_CHANNEL(uint16_t, 8) channel;
static volatile uint16_t storms, kept, dropped;
static uint16_t received, flags;

static void on_storm(void)
{
    int status;
    if (storms == STORM) {
        return;
    }
    storms++;
    (void)async_flag_set(&flag);
    status = async_channel_put(&channel, storms);
    if (status == 0) {
        kept++;
    } else if (status == ASYNC_ERR_QUEUE_FULL) {
        dropped++;
    }
    if (storms == STORM) {
        tick_hurry(false);
        (void)async_channel_close(&channel);
    }
}

struct count_flags {
    ASYNC_FRAME;
};
static struct count_flags count_frame;
ASYNC_DEF(count_flags)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&flag));
        flags++;
    }
    ASYNC_END;
}

/* Keeps the loop from idling, which would set the one alarm of a RISC-V. */
struct busy {
    ASYNC_FRAME;
};
static struct busy busy_frame;
ASYNC_DEF(busy)
{
    ASYNC_BEGIN;
    while (storms < STORM) {
        AWAIT(async_pause());
    }
    ASYNC_END;
}

struct storm {
    ASYNC_FRAME;
    uint16_t item, last;
    async_task_t counter, busy;
};
static struct storm storm_frame;
ASYNC_DEF(storm)
{
    ASYNC_BEGIN;
    async_channel_init(&channel, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    CHECK_INT(async_create_task(&self->counter,
                                ASYNC_CALL(count_flags, &count_frame)), 0);
    CHECK_INT(async_create_task(&self->busy, ASYNC_CALL(busy, &busy_frame)),
              0);
    on_tick = on_storm;
    tick_hurry(true);
    ASYNC_FOR(async_channel_wait(&channel)) {
        CHECK_INT(async_channel_receive_nowait(&channel, &self->item), 0);
        CHECK(self->item > self->last); /* in order, none twice */
        self->last = self->item;
        received++;
        AWAIT(async_pause());
    } ASYNC_END_FOR;
    on_tick = NULL;
    CHECK_INT(storms, STORM);
    CHECK_INT(received, kept);
    CHECK_INT(kept + dropped, STORM);
    CHECK_INT(async_channel_lost(&channel), dropped);
    CHECK(dropped > 0 && flags > 0);
    CHECK(flags < STORM); /* several sets became one */
    /* All is as before: a set is one event, and the clock goes on. */
    AWAIT(async_sleep_ticks(2));
    flags = 0;
    interrupt(set_flag);
    AWAIT(async_sleep_ticks(2));
    CHECK_INT(flags, 1);
    CHECK(!async_loop_has_posts(&loop));
    ASYNC_END;
}

/* -- Overflow ------------------------------------------------------------- */

static unsigned full;

static void put_twenty(void)
{
    uint16_t i;
    full = 0;
    for (i = 0; i < 20; i++) {
        full += async_channel_put(&channel, i) == ASYNC_ERR_QUEUE_FULL;
    }
}

struct overflow {
    ASYNC_FRAME;
    uint16_t item, i;
};
static struct overflow overflow_frame;
ASYNC_DEF(overflow)
{
    ASYNC_BEGIN;
    async_channel_init(&channel, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
    interrupt(put_twenty);
    for (self->i = 0; self->i < 8; self->i++) {
        ASYNC_RECEIVE(&channel, self->item);
        CHECK_INT(self->item, self->i);
    }
    CHECK_INT(async_channel_size(&channel), 0);
    CHECK_INT(async_channel_lost(&channel), 12);
    CHECK_INT(full, 12);
    AWAIT(async_sleep_ticks(2)); /* its post has run: it can be made anew */

    async_channel_init(&channel, &loop, ASYNC_CHANNEL_KEEP_NEWEST);
    interrupt(put_twenty);
    for (self->i = 13; self->i < 20; self->i++) {
        ASYNC_RECEIVE(&channel, self->item);
        CHECK_INT(self->item, self->i);
    }
    CHECK_INT(async_channel_size(&channel), 0);
    CHECK_INT(async_channel_lost(&channel), 13);
    CHECK_INT(full, 0);
    AWAIT(async_sleep_ticks(2));
    ASYNC_END;
}

/* -- Posts before and after ----------------------------------------------- */

static int posted;

static void try_flag(void)
{
    posted = async_flag_set(&flag);
}

struct early {
    ASYNC_FRAME;
};
static struct early early_frame;
ASYNC_DEF(early)
{
    ASYNC_BEGIN;
    AWAIT(async_flag_wait(&flag)); /* set before the loop ran */
    ASYNC_END;
}

static void before_and_after(void)
{
    interrupt(set_flag);
    interrupt(set_flag);
    CHECK_INT(async_run(&loop, ASYNC_CALL(early, &early_frame)), 0);
    CHECK(async_loop_is_closed(&loop));
    interrupt(try_flag);
    CHECK_INT(posted, ASYNC_ERR_CLOSED);
    CHECK(!async_loop_has_posts(&loop));
}

/* -- A tick that stops ---------------------------------------------------- */

static volatile bool slept;

struct nap {
    ASYNC_FRAME;
};
static struct nap nap_frame;
ASYNC_DEF(nap)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(5));
    slept = true;
    ASYNC_END;
}

struct stopped {
    ASYNC_FRAME;
    uint8_t i;
    async_tick_t from;
    async_task_t nap;
};
static struct stopped stopped_frame;
ASYNC_DEF(stopped)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&self->nap, ASYNC_CALL(nap, &nap_frame)), 0);
    AWAIT(async_sleep_ticks(1));
    tick_stop();
    self->from = async_loop_time(&loop);
    for (self->i = 0; self->i < 100; self->i++) {
        interrupt(set_flag);
        AWAIT(async_flag_wait(&flag));
    }
    CHECK(!slept);
    CHECK(async_loop_time(&loop) - self->from <= 1);
    tick_go();
    AWAIT(&self->nap);
    CHECK(slept);
    CHECK(async_loop_time(&loop) - self->from >= 3);
    ASYNC_END;
}

/* -- A task that never yields --------------------------------------------- */

static volatile uint8_t unfed;
static async_task_t *volatile named;
static volatile bool bites;

/* A watchdog's interrupt: too long without a feeder's turn. */
static void on_watch(void)
{
    if (unfed++ == 20) {
        named = async_current_task();
        bites = true;
    }
}

struct feeder {
    ASYNC_FRAME;
};
static struct feeder feeder_frame;
ASYNC_DEF(feeder)
{
    ASYNC_BEGIN;
    for (;;) {
        unfed = 0;
        AWAIT(async_sleep_ticks(3));
    }
    ASYNC_END;
}

struct hog {
    ASYNC_FRAME;
};
static struct hog hog_frame;
ASYNC_DEF(hog)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    while (!bites) { }
    ASYNC_END;
}

static int hog_callback(async_handle_t *handle)
{
    (void)handle;
    while (!bites) { }
    return 0;
}

struct watched {
    ASYNC_FRAME;
    async_task_t feeder, hog;
    async_handle_t callback;
};
static struct watched watched_frame;
ASYNC_DEF(watched)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&self->feeder,
                                ASYNC_CALL(feeder, &feeder_frame)), 0);
    AWAIT(async_sleep_ticks(10));
    on_tick = on_watch;
    tick_go();
    AWAIT(async_sleep_ticks(100));
    CHECK(!bites); /* all is well */
    CHECK_INT(async_create_task(&self->hog, ASYNC_CALL(hog, &hog_frame)), 0);
    tick_go();
    AWAIT(&self->hog);
    CHECK(named == &self->hog);
    AWAIT(async_sleep_ticks(10));
    bites = false;
    CHECK_INT(async_call_soon(&loop, &self->callback, hog_callback), 0);
    tick_go();
    AWAIT(async_sleep_ticks(10));
    CHECK(bites && named == NULL);
    on_tick = NULL;
    ASYNC_END;
}

/* -- All ------------------------------------------------------------------ */

static async_tick_t no_now(void)
{
    return 0;
}

static void no_alarm(async_tick_t when)
{
    (void)when;
}

static void no_timer(void)
{
    static async_tickless_t tickless;
    CHECK_INT(async_loop_init(&loop, async_tickless_init(&tickless, NULL,
                                                         no_alarm)),
              ASYNC_ERR_VALUE);
    CHECK_INT(async_loop_init(&loop, async_tickless_init(&tickless, no_now,
                                                         NULL)),
              ASYNC_ERR_VALUE);
#if defined(__arm__)
    CHECK_INT(async_loop_init(&loop, async_systick_init(&port_tick, 1999)),
              ASYNC_ERR_VALUE); /* less than two clocks in a tick */
    CHECK_INT(async_loop_init(&loop, async_systick_init(&port_tick, 0)),
              ASYNC_ERR_VALUE);
#elif defined(__riscv)
    CHECK_INT(async_loop_init(&loop, async_riscv_init(&port_riscv, 32768)),
              ASYNC_ERR_VALUE); /* no multiple of the tick */
    CHECK_INT(async_loop_init(&loop, async_riscv_init(&port_riscv, 0)),
              ASYNC_ERR_VALUE);
#endif
}

static void begin(const char *name)
{
    check_.test = name;
    board_puts(name);
    board_puts("\n");
    CHECK_INT(async_loop_init(&loop, port_start((async_tick_t)0 - 50)), 0);
    async_flag_init(&flag, &loop);
}

int main(void)
{
    board_init();
    no_timer();
    interrupt_start();
    begin("before_and_after");
    before_and_after();
    begin("overflow");
    CHECK_INT(async_run(&loop, ASYNC_CALL(overflow, &overflow_frame)), 0);
    begin("stopped");
    CHECK_INT(async_run(&loop, ASYNC_CALL(stopped, &stopped_frame)), 0);
    begin("watched");
    CHECK_INT(async_run(&loop, ASYNC_CALL(watched, &watched_frame)), 0);
    begin("storm");
    CHECK_INT(async_run(&loop, ASYNC_CALL(storm, &storm_frame)), 0);
    figure("interrupts", storms);
    figure("received", received);
    figure("dropped_and_counted", dropped);
    return proof_end();
}
