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

static int declare_limit(struct step *step)
{
    adl.limit = step_arg(step, 0)->number;
    return 0;
}

const struct op driver_ops[] = {
    {"irq", "n*", IN_DECL, declare_irq, NULL, NULL},
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

/* The tasks to cancel when nothing can go on, and who waits for all of them. */
struct left {
    async_callback_t callback;
    struct all_left *all;
    async_task_t *task;
};

struct all_left {
    async_future_t done; /* what asyncio.gather() would return */
    struct left *left;
    size_t count, ended;
};

static void cancel_left(struct all_left *all)
{
    size_t i;
    for (i = 0; i < all->count; i++) {
        (void)async_task_cancel(all->left[i].task);
    }
}

/* Runs until the future is done. Stopped: again. Deadlock: cancel, again.
 * Returns false if that does not help. */
static bool drive(async_future_t *future, struct all_left *all)
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
            cancel_left(all);
        } else {
            fail("loop", 0, async_strerror(status), NULL);
        }
    }
    return true;
}

/* -- Shutdown -------------------------------------------------------------- */

static int run_left(async_handle_t *handle)
{
    struct left *left =
        async_container_of(handle, struct left, callback.handle);
    if (++left->all->ended == left->all->count) {
        return async_future_set_result(&left->all->done, NULL);
    }
    return 0;
}

static void find_left(struct all_left *all)
{
    async_task_t *task = NULL;
    size_t i = 0;
    while ((task = async_all_tasks(&adl.loop, task)) != NULL) {
        all->count++;
    }
    all->left =
        (struct left *)arena_new((all->count + 1) * sizeof(struct left));
    while ((task = async_all_tasks(&adl.loop, task)) != NULL) {
        all->left[i].all = all;
        all->left[i++].task = task;
    }
    async_future_init(&all->done, &adl.loop);
}

/* Waits for the tasks that are left as gather(return_exceptions=True) does:
 * its outer future is done when the done callback of the last child has run. */
static bool shut_down(void)
{
    struct all_left *all = NEW(struct all_left);
    struct result count;
    size_t i;
    find_left(all);
    if (all->count == 0) {
        return true;
    }
    count = result_value(value_int((long)all->count));
    trace("loop", 0, "shutdown", &count);
    cancel_left(all);
    for (i = 0; i < all->count; i++) {
        (void)async_future_add_done_callback(&all->left[i].task->future,
                                             &all->left[i].callback, run_left);
    }
    if (!drive(&all->done, all)) {
        return false;
    }
    for (i = 0; i < all->count; i++) {
        int error = 0;
        if (async_future_exception(&all->left[i].task->future, &error) == 0 &&
            error != 0) {
            trace_error("loop", 0, "handler shutdown", error);
        }
    }
    return true;
}

static void run(const struct program *program, const struct def *main_def)
{
    const struct stmt *decl;
    struct future *task;
    struct left only;
    struct all_left all;
    struct result state = result_of(RESULT_STATE);
    for (decl = program->decls; decl != NULL; decl = decl->next) {
        declare(decl);
    }
    task = task_new(main_def);
    memset((void *)&only, 0, sizeof only);
    memset((void *)&all, 0, sizeof all);
    only.task = task->task;
    all.left = &only;
    all.count = 1;
    if (!drive(task->future, &all)) {
        return;
    }
    state.future = task;
    trace("loop", 0, "main", &state);
    if (shut_down()) {
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
