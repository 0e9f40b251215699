/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A hardware watchdog that is fed only while every task makes progress, and
 * that knows after the reset who did not.
 *
 *     static watchdog_report_t report;  // in memory that a reset leaves alone
 *     watchdog_init(&dog, hardware, &report);
 *     if (report.reason != WATCHDOG_NONE) { ... report.name ... }
 *     async_create_task(&self->dog, ASYNC_CALL(watchdog_run, &self->run,
 *                                              .dog = &dog,
 *                                              .every = async_ms(100)));
 *
 *     watchdog_add(&dog, &self->entry, "sensor", async_ms(1500)); // in a task
 *     for (;;) {
 *         AWAIT(...);
 *         watchdog_alive(&self->entry);
 *     }
 *
 * Feeding it from a timer interrupt would only prove that interrupts work.
 * Feeding it from each task would let one that runs hide another that does not.
 * So each task has an entry and a period of its own, and one task feeds while
 * no entry is late. That sees a task that waits for ever. A task that never
 * gives up the CPU keeps the feeder from running: it is named by the early
 * warning, an interrupt that most watchdogs have some time before the reset.
 *
 * The chip is what stands in watchdog_hw.h, see uart.h. It defines:
 *
 *   watchdog_hw_t                 which watchdog, its time; copied
 *   void watchdog_hw_start(hw)    it bites, if not fed, from now on
 *   void watchdog_hw_feed(hw)
 *   void watchdog_hw_warned(hw)   acknowledges the early warning
 */
#ifndef WATCHDOG_H_INCLUDED
#define WATCHDOG_H_INCLUDED

#include <async.h>

#include "watchdog_hw.h"

/** What watchdog_run() ends with. */
#ifndef WATCHDOG_ERR_LATE
#define WATCHDOG_ERR_LATE (ASYNC_ERR_USER - 30)
#endif

/** Why the watchdog is not fed any more. */
enum watchdog_reason {
    WATCHDOG_NONE,
    WATCHDOG_LATE,  /**< `name` has not checked in for its period */
    WATCHDOG_STUCK, /**< task `name` keeps the CPU; 0: it has no entry */
    WATCHDOG_LOOP   /**< the loop stands, or nobody feeds; no task is running */
};

/** The culprit. Put it into a section that start-up does not clear, to find it
 * after the reset. */
struct watchdog_report {
    enum watchdog_reason reason;
    const char *name;
    uintptr_t check; /**< private: it is a report, not what RAM begins with */
};
typedef struct watchdog_report watchdog_report_t;

/** What one task promises. Lives in its frame, or is static. All private. */
struct watchdog_entry {
    struct watchdog_entry *next;
    const char *name;
    async_task_t *task;
    async_delay_t period;
    async_tick_t last;
};
typedef struct watchdog_entry watchdog_entry_t;

/** A watchdog. All private. */
struct watchdog {
    watchdog_hw_t hw;
    watchdog_report_t *report;
    watchdog_entry_t *entries;
};
typedef struct watchdog watchdog_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a watchdog and looks at the report of the last run: `reason` is
 * WATCHDOG_NONE if there is none. It is not started.
 *
 * @param hw      Copied.
 * @param report  Must stay valid. watchdog_run() clears it: read it before.
 * @context{before start}
 */
void watchdog_init(watchdog_t *dog, watchdog_hw_t hw,
                   watchdog_report_t *report);

/**
 * The running task promises to check in at least once per period, from now on.
 *
 * @param entry   Must stay valid until watchdog_remove().
 * @param name    Not copied; in flash, to be there after the reset.
 * @param period  In ticks.
 * @context{task} @cost{O(1)}
 */
void watchdog_add(watchdog_t *dog, watchdog_entry_t *entry, const char *name,
                  async_delay_t period);

/** The task has got on. @context{task or callback} @cost{O(1)} */
void watchdog_alive(watchdog_entry_t *entry);

/** Takes the promise back: also in the CLEANUP part of a task that may be
 * cancelled. @context{task or callback} @cost{O(entries)} */
void watchdog_remove(watchdog_t *dog, watchdog_entry_t *entry);

/** The early warning: reports who runs, unless somebody late has been reported.
 * @context{ISR} @cost{O(entries)} */
void watchdog_isr(watchdog_t *dog);

ASYNC_EXTERN_C_END

/**
 * Coroutine, for a task of its own: starts the watchdog and feeds it. Raises
 * WATCHDOG_ERR_LATE when an entry is late: the report names the one that is
 * most overdue, and the watchdog is not fed again. There is time until it bites
 * to save what is worth saving.
 *
 * @param every  In ticks: how often to look and to feed. The hardware's time
 *               must be longer, by as much as the loop may ever be busy.
 * @context{task} @cancel{it is not fed any more, so it bites}
 * @cost{O(entries) per look}
 */
struct watchdog_run {
    ASYNC_FRAME;
    watchdog_t *dog;
    async_delay_t every;
};

ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(watchdog_run);
ASYNC_EXTERN_C_END

#endif
