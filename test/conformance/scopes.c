/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Blocks round an object: with, timeout, group; and errors of groups. */
#include "ops.h"

#include <stdio.h>

/* Makes an error of what a block was left with, if there is one. */
static void set_error(struct completion *how, int status)
{
    if (status != 0) {
        how->how = RAISED;
        how->error = status;
    }
}

/* -- with ------------------------------------------------------------------ */

static int start_with(struct step *step)
{
    return sync_enter(step_arg(step, 0), &step->machine->wait)
               ? 0
               : (int)ASYNC_ERR_TYPE; /* not declared */
}

static int finish_with(struct step *step)
{
    (void)block_entered(step, step->machine->wait.status);
    return step->machine->wait.status;
}

static bool leave_with(struct machine *machine, struct block *block,
                       struct completion *how)
{
    set_error(how, sync_leave(&block->stmt->args[0]));
    trace_end(machine, block->stmt, how);
    return true;
}

/* -- timeout --------------------------------------------------------------- */

struct limit {
    async_timeout_t timeout;
};

static int start_timeout(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct limit *limit = NEW(struct limit);
    wait->object = limit;
    wait->kind = WAIT_OPERATION;
    wait->operation =
        async_timeout_enter_(&limit->timeout, delay_of(step_arg(step, 1)));
    return 0;
}

static int finish_timeout(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    struct block *block = block_entered(step, wait->status);
    if (block != NULL) {
        block->object = wait->object;
        adl.slots.limits[step_arg(step, 0)->number] =
            (struct limit *)wait->object;
    }
    return wait->status;
}

static bool leave_timeout(struct machine *machine, struct block *block,
                          struct completion *how)
{
    struct limit *limit = (struct limit *)block->object;
    set_error(how, async_timeout_leave_(&limit->timeout,
                                        how->how == RAISED ? how->error : 0));
    trace_end(machine, block->stmt, how);
    return true;
}

static struct limit *limit_slot(const struct step *step)
{
    return adl.slots.limits[step_arg(step, 0)->number];
}

static int start_reschedule(struct step *step)
{
    struct limit *limit = limit_slot(step);
    return limit != NULL ? async_timeout_reschedule_ticks(
                               &limit->timeout, delay_of(step_arg(step, 1)))
                         : step_skip(step);
}

static int start_expired(struct step *step)
{
    const struct limit *limit = limit_slot(step);
    if (limit == NULL) {
        return step_skip(step);
    }
    step->result =
        result_value(value_bool(async_timeout_expired(&limit->timeout)));
    return 0;
}

static int start_when(struct step *step)
{
    const struct limit *limit = limit_slot(step);
    async_tick_t when = 0;
    if (limit == NULL) {
        return step_skip(step);
    }
    step->result =
        result_value(async_timeout_when(&limit->timeout, &when)
                         ? value_int((long)(async_tick_t)(when - adl.start))
                         : value_none());
    return 0;
}

/* -- group ----------------------------------------------------------------- */

struct group {
    async_taskgroup_t group;
    struct group *older;
};

static struct group *newest_group;

static int start_group(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct group *group = NEW(struct group);
    group->older = newest_group;
    newest_group = group;
    wait->object = group;
    wait->kind = WAIT_OPERATION;
    wait->operation = async_taskgroup_enter_(&group->group);
    return 0;
}

static int finish_group(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    struct block *block = block_entered(step, wait->status);
    if (block != NULL) {
        block->object = wait->object;
        adl.slots.groups[step_arg(step, 0)->number] =
            (struct group *)wait->object;
    }
    return wait->status;
}

static bool leave_group(struct machine *machine, struct block *block,
                        struct completion *how)
{
    struct group *group = (struct group *)block->object;
    if (block->part != PART_LEFT) {
        group->group.pending = (int16_t)(how->how == RAISED ? how->error : 0);
        machine->wait.kind = WAIT_OPERATION;
        machine->wait.operation = async_taskgroup_leave_(&group->group);
        return false;
    }
    set_error(how, machine->wait.status);
    trace_end(machine, block->stmt, how);
    return true;
}

static int start_gspawn(struct step *step)
{
    struct group *group = adl.slots.groups[step_arg(step, 0)->number];
    struct future *future;
    async_coro_t *coro;
    int status;
    if (group == NULL) {
        return step_skip(step);
    }
    future = coro_item_new(step_arg(step, 2)->def, &coro);
    status = adl.eager ? async_taskgroup_create_eager_task(&group->group,
                                                           &future->child, coro)
                       : async_taskgroup_create_task(&group->group,
                                                     &future->child, coro);
    if (status == 0) {
        task_note(future);
        adl.slots.tasks[step_arg(step, 1)->number] = future;
        step->result.kind = RESULT_TEXT;
        step->result.text = future->machine->who;
    }
    return status;
}

/* -- Groups of errors ------------------------------------------------------ */

static const async_taskgroup_t *find_group(int error)
{
    const struct group *group = newest_group;
    while (async_taskgroup_error(&group->group) != error) {
        group = group->older;
    }
    return &group->group;
}

static int child_error(const async_child_t *child)
{
    int error = 0;
    (void)async_future_exception(&child->task.future, &error);
    return error;
}

void print_group(int error)
{
    const async_taskgroup_t *group = find_group(error);
    const async_child_t *child = NULL;
    const char *comma = "";
    while ((child = async_taskgroup_next_error(group, child)) != NULL) {
        printf("%s", comma);
        print_error(child_error(child));
        comma = ",";
    }
    if (async_taskgroup_body_error(group) != 0) {
        printf("%s", comma);
        print_error(async_taskgroup_body_error(group));
    }
}

bool is_exception(int error)
{
    const async_taskgroup_t *group;
    const async_child_t *child = NULL;
    if (!async_is_group(error)) {
        return async_is_exception(error);
    }
    group = find_group(error);
    while ((child = async_taskgroup_next_error(group, child)) != NULL) {
        if (!is_exception(child_error(child))) {
            return false;
        }
    }
    return async_taskgroup_body_error(group) == 0 ||
           is_exception(async_taskgroup_body_error(group));
}

const struct op scope_ops[] = {
    {"with", "W", IN_ASYNC | IS_BLOCK, start_with, finish_with, leave_with},
    {"timeout", "Xd", IN_ASYNC | IS_BLOCK, start_timeout, finish_timeout,
     leave_timeout},
    {"reschedule", "Xd", IN_ALL, start_reschedule, NULL, NULL},
    {"expired", "X", IN_ALL, start_expired, NULL, NULL},
    {"when", "X", IN_ALL, start_when, NULL, NULL},
    {"group", "G", IN_ASYNC | IS_BLOCK, start_group, finish_group, leave_group},
    {"gspawn", "GTc", IN_ALL, start_gspawn, NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
