/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Statements that change what runs next. */
#include "ops.h"

static void say_ok(struct step *step)
{
    trace_ok(step->machine->who, step->stmt->line, step->stmt->text);
    step->result.kind = RESULT_TRACED;
}

static int start_pass(struct step *step)
{
    step->result.kind = RESULT_TRACED;
    return 0;
}

/* As an action, which has no `ok` of its own, it just fails. */
static int start_raise(struct step *step)
{
    if (step->machine != NULL) {
        say_ok(step);
    }
    return (int)step->stmt->args[0].number;
}

/* The parser has made sure that an EXCEPT is open. */
static int start_reraise(struct step *step)
{
    const struct machine *machine = step->machine;
    const struct block *block = &machine->blocks[machine->depth - 1];
    say_ok(step);
    while (block->part != PART_EXCEPT) {
        block--;
    }
    return block->handled;
}

static int start_return(struct step *step)
{
    const struct arg *arg = &step->stmt->args[0];
    say_ok(step);
    step->result.value = arg->kind ? value_int(arg->number) : value_none();
    return STATUS_RETURN;
}

/* -- loop ------------------------------------------------------------------ */

static int start_loop(struct step *step)
{
    long rounds = step->stmt->args[0].number;
    step->result.kind = RESULT_TRACED;
    if (rounds > 0) {
        machine_open(step->machine, step->stmt);
        step->machine->blocks[step->machine->depth - 1].rounds = rounds;
    }
    return 0;
}

static bool leave_loop(struct machine *machine, struct block *block,
                       struct completion *how)
{
    (void)machine;
    if (how->how == ENDED && --block->rounds > 0) {
        machine_enter(block, PART_BODY);
        return false;
    }
    return true;
}

/* -- try ------------------------------------------------------------------- */

static int start_try(struct step *step)
{
    step->result.kind = RESULT_TRACED;
    machine_open(step->machine, step->stmt);
    return 0;
}

static bool catches(const struct stmt *stmt, const struct completion *how)
{
    if (how->how != RAISED || stmt->parts[PART_EXCEPT].line == 0) {
        return false;
    }
    switch (stmt->spec) {
    case SPEC_EXC:
        return is_exception(how->error);
    case SPEC_ALL:
        return how->error == ASYNC_ERR_CANCELLED || is_exception(how->error);
    case SPEC_CANCEL:
        return how->error == ASYNC_ERR_CANCELLED;
    case SPEC_TIMEOUT:
        return how->error == ASYNC_ERR_TIMEOUT;
    case SPEC_USER:
    default:
        return how->error == stmt->spec_error;
    }
}

static bool leave_try(struct machine *machine, struct block *block,
                      struct completion *how)
{
    const struct stmt *stmt = block->stmt;
    const struct part *parts = stmt->parts;
    if (block->part == PART_BODY && catches(stmt, how)) {
        block->handled = how->error;
        trace_error(machine->who, parts[PART_EXCEPT].line, stmt->spec_text,
                    how->error);
        machine_enter(block, PART_EXCEPT);
        return false;
    }
    if (block->part == PART_BODY && how->how == ENDED &&
        parts[PART_ELSE].line != 0) {
        machine_enter(block, PART_ELSE);
        return false;
    }
    if (block->part != PART_FINALLY && parts[PART_FINALLY].line != 0) {
        block->pending = *how;
        trace_ok(machine->who, parts[PART_FINALLY].line, "finally");
        machine_enter(block, PART_FINALLY);
        return false;
    }
    if (block->part == PART_FINALLY && how->how == ENDED) {
        *how = block->pending;
    }
    return true;
}

const struct op flow_ops[] = {
    {"pass", "", IN_BODY, start_pass, NULL, NULL},
    {"raise", "r", IN_ALL, start_raise, NULL, NULL},
    {"reraise", "", IN_BODY, start_reraise, NULL, NULL},
    {"return", "N", IN_BODY, start_return, NULL, NULL},
    {"loop", "n", IN_BODY | IS_BLOCK, start_loop, NULL, leave_loop},
    {"try", "", IN_BODY | IS_BLOCK, start_try, NULL, leave_try},
    {NULL, NULL, 0, NULL, NULL, NULL}};
