/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The coroutine that runs an `agen`, and the statements on one. */
#include "ops.h"

struct agen {
    ASYNC_AGENERATOR(struct value);
    struct machine m;
    struct agen *next; /* all, in the order in which they were made */
};

static struct agen *first_agen, **last_agen = &first_agen;

ASYNC_DEF(agen)
{
    ASYNC_BEGIN;
    machine_begin(&self->m);
    while (machine_run(&self->m)) {
        if (self->m.wait.kind == WAIT_YIELD) {
            ASYNC_TRY
            {
                ASYNC_YIELD(self->m.wait.value);
                self->m.wait.value = self->sent;
            }
            ASYNC_EXCEPT_ALL(self->m.wait.status)
            {
            }
            ASYNC_END_EXCEPT;
        } else {
            AWAIT_MACHINE(&self->m);
        }
        machine_resume(&self->m);
    }
    if (machine_end(&self->m) != 0) {
        ASYNC_RAISE(self->m.end.error);
    }
    ASYNC_END;
}

static struct agen **slot(const struct step *step)
{
    return &adl.slots.agens[step_arg(step, 0)->number];
}

static int start_amake(struct step *step)
{
    struct agen *agen = NEW(struct agen);
    machine_init(&agen->m, step_arg(step, 1)->def);
    async_agenerator_init(ASYNC_CALL_HEADER(agen, agen));
    *last_agen = agen;
    last_agen = &agen->next;
    *slot(step) = agen;
    step->result.kind = RESULT_TEXT;
    step->result.text = agen->m.who;
    return 0;
}

/* -- Asking one ------------------------------------------------------------ */

/* Nothing is left of the last answer: a finished generator gives none. */
static void ask(struct machine *machine, struct agen *agen, async_coro_t *coro)
{
    agen->value = value_none();
    machine->wait.kind = WAIT_CORO;
    machine->wait.coro = coro;
    machine->wait.object = agen;
}

static int start_anext(struct step *step)
{
    struct agen *agen = *slot(step);
    if (agen == NULL) {
        return step_skip(step);
    }
    ask(step->machine, agen, async_anext(agen));
    return 0;
}

static int start_asend(struct step *step)
{
    struct agen *agen = *slot(step);
    long number = step_arg(step, 1)->number;
    if (agen == NULL) {
        return step_skip(step);
    }
    if (number < 0) { /* asend(None) is anext() */
        ask(step->machine, agen, async_anext(agen));
    } else {
        ask(step->machine, agen, async_asend(agen, value_int(number)));
    }
    return 0;
}

static int start_athrow(struct step *step)
{
    struct agen *agen = *slot(step);
    if (agen == NULL) {
        return step_skip(step);
    }
    ask(step->machine, agen,
        async_athrow(agen, (int)step_arg(step, 1)->number));
    return 0;
}

static int start_aclose(struct step *step)
{
    struct agen *agen = *slot(step);
    if (agen == NULL) {
        return step_skip(step);
    }
    ask(step->machine, agen, async_aclose(agen));
    return 0;
}

static int finish_ask(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    const struct agen *agen = (const struct agen *)wait->object;
    if (wait->status == ASYNC_ERR_STOP_ASYNC_ITERATION) {
        step->result = result_format("stop");
        return 0;
    }
    step->result = result_value(agen->value);
    return wait->status;
}

static int finish_aclose(struct step *step)
{
    int status = finish_ask(step);
    if (step->result.kind == RESULT_VALUE) {
        step->result = result_of(RESULT_OK);
    }
    return status;
}

/* -- afor ------------------------------------------------------------------ */

/* Writes the line of an item. */
static void trace_item(const struct machine *machine, const struct stmt *stmt,
                       const struct agen *agen)
{
    struct result item = result_value(agen->value);
    trace(machine->who, stmt->line, stmt->text, &item);
}

/* Writes the last line, of an end that is in the wait. Returns the error. */
static int end_afor(const struct machine *machine, const struct stmt *stmt,
                    struct completion *how)
{
    int status = machine->wait.status;
    if (status != 0 && status != ASYNC_ERR_STOP_ASYNC_ITERATION) {
        how->how = RAISED;
        how->error = status;
    }
    trace_end(machine, stmt, how);
    return how->error;
}

static int finish_afor(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct completion how = {ENDED, 0, value_none()};
    struct block *block;
    step->result.kind = RESULT_TRACED;
    if (wait->status != 0) {
        return end_afor(step->machine, step->stmt, &how);
    }
    block = machine_open(step->machine, step->stmt);
    block->object = wait->object;
    block->rounds = 1;
    trace_item(step->machine, step->stmt, (const struct agen *)block->object);
    return 0;
}

/* After `max` items the loop is left without closing the generator. */
static bool is_enough(const struct block *block)
{
    const struct arg *max = &block->stmt->args[1];
    return max->kind != 0 && block->rounds >= max->number;
}

static bool leave_afor(struct machine *machine, struct block *block,
                       struct completion *how)
{
    struct agen *agen = (struct agen *)block->object;
    if (block->part == PART_LEFT) {
        if (machine->wait.status != 0) {
            (void)end_afor(machine, block->stmt, how);
            return true;
        }
        block->rounds++;
        trace_item(machine, block->stmt, agen);
        machine_enter(block, PART_BODY);
        return false;
    }
    if (how->how == ENDED && !is_enough(block)) {
        ask(machine, agen, async_anext(agen));
        return false;
    }
    trace_end(machine, block->stmt, how);
    return true;
}

/* -- Shutdown -------------------------------------------------------------- */

/* A generator is asked when the task begins, not when it is made: others may
 * ask before. asyncio has a coroutine of its own for that too. */
struct closing {
    ASYNC_FRAME;
    struct agen *agen;
};

ASYNC_DEF(closing)
{
    ASYNC_BEGIN;
    AWAIT(async_aclose(self->agen));
    ASYNC_END;
}

static bool is_open(const struct agen *agen)
{
    const async_agenerator_t *open = NULL;
    do {
        open = async_all_agenerators(&adl.loop, open);
    } while (open != NULL && open != &agen->generator_);
    return open != NULL;
}

size_t close_agens(async_awaitable_t **tasks)
{
    struct agen *agen;
    size_t count = 0;
    for (agen = first_agen; agen != NULL; agen = agen->next) {
        count += is_open(agen);
    }
    *tasks =
        (async_awaitable_t *)arena_new((count + 1) * sizeof(async_awaitable_t));
    count = 0;
    for (agen = first_agen; agen != NULL; agen = agen->next) {
        if (is_open(agen)) {
            async_task_t *task = NEW(async_task_t);
            (void)async_loop_create_task(
                &adl.loop, task,
                ASYNC_CALL(closing, NEW(struct closing), .agen = agen));
            (*tasks)[count++] = async_awaitable(task);
        }
    }
    return count;
}

const struct op agen_ops[] = {
    {"amake", "Ia", IN_ALL, start_amake, NULL, NULL},
    {"anext", "I", IN_ASYNC, start_anext, finish_ask, NULL},
    {"asend", "Id", IN_ASYNC, start_asend, finish_ask, NULL},
    {"athrow", "Ie", IN_ASYNC, start_athrow, finish_ask, NULL},
    {"aclose", "I", IN_ASYNC, start_aclose, finish_aclose, NULL},
    {"afor", "IN", IN_ASYNC | IS_BLOCK, start_anext, finish_afor, leave_afor},
    {NULL, NULL, 0, NULL, NULL, NULL}};
