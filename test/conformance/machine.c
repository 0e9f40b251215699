/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runs a body: a stack of open blocks, each with the statement to run next,
 * and the ways out of it: to the end, by an error, by a return. */
#include "adl.h"

#include <stdio.h>
#include <string.h>

static struct completion ended(void)
{
    struct completion how;
    how.how = ENDED;
    how.error = 0;
    how.value = value_none();
    return how;
}

static struct completion raised(int error)
{
    struct completion how = ended();
    how.how = RAISED;
    how.error = error;
    return how;
}

/* A quiet statement swallows what `except Exception` would catch. */
static bool swallowed(const struct stmt *stmt, const struct completion *how)
{
    return stmt->quiet && how->how == RAISED && is_exception(how->error);
}

/* -- Blocks ---------------------------------------------------------------- */

void machine_enter(struct block *block, enum part_kind part)
{
    block->part = part;
    block->next = block->stmt->parts[part].first;
}

struct block *machine_open(struct machine *machine, const struct stmt *stmt)
{
    struct block *block = &machine->blocks[machine->depth++];
    block->stmt = stmt;
    block->rounds = 0;
    block->object = NULL;
    block->handled = 0;
    block->pending = ended();
    machine_enter(block, PART_BODY);
    return block;
}

void trace_end(const struct machine *machine, const struct stmt *stmt,
               const struct completion *how)
{
    struct result text = result_format("end %s", stmt->text);
    if (how->how != RETURNED) {
        struct result result = how->how == RAISED ? result_error(how->error)
                                                  : result_of(RESULT_OK);
        trace(machine->who, stmt->end_line, text.text, &result);
    }
}

struct block *block_entered(struct step *step, int status)
{
    if (status != 0) {
        struct completion how = raised(status);
        trace_end(step->machine, step->stmt, &how);
        step->result.kind = RESULT_TRACED;
        return NULL;
    }
    return machine_open(step->machine, step->stmt);
}

/* Leaves blocks until one goes on or its way out waits. */
static void settle(struct machine *machine, struct completion how)
{
    for (;;) {
        struct block *block = &machine->blocks[machine->depth - 1];
        const struct stmt *stmt = block->stmt;
        if (stmt == NULL) {
            machine->end = how;
            machine->depth = 0;
            return;
        }
        if (!stmt->op->leave(machine, block, &how)) {
            if (machine->wait.kind != WAIT_NOTHING) {
                machine->wait.stmt = NULL;
                block->pending = how;
            }
            return;
        }
        machine->depth--;
        if (how.how == ENDED || swallowed(stmt, &how)) {
            return;
        }
    }
}

/* -- Statements ------------------------------------------------------------ */

/* Writes the line of a statement that is over and goes where it leads. */
static void end_step(struct step *step, int status)
{
    const struct stmt *stmt = step->stmt;
    struct machine *machine = step->machine;
    if (step->result.kind != RESULT_TRACED) {
        if (status != 0) {
            step->result = result_error(status);
        }
        trace(machine->who, stmt->line, stmt->text, &step->result);
    }
    if (status == STATUS_RETURN) {
        struct completion how = ended();
        how.how = RETURNED;
        how.value = step->result.value;
        settle(machine, how);
    } else if (status != 0) {
        struct completion how = raised(status);
        if (!swallowed(stmt, &how)) {
            settle(machine, how);
        }
    }
}

static void run_stmt(struct machine *machine, const struct stmt *stmt)
{
    struct step step;
    int status;
    step.stmt = stmt;
    step.machine = machine;
    step.result = result_of(RESULT_OK);
    machine->wait.kind = WAIT_NOTHING;
    status = stmt->op->start(&step);
    if (machine->wait.kind == WAIT_NOTHING) {
        end_step(&step, status);
    } else {
        machine->wait.stmt = stmt;
    }
}

int run_action(const struct stmt *action)
{
    struct step step;
    int status;
    step.stmt = action;
    step.machine = NULL;
    step.result = result_of(RESULT_OK);
    status = action->op->start(&step);
    if (status != 0) {
        step.result = result_error(status);
    }
    trace("cb", action->line, action->text, &step.result);
    return status;
}

/* -- The whole body -------------------------------------------------------- */

/* Every object gets its number when it is made, not when it starts. */
void machine_init(struct machine *machine, const struct def *def)
{
    size_t room = strlen(def->name) + 16;
    char *who = (char *)arena_new(room);
    snprintf(who, room, "%s.%d", def->name, adl.instances++);
    machine->who = who;
    adl.newest = who;
    machine->def = def;
    machine->blocks =
        (struct block *)arena_new((size_t)def->depth * sizeof(struct block));
}

void machine_begin(struct machine *machine)
{
    struct block *body = machine->blocks;
    trace_ok(machine->who, 0, "enter");
    body->stmt = NULL;
    body->next = machine->def->first;
    machine->depth = 1;
}

bool machine_run(struct machine *machine)
{
    while (machine->depth > 0 && machine->wait.kind == WAIT_NOTHING) {
        struct block *block = &machine->blocks[machine->depth - 1];
        const struct stmt *stmt = block->next;
        if (stmt == NULL) {
            settle(machine, ended());
        } else {
            block->next = stmt->next;
            run_stmt(machine, stmt);
        }
    }
    machine->wait.status = 0;
    return machine->wait.kind != WAIT_NOTHING;
}

void machine_resume(struct machine *machine)
{
    struct step step;
    int status;
    machine->wait.kind = WAIT_NOTHING;
    step.stmt = machine->wait.stmt;
    if (step.stmt == NULL) {
        struct block *block = &machine->blocks[machine->depth - 1];
        block->part = PART_LEFT;
        settle(machine, block->pending);
        return;
    }
    step.machine = machine;
    step.result = result_of(RESULT_OK);
    status = step.stmt->op->finish(&step);
    if (machine->dead) {
        machine->end = raised(ASYNC_ERR_GENERATOR_EXIT);
        machine->depth = 0;
    } else if (machine->wait.kind == WAIT_NOTHING) {
        end_step(&step, status);
    }
}

int machine_end(struct machine *machine)
{
    struct result result = result_of(RESULT_OK);
    if (machine->dead) {
        return machine->end.error;
    }
    if (machine->end.how == RAISED) {
        result = result_error(machine->end.error);
    } else if (machine->def->kind == DEF_CORO) {
        result = result_value(machine->end.value);
    }
    trace(machine->who, 0, "exit", &result);
    return machine->end.error;
}
