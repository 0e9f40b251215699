/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Declarations, and what asyncio.run() does: main, then the tasks left. */
#include "ops.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct adl adl;

/* -- Declarations ---------------------------------------------------------- */

struct irq {
    async_sim_interrupt_t interrupt;
    async_post_t post;
    const struct stmt *decl;
};

static int run_irq(async_handle_t *handle)
{
    return run_action(
        async_container_of(handle, struct irq, post.handle)->decl->action);
}

static void fire_irq(async_sim_interrupt_t *interrupt)
{
    struct irq *irq = async_container_of(interrupt, struct irq, interrupt);
    trace_ok("irq", irq->decl->line, "fire");
    (void)async_post(&adl.loop, &irq->post);
}

static int declare_irq(struct step *step)
{
    struct irq *irq = NEW(struct irq);
    irq->decl = step->stmt;
    async_post_init(&irq->post, run_irq);
    return async_sim_at(&adl.sim, &irq->interrupt,
                        adl.start + (async_tick_t)step_arg(step, 0)->number,
                        fire_irq);
}

static int declare_eager(struct step *step)
{
    (void)step;
    adl.eager = true;
    return 0;
}

static int declare_limit(struct step *step)
{
    adl.limit = step_arg(step, 0)->number;
    return 0;
}

const struct op driver_ops[] = {
    {"irq", "n*", IN_DECL, declare_irq, NULL, NULL},
    {"eager", "", IN_DECL, declare_eager, NULL, NULL},
    {"limit", "n", IN_DECL, declare_limit, NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};

static void declare(const struct stmt *decl)
{
    struct step step;
    int status;
    step.stmt = decl;
    step.machine = NULL;
    step.result = result_of(RESULT_OK);
    status = decl->op->start(&step);
    if (status != 0) {
        fail("declaration", decl->line, async_strerror(status), decl->text);
    }
}

/* -- Driving --------------------------------------------------------------- */

enum { MAX_DEADLOCKS = 3 };

static void on_exception(async_loop_t *loop, async_handle_t *handle, int status)
{
    (void)loop;
    (void)handle;
    trace_error("loop", 0, "handler callback", status);
}

/* The tasks to cancel when nothing can go on. */
struct left {
    async_awaitable_t *tasks;
    size_t count;
};

static void cancel_left(const struct left *left)
{
    size_t i;
    for (i = 0; i < left->count; i++) {
        (void)async_future_cancel(left->tasks[i].future);
    }
}

/* Runs until the future is done. Stopped: again. Deadlock: cancel, again.
 * Returns false if that does not help. */
static bool drive(async_future_t *future, const struct left *left)
{
    int deadlocks = 0;
    while (!async_future_done(future)) {
        int status = async_loop_run_until_complete(&adl.loop, future);
        if (async_future_done(future)) {
            break;
        }
        if (status == ASYNC_ERR_STOPPED) {
            trace_ok("loop", 0, "stopped");
        } else if (status == ASYNC_ERR_DEADLOCK) {
            trace_ok("loop", 0, "deadlock");
            if (++deadlocks > MAX_DEADLOCKS) {
                trace_ok("loop", 0, "stuck");
                return false;
            }
            cancel_left(left);
        } else {
            fail("loop", 0, async_strerror(status), NULL);
        }
    }
    return true;
}

/* -- Shutdown -------------------------------------------------------------- */

/* The unfinished tasks, in Python's order: see task_note(). */
static void sort_left(struct left *left)
{
    const struct future *future;
    left->count = 0;
    for (future = adl.tasks; future != NULL; future = future->newer) {
        if (!async_future_done(future->future)) {
            left->tasks[left->count++] = async_awaitable(future->future);
        }
    }
}

static struct left find_left(void)
{
    struct left left = {NULL, 0};
    async_task_t *task = NULL;
    while ((task = async_all_tasks(&adl.loop, task)) != NULL) {
        left.count++;
    }
    left.tasks = (async_awaitable_t *)arena_new((left.count + 1) *
                                                sizeof(async_awaitable_t));
    left.count = 0;
    while ((task = async_all_tasks(&adl.loop, task)) != NULL) {
        left.tasks[left.count++] = async_awaitable(task);
    }
    if (adl.eager) {
        sort_left(&left);
    }
    return left;
}

/* gather(return_exceptions=True) of any number of tasks. */
static async_future_t *gather(const struct left *left)
{
    typedef ASYNC_GATHER_FUTURES(1) storage;
    storage *all = (storage *)arena_new(sizeof(storage) +
                                        left->count * sizeof(async_member_t));
    /* Not by the macro: it looks at the type to see how many there may be. */
    return async_gather_list_(&all->gather, ASYNC_LAYOUT_(all), left->tasks,
                              left->count, ASYNC_GATHER_ALL_);
}

static void trace_errors(const struct left *left, const char *text, bool all)
{
    size_t i;
    for (i = 0; i < left->count; i++) {
        int error = 0;
        if (async_future_exception(left->tasks[i].future, &error) == 0 &&
            error != 0 && (all || is_exception(error))) {
            trace_error("loop", 0, text, error);
        }
    }
}

static bool shut_down(void)
{
    struct left left = find_left();
    struct result count = result_value(value_int((long)left.count));
    if (left.count == 0) {
        return true;
    }
    trace("loop", 0, "shutdown", &count);
    cancel_left(&left);
    if (!drive(gather(&left), &left)) {
        return false;
    }
    trace_errors(&left, "handler shutdown", true);
    return true;
}

static bool shut_down_agens(void)
{
    struct left left = {NULL, 0};
    const struct left none = {NULL, 0};
    struct result count;
    left.count = close_agens(&left.tasks);
    if (left.count == 0) {
        return true;
    }
    count = result_value(value_int((long)left.count));
    trace("loop", 0, "asyncgens", &count);
    if (!drive(gather(&left), &none)) {
        return false;
    }
    trace_errors(&left, "handler asyncgen", false);
    return true;
}

static void run(const struct program *program, const struct def *main_def)
{
    const struct stmt *decl;
    struct future *task;
    async_awaitable_t only;
    struct left left = {&only, 1};
    struct result state = result_of(RESULT_STATE);
    for (decl = program->decls; decl != NULL; decl = decl->next) {
        declare(decl);
    }
    task = task_new(main_def);
    only = async_awaitable(task->task);
    if (!drive(task->future, &left)) {
        return;
    }
    state.future = task;
    trace("loop", 0, "main", &state);
    if (shut_down() && shut_down_agens()) {
        trace_ok("loop", 0, "end");
    }
}

int main(int argc, char **argv)
{
    struct program program = {NULL, NULL};
    const struct def *def;
    if (argc == 4 && strcmp(argv[1], "--start") == 0) {
        adl.start = (async_tick_t)strtoull(argv[2], NULL, 0);
    } else if (argc != 2) {
        fprintf(stderr, "usage: adl [--start TICK] FILE\n");
        return 2;
    }
    adl.limit = 1500;
    parse(&program, argv[argc - 1]);
    (void)async_loop_init(&adl.loop, async_sim_init(&adl.sim, adl.start));
    async_loop_set_exception_handler(&adl.loop, on_exception);
    for (def = program.defs; strcmp(def->name, "main") != 0; def = def->next) {
    }
    run(&program, def);
    (void)async_loop_close(&adl.loop);
    finish(0);
}
