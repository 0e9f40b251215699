/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runs a scenario (see model.h) with one or two disturbances at every possible
 * place, and looks at what is left each time. SWEEP runs it
 *   - undisturbed, which is what everything else is compared with;
 *   - with a cancel of each task between any two iterations, and between any
 *     two handles of an iteration and at each point() of a task;
 *   - with a second cancel at every such place after that;
 *   - with a timeout around each task, of every length: a block, wait_for() of
 *     its coroutine, wait_for() of its task; and that with a cancel of each
 *     task between any two iterations;
 *   - with an interrupt at every tick, before the loop polls or while it
 *     sleeps, and between any two handles, which cancels a task by a post or
 *     does what the scenario says; the latter also with a cancel of each task
 *     at one of the next places.
 * After each run it is started once more on the same memory, undisturbed, and
 * must do what it did the first time.
 *
 * The step of the replay id is what was done: the digits KITTTJUUU are the kind
 * (enum kind), the task and the turn, window or tick; then those of the second
 * cancel, 9000 for none. Task number `tasks` is the scenario's interrupt. */
#ifndef SWEEP_H_INCLUDED
#define SWEEP_H_INCLUDED

#include "model.h"

/* -- Every run ------------------------------------------------------------ */

static const struct strike model_none_ = {UNDISTURBED, NOBODY, ~0u, NOBODY,
                                          ~0u};
static char model_trace_[sizeof trace_]; /* of the first, undisturbed run */
static unsigned model_ticks_;            /* and how long it took */

static inline void model_begin_(void)
{
    unsigned i;
    world_begin_at((async_tick_t)check_.start);
    __builtin_memset((void *)tasks, 0, sizeof tasks);
    for (i = 0; i < TASKS; i++) {
        victims[i] = &tasks[i];
    }
    model.hook.node.next = NULL;
    model.interrupt.pending = false;
    model.scenario->init();
}

static inline unsigned long model_step_(struct strike s)
{
    return (((s.kind * 10ul + s.who) * 1000u + s.when % 1000u) * 10u + s.who2) *
               1000u + (s.who2 == NOBODY ? 0u : s.when2);
}

/* Runs it with a strike, and again without. Returns whether the first strike,
 * and the second if there is one, came before the end. */
static inline bool model_try_(struct strike strike)
{
    unsigned last = strike.who2 == NOBODY ? strike.when : strike.when2;
    bool reached;
    if (check_.failures - model.failures > 2) { /* that is enough */
        return false;
    }
    check_.step = model_step_(strike);
    model.runs++;
    model_begin_();
    model_go_(strike);
    reached = model.count > last;
    model_end_();
    if (model.scenario->flags & ONCE) {
        model.scenario->init();
    }
    model_go_(model_none_);
    CHECK_STR(trace_, model_trace_);
    model_end_();
    world_end();
    return reached;
}

/* One cancel at every place, and a second one at most `reach` places later. */
static inline void model_strikes_(unsigned kind, unsigned who, unsigned reach)
{
    unsigned when, who2, when2;
    bool reached = true;
    for (when = 0; reached; when++) {
        struct strike strike = {kind, who, when, NOBODY, ~0u};
        reached = model_try_(strike);
        CHECK(when < MODEL_LIMIT);
        for (who2 = 0; reached && who2 < model.scenario->tasks; who2++) {
            for (when2 = when; when2 < when + reach; when2++) {
                strike.who2 = who2;
                strike.when2 = when2;
                if (!model_try_(strike)) {
                    break;
                }
            }
        }
    }
}

/* A timeout of every length, or an interrupt at every tick, and perhaps a
 * cancel in every turn. */
static inline void model_ticks_strikes_(unsigned kind, unsigned who, bool twice)
{
    unsigned when, when2, who2;
    for (when = 0; when <= model_ticks_ + 1; when++) {
        struct strike strike = {kind, who, when, NOBODY, ~0u};
        (void)model_try_(strike);
        for (who2 = 0; twice && who2 < model.scenario->tasks; who2++) {
            strike.who2 = who2;
            for (when2 = 0; when2 < MODEL_LIMIT; when2++) {
                strike.when2 = when2;
                if (!model_try_(strike)) {
                    break;
                }
            }
        }
    }
}

static inline void model_all_kinds_(void)
{
    unsigned who, kind, n = model.scenario->tasks;
    for (who = 0; who < n; who++) {
        model_strikes_(CANCEL_TURN, who, MODEL_LIMIT);
        model_strikes_(CANCEL_WINDOW, who, MODEL_LIMIT);
        for (kind = BLOCK; kind <= WAIT_FOR_TASK; kind++) {
            model_ticks_strikes_(kind, who, true);
        }
    }
    n += model.scenario->interrupt != NULL ? 1u : 0u;
    for (who = 0; who < n; who++) {
        model_ticks_strikes_(IRQ_TICK, who, false);
        model_strikes_(IRQ_WINDOW, who, 20);
        model_strikes_(IRQ_PORT, who, 0);
    }
}

/* The strike of a replay id. */
static inline struct strike model_replayed_(unsigned long step)
{
    struct strike s;
    s.when2 = (unsigned)(step % 1000u);
    s.who2 = (unsigned)(step / 1000u % 10u);
    s.when = (unsigned)(step / 10000u % 1000u);
    s.who = (unsigned)(step / 10000000u % 10u);
    s.kind = (unsigned)(step / 100000000u);
    s.when2 = s.who2 == NOBODY ? ~0u : s.when2;
    return s;
}

static inline void sweep(const struct scenario *scenario)
{
    const char *only = world_only_;
    model.failures = check_.failures;
    model.scenario = scenario;
    model.runs = 1;
    check_.step = 0;
    model_begin_();
    model_go_(model_none_);
    model_end_();
    CHECK(trace_length_ > 0 && trace_length_ + 1 < sizeof trace_);
    __builtin_memcpy(model_trace_, trace_, sizeof trace_);
    model_ticks_ = (unsigned)(sim.time - model.begun);
    world_end();
    if (*only == '#') {
        CHECK_PUTS(model_trace_);
        CHECK_PUTS("\n");
        (void)model_try_(model_replayed_(world_number_(&only, 10)));
    } else if (check_.failures == model.failures) {
        model_all_kinds_();
    }
    check_.step = 0;
    check_put_("", model.runs, 10);
    CHECK_PUTS(" runs of ");
    CHECK_PUTS(scenario->name);
    CHECK_PUTS("\n");
}

/* Whether sweeping a scenario finds something wrong: a certain check fails
 * first, and only when disturbed. For scenarios with a mistake. */
static inline void sweep_catches(const struct scenario *scenario,
                                 const char *check)
{
    unsigned long failures = check_.failures;
    bool caught;
    model_silent_ = *world_only_ == 0;
    model_said_[0] = 0;
    sweep(scenario);
    model_silent_ = false;
    caught = check_.failures > failures && model.runs > 1;
    check_.failures = failures;
    model_said_[strcspn(model_said_, "[")] = 0;
    if (CHECK(caught)) {
        CHECK(strstr(model_said_, check) != NULL);
    }
}

#define SWEEP(name, ...)                                                 \
    static const struct scenario name##_scenario = {#name, __VA_ARGS__}; \
    static void sweep_##name(void)                                       \
    {                                                                    \
        sweep(&name##_scenario);                                         \
    }

static inline int model_main(const struct test *tests, unsigned count,
                             const char *only)
{
    unsigned i, ran = 0;
    check_.start = (async_tick_t)MODEL_START;
    for (i = 0; i < count; i++) {
        if (world_wants_(only, tests[i].name, check_.start)) {
            check_.test = tests[i].name;
            tests[i].run();
            ran++;
        }
    }
    check_put_("", ran, 10);
    check_put_(" scenarios, ", check_.failures, 10);
    CHECK_PUTS(" failed checks\n");
    return ran == 0 || check_.failures != 0;
}

#define MODEL_MAIN(tests)                                            \
    int main(int argc, char **argv)                                  \
    {                                                                \
        return model_main(tests, sizeof(tests) / sizeof *(tests),    \
                          argc > 1 ? argv[1] : NULL);                \
    }

#endif
