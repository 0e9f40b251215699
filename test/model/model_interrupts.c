/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Flags, channels and executors: nothing that an interrupt says is lost. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

/* -- Flag ----------------------------------------------------------------- */

enum { SETS = 4 };

static async_flag_t flag;
static async_sim_interrupt_t interrupts[8];
static int sets, merged, taken;

static void set_flag(void)
{
    sets++;
    merged += flag.post.state != 0 || flag.is_set;
    CHECK_INT(async_flag_set(&flag), 0);
}

static void on_flag_interrupt(async_sim_interrupt_t *i)
{
    (void)i;
    set_flag();
}

struct flag_waiter {
    ASYNC_FRAME;
    unsigned id;
    int left;
};
static struct flag_waiter flag_waiters[3];
ASYNC_DEF(flag_waiter)
{
    ASYNC_BEGIN;
    for (; self->left > 0; self->left--) {
        arrive(self->id);
        AWAIT(async_flag_wait(&flag));
        enter(self->id);
        taken++;
        say(self->id, "flag");
        point();
    }
    ASYNC_END;
}

static void interrupts_at(unsigned count, unsigned period,
                          void (*handler)(async_sim_interrupt_t *))
{
    unsigned i;
    for (i = 0; i < count; i++) {
        interrupts[i].pending = false;
        CHECK_INT(async_sim_at(&sim, &interrupts[i],
                               sim.time + 1 + i * period, handler), 0);
    }
}

static void start_flag(void)
{
    unsigned i;
    async_flag_clear(&flag);
    sets = merged = taken = 0;
    interrupts_at(SETS, 2, on_flag_interrupt);
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(flag_waiter, &flag_waiters[i], .id = i,
                            .left = SETS / 2));
    }
}

static void init_flag(void)
{
    SCRUB(&flag);
    async_flag_init(&flag, &loop);
}

static void quiet_flag(void)
{
    CHECK(flag.waiters.first == NULL || !flag.is_set);
    CHECK_INT(flag.post.state, 0);
}

static void clean_flag(void)
{
    CHECK(flag.waiters.first == NULL);
    CHECK(taken + flag.is_set <= sets - merged);
    /* One that a cancelled task gave back may meet another. */
    CHECK(taken + flag.is_set >=
          sets - merged - (model.interrupted && model.struck != 0));
}

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(flag, 2, STARVES, 0, init_flag, start_flag, set_flag, quiet_flag,
      clean_flag)

/* -- Channel -------------------------------------------------------------- */

enum { BYTES = 7 };

static ASYNC_CHANNEL(unsigned char, 8) channel;
static int next_byte, last_byte;
static bool closes;
static unsigned made, got; /* bytes: a bit each */

static void put_byte(void)
{
    int status = async_channel_put(&channel, (unsigned char)next_byte);
    if (status == 0) {
        made |= 1u << next_byte++;
    } else {
        CHECK_INT(status, ASYNC_ERR_QUEUE_SHUTDOWN);
    }
}

/* Two bytes in one interrupt, and the last one may close it. */
static void on_uart(async_sim_interrupt_t *i)
{
    put_byte();
    if (i == &interrupts[1]) {
        put_byte();
    }
    if (closes && i == &interrupts[BYTES - 2]) {
        CHECK_INT(async_channel_close(&channel), 0);
    }
}

struct receiver {
    ASYNC_FRAME;
    unsigned id;
    unsigned char byte;
};
static struct receiver receivers[3];
ASYNC_DEF(receiver)
{
    ASYNC_BEGIN;
    ASYNC_FOR(async_channel_wait(&channel)) {
        CHECK_INT(async_channel_receive_nowait(&channel, &self->byte), 0);
        CHECK((got >> self->byte & 1u) == 0);
        got |= 1u << self->byte;
        CHECK(self->byte > last_byte);
        last_byte = self->byte;
        say(self->id, "byte");
        point();
        if (self->byte % 3 == 0) {
            AWAIT(async_sleep_ticks(closes ? 3 : 0));
        }
    } ASYNC_END_FOR;
    say(self->id, "end");
    ASYNC_END;
}

static void start_channel(void)
{
    unsigned i;
    next_byte = 0;
    last_byte = -1;
    interrupts_at(BYTES - 1, 1, on_uart);
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(receiver, &receivers[i], .id = i));
    }
}

static void make_channel(bool ends)
{
    closes = ends;
    made = got = 0;
    SCRUB(&channel);
    async_channel_init(&channel, &loop, ASYNC_CHANNEL_KEEP_OLDEST);
}

static void init_channel(void)
{
    make_channel(true);
}

static void init_open_channel(void)
{
    make_channel(false);
}

static void quiet_channel(void)
{
    CHECK(channel.channel.waiters.first == NULL ||
          (!channel.channel.closed && async_channel_size(&channel) == 0));
    CHECK_INT(channel.channel.promised, 0);
}

static void clean_channel(void)
{
    unsigned char byte;
    quiet_channel();
    CHECK(channel.channel.waiters.first == NULL);
    while (async_channel_receive_nowait(&channel, &byte) == 0) {
        got |= 1u << byte;
        CHECK(byte > last_byte);
        last_byte = byte;
    }
    CHECK_INT(got, made);
    CHECK_INT(async_channel_lost(&channel), 0);
}

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(channel, 3, ONCE, 0, init_channel, start_channel, put_byte, quiet_channel,
      clean_channel)

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(open_channel, 3, SERVES | ONCE, 0, init_open_channel, start_channel,
      put_byte, quiet_channel, clean_channel)

/* -- Executor ------------------------------------------------------------- */

enum { JOBS = 2 };

static async_sim_executor_t executor; /* a job takes 2 ticks */
static async_worker_t worker;         /* a job takes until an interrupt */
static async_executor_t *used;
static int ran[3][JOBS];

/* Runs in the interrupt. */
static int count_run(void *arg)
{
    ++*(int *)arg;
    return 0;
}

static void run_one(void)
{
    (void)async_worker_run_one(&worker);
}

static void on_worker(async_sim_interrupt_t *i)
{
    (void)i;
    run_one();
}

struct submitter {
    ASYNC_FRAME;
    unsigned id;
    int i;
    async_job_t jobs[JOBS];
};
static struct submitter submitters[3];
ASYNC_DEF(submitter)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < JOBS; self->i++) {
        point();
        AWAIT(async_run_in_executor(used, &self->jobs[self->i], count_run,
                                    &ran[self->id][self->i]));
        CHECK_INT(ran[self->id][self->i], 1);
        CHECK(!async_job_busy(&self->jobs[self->i]));
        say(self->id, "ran");
    }
    ASYNC_END;
}

static void start_submitters(void)
{
    unsigned i;
    __builtin_memset(ran, 0, sizeof ran);
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(submitter, &submitters[i], .id = i));
    }
}

static void start_worker(void)
{
    interrupts_at(3 * JOBS + 2, 1, on_worker);
    start_submitters();
}

static void init_executor(void)
{
    async_sim_executor_init(&executor, &sim, 2);
    used = &executor.worker.executor;
}

static void init_worker(void)
{
    SCRUB(&worker);
    async_worker_init(&worker, NULL);
    used = &worker.executor;
}

/* No job was run twice, and only one that nobody wants any more not at all. */
static void clean_executor(void)
{
    unsigned i, j;
    CHECK(!async_worker_has_work(&executor.worker));
    CHECK(!async_worker_has_work(&worker));
    for (i = 0; i < 3; i++) {
        for (j = 0; j < JOBS; j++) {
            CHECK(!async_job_busy(&submitters[i].jobs[j]));
            CHECK(ran[i][j] == 1 || (ran[i][j] == 0 && is_struck(i)));
        }
    }
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(executor, 3, 0, 0, init_executor, start_submitters, NULL, NULL,
      clean_executor)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(worker, 3, 0, 0, init_worker, start_worker, run_one, NULL, clean_executor)

static const struct test tests[] = {
    TEST(sweep_flag),
    TEST(sweep_channel),
    TEST(sweep_open_channel),
    TEST(sweep_executor),
    TEST(sweep_worker),
};
MODEL_MAIN(tests)
