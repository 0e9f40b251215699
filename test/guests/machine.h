/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A machine with one core and virtual time, on which both kernels run. Each
 * task is a thread; who holds the core runs, until it blocks or yields. When
 * all are blocked the clock goes on to the next timeout or interrupt. If there
 * is none, a wake-up was lost, and the run ends and says so. */
#ifndef MACHINE_H_INCLUDED
#define MACHINE_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

#define MACHINE_FOREVER UINT64_MAX

/* What a task waits for: a count of gives, at most `limit`. */
typedef struct machine_latch {
    unsigned count, limit;
} machine_latch_t;

typedef struct machine_task machine_task_t;
typedef void (*machine_fn)(void *argument);

/* Mistakes of a kernel or a port that a test must find. */
enum machine_fault {
    MACHINE_CORRECT,
    MACHINE_NO_LATCH,    /* a give that finds nobody blocked is forgotten */
    MACHINE_CLEAR_FIRST, /* a take forgets earlier gives before it blocks */
    MACHINE_NO_SWITCH    /* the switch hooks are not called */
};
extern enum machine_fault machine_fault;

#ifdef __cplusplus
extern "C" {
#endif

/* -- The test's side ------------------------------------------------------ */

/* Begins anew, with no tasks, at a time. */
void machine_start(uint64_t ticks);

/* A task; it runs in machine_run(). */
void machine_create(machine_fn entry, void *argument);

/* Runs until all tasks have ended; false if nothing can wake those left. */
bool machine_run(void);

/* An interrupt at a time. At most 8 are pending. */
void machine_at(uint64_t when, machine_fn isr, void *argument);

/* Calls `hook` in the task that makes the nth call of the kernel after
 * machine_arm(), as the first step of that call. */
void machine_hook(unsigned nth, machine_fn hook, void *argument);
void machine_arm(void);
bool machine_hooked_take(void); /* for the hook: it is a call that blocks */

/* How often a task has blocked since the start. */
unsigned machine_blocks(void);
uint64_t machine_ticks(void);

/* -- For code that runs in a task ----------------------------------------- */

/* Computes: time passes, interrupts happen, the core is kept. */
void machine_busy(uint64_t ticks);
void machine_delay(uint64_t ticks);
void machine_yield(void);

/* An interrupt, now. Also from a thread that is no task, and then truly at any
 * moment; such threads are between machine_thread(1) and machine_thread(-1). */
void machine_interrupt(machine_fn isr, void *argument);
void machine_thread(int change);

/* -- The kernels' side ---------------------------------------------------- */

/* What a kernel keeps for each task. */
struct machine_context {
    machine_latch_t latch[2];
    void *local[1];
};

void machine_called(void);
/* The same for the call that blocks: between a look and the sleep. */
void machine_called_to_take(void);
bool machine_in_isr(void);
struct machine_context *machine_current(void);
void machine_mask(void);
void machine_unmask(void);
void machine_give(machine_latch_t *latch);
/* Waits for a give and takes all; false after `until`. */
bool machine_take(machine_latch_t *latch, uint64_t until);

/* Called in a task that leaves the core, and in one that gets it. */
extern void (*machine_switched_out)(void);
extern void (*machine_switched_in)(void);

#ifdef __cplusplus
}
#endif

#endif
