/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The floor: state machines as one writes them by hand, a `switch` over a
 * number, called in turn through a pointer. No queue: all are always ready. No
 * timers, no cancel, nobody to wait for. */
#include "../bench.h"

#define NOINLINE __attribute__((noinline))

typedef struct machine machine_t;

struct machine {
    int (*run)(machine_t *self); /* returns 1 if it is to be called again */
    uint32_t state;
    machine_t *child;
};

static NOINLINE int worker(machine_t *self)
{
    switch (self->state) {
    case 0:
        for (;;) {
            bench_tick();
            self->state = 1;
            return 1;
        case 1:;
        }
    }
    return 0;
}

static NOINLINE int child(machine_t *self)
{
    switch (self->state) {
    case 0:
        self->state = 1;
    }
    return 0;
}

static NOINLINE int parent(machine_t *self)
{
    switch (self->state) {
    case 0:
        for (;;) {
            bench_tick();
            self->child->state = 0;
            self->state = 1;
            /* fall through */
        case 1:
            if (self->child->run(self->child)) {
                return 1;
            }
        }
    }
    return 0;
}

/* A call that waits is called again from the outside in. */
static NOINLINE int level(machine_t *self)
{
    return self->child != NULL ? self->child->run(self->child) : worker(self);
}

int main(int argc, char **argv)
{
    uint32_t n, i;
    machine_t *all;
    bench_arguments(argc, argv);
    n = bench_is("depth") ? bench_n + 1 : bench_is("await") ? 2 : bench_n;
    all = (machine_t *)calloc(n, sizeof *all);
    if (all == NULL) {
        abort();
    }
    for (i = 0; i < n; i++) {
        all[i].run = worker;
    }
    if (bench_is("await")) {
        all[0].run = parent;
        all[0].child = &all[1];
        all[1].run = child;
        n = 1;
    } else if (bench_is("depth")) {
        for (i = 0; i < n; i++) {
            all[i].run = level;
            all[i].child = i + 1 < n ? &all[i + 1] : NULL;
        }
        n = 1;
    } else if (!bench_is("switch")) {
        puts("none");
        return 0;
    }
    for (;;) {
        for (i = 0; i < n; i++) {
            all[i].run(&all[i]);
        }
    }
}
