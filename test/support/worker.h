/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A coroutine that does as it is told, and scenes: coroutines of tests, whose
 * variables are static, since only one test runs at a time. */
#ifndef WORKER_H_INCLUDED
#define WORKER_H_INCLUDED

#include "world.h"

/* What a worker does when it is cancelled. */
enum on_cancel { PASS_ON, SWALLOW, FAIL };

/* Waits, then ends. Traces "begin3", "cancel3" and "end3". */
struct worker {
    ASYNC_FRAME;
    int id;
    async_delay_t delay;   /* sleeps so long; -1: one turn; 0: not at all */
    async_future_t *waits; /* or waits for this */
    int ends;              /* with this status */
    enum on_cancel on_cancel;
    async_delay_t cleanup; /* sleeps so long when it is cancelled */
    int err;
};
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    note_n("begin", self->id);
    ASYNC_TRY {
        if (self->waits != NULL) {
            AWAIT(self->waits);
        } else if (self->delay < 0) {
            AWAIT(async_pause());
        } else if (self->delay > 0) {
            AWAIT(async_sleep_ticks(self->delay));
        }
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("cancel", self->id);
        if (self->cleanup > 0) {
            AWAIT(async_sleep_ticks(self->cleanup));
        }
        if (self->on_cancel == SWALLOW) {
            ASYNC_RETURN;
        }
        if (self->on_cancel == FAIL) {
            ASYNC_RAISE(ASYNC_ERR_USER - self->id);
        }
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    note_n("end", self->id);
    if (self->ends != 0) {
        ASYNC_RAISE(self->ends);
    }
    ASYNC_END;
}

enum { WORKERS = 6 };
static struct worker workers[WORKERS];
static async_task_t tasks[WORKERS];
static async_future_t futures[WORKERS];

/* Error of worker number `id`. */
#define OOPS(id) (ASYNC_ERR_USER - (id))

/* WORKER(2, .delay = 5) makes a coroutine. */
#define WORKER(number, ...) \
    ASYNC_CALL(worker, &workers[number], .id = (number), __VA_ARGS__)

/* START(2, .delay = 5) makes a task of it. */
#define START(number, ...)                                         \
    CHECK_INT(async_loop_create_task(&loop, &tasks[number],        \
                                     WORKER(number, __VA_ARGS__)), 0)

static inline void begin(void)
{
    int i;
    world_begin();
    for (i = 0; i < WORKERS; i++) {
        async_future_init(&futures[i], &loop);
    }
}

static inline bool is_done(int number)
{
    return async_future_done(&tasks[number].future);
}

static inline int status_of(const async_future_t *future)
{
    return async_future_result(future, NULL);
}

/* An exception handler that traces the status. */
static inline void report(async_loop_t *which, async_handle_t *handle,
                          int status)
{
    (void)which;
    (void)handle;
    note_n("reported", status);
}

/* -- Scenes ---------------------------------------------------------------- */

static async_task_t scene;

/* SCENE(name) { ASYNC_BEGIN; ... ASYNC_END; } is run by PLAY(name). */
#define SCENE(name)                                  \
    struct name {                                    \
        ASYNC_FRAME;                                 \
        int err, i;                                  \
    };                                               \
    static struct name name##_frame;                 \
    ASYNC_DEF(name)

#define SCENE_START(name)                                      \
    CHECK_INT(async_loop_create_task(&loop, &scene,            \
                                     ASYNC_CALL(name, &name##_frame)), 0)

/* Runs a scene to its end, from when the machine starts. */
#define PLAY(name, status)                                              \
    do {                                                                \
        SCENE_START(name);                                              \
        CHECK_INT(async_loop_run_until_complete(&loop, &scene.future),  \
                  (status));                                            \
    } while (0)

static inline bool scene_is_done(void)
{
    return async_future_done(&scene.future);
}

/* The deadline of the next timer, in ticks from the start; -1 if none. Runs an
 * iteration for that. */
static inline long next_timer(void)
{
    async_tick_t deadline;
    bool has_deadline = false;
    (void)async_loop_run_once(&loop, &deadline, &has_deadline);
    return has_deadline ? (long)(async_delay_t)(deadline - (async_tick_t)
                                                check_.start)
                        : -1L;
}

/* A scene ends with a status at a time, and leaves no timer. */
#define EXPECT(name, status, when)       \
    do {                                 \
        begin();                         \
        PLAY(name, status);              \
        CHECK_INT(world_time(), (when)); \
        CHECK_INT(next_timer(), -1);     \
        trace_clear();                   \
        world_end();                     \
    } while (0)

#endif
