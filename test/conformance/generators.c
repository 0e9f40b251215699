/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The coroutine that runs a `gen`, and the statements on generators. */
#include "ops.h"

struct generator {
    ASYNC_GENERATOR(struct value);
    struct machine m;
    int running;  /* statements that drive it right now */
    bool dropped; /* nobody can reach it any more */
};

ASYNC_DEF(generator)
{
    ASYNC_BEGIN;
    machine_begin(&self->m);
    while (machine_run(&self->m)) {
        ASYNC_TRY
        {
            if (self->m.wait.kind == WAIT_YIELD) {
                ASYNC_YIELD(self->m.wait.value);
                self->m.wait.value = self->sent;
            } else {
                ASYNC_YIELD_FROM(self->m.wait.coro);
            }
        }
        ASYNC_EXCEPT_ALL(self->m.wait.status)
        {
        }
        ASYNC_END_EXCEPT;
        machine_resume(&self->m);
    }
    if (machine_end(&self->m) != 0) {
        ASYNC_RAISE(self->m.end.error);
    }
    ASYNC_END;
}

static async_coro_t *generator_new(const struct def *def,
                                   struct generator **generator)
{
    struct generator *frame = NEW(struct generator);
    machine_init(&frame->m, def);
    *generator = frame;
    return ASYNC_CALL_HEADER(generator, frame);
}

/* -- Inside a generator ---------------------------------------------------- */

static int start_emit(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    trace_ok(step->machine->who, step->stmt->line, step->stmt->text);
    wait->kind = WAIT_YIELD;
    wait->value = value_int(step_arg(step, 0)->number);
    return 0;
}

static int finish_emit(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    struct result result = wait->status != 0 ? result_error(wait->status)
                                             : result_value(wait->value);
    trace(step->machine->who, step->stmt->line, "resume", &result);
    step->result.kind = RESULT_TRACED;
    return wait->status;
}

static int start_from(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct generator *child;
    wait->kind = WAIT_FROM;
    wait->coro = generator_new(step_arg(step, 0)->def, &child);
    wait->child = &child->m;
    return 0;
}

/* Whether a traceback still refers to the frame: CPython then keeps it and
 * what it yields from, although nobody can reach the generator any more. */
static bool in_traceback(const struct machine *machine)
{
    int i;
    for (i = 1; i < machine->depth; i++) {
        const struct block *block = &machine->blocks[i];
        if (block->part == PART_EXCEPT ||
            (block->part == PART_FINALLY && block->pending.how == RAISED)) {
            return true;
        }
    }
    return false;
}

/* A generator that yields when it is closed because nobody can reach it runs
 * no more. Then nobody can reach what it yields from either. */
static void bury(struct generator *generator)
{
    struct machine *machine = &generator->m;
    if (machine->depth > 0 && machine->wait.kind == WAIT_FROM &&
        !in_traceback(machine)) {
        machine->dead = true;
        (void)async_close(generator);
    }
}

/* CPython closes a generator as soon as nobody can reach it, which shows in
 * the trace; what comes of it does not. */
static void drop(struct generator *generator)
{
    generator->dropped = true;
    if (generator->running == 0) {
        (void)async_close(generator);
        bury(generator);
    }
}

static int finish_from(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    struct generator *child =
        async_container_of(wait->child, struct generator, m);
    if (step->machine->dead) {
        bury(child);
    } else {
        drop(child);
    }
    step->result = result_value(wait->child->end.value);
    return wait->status;
}

/* -- Driving one ----------------------------------------------------------- */

static struct generator **slot(const struct step *step)
{
    return &adl.slots.generators[step_arg(step, 0)->number];
}

static int start_gmake(struct step *step)
{
    struct generator *generator, *old = *slot(step);
    async_generator_init(generator_new(step_arg(step, 1)->def, &generator));
    *slot(step) = generator;
    if (old != NULL) {
        drop(old);
    }
    step->result.kind = RESULT_TEXT;
    step->result.text = adl.newest; /* closing may have made another one */
    return 0;
}

/* Turns what the library says into a result. A generator hands out what it
 * returned only once. */
static int driven(struct step *step, struct generator *generator, int status,
                  struct value item)
{
    if (--generator->running == 0 && generator->dropped) {
        drop(generator);
    }
    step->result = result_value(item);
    if (status == ASYNC_ERR_STOP_ITERATION) {
        step->result.kind = RESULT_STOP;
        step->result.value = generator->m.end.value;
        generator->m.end.value = value_none();
        return 0;
    }
    return status;
}

static int start_gnext(struct step *step)
{
    struct generator *generator = *slot(step);
    struct value item = value_none();
    int status;
    if (generator == NULL) {
        return step_skip(step);
    }
    generator->running++;
    status = async_next(generator, &item);
    return driven(step, generator, status, item);
}

static int start_gsend(struct step *step)
{
    struct generator *generator = *slot(step);
    struct value item = value_none();
    int status;
    if (generator == NULL) {
        return step_skip(step);
    }
    generator->running++;
    status = async_send(generator, value_int(step_arg(step, 1)->number), &item);
    return driven(step, generator, status, item);
}

static int start_gthrow(struct step *step)
{
    struct generator *generator = *slot(step);
    struct value item = value_none();
    int status;
    if (generator == NULL) {
        return step_skip(step);
    }
    generator->running++;
    status = async_throw(generator, (int)step_arg(step, 1)->number, &item);
    return driven(step, generator, status, item);
}

static int start_gclose(struct step *step)
{
    struct generator *generator = *slot(step);
    int status;
    if (generator == NULL) {
        return step_skip(step);
    }
    generator->running++;
    status = driven(step, generator, async_close(generator), value_none());
    if (status == 0) {
        generator->m.end.value = value_none();
        step->result = result_of(RESULT_OK);
    }
    return status;
}

const struct op generator_ops[] = {
    {"emit", "n", IN_GEN | IN_AGEN, start_emit, finish_emit, NULL},
    {"from", "g", IN_GEN, start_from, finish_from, NULL},
    {"gmake", "Jg", IN_ALL, start_gmake, NULL, NULL},
    {"gnext", "J", IN_ALL, start_gnext, NULL, NULL},
    {"gsend", "Jn", IN_ALL, start_gsend, NULL, NULL},
    {"gthrow", "Je", IN_ALL, start_gthrow, NULL, NULL},
    {"gclose", "J", IN_ALL, start_gclose, NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
