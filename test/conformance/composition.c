/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Statements on awaitables: gather, wait, as_completed, shield, wait_for. */
#include "ops.h"

#include <string.h>

/* -- Items ----------------------------------------------------------------- */

async_delay_t delay_of(const struct arg *arg)
{
    return arg->number < 0 ? ASYNC_FOREVER : (async_delay_t)arg->number;
}

/* What an item stands for: a coroutine is made, a slot may be empty. */
static struct future *item_new(const struct arg *arg,
                               async_awaitable_t *awaitable)
{
    struct future *future;
    async_coro_t *coro;
    if (arg->kind == 'c') {
        future = coro_item_new(arg->def, &coro);
        *awaitable = async_awaitable(coro);
        return future;
    }
    future = future_slot(arg);
    if (future != NULL) {
        *awaitable = async_awaitable(future->future);
    }
    return future;
}

/* All items in order, but for the empty slots. */
struct items {
    async_awaitable_t list[MAX_ITEMS];
    struct future *members[MAX_ITEMS];
    const char *words[MAX_ITEMS];
    size_t count;
};

static struct items *items_new(const struct stmt *stmt)
{
    struct items *items = NEW(struct items);
    int i;
    for (i = 0; i < stmt->item_count; i++) {
        const struct arg *arg = &stmt->items[i];
        size_t at = items->count;
        items->members[at] = item_new(arg, &items->list[at]);
        if (items->members[at] != NULL) {
            items->words[at] = arg->word;
            items->count++;
        }
    }
    return items;
}

/* What eager tasks are made of begins now, not when the library asks. */
static void items_begin(struct items *items)
{
    size_t i;
    for (i = 0; adl.eager && i < items->count; i++) {
        if (items->list[i].future == NULL) {
            (void)task_start(items->members[i], items->list[i].coro);
            items->list[i] = async_awaitable(items->members[i]->future);
        }
    }
}

/* -- gather ---------------------------------------------------------------- */

static struct future *gather_new(const struct step *step, bool all)
{
    typedef ASYNC_GATHER(MAX_ITEMS) storage;
    storage *gather = NEW(storage);
    struct items *items = items_new(step->stmt);
    struct future *future = NEW(struct future);
    size_t i;
    items_begin(items);
    future->future = all ? async_gather_list_return_exceptions(
                               gather, items->list, items->count)
                         : async_gather_list(gather, items->list, items->count);
    for (i = 0; i < items->count; i++) {
        items->members[i]->future = async_gather_future(gather, i);
    }
    future->members = items->members;
    future->count = (long)items->count;
    future->listed = true;
    return future;
}

static int await_future(struct step *step, const struct future *future)
{
    struct wait *wait = &step->machine->wait;
    wait->target = future;
    wait->kind = WAIT_FUTURE;
    wait->future = future->future;
    return 0;
}

static int start_gather(struct step *step)
{
    return await_future(step, gather_new(step, step_arg(step, 0)->kind != 0));
}

static int finish_value(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    if (wait->status == 0) {
        step->result = result_value(future_value(wait->target));
    }
    return wait->status;
}

static int start_mkgather(struct step *step)
{
    adl.slots.futures[step_arg(step, 0)->number] =
        gather_new(step, step_arg(step, 1)->kind != 0);
    return 0;
}

/* -- shield ---------------------------------------------------------------- */

/* Returns 0 if the item is an empty slot. */
static struct future *shield_new(const struct arg *arg)
{
    async_awaitable_t inner;
    struct future *future, *item = item_new(arg, &inner);
    async_future_t *outer;
    if (item == NULL) {
        return NULL;
    }
    if (inner.future == NULL) {
        (void)task_start(item, inner.coro);
    }
    outer = async_shield(NEW(async_shield_t), item->future);
    if (outer == item->future) { /* done, no shield is needed */
        return item;
    }
    future = NEW(struct future);
    future->future = outer;
    future->members = (struct future **)arena_new(sizeof(struct future *));
    future->members[0] = item;
    future->count = 1;
    return future;
}

static int start_shield(struct step *step)
{
    const struct future *future = shield_new(step_arg(step, 0));
    return future != NULL ? await_future(step, future) : step_skip(step);
}

static int start_mkshield(struct step *step)
{
    struct future *future = shield_new(step_arg(step, 1));
    if (future == NULL) {
        return step_skip(step);
    }
    adl.slots.futures[step_arg(step, 0)->number] = future;
    return 0;
}

/* -- wait_for -------------------------------------------------------------- */

static int start_waitfor(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    async_awaitable_t what;
    struct future *item = item_new(step_arg(step, 1), &what);
    async_delay_t delay = delay_of(step_arg(step, 0));
    async_wait_for_t *frame = NEW(async_wait_for_t);
    if (item == NULL) {
        return step_skip(step);
    }
    if (adl.eager && delay == 0 && what.future == NULL) {
        (void)task_start(item, what.coro); /* too late, but it begins */
        what = async_awaitable(item->task);
    }
    wait->target = item;
    wait->kind = WAIT_CORO;
    wait->coro = what.future != NULL
                     ? async_wait_for_ticks(frame, what.future, delay)
                     : async_wait_for_ticks(frame, what.coro, delay);
    return 0;
}

static int finish_waitfor(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    const struct future *item = wait->target;
    if (step_arg(step, 1)->kind == 'c') { /* no task ran it */
        step->result = result_value(item->machine->end.value);
    } else if (wait->status == 0) {
        step->result = result_value(future_value(item));
    }
    return wait->status;
}

/* -- wait ------------------------------------------------------------------ */

struct waiting {
    ASYNC_WAIT(MAX_ITEMS) storage;
    struct items *items;
};

static int start_wait(struct step *step)
{
    static const enum async_return_when modes[] = {
        ASYNC_ALL_COMPLETED, ASYNC_FIRST_COMPLETED, ASYNC_FIRST_EXCEPTION};
    struct wait *wait = &step->machine->wait;
    struct waiting *waiting = NEW(struct waiting);
    struct items *items = items_new(step->stmt);
    if (items->count == 0) {
        return step_skip(step);
    }
    waiting->items = items;
    wait->object = waiting;
    wait->kind = WAIT_OPERATION;
    wait->operation = async_wait_list_ticks(
        &waiting->storage, modes[step_arg(step, 0)->number],
        delay_of(step_arg(step, 1)), items->list, items->count);
    return 0;
}

/* The names of the items that are done, or of the others, each object once. */
static const char *names(const struct waiting *waiting, bool done)
{
    const struct items *items = waiting->items;
    char *text = (char *)arena_new(items->count * 8 + 1);
    size_t i, earlier;
    for (i = 0; i < items->count; i++) {
        for (earlier = 0; items->members[earlier] != items->members[i];
             earlier++) {
        }
        if (earlier == i && async_wait_done(&waiting->storage, i) == done) {
            strcat(text, *text != '\0' ? "," : "");
            strcat(text, items->words[i]);
        }
    }
    return text;
}

static int finish_wait(struct step *step)
{
    const struct wait *wait = &step->machine->wait;
    const struct waiting *waiting = (const struct waiting *)wait->object;
    if (wait->status == 0) {
        step->result = result_format(
            "done=[%s] pend=[%s]", names(waiting, true), names(waiting, false));
    }
    return wait->status;
}

/* -- as_completed ---------------------------------------------------------- */

struct iteration {
    ASYNC_AS_COMPLETED(MAX_ITEMS) storage;
    struct items *items;
};

/* Awaits the next item, if there is one. */
static void go_on(struct wait *wait, struct iteration *iteration)
{
    if (async_as_completed_left(&iteration->storage) > 0) {
        wait->kind = WAIT_OPERATION;
        wait->operation = async_as_completed_next(&iteration->storage);
    }
}

static int start_ascompleted(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct iteration *iteration = NEW(struct iteration);
    struct items *items = items_new(step->stmt);
    size_t i;
    int status;
    items_begin(items);
    status = async_as_completed_list_ticks(&iteration->storage,
                                           delay_of(step_arg(step, 0)),
                                           items->list, items->count);
    if (status != 0) {
        return status;
    }
    for (i = 0; i < items->count; i++) {
        items->members[i]->future =
            async_member_future_(&iteration->storage.each.members, i);
    }
    iteration->items = items;
    wait->object = iteration;
    go_on(wait, iteration);
    return 0;
}

static struct value item_value(const struct iteration *iteration)
{
    const async_future_t *future =
        async_as_completed_future(&iteration->storage);
    size_t i = 0;
    while (iteration->items->members[i]->future != future) {
        i++;
    }
    return future_value(iteration->items->members[i]);
}

static int finish_ascompleted(struct step *step)
{
    struct wait *wait = &step->machine->wait;
    struct iteration *iteration = (struct iteration *)wait->object;
    struct result item = wait->status != 0
                             ? result_error(wait->status)
                             : result_value(item_value(iteration));
    trace(step->machine->who, step->stmt->line, "item", &item);
    if (wait->status != 0 && !is_exception(wait->status)) {
        return wait->status; /* not closed: in Python the timer runs on */
    }
    go_on(wait, iteration);
    return 0;
}

const struct op composition_ops[] = {
    {"gather", "R+", IN_ASYNC, start_gather, finish_value, NULL},
    {"mkgather", "FR+", IN_ALL, start_mkgather, NULL, NULL},
    {"shield", "i", IN_ASYNC, start_shield, finish_value, NULL},
    {"mkshield", "Fi", IN_ALL, start_mkshield, NULL, NULL},
    {"waitfor", "di", IN_ASYNC, start_waitfor, finish_waitfor, NULL},
    {"wait", "md+", IN_ASYNC, start_wait, finish_wait, NULL},
    {"ascompleted", "d+", IN_ASYNC, start_ascompleted, finish_ascompleted,
     NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
