/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runs a scenario of a driver again and again, disturbed at one or two places:
 *
 *   TURN    one of its tasks is cancelled before iteration number `at`
 *   TICK    it is cancelled at a tick
 *   ACCESS  at access number `at` to a register the time jumps to the next
 *           event of a peripheral, whose interrupt so comes there
 *   both    an ACCESS, and a TICK or TURN; or two TURNs
 *
 * After each run the scenario checks what is left. The step of the replay id
 * is ABBBBCCCC: kind and the two places. */
#ifndef DRIVERS_SWEEP_H_INCLUDED
#define DRIVERS_SWEEP_H_INCLUDED

#include "machine.h"
#include "world.h"

struct scenario {
    void (*start)(void);      /* makes peripheral and driver, starts tasks */
    async_task_t *victim;     /* who is cancelled */
    void (*check)(void);      /* after all tasks have ended */
    unsigned ticks;           /* at most */
    unsigned stride;          /* of the places of a pair; 0: no pairs */
    bool starves;             /* it may wait for ever if time jumps: then the
                                 victim is cancelled */
};

enum sweep_kind {
    NONE,
    TURN,
    TICK,
    ACCESS,
    ACCESS_TICK,
    ACCESS_TURN,
    TWO_TURNS
};

static struct {
    const struct scenario *scenario;
    async_sim_interrupt_t tick;
    async_post_t post;
    unsigned turns, ticks, accesses; /* of the last run */
    unsigned runs;
    bool may_starve;
    bool over;      /* nothing is disturbed any more */
    bool cancelled; /* the victim was, before its end */
} sweep_;

static inline bool sweep_cancelled(void)
{
    return sweep_.cancelled;
}

static inline void sweep_cancel_(void)
{
    if (!sweep_.over && async_task_cancel(sweep_.scenario->victim) == 1) {
        sweep_.cancelled = true;
    }
}

static inline int sweep_posted_(async_handle_t *handle)
{
    (void)handle;
    sweep_cancel_();
    return 0;
}

static inline void sweep_on_tick_(async_sim_interrupt_t *event)
{
    (void)event;
    (void)async_post(&loop, &sweep_.post);
}

/* One iteration, and a sleep if there is nothing to do. */
static inline void sweep_turn_(void)
{
    async_tick_t deadline;
    bool has_deadline = false;
    if (async_loop_run_once(&loop, &deadline, &has_deadline) == 0 &&
        async_all_tasks(&loop, NULL) != NULL) {
        int status = sim.port.idle(&sim.port, &loop,
                                   has_deadline ? &deadline : NULL);
        if (status != 0 && !sweep_.over && sweep_.may_starve) {
            sweep_cancel_();
        } else {
            CHECK_INT(status, 0);
        }
    }
}

/* Runs until no task is left. */
static inline void sweep_to_the_end(unsigned ticks)
{
    long end = world_time() + (long)ticks;
    unsigned long failures = check_.failures;
    while (async_all_tasks(&loop, NULL) != NULL && !machine.storm &&
           CHECK(world_time() <= end) && check_.failures == failures) {
        sweep_turn_();
    }
    CHECK(!machine.storm);
}

/* Lets the peripherals finish what they do, with no task there. */
static inline void sweep_settle(unsigned ticks)
{
    async_sim_advance(&sim, ticks);
    turns(3);
}

static inline void sweep_begin_(enum sweep_kind kind, unsigned a, unsigned b)
{
    sweep_.runs++;
    world_begin();
    machine_begin(&sim);
    sweep_.cancelled = sweep_.over = false;
    sweep_.scenario->start();
    machine.accesses = 0;
    sweep_.may_starve = sweep_.scenario->starves && kind >= ACCESS;
    machine.strike = kind >= ACCESS && kind <= ACCESS_TURN ? a : 0;
    if (kind == TICK || kind == ACCESS_TICK) {
        async_post_init(&sweep_.post, sweep_posted_);
        sweep_.tick.pending = false;
        machine_at(&sweep_.tick, sim.time + (kind == TICK ? a : b),
                   sweep_on_tick_);
    }
}

static inline void sweep_one_(enum sweep_kind kind, unsigned a, unsigned b)
{
    const struct scenario *s = sweep_.scenario;
    unsigned long failures = check_.failures;
    unsigned turn = kind == TURN || kind == TWO_TURNS ? a : ~0u;
    unsigned second = kind == ACCESS_TURN || kind == TWO_TURNS ? b : ~0u;
    if (!world_step((kind * 10000ul + a) * 10000u + b)) {
        return;
    }
    sweep_begin_(kind, a, b);
    for (sweep_.turns = 0; async_all_tasks(&loop, NULL) != NULL;
         sweep_.turns++) {
        if (sweep_.turns == turn || sweep_.turns == second) {
            sweep_cancel_();
        }
        sweep_turn_();
        if (check_.failures != failures || machine.storm ||
            !CHECK(world_time() <= (long)s->ticks)) {
            break;
        }
    }
    sweep_.accesses = machine.accesses;
    sweep_.ticks = (unsigned)world_time();
    machine.strike = 0;
    sweep_.over = true;
    CHECK(!machine.storm);
    s->check();
    if (check_.failures == failures) {
        world_end();
    }
}

/* All disturbances. Gives up after the first few failures. */
static inline void sweep(const struct scenario *s)
{
    unsigned turns_, ticks, accesses, a, b, step = s->stride;
    unsigned long failures = check_.failures;
    sweep_.scenario = s;
    sweep_.runs = 0;
    sweep_one_(NONE, 0, 0);
    turns_ = sweep_.turns;
    ticks = sweep_.ticks;
    accesses = sweep_.accesses;
    for (a = 0; a <= turns_; a++) {
        sweep_one_(TURN, a, 0);
        for (b = a; step != 0 && b < a + 12 && b <= turns_ + 4; b++) {
            sweep_one_(TWO_TURNS, a, b);
        }
        if (check_.failures > failures + 5) {
            return;
        }
    }
    for (a = 0; a <= ticks + 1; a++) {
        sweep_one_(TICK, a, 0);
    }
    for (a = 1; a <= accesses; a++) {
        sweep_one_(ACCESS, a, 0);
        for (b = a % (step + 1); step != 0 && b <= ticks; b += step) {
            sweep_one_(ACCESS_TICK, a, b);
        }
        for (b = a % (step + 1); step != 0 && b <= turns_; b += step) {
            sweep_one_(ACCESS_TURN, a, b);
        }
        if (check_.failures > failures + 5) {
            return;
        }
    }
    CHECK_PUTS(check_.test);
    check_put_(": ", sweep_.runs, 10);
    CHECK_PUTS(" disturbed runs\n");
}

#endif
