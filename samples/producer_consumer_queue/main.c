/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

static ASYNC_QUEUE(int, 1) queue;

static void say(const char *who, const char *what, int item)
{
    printf("%3d ms  %s %s %d\n",
           (int)async_loop_time(async_get_running_loop()), who, what, item);
}

struct producer {
    ASYNC_FRAME;
    int i;
};
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (self->i = 1; self->i <= 3; self->i++) {
        ASYNC_PUT(&queue, self->i);
        say("producer:", "put", self->i);
    }
    AWAIT(async_queue_join(&queue));
    say("producer:", "all is consumed, items left:",
        (int)async_queue_size(&queue));
    ASYNC_END;
}

struct consumer {
    ASYNC_FRAME;
    int item;
};
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_GET(&queue, self->item);
        say("    consumer:", "got", self->item);
        AWAIT(async_sleep_ms(20));
        async_queue_task_done(&queue);
    }
    ASYNC_END;
}

struct app {
    ASYNC_FRAME;
    struct producer producer;
    struct consumer consumer;
    async_task_t consuming;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_queue_init(&queue);
    async_create_task(&self->consuming, ASYNC_CALL(consumer, &self->consumer));
    AWAIT(ASYNC_CALL(producer, &self->producer));
    ASYNC_END; /* the consumer is cancelled at the end of async_run() */
}

int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app));
}
