/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "watchdog.h"

/* -- Report ---------------------------------------------------------------- */

static uintptr_t watchdog_check(const watchdog_report_t *report)
{
    return ~((uintptr_t)report->name ^ ((uintptr_t)report->reason << 4) ^
             (uintptr_t)0x5a3c);
}

static void watchdog_write(watchdog_report_t *report,
                           enum watchdog_reason reason, const char *name)
{
    report->reason = reason;
    report->name = name;
    report->check = watchdog_check(report);
}

/* -- Entries --------------------------------------------------------------- */

void watchdog_init(watchdog_t *dog, watchdog_hw_t hw, watchdog_report_t *report)
{
    dog->hw = hw;
    dog->report = report;
    dog->entries = NULL;
    if (report->check != watchdog_check(report) ||
        report->reason > WATCHDOG_LOOP) {
        watchdog_write(report, WATCHDOG_NONE, NULL);
    }
}

/* The entry is complete before the interrupt can find it. */
void watchdog_add(watchdog_t *dog, watchdog_entry_t *entry, const char *name,
                  async_delay_t period)
{
    entry->name = name;
    entry->task = async_current_task();
    entry->period = period;
    watchdog_alive(entry);
    entry->next = dog->entries;
    __atomic_signal_fence(__ATOMIC_RELEASE);
    dog->entries = entry;
}

void watchdog_alive(watchdog_entry_t *entry)
{
    entry->last = async_loop_time(async_get_running_loop());
}

void watchdog_remove(watchdog_t *dog, watchdog_entry_t *entry)
{
    watchdog_entry_t **at = &dog->entries;
    while (*at != NULL && *at != entry) {
        at = &(*at)->next;
    }
    if (*at != NULL) {
        *at = entry->next;
    }
}

/* The entry that is most overdue, 0 if none is late. */
static const watchdog_entry_t *watchdog_latest(const watchdog_t *dog,
                                               async_tick_t now)
{
    const watchdog_entry_t *entry, *latest = NULL;
    async_tick_t worst = 0;
    for (entry = dog->entries; entry != NULL; entry = entry->next) {
        async_tick_t since = now - entry->last;
        if (since > (async_tick_t)entry->period &&
            since - (async_tick_t)entry->period > worst) {
            worst = since - (async_tick_t)entry->period;
            latest = entry;
        }
    }
    return latest;
}

/* -- Feeding and biting ---------------------------------------------------- */

ASYNC_DEF_EXTERN(watchdog_run)
{
    const watchdog_entry_t *late;
    ASYNC_BEGIN;
    watchdog_write(self->dog->report, WATCHDOG_NONE, NULL);
    watchdog_hw_start(&self->dog->hw);
    for (;;) {
        AWAIT(async_sleep_ticks(self->every));
        late = watchdog_latest(self->dog,
                               async_loop_time(async_get_running_loop()));
        if (late != NULL) {
            if (self->dog->report->reason == WATCHDOG_NONE) {
                watchdog_write(self->dog->report, WATCHDOG_LATE, late->name);
            } /* else it is late because somebody else was in its way */
            ASYNC_RAISE(WATCHDOG_ERR_LATE);
        }
        watchdog_hw_feed(&self->dog->hw);
        watchdog_write(self->dog->report, WATCHDOG_NONE, NULL);
    }
    ASYNC_END;
}

/* The task is only compared: it may be gone by the time anybody reads this. */
void watchdog_isr(watchdog_t *dog)
{
    const async_task_t *task = async_current_task();
    const watchdog_entry_t *entry = dog->entries;
    watchdog_hw_warned(&dog->hw);
    if (dog->report->reason != WATCHDOG_NONE) {
        return;
    }
    while (entry != NULL && entry->task != task) {
        entry = entry->next;
    }
    watchdog_write(dog->report, task != NULL ? WATCHDOG_STUCK : WATCHDOG_LOOP,
                   task != NULL && entry != NULL ? entry->name : NULL);
}
