/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static void say(const char *who, const char *what)
{
    printf("%4d ms  %s: %s\n",
           (int)async_loop_time(async_get_running_loop()), who, what);
}

/* What must not be interrupted: a page of flash is being written. */
struct save {
    ASYNC_FRAME;
};
ASYNC_DEF(save)
{
    ASYNC_BEGIN;
    say("save", "begins");
    AWAIT(async_sleep_ms(1000));
    say("save", "done");
    ASYNC_END;
}

/* Runs on when who awaits it is gone, so it is in nobody's frame. */
static async_task_t save_task;
static struct save save;

struct caller {
    ASYNC_FRAME;
    async_shield_t shield;
    int error;
};
ASYNC_DEF(caller)
{
    ASYNC_BEGIN;
    async_create_task(&save_task, ASYNC_CALL(save, &save));
    ASYNC_TRY {
        AWAIT(async_shield(&self->shield, &save_task));
    } ASYNC_EXCEPT_ALL(self->error) {
        say("caller", async_strerror(self->error));
        ASYNC_RAISE(self->error);
    } ASYNC_END_EXCEPT;
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct caller caller;
    async_task_t task;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(caller, &self->caller));
    AWAIT(async_sleep_ms(300));
    async_task_cancel(&self->task);
    AWAIT_STATUS(self->error, &self->task);
    say("main", async_future_done(&save_task.future) ? "save has ended"
                                                     : "save still runs");
    AWAIT(&save_task);
    say("main", "save has ended");
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
