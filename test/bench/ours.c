/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The benchmark cases on nanoasync; see run for what they measure. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "bench.h"

static async_sim_t sim;
static async_loop_t loop;

/* Cannot happen, but a case that silently did nothing would look fast. */
static void must(int status)
{
    if (status != 0) {
        fprintf(stderr, "%s: %s\n", bench_case, async_strerror(status));
        exit(1);
    }
}

/* Zero, and aligned to cache lines, as a static array can be. */
static void *storage(size_t count, size_t size)
{
    size_t bytes = (count * size + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    if (memory == NULL) {
        must(ASYNC_ERR_NO_MEMORY);
    }
    return memset(memory, 0, bytes);
}

/* -- switch ---------------------------------------------------------------- */

struct worker {
    ASYNC_FRAME;
};

ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    for (;;) {
        bench_tick();
        AWAIT(async_pause());
    }
    ASYNC_END;
}

struct worker_task {
    async_task_t task;
    struct worker frame;
};

static void start_workers(void)
{
    struct worker_task *all =
        (struct worker_task *)storage(bench_n, sizeof *all);
    uint32_t i;
    for (i = 0; i < bench_n; i++) {
        must(async_loop_create_task(&loop, &all[i].task,
                                    ASYNC_CALL(worker, &all[i].frame)));
    }
}

/* -- await ----------------------------------------------------------------- */

struct child {
    ASYNC_FRAME;
};

ASYNC_DEF(child)
{
    ASYNC_BEGIN;
    ASYNC_END;
}

struct parent {
    ASYNC_FRAME;
    struct child child;
};

ASYNC_DEF(parent)
{
    ASYNC_BEGIN;
    for (;;) {
        bench_tick();
        AWAIT(ASYNC_CALL(child, &self->child));
    }
    ASYNC_END;
}

static void start_parent(void)
{
    static struct parent frame;
    static async_task_t task;
    must(async_loop_create_task(&loop, &task, ASYNC_CALL(parent, &frame)));
}

/* -- depth ----------------------------------------------------------------- */

struct level {
    ASYNC_FRAME;
    uint32_t depth;
};

ASYNC_DEF(level)
{
    ASYNC_BEGIN;
    if (self->depth > 0) { /* the frames lie in one array */
        AWAIT(ASYNC_CALL(level, self + 1, .depth = self->depth - 1));
    }
    for (;;) {
        bench_tick();
        AWAIT(async_pause());
    }
    ASYNC_END;
}

static void start_levels(void)
{
    static async_task_t task;
    struct level *frames = (struct level *)storage(bench_n + 1, sizeof *frames);
    must(async_loop_create_task(&loop, &task,
                                ASYNC_CALL(level, frames, .depth = bench_n)));
}

/* -- task ------------------------------------------------------------------ */

struct once {
    ASYNC_FRAME;
};

ASYNC_DEF(once)
{
    ASYNC_BEGIN;
    AWAIT(async_pause());
    ASYNC_END;
}

struct creator {
    ASYNC_FRAME;
    struct once once;
    async_task_t task;
};

ASYNC_DEF(creator)
{
    ASYNC_BEGIN;
    for (;;) {
        bench_tick();
        must(async_create_task(&self->task, ASYNC_CALL(once, &self->once)));
        AWAIT(&self->task);
    }
    ASYNC_END;
}

static void start_creator(void)
{
    static struct creator frame;
    static async_task_t task;
    must(async_loop_create_task(&loop, &task, ASYNC_CALL(creator, &frame)));
}

/* -- sleep ----------------------------------------------------------------- */

struct sleeper {
    ASYNC_FRAME;
    async_delay_t first;
};

ASYNC_DEF(sleeper) /* every N ticks */
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->first));
    for (;;) {
        bench_tick();
        AWAIT(async_sleep_ticks((async_delay_t)bench_n));
    }
    ASYNC_END;
}

/* Read as `struct sleeper`: the two differ in how long they sleep only. */
struct random_sleeper {
    ASYNC_FRAME;
    async_delay_t first;
};

ASYNC_DEF(random_sleeper) /* 1 to 2 N ticks, N on average */
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(self->first));
    for (;;) {
        bench_tick();
        AWAIT(async_sleep_ticks(
            (async_delay_t)(1 + bench_random() % (2 * bench_n))));
    }
    ASYNC_END;
}

struct sleeper_task {
    async_task_t task;
    union {
        struct sleeper fixed;
        struct random_sleeper random;
    } frame;
};

static void start_sleepers(bool fixed)
{
    struct sleeper_task *all =
        (struct sleeper_task *)storage(bench_n, sizeof *all);
    uint32_t *first = bench_shuffled(bench_n), i;
    for (i = 0; i < bench_n; i++) {
        async_delay_t delay = (async_delay_t)first[i];
        async_coro_t *coro =
            fixed ? ASYNC_CALL(sleeper, &all[i].frame.fixed, .first = delay)
                  : ASYNC_CALL(random_sleeper, &all[i].frame.random,
                               .first = delay);
        must(async_loop_create_task(&loop, &all[i].task, coro));
    }
    free(first);
}

#include "ours_compose.h"

int main(int argc, char **argv)
{
    bench_arguments(argc, argv);
    must(async_loop_init(&loop, async_sim_init(&sim, 0)));
    if (bench_is("switch")) {
        start_workers();
    } else if (bench_is("await")) {
        start_parent();
    } else if (bench_is("depth")) {
        start_levels();
    } else if (bench_is("task")) {
        start_creator();
    } else if (bench_is("sleep") || bench_is("random")) {
        start_sleepers(bench_is("sleep"));
    } else if (!start_composition()) {
        puts("none");
        return 0;
    }
    must(async_loop_run_forever(&loop));
    return 1; /* bench_tick() ends the program */
}
