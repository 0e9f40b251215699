/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "machine.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TASKS = 4, MAX_EVENTS = 8 };

struct machine_task {
    struct machine_context context;
    pthread_t thread;
    machine_fn entry;
    void *argument;
    bool blocked, ended;
    uint64_t ticket; /* when it became ready */
    const machine_latch_t *latch; /* what it is blocked on */
    uint64_t until;
};

struct event {
    bool pending;
    uint64_t when;
    machine_fn isr;
    void *argument;
};

static struct {
    uint64_t ticks;
    uint64_t tickets;
    unsigned tasks;
    machine_task_t task[MAX_TASKS];
    machine_task_t *owner; /* of the core */
    bool ticking;          /* the tick interrupt has it */
    struct event event[MAX_EVENTS];
    int threads; /* beside the tasks */
    unsigned blocks;
    bool armed, taking;
    unsigned until_hook;
    machine_fn hook;
    void *hook_argument;
} machine;

enum machine_fault machine_fault;
void (*machine_switched_out)(void);
void (*machine_switched_in)(void);

/* `interrupts` is held by who runs an ISR, or masks them; `state` for each
 * access of what is above. The first is taken first. */
static pthread_mutex_t interrupts = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static __thread machine_task_t *self_task;
static __thread bool in_isr;
static __thread unsigned masked;

static void lock(void)
{
    (void)pthread_mutex_lock(&state);
}

static void unlock(void)
{
    (void)pthread_mutex_unlock(&state);
}

/* Says that `state` has changed, and waits until it has again. */
static void wait_for_change(void)
{
    (void)pthread_cond_wait(&changed, &state);
}

static void tell(void)
{
    (void)pthread_cond_broadcast(&changed);
}

static void misuse(const char *what)
{
    fprintf(stderr, "machine: %s\n", what);
    abort();
}

/* -- The core; all with `state` locked ------------------------------------ */

static void make_ready(machine_task_t *task)
{
    task->blocked = false;
    task->ticket = machine.tickets++;
    tell();
}

/* The core goes to who has been ready for longest. */
static bool is_next(const machine_task_t *task)
{
    unsigned i;
    if (task->blocked || machine.owner != NULL || machine.ticking) {
        return false;
    }
    for (i = 0; i < machine.tasks; i++) {
        const machine_task_t *other = &machine.task[i];
        if (!other->blocked && !other->ended && other->ticket < task->ticket) {
            return false;
        }
    }
    return true;
}

static void enter_core(machine_task_t *task)
{
    while (!is_next(task)) {
        wait_for_change();
    }
    machine.owner = task;
    if (machine_switched_in != NULL && machine_fault != MACHINE_NO_SWITCH) {
        machine_switched_in();
    }
}

static void leave_core(void)
{
    if (machine_switched_out != NULL && machine_fault != MACHINE_NO_SWITCH) {
        machine_switched_out();
    }
    machine.owner = NULL;
    tell();
}

static bool all_ended(void)
{
    unsigned i, ended = 0;
    for (i = 0; i < machine.tasks; i++) {
        ended += machine.task[i].ended;
    }
    return ended == machine.tasks;
}

static bool some_run(void)
{
    unsigned i;
    for (i = 0; i < machine.tasks; i++) {
        if (!machine.task[i].blocked && !machine.task[i].ended) {
            return true;
        }
    }
    return machine.threads > 0;
}

/* -- Time ----------------------------------------------------------------- */

static uint64_t next_time(void)
{
    uint64_t next = MACHINE_FOREVER;
    unsigned i;
    for (i = 0; i < machine.tasks; i++) {
        const machine_task_t *task = &machine.task[i];
        if (task->blocked && task->until < next) {
            next = task->until;
        }
    }
    for (i = 0; i < MAX_EVENTS; i++) {
        if (machine.event[i].pending && machine.event[i].when < next) {
            next = machine.event[i].when;
        }
    }
    return next;
}

static void wake_timed_out(void)
{
    unsigned i;
    for (i = 0; i < machine.tasks; i++) {
        machine_task_t *task = &machine.task[i];
        if (task->blocked && task->until <= machine.ticks) {
            make_ready(task);
        }
    }
}

/* The tick interrupt: first the timeouts, then the interrupts of this tick. */
static void tick(uint64_t when)
{
    unsigned i;
    machine.ticks = when;
    wake_timed_out();
    for (i = 0; i < MAX_EVENTS; i++) {
        struct event *event = &machine.event[i];
        if (event->pending && event->when <= when) {
            event->pending = false;
            unlock();
            machine_interrupt(event->isr, event->argument);
            lock();
        }
    }
}

static void advance(uint64_t to)
{
    uint64_t next;
    machine.ticking = true;
    while ((next = next_time()) <= to && next != MACHINE_FOREVER) {
        tick(next > machine.ticks ? next : machine.ticks);
    }
    machine.ticks = to;
    machine.ticking = false;
    tell();
}

/* -- The test's side ------------------------------------------------------ */

void machine_start(uint64_t ticks)
{
    memset((void *)&machine, 0, sizeof machine);
    machine.ticks = ticks;
}

static void *task_thread(void *argument)
{
    machine_task_t *task = (machine_task_t *)argument;
    self_task = task;
    lock();
    enter_core(task);
    unlock();
    task->entry(task->argument);
    lock();
    task->ended = true;
    leave_core();
    unlock();
    return NULL;
}

void machine_create(machine_fn entry, void *argument)
{
    machine_task_t *task = &machine.task[machine.tasks];
    if (machine.tasks == MAX_TASKS) {
        misuse("too many tasks");
    }
    task->entry = entry;
    task->argument = argument;
    task->context.latch[0].limit = UINT32_MAX;
    task->context.latch[1].limit = UINT32_MAX;
    task->ticket = machine.tickets++;
    machine.tasks++;
}

bool machine_run(void)
{
    unsigned i;
    bool ended;
    for (i = 0; i < machine.tasks; i++) {
        machine_task_t *task = &machine.task[i];
        if (pthread_create(&task->thread, NULL, task_thread, task) != 0) {
            misuse("no thread");
        }
    }
    lock();
    while (!all_ended()) {
        if (some_run()) {
            wait_for_change();
        } else if (next_time() == MACHINE_FOREVER) {
            break;
        } else {
            advance(next_time());
        }
    }
    ended = all_ended();
    unlock();
    for (i = 0; ended && i < machine.tasks; i++) {
        (void)pthread_join(machine.task[i].thread, NULL);
    }
    return ended;
}

void machine_at(uint64_t when, machine_fn isr, void *argument)
{
    unsigned i = 0;
    lock();
    while (machine.event[i].pending) {
        if (++i == MAX_EVENTS) {
            misuse("too many interrupts");
        }
    }
    machine.event[i].pending = true;
    machine.event[i].when = when;
    machine.event[i].isr = isr;
    machine.event[i].argument = argument;
    unlock();
}

void machine_hook(unsigned nth, machine_fn hook, void *argument)
{
    machine.until_hook = nth;
    machine.hook = hook;
    machine.hook_argument = argument;
}

void machine_arm(void)
{
    machine.armed = true;
}

bool machine_hooked_take(void)
{
    return machine.taking;
}

unsigned machine_blocks(void)
{
    return machine.blocks;
}

uint64_t machine_ticks(void)
{
    uint64_t ticks;
    lock();
    ticks = machine.ticks;
    unlock();
    return ticks;
}

/* -- For code that runs in a task ----------------------------------------- */

void machine_busy(uint64_t ticks)
{
    lock();
    advance(machine.ticks + ticks);
    unlock();
}

void machine_delay(uint64_t ticks)
{
    machine_latch_t never = {0, 1};
    (void)machine_take(&never, machine_ticks() + ticks);
}

void machine_yield(void)
{
    lock();
    make_ready(self_task);
    leave_core();
    enter_core(self_task);
    unlock();
}

void machine_interrupt(machine_fn isr, void *argument)
{
    bool nested = in_isr;
    if (!nested) {
        (void)pthread_mutex_lock(&interrupts);
    }
    in_isr = true;
    isr(argument);
    in_isr = nested;
    if (!nested) {
        (void)pthread_mutex_unlock(&interrupts);
    }
}

void machine_thread(int change)
{
    lock();
    machine.threads += change;
    tell();
    unlock();
}

/* -- The kernels' side ---------------------------------------------------- */

/* While interrupts are masked the hook waits, as an interrupt would. */
static void run_hook(void)
{
    if (machine.until_hook == 1 && masked == 0) {
        machine.until_hook = 0;
        machine.hook(machine.hook_argument);
    }
}

void machine_called(void)
{
    if (self_task == NULL || in_isr || !machine.armed) {
        return;
    }
    if (machine.until_hook > 1) {
        machine.until_hook--;
    }
    run_hook();
}

void machine_called_to_take(void)
{
    machine.taking = true;
    machine_called();
    machine.taking = false;
}

bool machine_in_isr(void)
{
    return in_isr;
}

struct machine_context *machine_current(void)
{
    return self_task != NULL ? &self_task->context : NULL;
}

void machine_mask(void)
{
    if (in_isr) {
        misuse("a task's critical section in an ISR");
    }
    if (masked++ == 0) {
        (void)pthread_mutex_lock(&interrupts);
    }
}

void machine_unmask(void)
{
    if (--masked == 0) {
        (void)pthread_mutex_unlock(&interrupts);
        run_hook();
    }
}

void machine_give(machine_latch_t *latch)
{
    unsigned i;
    bool found = false;
    lock();
    for (i = 0; i < machine.tasks; i++) {
        machine_task_t *task = &machine.task[i];
        if (task->blocked && task->latch == latch) {
            make_ready(task);
            found = true;
        }
    }
    if ((found || machine_fault != MACHINE_NO_LATCH) &&
        latch->count < latch->limit) {
        latch->count++;
    }
    unlock();
}

bool machine_take(machine_latch_t *latch, uint64_t until)
{
    machine_task_t *task = self_task;
    bool taken;
    if (task == NULL || in_isr || masked > 0) {
        misuse("only a task can block");
    }
    lock();
    if (machine_fault == MACHINE_CLEAR_FIRST) {
        latch->count = 0;
    }
    if (latch->count == 0 && until > machine.ticks) {
        machine.blocks++;
        task->latch = latch;
        task->until = until;
        task->blocked = true;
        leave_core();
        enter_core(task);
    }
    taken = latch->count > 0;
    latch->count = 0;
    unlock();
    return taken;
}
