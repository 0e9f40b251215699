/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* An event loop from scratch, on nothing but generators: what a coroutine
 * yields is when it wants to run again. */
#define ASYNC_IMPLEMENTATION
#include <async/coro.h>
#include <async/generator.h>
#include <stdio.h>

/* -- The machine: seconds of a clock that sleeping sets forward ----------- */

static int now;

static void machine_sleep(int seconds)
{
    now += seconds;
}

/* -- What a user writes --------------------------------------------------- */

struct sleep {
    ASYNC_GENERATOR(int);
    int seconds;
    int asked_at, slept;
};
ASYNC_DEF(sleep)            /* @types.coroutine def sleep(seconds): */
{
    ASYNC_BEGIN;
    self->asked_at = now;
    ASYNC_YIELD(now + self->seconds);           /* actual = yield wait_until */
    self->slept = self->sent - self->asked_at;  /* return actual - now */
    ASYNC_END;
}

struct countdown {
    ASYNC_GENERATOR(int);
    const char *label;
    int length, delay;
    struct sleep sleep;
};
ASYNC_DEF(countdown)
{
    ASYNC_BEGIN;
    printf("%s waiting %d seconds before starting countdown\n", self->label,
           self->delay);
    ASYNC_YIELD_FROM(ASYNC_CALL(sleep, &self->sleep, .seconds = self->delay));
    printf("%s starting after waiting %d\n", self->label, self->sleep.slept);
    for (; self->length > 0; self->length--) {
        printf("%s T-minus %d\n", self->label, self->length);
        ASYNC_YIELD_FROM(ASYNC_CALL(sleep, &self->sleep, .seconds = 1));
    }
    printf("%s lift-off!\n", self->label);
    ASYNC_END;
}

/* -- The loop: a heap, the soonest to run again on top -------------------- */

#define SLEEPING_LOOP_MAX 8

struct entry {
    int when;
    unsigned order;         /* of equal times the older one is first */
    struct countdown *coro;
};

struct sleeping_loop {
    struct entry heap[SLEEPING_LOOP_MAX];
    int count;
    unsigned order;
};

static bool earlier(const struct entry *a, const struct entry *b)
{
    return a->when < b->when || (a->when == b->when && a->order < b->order);
}

static void push(struct sleeping_loop *loop, int when, struct countdown *coro)
{
    struct entry entry;
    int hole = loop->count++;
    entry.when = when;
    entry.order = loop->order++;
    entry.coro = coro;
    while (hole > 0 && earlier(&entry, &loop->heap[(hole - 1) / 2])) {
        loop->heap[hole] = loop->heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    loop->heap[hole] = entry;
}

static struct entry pop(struct sleeping_loop *loop)
{
    struct entry top = loop->heap[0], last = loop->heap[--loop->count];
    int hole = 0, child;
    while ((child = 2 * hole + 1) < loop->count) {
        if (child + 1 < loop->count &&
            earlier(&loop->heap[child + 1], &loop->heap[child])) {
            child++;
        }
        if (!earlier(&loop->heap[child], &last)) {
            break;
        }
        loop->heap[hole] = loop->heap[child];
        hole = child;
    }
    loop->heap[hole] = last;
    return top;
}

static void run_until_complete(struct sleeping_loop *loop,
                               struct countdown *coros, int count)
{
    int i, when;
    for (i = 0; i < count; i++) { /* start them all */
        if (async_next(&coros[i], &when) == ASYNC_OK) {
            push(loop, when, &coros[i]);
        }
    }
    while (loop->count > 0) {
        struct entry soonest = pop(loop);
        if (now < soonest.when) {
            machine_sleep(soonest.when - now);
        }
        if (async_send(soonest.coro, now, &when) == ASYNC_OK) {
            push(loop, when, soonest.coro);
        }
    }
}

int main(void)
{
    static struct sleeping_loop loop;
    static struct countdown coros[3];
    int start = now;
    async_generator_init(
        ASYNC_CALL(countdown, &coros[0], .label = "A", .length = 5));
    async_generator_init(ASYNC_CALL(countdown, &coros[1], .label = "B",
                                    .length = 3, .delay = 2));
    async_generator_init(ASYNC_CALL(countdown, &coros[2], .label = "C",
                                    .length = 4, .delay = 1));
    run_until_complete(&loop, coros, 3);
    printf("Total elapsed time is %d s\n", now - start);
    return 0;
}
