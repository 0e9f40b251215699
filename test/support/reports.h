/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A world whose debug reports go to the trace. */
#ifndef REPORTS_H_INCLUDED
#define REPORTS_H_INCLUDED

#include "world.h"

#include <string.h>

static async_debug_report_t reported; /* the last one */

static void on_debug(async_loop_t *which, const async_debug_report_t *report)
{
    static const char *const words[] = {
        "slow-step",    "slow-callback",  "never-awaited", "never-retrieved",
        "task-pending", "handle-pending", "awaited",       "generator-pending"};
    (void)which;
    reported = *report;
    note_var(words[report->event]);
    if (report->ticks != 0) {
        note_n("", (long)report->ticks);
    }
    if (report->status != 0) {
        note_n("", report->status);
    }
}

static inline void reports_begin(void)
{
    world_begin();
    async_loop_set_debug_handler(&loop, on_debug);
}

/* A coroutine that pauses and then ends, with an error or without. */
struct fails {
    ASYNC_FRAME;
    int pauses, error;
};
ASYNC_DEF(fails)
{
    ASYNC_BEGIN;
    while (self->pauses-- > 0) {
        AWAIT(async_pause());
    }
    if (self->error != 0) {
        ASYNC_RAISE(self->error);
    }
    ASYNC_END;
}

#endif
