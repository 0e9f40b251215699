/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Queues: no element is lost, none comes twice. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

enum { PRODUCERS = 2, CONSUMERS = 2, EACH = 3, EXTRA = 30 };

static unsigned made, got; /* elements: a bit each */
static int last[PRODUCERS]; /* got from each producer; -1: none */
static bool in_order;

static void reset(bool ordered)
{
    int i;
    made = got = 0;
    in_order = ordered;
    for (i = 0; i < PRODUCERS; i++) {
        last[i] = -1;
    }
}

static void note_made(int item)
{
    CHECK((made >> item & 1u) == 0);
    made |= 1u << item;
}

static void note_got(int item)
{
    CHECK((made >> item & 1u) != 0);
    CHECK((got >> item & 1u) == 0);
    got |= 1u << item;
    if (in_order && item < EXTRA) {
        CHECK(last[item / EACH] < item);
        last[item / EACH] = item;
    }
}

/* -- Queues --------------------------------------------------------------- */

static ASYNC_PRIORITY_QUEUE(int, 2) queue; /* also for the other kinds */
static async_post_t post;
static int closing; /* how task 4 shuts it down */

static bool less(const void *a, const void *b)
{
    return *(const int *)a % EACH < *(const int *)b % EACH;
}

struct producer {
    ASYNC_FRAME;
    int id, i;
};
static struct producer producers[PRODUCERS];
ASYNC_DEF(producer)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < EACH; self->i++) {
        point();
        ASYNC_PUT(&queue, self->id * EACH + self->i);
        note_made(self->id * EACH + self->i);
        say((unsigned)self->id, "put");
        if (self->i % 2 == self->id) {
            AWAIT(async_sleep_ticks(1));
        }
    }
    ASYNC_END;
}

struct consumer {
    ASYNC_FRAME;
    unsigned id;
    int left, item;
    bool slow; /* and says task_done later */
};
static struct consumer consumers[CONSUMERS];
ASYNC_DEF(consumer)
{
    ASYNC_BEGIN;
    for (; self->left > 0; self->left--) {
        ASYNC_GET(&queue, self->item);
        note_got(self->item);
        say(self->id, "got");
        note_n(":", self->item);
        ASYNC_TRY {
            point();
            if (self->slow) {
                AWAIT(async_sleep_ticks(1));
            }
        }
        ASYNC_FINALLY {
            CHECK_INT(async_queue_task_done(&queue), 0);
        }
        ASYNC_END_FINALLY;
    }
    ASYNC_END;
}

static int on_put(async_handle_t *handle)
{
    int status = async_queue_put_nowait(&queue, EXTRA);
    (void)handle;
    if (status == 0) {
        note_made(EXTRA);
    } else {
        CHECK(async_queue_full(&queue) || status == ASYNC_ERR_QUEUE_SHUTDOWN);
    }
    return 0;
}

static void interrupt(void)
{
    CHECK_INT(async_post(&loop, &post), 0);
}

static void init_fifo(void)
{
    SCRUB(&queue);
    async_queue_init(&queue);
    reset(true);
}

static void init_lifo(void)
{
    SCRUB(&queue);
    async_queue_init_lifo(&queue);
    reset(false);
}

static void init_priority(void)
{
    SCRUB(&queue);
    async_queue_init_priority(&queue, less);
    reset(true);
}

static void start_two(bool slow)
{
    int i;
    async_post_init(&post, on_put);
    for (i = 0; i < CONSUMERS; i++) {
        spawn((unsigned)i, ASYNC_CALL(consumer, &consumers[i],
                                      .id = (unsigned)i, .left = EACH,
                                      .slow = slow));
        spawn((unsigned)(CONSUMERS + i),
              ASYNC_CALL(producer, &producers[i], .id = i));
    }
}

static void start_fast(void)
{
    start_two(false);
}

static void start_slow(void)
{
    start_two(true);
}

static void quiet_queue(void)
{
    CHECK(queue.queue.sides[0].waiters.first == NULL ||
          async_queue_empty(&queue));
    CHECK(queue.queue.sides[1].waiters.first == NULL ||
          async_queue_full(&queue));
    CHECK(queue.queue.joiners.first == NULL || queue.queue.unfinished > 0);
}

/* Takes out what is left; then every element has been got. */
static void clean_queue(void)
{
    int item;
    CHECK(queue.queue.sides[0].waiters.first == NULL);
    CHECK(queue.queue.sides[1].waiters.first == NULL);
    CHECK(queue.queue.joiners.first == NULL);
    CHECK_INT(queue.queue.unfinished, async_queue_size(&queue));
    while (async_queue_get_nowait(&queue, &item) == 0) {
        note_got(item);
        CHECK_INT(async_queue_task_done(&queue), 0);
    }
    CHECK_INT(got, made);
    CHECK(got == (1u << PRODUCERS * EACH) - 1u || is_disturbed());
    reset(in_order);
}

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(fifo, 4, STARVES, 0, init_fifo, start_fast, interrupt, quiet_queue,
      clean_queue)

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(fifo_slow, 4, STARVES, 0, init_fifo, start_slow, interrupt, quiet_queue,
      clean_queue)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(lifo, 4, STARVES, 0, init_lifo, start_slow, interrupt, quiet_queue,
      clean_queue)

/* SEM INV-01 INV-03 INV-04 INV-05 INV-06 INV-08 INV-09 */
SWEEP(priority, 4, STARVES, 0, init_priority, start_slow, interrupt,
      quiet_queue, clean_queue)

/* -- Join ----------------------------------------------------------------- */

struct joiner {
    ASYNC_FRAME;
    unsigned id;
};
static struct joiner joiners[2];
ASYNC_DEF(joiner)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(1));
    AWAIT(async_queue_join(&queue));
    say(self->id, "joined");
    AWAIT(async_queue_join(&queue));
    ASYNC_END;
}

static void start_join(void)
{
    unsigned i;
    async_post_init(&post, on_put);
    spawn(0, ASYNC_CALL(consumer, &consumers[0], .left = 2 * EACH,
                        .slow = true));
    for (i = 0; i < 2; i++) {
        spawn(1 + i, ASYNC_CALL(producer, &producers[i], .id = (int)i));
        spawn(3 + i, ASYNC_CALL(joiner, &joiners[i], .id = 3 + i));
    }
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(join, 5, STARVES, 0, init_fifo, start_join, interrupt, quiet_queue,
      clean_queue)

/* -- Shutdown ------------------------------------------------------------- */

struct closer {
    ASYNC_FRAME;
    int unused;
};
static struct closer closer_frame;
ASYNC_DEF(closer)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ticks(2));
    point();
    if (closing == 2) { /* what is in there is dropped: nobody gets it */
        int i;
        for (i = 0; i < (int)async_queue_size(&queue); i++) {
            got |= 1u << queue.items[((unsigned)i +
                                      queue.queue.sides[0].next) % 2u];
        }
    }
    async_queue_shutdown(&queue, closing == 2);
    say(4, "shut");
    point();
    ASYNC_END;
}

static int on_shutdown(async_handle_t *handle)
{
    (void)handle;
    async_queue_shutdown(&queue, false);
    return 0;
}

static void start_shutdown(void)
{
    int i;
    async_post_init(&post, on_shutdown);
    for (i = 0; i < CONSUMERS; i++) {
        spawn((unsigned)i, ASYNC_CALL(consumer, &consumers[i],
                                      .id = (unsigned)i, .left = 99));
        spawn((unsigned)(CONSUMERS + i),
              ASYNC_CALL(producer, &producers[i], .id = i));
    }
    spawn(4, ASYNC_CALL(closer, &closer_frame));
}

static void init_shutdown(void)
{
    init_fifo();
    closing = 1;
}

static void init_immediate(void)
{
    init_fifo();
    closing = 2;
}

static void quiet_shutdown(void)
{
    quiet_queue();
    if (queue.queue.sides[0].left & ASYNC_QUEUE_SHUT_) {
        CHECK(queue.queue.sides[0].waiters.first == NULL);
        CHECK(queue.queue.sides[1].waiters.first == NULL);
    }
}

static void clean_shutdown(void)
{
    unsigned all = made;
    int item;
    while (async_queue_get_nowait(&queue, &item) == 0) {
        note_got(item);
        CHECK_INT(async_queue_task_done(&queue), 0);
    }
    CHECK_INT(got, all);
    CHECK_INT(queue.queue.unfinished, 0);
}

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(shutdown, 5, STARVES | ONCE, ASYNC_ERR_QUEUE_SHUTDOWN, init_shutdown,
      start_shutdown, interrupt, quiet_shutdown, clean_shutdown)

/* SEM INV-01 INV-03 INV-04 INV-06 INV-08 INV-09 */
SWEEP(immediate_shutdown, 5, STARVES | ONCE, ASYNC_ERR_QUEUE_SHUTDOWN,
      init_immediate, start_shutdown, interrupt, quiet_shutdown, clean_shutdown)

static const struct test tests[] = {
    TEST(sweep_fifo),
    TEST(sweep_fifo_slow),
    TEST(sweep_lifo),
    TEST(sweep_priority),
    TEST(sweep_join),
    TEST(sweep_shutdown),
    TEST(sweep_immediate_shutdown),
};
MODEL_MAIN(tests)
