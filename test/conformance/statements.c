/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Statements on tasks, futures, handles and the loop. None of them awaits. */
#include "ops.h"

#include <stdio.h>

static int start_note(struct step *step)
{
    (void)step;
    return 0;
}

/* -- Objects --------------------------------------------------------------- */

struct future *future_slot(const struct arg *arg)
{
    return arg->kind == 'T' ? adl.slots.tasks[arg->number]
                            : adl.slots.futures[arg->number];
}

struct future *future_new(void)
{
    struct future *future = NEW(struct future);
    future->future = &future->own.future;
    async_future_init(future->future, &adl.loop);
    return future;
}

/* A coroutine and room for its task. */
struct future *coro_item_new(const struct def *def, async_coro_t **coro)
{
    struct future *future = NEW(struct future);
    *coro = coro_new(def, &future->machine);
    future->task = &future->child.task;
    future->future = &future->task->future;
    return future;
}

/* Python's list of tasks for the shutdown: an eager one is in it only when its
 * first step is over, behind the tasks that this step has made. */
void task_note(struct future *future)
{
    static struct future **last = &adl.tasks;
    *last = future;
    last = &future->newer;
}

/* Starts a coroutine as the task factory of the loop does. */
int task_start(struct future *future, async_coro_t *coro)
{
    int status = adl.eager && async_get_running_loop() != NULL
                     ? async_create_eager_task(future->task, coro)
                     : async_loop_create_task(&adl.loop, future->task, coro);
    task_note(future);
    return status;
}

/* Uses a number even if the task cannot be made. */
struct future *task_new(const struct def *def)
{
    async_coro_t *coro;
    struct future *future = coro_item_new(def, &coro);
    int status = task_start(future, coro);
    if (status != 0) {
        fail(def->name, 0, async_strerror(status), NULL);
    }
    return future;
}

/* What all of them ended with, errors included. */
static struct value list_values(const struct future *future)
{
    struct value *values = (struct value *)arena_new(
        (size_t)(future->count + 1) * sizeof(struct value));
    long i;
    for (i = 0; i < future->count; i++) {
        int status = async_future_result(future->members[i]->future, NULL);
        values[i] = status != 0 ? value_error(status)
                                : future_value(future->members[i]);
    }
    return value_list(values, future->count);
}

/* What it ended with, read where the library says it is. */
struct value future_value(const struct future *future)
{
    void *result = NULL;
    (void)async_future_result(future->future, &result);
    if (future->machine != NULL) {
        return coro_machine(result)->end.value;
    }
    if (future->members == NULL || result == &future->own.value) {
        return *(const struct value *)result;
    }
    return future->listed ? list_values(future)
                          : future_value(future->members[0]);
}

/* -- Tasks ----------------------------------------------------------------- */

static int start_spawn(struct step *step)
{
    struct future *task = task_new(step_arg(step, 1)->def);
    adl.slots.tasks[step_arg(step, 0)->number] = task;
    step->result.kind = RESULT_TEXT;
    step->result.text = task->machine->who;
    return 0;
}

/* A cancel that finds a cycle is an error, as in Python. */
static int cancelled(struct step *step, int status)
{
    step->result = result_value(value_bool(status > 0));
    return status < 0 ? status : 0;
}

static int start_cancel(struct step *step)
{
    struct future *future = future_slot(step_arg(step, 0));
    return future != NULL ? cancelled(step, async_future_cancel(future->future))
                          : step_skip(step);
}

static int start_cancelme(struct step *step)
{
    async_task_t *task = async_current_task();
    return task != NULL ? cancelled(step, async_task_cancel(task))
                        : (int)ERROR_NO_TASK;
}

static int start_uncancel(struct step *step)
{
    async_task_t *task = async_current_task();
    if (task == NULL) {
        return ERROR_NO_TASK;
    }
    step->result = result_value(value_int((long)async_task_uncancel(task)));
    return 0;
}

static int start_cancelling(struct step *step)
{
    const async_task_t *task = async_current_task();
    if (step_arg(step, 0)->kind == 'T') {
        const struct future *future = future_slot(step_arg(step, 0));
        if (future == NULL) {
            return step_skip(step);
        }
        task = future->task;
    }
    if (task == NULL) {
        return ERROR_NO_TASK;
    }
    step->result = result_value(value_int((long)async_task_cancelling(task)));
    return 0;
}

static int start_current(struct step *step)
{
    const struct future *task = future_slot(step_arg(step, 0));
    if (task == NULL) {
        return step_skip(step);
    }
    step->result = result_value(value_bool(task->task == async_current_task()));
    return 0;
}

static int start_ntasks(struct step *step)
{
    async_task_t *task = NULL;
    long count = 0;
    while ((task = async_all_tasks(&adl.loop, task)) != NULL) {
        count++;
    }
    step->result = result_value(value_int(count));
    return 0;
}

/* -- Futures --------------------------------------------------------------- */

static int start_fnew(struct step *step)
{
    adl.slots.futures[step_arg(step, 0)->number] = future_new();
    return 0;
}

static int start_fset(struct step *step)
{
    struct future *future = future_slot(step_arg(step, 0));
    int status;
    if (future == NULL) {
        return step_skip(step);
    }
    status = async_future_set_result(future->future, &future->own.value);
    if (status == 0) {
        future->own.value = value_int(step_arg(step, 1)->number);
    }
    return status;
}

static int start_fexc(struct step *step)
{
    struct future *future = future_slot(step_arg(step, 0));
    return future != NULL ? async_future_set_exception(
                                future->future, (int)step_arg(step, 1)->number)
                          : step_skip(step);
}

static int start_state(struct step *step)
{
    step->result.future = future_slot(step_arg(step, 0));
    step->result.kind =
        step->result.future != NULL ? RESULT_STATE : RESULT_SKIP;
    return 0;
}

static int start_result(struct step *step)
{
    const struct future *future = future_slot(step_arg(step, 0));
    int status;
    if (future == NULL) {
        return step_skip(step);
    }
    status = async_future_result(future->future, NULL);
    if (status == 0) {
        step->result = result_value(future_value(future));
    }
    return status;
}

static int start_exception(struct step *step)
{
    const struct future *future = future_slot(step_arg(step, 0));
    int status, error = 0;
    if (future == NULL) {
        return step_skip(step);
    }
    status = async_future_exception(future->future, &error);
    step->result = result_value(error != 0 ? value_error(error) : value_none());
    return status;
}

/* -- Done callbacks -------------------------------------------------------- */

static int run_watch(async_handle_t *handle)
{
    struct watch *watch =
        async_container_of(handle, struct watch, callback.handle);
    struct result result = result_of(RESULT_STATE);
    char who[24];
    snprintf(who, sizeof who, "cb%ld", watch->number);
    result.future = watch->future;
    trace(who, 0, "done", &result);
    return 0;
}

static int start_addcb(struct step *step)
{
    struct future *future = future_slot(step_arg(step, 0));
    struct watch *watch;
    if (future == NULL) {
        return step_skip(step);
    }
    watch = NEW(struct watch);
    watch->future = future;
    watch->number = step_arg(step, 1)->number;
    watch->next = future->watches;
    future->watches = watch;
    return async_future_add_done_callback(future->future, &watch->callback,
                                          run_watch);
}

static int start_rmcb(struct step *step)
{
    struct future *future = future_slot(step_arg(step, 0));
    struct watch *watch;
    long count = 0;
    if (future == NULL) {
        return step_skip(step);
    }
    for (watch = future->watches; watch != NULL; watch = watch->next) {
        if (watch->number == step_arg(step, 1)->number &&
            async_future_remove_done_callback(future->future,
                                              &watch->callback)) {
            count++;
        }
    }
    step->result = result_value(value_int(count));
    return 0;
}

/* -- Handles and the loop -------------------------------------------------- */

static int run_timer(async_handle_t *handle)
{
    return run_action(
        async_container_of(handle, struct timer, timer.handle)->action);
}

static struct timer *timer_new(const struct step *step)
{
    struct timer *timer = NEW(struct timer);
    timer->action = step->stmt->action;
    adl.slots.timers[step_arg(step, 0)->number] = timer;
    return timer;
}

static int start_soon(struct step *step)
{
    return async_call_soon(&adl.loop, &timer_new(step)->timer.handle,
                           run_timer);
}

static int start_later(struct step *step)
{
    return async_call_later(&adl.loop, &timer_new(step)->timer,
                            (async_delay_t)step_arg(step, 1)->number,
                            run_timer);
}

static int start_at(struct step *step)
{
    return async_call_at(&adl.loop, &timer_new(step)->timer,
                         adl.start + (async_tick_t)step_arg(step, 1)->number,
                         run_timer);
}

static int start_hcancel(struct step *step)
{
    struct timer *timer = adl.slots.timers[step_arg(step, 0)->number];
    if (timer == NULL) {
        return step_skip(step);
    }
    (void)async_timer_cancel(&adl.loop, &timer->timer);
    return 0;
}

static int start_busy(struct step *step)
{
    async_sim_advance(&adl.sim, (async_tick_t)step_arg(step, 0)->number);
    return 0;
}

static int start_stop(struct step *step)
{
    (void)step;
    async_loop_stop(&adl.loop);
    return 0;
}

static int start_set(struct step *step)
{
    adl.slots.variables[step_arg(step, 0)->number] = step_arg(step, 1)->number;
    return 0;
}

static int start_add(struct step *step)
{
    long *variable = &adl.slots.variables[step_arg(step, 0)->number];
    *variable += step_arg(step, 1)->number;
    step->result = result_value(value_int(*variable));
    return 0;
}

const struct op statement_ops[] = {
    {"note", "n", IN_ALL, start_note, NULL, NULL},
    {"spawn", "Tc", IN_ALL, start_spawn, NULL, NULL},
    {"cancel", "A", IN_ALL, start_cancel, NULL, NULL},
    {"cancelme", "", IN_BODY, start_cancelme, NULL, NULL},
    {"uncancel", "", IN_BODY, start_uncancel, NULL, NULL},
    {"cancelling", "M", IN_ALL, start_cancelling, NULL, NULL},
    {"current", "T", IN_ALL, start_current, NULL, NULL},
    {"ntasks", "", IN_ALL, start_ntasks, NULL, NULL},
    {"future", "F", IN_DECL, start_fnew, NULL, NULL},
    {"fnew", "F", IN_ALL, start_fnew, NULL, NULL},
    {"fset", "Fn", IN_ALL, start_fset, NULL, NULL},
    {"fexc", "Fe", IN_ALL, start_fexc, NULL, NULL},
    {"state", "A", IN_ALL, start_state, NULL, NULL},
    {"result", "A", IN_ALL, start_result, NULL, NULL},
    {"exception", "A", IN_ALL, start_exception, NULL, NULL},
    {"addcb", "An", IN_ALL, start_addcb, NULL, NULL},
    {"rmcb", "An", IN_ALL, start_rmcb, NULL, NULL},
    {"soon", "H*", IN_ALL, start_soon, NULL, NULL},
    {"later", "Hn*", IN_ALL, start_later, NULL, NULL},
    {"at", "Hn*", IN_ALL, start_at, NULL, NULL},
    {"hcancel", "H", IN_ALL, start_hcancel, NULL, NULL},
    {"busy", "n", IN_ALL, start_busy, NULL, NULL},
    {"stop", "", IN_ALL, start_stop, NULL, NULL},
    {"set", "Vn", IN_ALL, start_set, NULL, NULL},
    {"add", "Vn", IN_ALL, start_add, NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
