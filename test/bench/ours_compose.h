/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The cases of ours.c in which several tasks have to do with each other. */

/* -- gather: N coroutines that pause once ----------------------------------- */

enum { GATHERED_MOST = 100 };

struct gatherer {
    ASYNC_FRAME;
    ASYNC_GATHER(GATHERED_MOST) all;
    struct once frames[GATHERED_MOST];
    async_awaitable_t list[GATHERED_MOST];
    uint32_t i;
};

ASYNC_DEF(gatherer)
{
    ASYNC_BEGIN;
    for (;;) {
        bench_tick();
        for (self->i = 0; self->i < bench_n; self->i++) {
            self->list[self->i] =
                async_awaitable(ASYNC_CALL(once, &self->frames[self->i]));
        }
        AWAIT(async_gather_list(&self->all, self->list, bench_n));
    }
    ASYNC_END;
}

/* -- wait_for: a coroutine that pauses once, in time -------------------------- */

struct limited {
    ASYNC_FRAME;
    async_wait_for_t limit;
    struct once once;
};

ASYNC_DEF(limited)
{
    ASYNC_BEGIN;
    for (;;) {
        bench_tick();
        AWAIT(async_wait_for_ticks(
            &self->limit, ASYNC_CALL(once, &self->once), 1000));
    }
    ASYNC_END;
}

/* -- lock: N tasks that hand one on ------------------------------------------- */

static async_lock_t lock;

struct holder {
    ASYNC_FRAME;
};

ASYNC_DEF(holder)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_WITH(&lock) {
            bench_tick();
            AWAIT(async_pause());
        } ASYNC_END_WITH;
    }
    ASYNC_END;
}

/* -- queue: one producer, one consumer, 16 places ----------------------------- */

static ASYNC_QUEUE(uint32_t, 16) queue;

struct producer {
    ASYNC_FRAME;
    uint32_t item;
};

ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (;;) {
        self->item++;
        ASYNC_PUT(&queue, self->item);
    }
    ASYNC_END;
}

struct consumer {
    ASYNC_FRAME;
    uint32_t item, sum;
};

ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_GET(&queue, self->item);
        self->sum += self->item;
        bench_tick();
    }
    ASYNC_END;
}

/* -- agen: an item of an asynchronous generator ------------------------------- */

struct numbers {
    ASYNC_AGENERATOR(uint32_t);
    uint32_t i;
};

ASYNC_DEF(numbers)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_YIELD(self->i++);
    }
    ASYNC_END;
}

struct reader {
    ASYNC_FRAME;
    struct numbers numbers;
    uint32_t sum;
};

ASYNC_DEF(reader)
{
    ASYNC_BEGIN;
    async_agenerator_init(ASYNC_CALL(numbers, &self->numbers));
    ASYNC_FOR(async_anext(&self->numbers)) {
        self->sum += self->numbers.value;
        bench_tick();
    } ASYNC_END_FOR;
    ASYNC_END;
}

/* ----------------------------------------------------------------------------- */

static void start_task(async_coro_t *coro)
{
    async_task_t *task = (async_task_t *)storage(1, sizeof *task);
    must(async_loop_create_task(&loop, task, coro));
}

static bool start_composition(void)
{
    uint32_t i;
    if (bench_is("gather")) {
        static struct gatherer frame;
        must(bench_n <= GATHERED_MOST ? 0 : ASYNC_ERR_VALUE);
        start_task(ASYNC_CALL(gatherer, &frame));
    } else if (bench_is("wait_for")) {
        static struct limited frame;
        start_task(ASYNC_CALL(limited, &frame));
    } else if (bench_is("lock")) {
        struct holder *frames =
            (struct holder *)storage(bench_n, sizeof *frames);
        for (i = 0; i < bench_n; i++) {
            start_task(ASYNC_CALL(holder, &frames[i]));
        }
    } else if (bench_is("queue")) {
        static struct producer producer;
        static struct consumer consumer;
        async_queue_init(&queue);
        start_task(ASYNC_CALL(producer, &producer));
        start_task(ASYNC_CALL(consumer, &consumer));
    } else if (bench_is("agen")) {
        static struct reader frame;
        start_task(ASYNC_CALL(reader, &frame));
    } else {
        return false;
    }
    return true;
}
