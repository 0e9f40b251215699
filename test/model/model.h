/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model is a small program that runs again and again, each time with another
 * disturbance: see sweep.h. This file makes one run of it. A scenario is up to
 * five tasks that share something, and what to look at in the end. */
#ifndef MODEL_H_INCLUDED
#define MODEL_H_INCLUDED

#include <stdbool.h>
#include <stdio.h>

#include <string.h>

/* What failed checks say while they are expected to. */
static bool model_silent_;
static char model_said_[600];

static inline void model_puts_(const char *text)
{
    if (!model_silent_) {
        (void)fputs(text, stdout);
        (void)fflush(stdout);
    } else {
        (void)strncat(model_said_, text,
                      sizeof model_said_ - strlen(model_said_) - 1);
    }
}
#define CHECK_PUTS(text) model_puts_(text)
#include "world.h"

enum { TASKS = 5, NOBODY = 9, MODEL_LIMIT = 400, MODEL_START = -5 };

enum kind {
    UNDISTURBED,
    CANCEL_TURN,   /* between two iterations */
    CANCEL_WINDOW, /* between two handles, or in the middle of a task */
    BLOCK,         /* ASYNC_TIMEOUT_TICKS around a task */
    WAIT_FOR,      /* wait_for() of its coroutine */
    WAIT_FOR_TASK, /* wait_for() of its task */
    IRQ_TICK,      /* an interrupt while the loop sleeps, or before it polls */
    IRQ_WINDOW,    /* an interrupt between two handles */
    IRQ_PORT       /* in the middle of the loop, where it asks the port */
};

struct strike {
    unsigned kind, who, when; /* task, and turn, window or tick */
    unsigned who2, when2;     /* second cancel; NOBODY: none */
};

/* A disturbed task may leave others waiting for ever, rightly: `quiet` tells.
 * They are cancelled then. */
#define STARVES 1u
/* What happens to one task may also end those that await it. */
#define SPREADS 2u
/* The tasks cancel each other. */
#define ABORTS 8u
/* A cancelled task may take its time to end. */
#define LINGERS 16u
/* Its tasks wait for more when all is done, undisturbed too. */
#define SERVES (STARVES | 32u)
/* It cannot be started again without `init`. */
#define ONCE 4u

struct scenario {
    const char *name;
    unsigned tasks, flags;
    int also; /* a status that tasks may end with too, alone or as a group */
    void (*init)(void);      /* makes what the tasks share */
    void (*start)(void);     /* spawns the tasks */
    void (*interrupt)(void); /* its interrupt, or 0 */
    void (*quiet)(void);     /* checks when nothing is ready, or 0 */
    void (*clean)(void);     /* checks when all tasks have ended, or 0 */
};

static async_task_t tasks[TASKS];
/* Who is cancelled and looked at: `tasks`, unless `init` says otherwise. */
static async_task_t *victims[TASKS];

static struct {
    const struct scenario *scenario;
    struct strike strike;
    unsigned long runs;
    unsigned long failures; /* before this scenario */
    unsigned count;  /* turns or windows so far */
    unsigned turns;
    unsigned struck; /* tasks that were told to end: a bit each */
    unsigned told;   /* those of them that were cancelled by a strike */
    unsigned ending; /* those of them that have not been seen to end */
    bool interrupted;
    bool over;       /* nothing is disturbed any more */
    async_tick_t begun;
    unsigned tickets[TASKS], ticket;
    async_handle_t hook;
    async_post_t cancel;
    async_sim_interrupt_t interrupt;
} model;

/* -- For scenarios -------------------------------------------------------- */

/* Traces what task `id` does, and when. */
static inline void say(unsigned id, const char *what)
{
    note_n(what, (long)id);
    note_n("@", (long)(async_delay_t)(sim.time - model.begun));
    note_n("/", (long)model.turns);
}

static inline bool is_struck(unsigned id)
{
    return (model.struck >> id & 1u) != 0;
}

/* Whether anything at all was disturbed. */
static inline bool is_disturbed(void)
{
    return model.struck != 0 || model.interrupted;
}

/* First come first served: a task that comes says arrive(), and enter() when it
 * gets what it came for. Nobody who was there before may wait still. */
static inline void arrive(unsigned id)
{
    model.tickets[id] = ++model.ticket;
}

static inline void enter(unsigned id)
{
    unsigned i;
    for (i = 0; i < TASKS; i++) {
        CHECK(model.tickets[i] == 0 || model.tickets[i] >= model.tickets[id] ||
              is_struck(i));
    }
    model.tickets[id] = 0;
}

/* Overwrites what must be free by now. */
#define SCRUB(object) \
    ((void)__builtin_memset((void *)(object), 0x55, sizeof *(object)))

/* -- Striking ------------------------------------------------------------- */

static inline void model_hit_(unsigned who)
{
    if (who < model.scenario->tasks) {
        if (async_task_cancel(victims[who]) == 1) {
            model.struck |= 1u << who;
            model.told |= 1u << who;
            model.ending |= 1u << who;
        }
    } else if (who != NOBODY) {
        model.interrupted = true;
        model.scenario->interrupt();
    }
}

static inline int model_cancel_run_(async_handle_t *handle)
{
    (void)handle;
    model_hit_(model.strike.who);
    return 0;
}

/* What the interrupt itself does. */
static inline void model_interrupt_(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    if (model.strike.who < model.scenario->tasks) {
        CHECK_INT(async_post(&loop, &model.cancel), 0);
    } else {
        model_hit_(model.strike.who);
    }
}

static inline void model_place_(void)
{
    unsigned n = model.count++;
    const struct strike *strike = &model.strike;
    if (model.over) {
        return;
    }
    if (n == strike->when && strike->kind >= IRQ_WINDOW) {
        model_interrupt_(NULL);
    } else if (n == strike->when && strike->kind <= CANCEL_WINDOW) {
        model_hit_(strike->who);
    }
    if (n == strike->when2) {
        model_hit_(strike->who2);
    }
}

static inline bool model_has_windows_(void)
{
    return model.strike.kind == CANCEL_WINDOW ||
           model.strike.kind == IRQ_WINDOW;
}

/* A place in the middle of a task's step. */
static inline void point(void)
{
    if (model_has_windows_()) {
        model_place_();
    }
}

/* A handle that is always the second one in the ready queue runs between any
 * two others. */
static inline int model_hook_run_(async_handle_t *handle)
{
    async_node_t *next = loop.ready.next;
    model_place_();
    next = loop.ready.next;
    if (next != &loop.ready) {
        async_link_before_(next->next, &handle->node);
    }
    return 0;
}

/* -- Tasks, and timeouts around them -------------------------------------- */

struct model_wrapper {
    ASYNC_FRAME;
    async_coro_t *inner;
    unsigned kind;
    async_delay_t delay;
    async_timeout_t limit;
    async_wait_for_t wait;
    async_task_t task;
};
ASYNC_DEF(model_wrapper)
{
    ASYNC_BEGIN;
    if (self->kind == BLOCK) {
        ASYNC_TIMEOUT_TICKS(&self->limit, self->delay) {
            AWAIT(self->inner);
        } ASYNC_END_TIMEOUT;
    } else if (self->kind == WAIT_FOR) {
        AWAIT(async_wait_for_ticks(&self->wait, self->inner, self->delay));
    } else {
        CHECK_INT(async_create_task(&self->task, self->inner), 0);
        AWAIT(async_wait_for_ticks(&self->wait, &self->task, self->delay));
    }
    ASYNC_END;
}

/* What task `id` was told does not matter any more: it is another one now. */
static inline void model_forget_(unsigned id)
{
    model.told &= ~(1u << id);
    model.ending &= ~(1u << id);
}

/* Starts task `id`, from outside or from another task. */
static inline void spawn(unsigned id, async_coro_t *coro)
{
    static struct model_wrapper wrapper;
    const struct strike *strike = &model.strike;
    model_forget_(id);
    if (strike->kind >= BLOCK && strike->kind <= WAIT_FOR_TASK &&
        strike->who == id) {
        model.struck |= 1u << id;
        coro = ASYNC_CALL(model_wrapper, &wrapper, .inner = coro,
                          .kind = strike->kind,
                          .delay = (async_delay_t)strike->when);
    }
    CHECK_INT(async_loop_create_task(&loop, &tasks[id], coro), 0);
}

/* -- The port ------------------------------------------------------------- */

static inline async_tick_t model_now_(async_port_t *port)
{
    model_place_();
    return async_sim_now_(port);
}

/* Just before the loop falls asleep, and just after it woke up. */
static inline int model_idle_(async_port_t *port, async_loop_t *which,
                              const async_tick_t *deadline)
{
    int status;
    model_place_();
    status = async_sim_idle_(port, which, deadline);
    if (status == 0) {
        model_place_();
    }
    return status;
}

static inline void model_set_port_(bool strikes)
{
    sim.port.now = strikes ? model_now_ : async_sim_now_;
    sim.port.idle = strikes ? model_idle_ : async_sim_idle_;
}

/* -- One run -------------------------------------------------------------- */

/* Lets the time pass until the next event. False if there is none. A cancelled
 * task has ended before. */
static inline bool model_sleep_(bool has_deadline, async_tick_t deadline)
{
    unsigned i;
    for (i = 0; i < TASKS; i++) {
        CHECK((model.ending >> i & 1u) == 0 ||
              (model.scenario->flags & LINGERS) ||
              async_future_done(&victims[i]->future));
    }
    model.ending = 0;
    if (model.scenario->quiet != NULL) {
        model.scenario->quiet();
    }
    if (sim.queue != NULL &&
        (!has_deadline || async_before_(sim.queue->when, deadline))) {
        deadline = sim.queue->when;
    } else if (!has_deadline) {
        return false;
    }
    if (async_before_(sim.time, deadline)) {
        async_sim_advance(&sim, deadline - sim.time);
    }
    return true;
}

/* One iteration, or the time until the next one. False at the end. */
static inline bool model_turn_(void)
{
    async_tick_t deadline = 0;
    bool has_deadline = false;
    model_place_();
    model.turns++;
    if (model_has_windows_()) {
        model.hook.run = model_hook_run_;
        async_link_before_(loop.ready.next, &model.hook.node);
    }
    (void)async_loop_run_once(&loop, &deadline, &has_deadline);
    (void)async_handle_cancel(&loop, &model.hook);
    CHECK(loop.newest != NULL || async_timers_any_(&loop.timers) == NULL);
    return loop.ready.next != &loop.ready || async_loop_has_posts(&loop) ||
           model_sleep_(has_deadline, deadline);
}

static inline void model_run_out_(void)
{
    while (model_turn_()) {
        if (!CHECK(model.turns < MODEL_LIMIT)) {
            break;
        }
    }
}

static inline void model_go_(struct strike strike)
{
    model.strike = strike;
    model.count = model.turns = model.ticket = 0;
    model.struck = model.told = model.ending = 0;
    model.interrupted = model.over = false;
    model.begun = sim.time;
    __builtin_memset(model.tickets, 0, sizeof model.tickets);
    trace_clear();
    model.scenario->start();
    async_post_init(&model.cancel, model_cancel_run_);
    if (strike.kind == IRQ_PORT) {
        model_set_port_(true);
        CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
        model_set_port_(false);
    } else if (strike.kind == IRQ_TICK) {
        CHECK_INT(async_sim_at(&sim, &model.interrupt, sim.time + strike.when,
                               model_interrupt_), 0);
        CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    } else {
        model_run_out_();
    }
}

/* -- What is left --------------------------------------------------------- */

static inline bool model_may_end_(unsigned id, int status)
{
    unsigned flags = model.scenario->flags;
    int also = model.scenario->also;
    bool timed = model.strike.kind >= BLOCK && model.strike.kind < IRQ_TICK;
    bool told = is_struck(id) || (flags & ABORTS) ||
                ((flags & SPREADS) && is_disturbed());
    if (status == 0) { /* who was cancelled does not just go on */
        return (model.told >> id & 1u) == 0;
    }
    return (also != 0 && (status == also || async_is_group(status))) ||
           (status == ASYNC_ERR_CANCELLED && told) ||
           (status == ASYNC_ERR_TIMEOUT && told && timed);
}

static inline void model_check_loop_(void)
{
    CHECK(loop.newest == NULL);
    CHECK(loop.ready.next == &loop.ready && loop.ready.prev == &loop.ready);
    CHECK(async_timers_any_(&loop.timers) == NULL);
    CHECK(!async_loop_has_posts(&loop));
    CHECK(sim.queue == NULL);
#if ASYNC_TRACK_GENERATORS
    CHECK(loop.generators.next == &loop.generators);
#endif
}

static inline void model_check_tasks_(void)
{
    unsigned i;
    for (i = 0; i < model.scenario->tasks; i++) {
        async_future_t *future = &victims[i]->future;
        CHECK(victims[i]->timer.handle.node.next == NULL);
        if (future->context.flags != 0) { /* it was started */
            int status = async_future_result(future, NULL);
            if (!CHECK(async_future_done(future) &&
                       model_may_end_(i, status))) {
                check_put_long_("  that was task ", (long)i);
                check_put_long_(" with ", status);
                CHECK_PUTS("\n");
            }
        }
    }
}

/* Nothing can happen any more: looks whether that is right, and ends those who
 * wait for ever. */
static inline void model_end_(void)
{
    async_task_t *task;
    unsigned i, tries;
    CHECK(async_loop_has_posts(&loop) == false);
    if (model.scenario->quiet != NULL) {
        model.scenario->quiet();
    }
    for (tries = 0; loop.newest != NULL && tries < TASKS; tries++) {
        CHECK(model.scenario->flags & STARVES);
        CHECK(is_disturbed() ||
              (model.scenario->flags & SERVES) == SERVES);
        model.over = true;
        for (i = 0; i < TASKS; i++) {
            if (!async_future_done(&victims[i]->future)) {
                model.struck |= 1u << i;
            }
        }
        for (task = NULL; (task = async_all_tasks(&loop, task)) != NULL;) {
            (void)async_task_cancel(task);
        }
        model_run_out_();
    }
    model_check_loop_();
    model_check_tasks_();
    if (model.scenario->clean != NULL) {
        model.scenario->clean();
    }
}

#endif
