/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Locks, events, conditions, semaphores and barriers. */
#include "ops.h"

struct lock {
    async_lock_t lock;
};

struct event {
    async_event_t event;
};

struct condition {
    async_condition_t condition;
    async_lock_t own;
};

struct semaphore {
    async_semaphore_t semaphore;
};

struct barrier {
    async_barrier_t barrier;
};

static long slot_number(const struct step *step)
{
    return step_arg(step, 0)->number;
}

static struct lock *lock_slot(const struct step *step)
{
    return adl.slots.locks[slot_number(step)];
}

static struct event *event_slot(const struct step *step)
{
    return adl.slots.events[slot_number(step)];
}

static struct condition *condition_slot(const struct step *step)
{
    return adl.slots.conditions[slot_number(step)];
}

static struct semaphore *semaphore_slot(const struct step *step)
{
    return adl.slots.semaphores[slot_number(step)];
}

static struct barrier *barrier_slot(const struct step *step)
{
    return adl.slots.barriers[slot_number(step)];
}

/* -- Declarations ---------------------------------------------------------- */

static int declare_lock(struct step *step)
{
    struct lock *lock = NEW(struct lock);
    async_lock_init(&lock->lock);
    adl.slots.locks[slot_number(step)] = lock;
    return 0;
}

static int declare_event(struct step *step)
{
    struct event *event = NEW(struct event);
    async_event_init(&event->event);
    adl.slots.events[slot_number(step)] = event;
    return 0;
}

static int declare_condition(struct step *step)
{
    struct condition *condition = NEW(struct condition);
    const struct arg *arg = step_arg(step, 1);
    struct lock *given = arg->kind != 0 ? adl.slots.locks[arg->number] : NULL;
    async_lock_init(&condition->own);
    async_condition_init(&condition->condition,
                         given != NULL ? &given->lock : &condition->own);
    adl.slots.conditions[slot_number(step)] = condition;
    return 0;
}

static int declare_semaphore(struct step *step)
{
    struct semaphore *semaphore = NEW(struct semaphore);
    adl.slots.semaphores[slot_number(step)] = semaphore;
    return async_semaphore_init(&semaphore->semaphore,
                                (int)step_arg(step, 1)->number);
}

static int declare_bounded(struct step *step)
{
    struct semaphore *semaphore = NEW(struct semaphore);
    adl.slots.semaphores[slot_number(step)] = semaphore;
    return async_bounded_semaphore_init(&semaphore->semaphore,
                                        (int)step_arg(step, 1)->number);
}

static int declare_barrier(struct step *step)
{
    struct barrier *barrier = NEW(struct barrier);
    adl.slots.barriers[slot_number(step)] = barrier;
    return async_barrier_init(&barrier->barrier,
                              (int)step_arg(step, 1)->number);
}

/* -- Statements that await ------------------------------------------------- */

static int wait_for_operation(struct step *step, async_op_t operation)
{
    step->machine->wait.kind = WAIT_OPERATION;
    step->machine->wait.operation = operation;
    return 0;
}

static int finish_true(struct step *step)
{
    step->result = result_value(value_bool(true));
    return step->machine->wait.status;
}

static int start_acquire(struct step *step)
{
    struct lock *lock = lock_slot(step);
    return lock != NULL
               ? wait_for_operation(step, async_lock_acquire(&lock->lock))
               : step_skip(step);
}

static int start_ewait(struct step *step)
{
    struct event *event = event_slot(step);
    return event != NULL
               ? wait_for_operation(step, async_event_wait(&event->event))
               : step_skip(step);
}

static int start_cacquire(struct step *step)
{
    struct condition *condition = condition_slot(step);
    return condition != NULL
               ? wait_for_operation(
                     step, async_lock_acquire(condition->condition.lock))
               : step_skip(step);
}

static int start_cwait(struct step *step)
{
    struct condition *condition = condition_slot(step);
    return condition != NULL
               ? wait_for_operation(
                     step, async_condition_wait(&condition->condition))
               : step_skip(step);
}

static int start_sacquire(struct step *step)
{
    struct semaphore *semaphore = semaphore_slot(step);
    return semaphore != NULL
               ? wait_for_operation(
                     step, async_semaphore_acquire(&semaphore->semaphore))
               : step_skip(step);
}

static int start_bwait(struct step *step)
{
    struct barrier *barrier = barrier_slot(step);
    return barrier != NULL
               ? wait_for_operation(step,
                                    async_barrier_wait(&barrier->barrier))
               : step_skip(step);
}

static int finish_bwait(struct step *step)
{
    step->result = result_value(
        value_int(async_barrier_index(&barrier_slot(step)->barrier)));
    return step->machine->wait.status;
}

/* The predicate of `cwaitfor`: a variable has reached a number. */
struct predicate_wait {
    ASYNC_FRAME;
    async_condition_t *condition;
    const long *variable;
    long number;
};

ASYNC_DEF(predicate_wait)
{
    ASYNC_BEGIN;
    ASYNC_CONDITION_WAIT_FOR(self->condition, *self->variable >= self->number);
    ASYNC_END;
}

static int start_cwaitfor(struct step *step)
{
    struct condition *condition = condition_slot(step);
    struct predicate_wait *frame = NEW(struct predicate_wait);
    if (condition == NULL) {
        return step_skip(step);
    }
    step->machine->wait.kind = WAIT_CORO;
    step->machine->wait.coro = ASYNC_CALL(
        predicate_wait, frame, .condition = &condition->condition,
        .variable = &adl.slots.variables[step_arg(step, 1)->number],
        .number = step_arg(step, 2)->number);
    return 0;
}

/* -- Statements that do not ------------------------------------------------ */

static int start_release(struct step *step)
{
    struct lock *lock = lock_slot(step);
    return lock != NULL ? async_lock_release(&lock->lock) : step_skip(step);
}

static int start_locked(struct step *step)
{
    struct lock *lock = lock_slot(step);
    if (lock == NULL) {
        return step_skip(step);
    }
    step->result = result_value(value_bool(async_lock_locked(&lock->lock)));
    return 0;
}

static int start_eset(struct step *step)
{
    struct event *event = event_slot(step);
    if (event == NULL) {
        return step_skip(step);
    }
    async_event_set(&event->event);
    return 0;
}

static int start_eclear(struct step *step)
{
    struct event *event = event_slot(step);
    if (event == NULL) {
        return step_skip(step);
    }
    async_event_clear(&event->event);
    return 0;
}

static int start_eisset(struct step *step)
{
    struct event *event = event_slot(step);
    if (event == NULL) {
        return step_skip(step);
    }
    step->result = result_value(value_bool(async_event_is_set(&event->event)));
    return 0;
}

static int start_crelease(struct step *step)
{
    struct condition *condition = condition_slot(step);
    return condition != NULL ? async_lock_release(condition->condition.lock)
                             : step_skip(step);
}

static int start_notify(struct step *step)
{
    struct condition *condition = condition_slot(step);
    return condition != NULL
               ? async_condition_notify(&condition->condition,
                                        (unsigned)step_arg(step, 1)->number)
               : step_skip(step);
}

static int start_notifyall(struct step *step)
{
    struct condition *condition = condition_slot(step);
    return condition != NULL
               ? async_condition_notify_all(&condition->condition)
               : step_skip(step);
}

static int start_srelease(struct step *step)
{
    struct semaphore *semaphore = semaphore_slot(step);
    return semaphore != NULL ? async_semaphore_release(&semaphore->semaphore)
                             : step_skip(step);
}

static int start_slocked(struct step *step)
{
    struct semaphore *semaphore = semaphore_slot(step);
    if (semaphore == NULL) {
        return step_skip(step);
    }
    step->result =
        result_value(value_bool(async_semaphore_locked(&semaphore->semaphore)));
    return 0;
}

static int start_breset(struct step *step)
{
    struct barrier *barrier = barrier_slot(step);
    if (barrier == NULL) {
        return step_skip(step);
    }
    async_barrier_reset(&barrier->barrier);
    return 0;
}

static int start_babort(struct step *step)
{
    struct barrier *barrier = barrier_slot(step);
    if (barrier == NULL) {
        return step_skip(step);
    }
    async_barrier_abort(&barrier->barrier);
    return 0;
}

static int start_bstate(struct step *step)
{
    struct barrier *barrier = barrier_slot(step);
    if (barrier == NULL) {
        return step_skip(step);
    }
    step->result = result_format(
        "=%d/%d,%s", async_barrier_n_waiting(&barrier->barrier),
        async_barrier_parties(&barrier->barrier),
        async_barrier_broken(&barrier->barrier) ? "True" : "False");
    return 0;
}

/* -- with ------------------------------------------------------------------ */

bool sync_enter(const struct arg *arg, struct wait *wait)
{
    struct slots *slots = &adl.slots;
    wait->kind = WAIT_OPERATION;
    if (arg->kind == 'L' && slots->locks[arg->number] != NULL) {
        wait->operation = async_lock_acquire(&slots->locks[arg->number]->lock);
    } else if (arg->kind == 'C' && slots->conditions[arg->number] != NULL) {
        wait->operation = async_lock_acquire(
            slots->conditions[arg->number]->condition.lock);
    } else if (arg->kind == 'S' && slots->semaphores[arg->number] != NULL) {
        wait->operation = async_semaphore_acquire(
            &slots->semaphores[arg->number]->semaphore);
    } else if (arg->kind == 'B' && slots->barriers[arg->number] != NULL) {
        wait->operation =
            async_barrier_wait(&slots->barriers[arg->number]->barrier);
    } else {
        wait->kind = WAIT_NOTHING;
    }
    return wait->kind != WAIT_NOTHING;
}

int sync_leave(const struct arg *arg)
{
    switch (arg->kind) {
    case 'L':
        return async_lock_release(&adl.slots.locks[arg->number]->lock);
    case 'C':
        return async_lock_release(
            adl.slots.conditions[arg->number]->condition.lock);
    case 'S':
        return async_semaphore_release(
            &adl.slots.semaphores[arg->number]->semaphore);
    default: /* a barrier has nothing to undo */
        return 0;
    }
}

const struct op sync_ops[] = {
    {"lock", "L", IN_DECL, declare_lock, NULL, NULL},
    {"event", "E", IN_DECL, declare_event, NULL, NULL},
    {"cond", "Cl", IN_DECL, declare_condition, NULL, NULL},
    {"sem", "Sn", IN_DECL, declare_semaphore, NULL, NULL},
    {"bsem", "Sn", IN_DECL, declare_bounded, NULL, NULL},
    {"barrier", "Bn", IN_DECL, declare_barrier, NULL, NULL},
    {"acquire", "L", IN_ASYNC, start_acquire, finish_true, NULL},
    {"release", "L", IN_ALL, start_release, NULL, NULL},
    {"locked", "L", IN_ALL, start_locked, NULL, NULL},
    {"ewait", "E", IN_ASYNC, start_ewait, finish_true, NULL},
    {"eset", "E", IN_ALL, start_eset, NULL, NULL},
    {"eclear", "E", IN_ALL, start_eclear, NULL, NULL},
    {"eisset", "E", IN_ALL, start_eisset, NULL, NULL},
    {"cacquire", "C", IN_ASYNC, start_cacquire, finish_true, NULL},
    {"crelease", "C", IN_ALL, start_crelease, NULL, NULL},
    {"cwait", "C", IN_ASYNC, start_cwait, finish_true, NULL},
    {"cwaitfor", "CVn", IN_ASYNC, start_cwaitfor, finish_true, NULL},
    {"notify", "Cn", IN_ALL, start_notify, NULL, NULL},
    {"notifyall", "C", IN_ALL, start_notifyall, NULL, NULL},
    {"sacquire", "S", IN_ASYNC, start_sacquire, finish_true, NULL},
    {"srelease", "S", IN_ALL, start_srelease, NULL, NULL},
    {"slocked", "S", IN_ALL, start_slocked, NULL, NULL},
    {"bwait", "B", IN_ASYNC, start_bwait, finish_bwait, NULL},
    {"breset", "B", IN_ASYNC, start_breset, NULL, NULL},
    {"babort", "B", IN_ASYNC, start_babort, NULL, NULL},
    {"bstate", "B", IN_ALL, start_bstate, NULL, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
