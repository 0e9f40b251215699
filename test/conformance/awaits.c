/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The coroutine that runs a `coro`, and the statements that await. Each is one
 * await of the library, so that no extra trip round the loop can hide here. */
#include "ops.h"

struct coroutine {
    ASYNC_FRAME;
    struct machine m;
};

ASYNC_DEF(coroutine)
{
    ASYNC_BEGIN;
    machine_begin(&self->m);
    while (machine_run(&self->m)) {
        AWAIT_MACHINE(&self->m);
        machine_resume(&self->m);
    }
    if (machine_end(&self->m) != 0) {
        ASYNC_RAISE(self->m.end.error);
    }
    ASYNC_END;
}

async_coro_t *coro_new(const struct def *def, struct machine **machine)
{
    struct coroutine *frame = NEW(struct coroutine);
    machine_init(&frame->m, def);
    *machine = &frame->m;
    return ASYNC_CALL_HEADER(coroutine, frame);
}

const struct machine *coro_machine(const void *frame)
{
    return &((const struct coroutine *)frame)->m;
}

/* -- Statements ------------------------------------------------------------ */

/* Nothing to report but an error. */
static int finish_ok(struct step *step)
{
    return step->machine->wait.status;
}

static int start_sleep(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    async_delay_t delay = (async_delay_t)step_arg(step, 0)->number;
    wait->kind = WAIT_OPERATION;
    wait->operation = async_sleep_ticks(delay);
    return 0;
}

static int finish_sleep(struct step *step)
{
    const struct arg *value = step_arg(step, 1);
    step->result =
        result_value(value->kind ? value_int(value->number) : value_none());
    return step->machine->wait.status;
}

static int start_yield(struct step *step)
{
    step->machine->wait.kind = WAIT_OPERATION;
    step->machine->wait.operation = async_pause();
    return 0;
}

static int start_await(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct future *future = future_slot(step_arg(step, 0));
    if (future == NULL) {
        return step_skip(step);
    }
    wait->target = future;
    if (future->task != NULL) {
        wait->kind = WAIT_TASK;
        wait->task = future->task;
    } else {
        wait->kind = WAIT_FUTURE;
        wait->future = future->future;
    }
    return 0;
}

static int finish_await(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    if (wait->status == 0) {
        step->result = result_value(future_value(wait->target));
    }
    return wait->status;
}

static int start_awaitself(struct step *step)
{
    step->machine->wait.kind = WAIT_TASK;
    step->machine->wait.task = async_current_task();
    return 0;
}

static int start_call(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    wait->kind = WAIT_CORO;
    wait->coro = coro_new(step_arg(step, 0)->def, &wait->child);
    return 0;
}

static int finish_call(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    step->result = result_value(wait->child->end.value);
    return wait->status;
}

const struct op await_ops[] = {
    {"sleep", "nN", IN_ASYNC, start_sleep, finish_sleep, NULL},
    {"yield", "", IN_ASYNC, start_yield, finish_ok, NULL},
    {"await", "A", IN_ASYNC, start_await, finish_await, NULL},
    {"awaitself", "", IN_ASYNC, start_awaitself, finish_ok, NULL},
    {"call", "c", IN_ASYNC, start_call, finish_call, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
