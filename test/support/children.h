/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Workers that are children of task groups. */
#ifndef CHILDREN_H_INCLUDED
#define CHILDREN_H_INCLUDED

#include "worker.h"

static async_taskgroup_t group;
static async_child_t children[WORKERS];

/* CHILD_OF(&group, 2, .delay = 5) makes worker 2 a child. */
#define CHILD_OF(which, number, ...)                                      \
    CHECK_INT(async_taskgroup_create_task((which), &children[number],     \
                                          WORKER(number, __VA_ARGS__)), 0)
#define CHILD(number, ...) CHILD_OF(&group, number, __VA_ARGS__)

static inline int child_status(int number)
{
    return status_of(&children[number].task.future);
}

static inline bool child_is_done(int number)
{
    return async_future_done(&children[number].task.future);
}

/* Compares the errors of a group with "1 2 body3": those of workers 1 and 2,
 * and OOPS(3) from the block itself. Leaves the trace alone. */
static inline void check_errors_of(const async_taskgroup_t *which,
                                   const char *expected)
{
    const async_child_t *child = NULL;
    unsigned length = trace_length_;
    while ((child = async_taskgroup_next_error(which, child)) != NULL) {
        int status = status_of(&child->task.future);
        note_n("", async_is_group(status) ? -1L
                                          : (long)ASYNC_ERR_USER - status);
    }
    if (async_taskgroup_body_error(which) != 0) {
        int status = async_taskgroup_body_error(which);
        note_n("body", async_is_group(status) ? -1L
                                              : (long)ASYNC_ERR_USER - status);
    }
    CHECK_STR_VAR(trace_ + length + (length != 0), expected);
    trace_length_ = length;
    trace_[length] = 0;
}

static inline void check_errors(const char *expected)
{
    check_errors_of(&group, expected);
}

/* Runs a scene that ends with the errors of the group. */
static inline void expect_group(async_coro_t *coro, const char *errors)
{
    int status;
    if (coro != NULL) {
        CHECK_INT(async_loop_create_task(&loop, &scene, coro), 0);
    }
    status = async_loop_run_until_complete(&loop, &scene.future);
    CHECK(async_is_group(status));
    CHECK_INT(async_taskgroup_error(&group), status);
    check_errors(errors);
}

#endif
