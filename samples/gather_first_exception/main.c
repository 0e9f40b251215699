/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

enum { ERR_BROKEN = ASYNC_ERR_USER };

static void say(const char *who, const char *what)
{
    printf("%5d ms  %s: %s\n",
           (int)async_loop_time(async_get_running_loop()), who, what);
}

struct bad {
    ASYNC_FRAME;
};
ASYNC_DEF(bad)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(1000));
    say("bad", "fails");
    ASYNC_RAISE(ERR_BROKEN);
    ASYNC_END;
}

struct good {
    ASYNC_FRAME;
    int result;
};
ASYNC_DEF(good)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(5000));
    self->result = 7;
    say("good", "done");
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct bad bad;
    struct good good;
    async_task_t task;
    ASYNC_GATHER(2) both;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(good, &self->good));
    ASYNC_TRY {
        AWAIT(async_gather(&self->both, ASYNC_CALL(bad, &self->bad),
                           &self->task));
    } ASYNC_EXCEPT(self->error) {
        say("main", "gather has failed, good runs on");
    } ASYNC_END_EXCEPT;
    AWAIT(&self->task);

    AWAIT(async_gather_return_exceptions(&self->both,
                                         ASYNC_CALL(bad, &self->bad),
                                         ASYNC_CALL(good, &self->good)));
    say("main", "both are done");
    printf("bad: %s\n", async_strerror(async_gather_status(&self->both, 0)));
    printf("good: %s, %d\n",
           async_strerror(async_gather_status(&self->both, 1)),
           self->good.result);
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
