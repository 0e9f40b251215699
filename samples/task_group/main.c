/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

enum { ERR_NO_SENSOR = ASYNC_ERR_USER, ERR_NOISE = ASYNC_ERR_USER - 1 };

static const char *describe(int error)
{
    return error == ERR_NO_SENSOR ? "no sensor"
           : error == ERR_NOISE   ? "noise"
                                  : async_strerror(error);
}

struct measure {
    ASYNC_FRAME;
    const char *name;
    int delay_ms;
    int error;      /* what it fails with, if it does */
    int on_cancel;  /* what it fails with when it is cancelled */
    int status;
};
ASYNC_DEF(measure)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->status, async_sleep_ms(self->delay_ms));
    if (self->status == ASYNC_OK) {
        self->status = self->error;
    } else if (self->on_cancel != 0) {
        self->status = self->on_cancel;
    }
    printf("%4d ms  %s: %s\n",
           (int)async_loop_time(async_get_running_loop()), self->name,
           describe(self->status));
    if (self->status != ASYNC_OK) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct measure volts, amps, ohms, watts;
    async_child_t child[4];
    async_taskgroup_t group;
    int error;
};

static void print_errors(const async_taskgroup_t *group)
{
    const async_child_t *child = NULL;
    while ((child = async_taskgroup_next_error(group, child)) != NULL) {
        int error = 0;
        (void)async_future_exception(&child->task.future, &error);
        printf("  - %s\n", describe(error));
    }
}

ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        ASYNC_GROUP(&self->group) {
            async_taskgroup_create_task(
                &self->group, &self->child[0],
                ASYNC_CALL(measure, &self->volts, .name = "volts",
                           .delay_ms = 1000));
            async_taskgroup_create_task(
                &self->group, &self->child[1],
                ASYNC_CALL(measure, &self->amps, .name = "amps",
                           .delay_ms = 2000, .error = ERR_NO_SENSOR));
            async_taskgroup_create_task(
                &self->group, &self->child[2],
                ASYNC_CALL(measure, &self->ohms, .name = "ohms",
                           .delay_ms = 3000));
            async_taskgroup_create_task(
                &self->group, &self->child[3],
                ASYNC_CALL(measure, &self->watts, .name = "watts",
                           .delay_ms = 3000, .on_cancel = ERR_NOISE));
        } ASYNC_END_GROUP;
    } ASYNC_EXCEPT_WHEN(self->error, async_is_group(self->error)) {
        printf("%4d ms  the group has failed:\n",
               (int)async_loop_time(async_get_running_loop()));
        print_errors(&self->group);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
