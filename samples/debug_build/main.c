/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_DEBUG 1 /* for all files of a program: this one has no others */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static async_sim_t sim;

/* Keeps the CPU too long. */
struct hog {
    ASYNC_FRAME;
};
ASYNC_DEF(hog)
{
    ASYNC_BEGIN;
    async_sim_advance(&sim, 250);
    AWAIT(async_sleep_ms(10));
    ASYNC_END;
}

/* Fails, and nobody looks. */
struct lost {
    ASYNC_FRAME;
};
ASYNC_DEF(lost)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(10));
    ASYNC_RAISE(ASYNC_ERR_VALUE);
    ASYNC_END;
}

/* Ends while a task in its frame still runs. */
struct careless {
    ASYNC_FRAME;
    async_task_t task;
    struct hog hog;
};
ASYNC_DEF(careless)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(hog, &self->hog));
    AWAIT(async_pause());
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    async_task_t task;
    struct lost lost;
    struct careless careless;
    char text[64];
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(lost, &self->lost));
    AWAIT(async_pause());
    puts(async_task_repr(&self->task, self->text, sizeof self->text));
    AWAIT(async_sleep_ms(20));
    puts(async_future_repr(&self->task.future, self->text, sizeof self->text));
    AWAIT(ASYNC_CALL(careless, &self->careless));
    ASYNC_END;
}

static void on_report(async_loop_t *loop, const async_debug_report_t *report)
{
    printf("%3d ms  report: %s\n", (int)async_loop_time(loop),
           async_debug_text(report->event));
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_loop_set_debug_handler(&loop, on_report);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
