/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What others wait for in the models of combinators. */
#ifndef CHILD_H_INCLUDED
#define CHILD_H_INCLUDED

#include "sweep.h"

#define OOPS ASYNC_ERR_USER

static int live; /* begun, not ended */

/* Sleeps, and ends with a status. */
struct child {
    ASYNC_FRAME;
    unsigned id;
    async_delay_t delay; /* -1: does not suspend */
    int ends;
};
static struct child children[TASKS];
ASYNC_DEF(child)
{
    ASYNC_BEGIN;
    live++;
    say(self->id, "begin");
    point();
    if (self->delay >= 0) {
        AWAIT(async_sleep_ticks(self->delay));
    }
    point();
    say(self->id, "end");
    if (self->ends != 0) {
        ASYNC_RAISE(self->ends);
    }
    ASYNC_CLEANUP;
    live--;
    point();
    AWAIT(async_pause());
    ASYNC_END;
}

/* CHILD(2, 5, OOPS): the coroutine of child 2, which sleeps for 5 ticks. */
#define CHILD(number, ticks, status)                               \
    ASYNC_CALL(child, &children[number], .id = (number),           \
               .delay = (ticks), .ends = (status))

static inline int status_of(unsigned id)
{
    return async_future_result(&victims[id]->future, NULL);
}

/* Whether the one who runs was told to end itself. */
static inline bool is_told(void)
{
    return async_task_cancelling(async_current_task()) > 0;
}

static inline void clean_children(void)
{
    CHECK_INT(live, 0);
}

#endif
