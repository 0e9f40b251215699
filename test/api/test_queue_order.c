/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Queues: which element comes next, without waiting. */
#include "world.h"

static ASYNC_QUEUE(int, 2) queue;

static void begin(void)
{
    world_begin();
    async_queue_init(&queue);
}

static int put_now(int item)
{
    return async_queue_put_nowait(&queue, item);
}

static int get_now(void)
{
    int item = -1;
    int status = async_queue_get_nowait(&queue, &item);
    CHECK(status == 0 || item == -1);
    return status == 0 ? item : status;
}

/* -- Orders and elements -------------------------------------------------- */

struct order {
    short rank;
    char name;
};

static bool lower_rank(const void *a, const void *b)
{
    return ((const struct order *)a)->rank < ((const struct order *)b)->rank;
}

/* SEM Q-01 */
static void first_in_first_out(void)
{
    int round, i;
    begin();
    for (round = 0; round < 5; round++) { /* round the ring */
        CHECK_INT(put_now(round), 0);
        CHECK_INT(put_now(round + 10), 0);
        CHECK_INT(get_now(), round);
        CHECK_INT(put_now(round + 20), 0);
        CHECK_INT(get_now(), round + 10);
        CHECK_INT(get_now(), round + 20);
    }
    for (i = 0; i < 3; i++) {
        CHECK_INT(put_now(i), i < 2 ? 0 : ASYNC_ERR_QUEUE_FULL);
    }
    world_end();
}

/* SEM Q-01 */
static void last_in_first_out(void)
{
    ASYNC_QUEUE(char, 3) stack;
    char item = 0;
    int i;
    begin();
    async_queue_init_lifo(&stack);
    for (i = 0; i < 4; i++) {
        CHECK_INT(async_queue_put_nowait(&stack, (char)('a' + i)),
                  i < 3 ? 0 : ASYNC_ERR_QUEUE_FULL);
    }
    CHECK_INT(async_queue_get_nowait(&stack, &item), 0);
    CHECK_INT(item, 'c');
    CHECK_INT(async_queue_put_nowait(&stack, 'x'), 0);
    for (i = 0; i < 3; i++) {
        CHECK_INT(async_queue_get_nowait(&stack, &item), 0);
        CHECK_INT(item, "xba"[i]);
    }
    CHECK_INT(async_queue_get_nowait(&stack, &item), ASYNC_ERR_QUEUE_EMPTY);
    world_end();
}

/* Any elements in any order come out as a stable sort has them. */
/* SEM Q-01 */
static void smallest_first(void)
{
    ASYNC_PRIORITY_QUEUE(struct order, 20) sorted;
    struct order item = {0, 0}, last = {0, 0};
    unsigned seed, i;
    begin();
    async_queue_init_priority(&sorted, lower_rank);
    for (seed = 0; seed < 200; seed++) {
        unsigned count = seed % 21;
        random_seed(seed);
        for (i = 0; i < count; i++) {
            item.rank = (short)random_below(5);
            item.name = (char)i;
            CHECK_INT(async_queue_put_nowait(&sorted, item), 0);
        }
        for (i = 0; i < count; i++) {
            CHECK_INT(async_queue_get_nowait(&sorted, &item), 0);
            CHECK(i == 0 || last.rank < item.rank ||
                  (last.rank == item.rank && last.name < item.name));
            last = item;
        }
        CHECK(async_queue_empty(&sorted));
    }
    world_end();
}

/* SEM Q-02 Q-04 Q-17 */
static void size_empty_full(void)
{
    begin();
    CHECK(async_queue_empty(&queue) && !async_queue_full(&queue));
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_EMPTY);
    CHECK_INT(put_now(1), 0);
    CHECK(!async_queue_empty(&queue) && !async_queue_full(&queue));
    CHECK_INT(put_now(2), 0);
    CHECK_INT(async_queue_size(&queue), 2);
    CHECK(!async_queue_empty(&queue) && async_queue_full(&queue));
    CHECK_INT(put_now(3), ASYNC_ERR_QUEUE_FULL);
    CHECK_INT(get_now(), 1);
    CHECK_INT(get_now(), 2);
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_EMPTY);
    world_end();
}

static int evaluated;

static int number(int value)
{
    evaluated++;
    return value;
}

/* SEM Q-15 */
static void arguments_once(void)
{
    ASYNC_QUEUE(int, 2) many[3], *at = many;
    int items[2] = {0, 0}, *item = items;
    begin();
    async_queue_init(&many[0]);
    evaluated = 0;
    CHECK_INT(async_queue_put_nowait(at++, number(7)), 0);
    CHECK(at == &many[1]);
    CHECK_INT(evaluated, 1);
    CHECK_INT(async_queue_get_nowait(--at, item++), 0);
    CHECK(at == many && item == &items[1]);
    CHECK_INT(items[0], 7);
    CHECK_INT(async_queue_put_nowait(at, number(1)), 0);
    CHECK_INT(async_queue_put_nowait(at, number(2)), 0);
    CHECK_INT(async_queue_put_nowait(at, number(3)), ASYNC_ERR_QUEUE_FULL);
    CHECK_INT(evaluated, 4);
    world_end();
}

static const struct test tests[] = {
    TEST(first_in_first_out),
    TEST(last_in_first_out),
    TEST(smallest_first),
    TEST(size_empty_full),
    TEST(arguments_once),
};
TEST_MAIN(tests)
