/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Queues: waiting, join, shutdown. */
#include "world.h"

enum { TASKS = 6 };
static async_task_t tasks[TASKS];
static ASYNC_QUEUE(int, 2) queue;

/* Gets some elements, one after another. */
struct getter {
    ASYNC_FRAME;
    int id, times, item, err;
};
ASYNC_DEF(getter)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        while (self->times-- > 0) {
            ASYNC_GET(&queue, self->item);
            note_n("g", self->id);
            note_n("", self->item);
        }
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("g", self->id);
        note_n("error", self->err);
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_END;
}

/* Puts some numbers, from `item` on. */
struct putter {
    ASYNC_FRAME;
    int id, times, item, err;
};
ASYNC_DEF(putter)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        while (self->times-- > 0) {
            ASYNC_PUT(&queue, self->item++);
            note_n("p", self->id);
        }
    }
    ASYNC_EXCEPT_ALL(self->err) {
        note_n("p", self->id);
        note_n("error", self->err);
        ASYNC_RAISE(self->err);
    }
    ASYNC_END_EXCEPT;
    ASYNC_END;
}

static struct getter getters[TASKS];
static struct putter putters[TASKS];

static void begin(void)
{
    world_begin();
    async_queue_init(&queue);
}

static void spawn(int id, async_coro_t *coro)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id], coro), 0);
}

static void get(int id, int times)
{
    spawn(id, ASYNC_CALL(getter, &getters[id], .id = id, .times = times));
}

static void put(int id, int times, int item)
{
    spawn(id, ASYNC_CALL(putter, &putters[id], .id = id, .times = times,
                         .item = item));
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

/* -- Waiting -------------------------------------------------------------- */

/* SEM Q-03 Q-05 Q-15 */
static void putting_and_getting(void)
{
    begin();
    put(0, 4, 10);
    turns(1);
    CHECK_TRACE("p0 p0"); /* what fits does not suspend */
    CHECK_INT(putters[0].item, 12); /* evaluated after the wait */
    CHECK_INT(get_now(), 10);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("p0");
    get(1, 4);
    turns(1);
    CHECK_TRACE("g1 11 g1 12"); /* what is there neither */
    turns(1);
    CHECK_TRACE("p0");
    turns(1);
    CHECK_TRACE("g1 13");
    CHECK_INT(put_now(5), 0);
    turns(2);
    CHECK_TRACE("g1 5");
    world_end();
}

/* SEM Q-06 */
static void a_newcomer_is_faster(void)
{
    begin();
    get(0, 1);
    get(1, 1);
    turns(1);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(get_now(), 1); /* before task 0 runs */
    turns(1);
    CHECK_TRACE("");
    CHECK_INT(put_now(2), 0); /* task 0 waits behind task 1 now */
    turns(1);
    CHECK_TRACE("g1 2");
    CHECK_INT(put_now(3), 0);
    turns(1);
    CHECK_TRACE("g0 3");
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    put(2, 1, 3);
    put(3, 1, 4);
    turns(1);
    CHECK_INT(get_now(), 1);
    CHECK_INT(put_now(5), 0);
    turns(1);
    CHECK_TRACE("");
    CHECK_INT(get_now(), 2);
    turns(1);
    CHECK_TRACE("p3");
    CHECK_INT(get_now(), 5);
    turns(1);
    CHECK_TRACE("p2");
    world_end();
}

/* SEM Q-07 */
static void first_come_first_served(void)
{
    begin();
    get(0, 1);
    get(1, 1);
    get(2, 1);
    turns(1);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    turns(1);
    CHECK_TRACE("g0 1 g1 2");
    CHECK_INT(put_now(3), 0);
    turns(1);
    CHECK_TRACE("g2 3");
    put(3, 2, 1);
    put(0, 1, 3);
    put(1, 1, 4);
    turns(1);
    CHECK_TRACE("p3 p3");
    CHECK_INT(get_now(), 1);
    CHECK_INT(get_now(), 2);
    turns(1);
    CHECK_TRACE("p0 p1");
    CHECK_INT(get_now(), 3);
    CHECK_INT(get_now(), 4);
    world_end();
}

/* SEM Q-08 Q-09 */
static void cancelled_getters(void)
{
    begin();
    get(0, 1);
    get(1, 1);
    get(2, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1); /* waits: is taken out */
    CHECK_INT(put_now(1), 0);
    CHECK_INT(async_task_cancel(&tasks[0]), 1); /* woken: wakes the next */
    turns(1);
    CHECK_TRACE("g1 error-1 g0 error-1");
    turns(1);
    CHECK_TRACE("g2 1");
    get(0, 1);
    turns(1);
    CHECK_INT(put_now(2), 0);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("g0 error-1");
    CHECK_INT(get_now(), 2); /* nobody else wanted it */
    get(0, 1);
    get(1, 1);
    get(2, 1);
    get(3, 1);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    CHECK_INT(put_now(3), 0); /* wakes task 1; task 0 wakes nobody */
    turns(2);
    CHECK_TRACE("g0 error-1 g1 3");
    CHECK_INT(put_now(4), 0);
    turns(1);
    CHECK_TRACE("g2 4");
    CHECK_INT(put_now(5), 0);
    turns(1);
    CHECK_TRACE("g3 5");
    world_end();
}

/* SEM Q-08 Q-09 */
static void cancelled_putters(void)
{
    begin();
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    put(0, 1, 10);
    put(1, 1, 11);
    put(2, 1, 12);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(get_now(), 1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(1);
    CHECK_TRACE("p1 error-1 p0 error-1");
    turns(1);
    CHECK_TRACE("p2");
    CHECK_INT(get_now(), 2);
    CHECK_INT(get_now(), 12);
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_EMPTY);
    world_end();
}

/* -- Join and shutdown ---------------------------------------------------- */

struct joiner {
    ASYNC_FRAME;
    int err;
};
ASYNC_DEF(joiner)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_queue_join(&queue));
    note_n("joined", self->err);
    ASYNC_END;
}
static struct joiner joiners[TASKS];

static void join(int id)
{
    spawn(id, ASYNC_CALL(joiner, &joiners[id]));
}

/* SEM Q-11 Q-12 */
static void joining(void)
{
    begin();
    join(0);
    turns(1);
    CHECK_TRACE("joined0"); /* nothing to wait for */
    CHECK_INT(async_queue_task_done(&queue), ASYNC_ERR_VALUE);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    join(0);
    join(1);
    join(2);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[1]), 1);
    CHECK_INT(get_now(), 1);
    CHECK_INT(get_now(), 2);
    CHECK_INT(async_queue_task_done(&queue), 0);
    turns(2);
    CHECK_TRACE("joined-1"); /* empty is not enough */
    CHECK_INT(async_queue_task_done(&queue), 0);
    CHECK_INT(put_now(3), 0); /* too late to hold them */
    turns(1);
    CHECK_TRACE("joined0 joined0");
    CHECK_INT(async_queue_task_done(&queue), 0);
    CHECK_INT(async_queue_task_done(&queue), ASYNC_ERR_VALUE);
    world_end();
}

/* SEM Q-13 */
static void shutting_down(void)
{
    begin();
    get(0, 1);
    turns(1);
    async_queue_shutdown(&queue, false);
    CHECK_INT(put_now(1), ASYNC_ERR_QUEUE_SHUTDOWN);
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_SHUTDOWN);
    turns(1);
    CHECK_TRACE("g0 error-22");
    get(0, 1);
    put(1, 1, 1);
    turns(1);
    CHECK_TRACE("g0 error-22 p1 error-22");

    async_queue_init(&queue);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    put(0, 1, 3);
    turns(1);
    async_queue_shutdown(&queue, false);
    CHECK_INT(put_now(3), ASYNC_ERR_QUEUE_SHUTDOWN);
    turns(1);
    CHECK_TRACE("p0 error-22");
    get(0, 3); /* what is there can be got */
    turns(1);
    CHECK_TRACE("g0 1 g0 2 g0 error-22");
    CHECK_INT(put_now(3), ASYNC_ERR_QUEUE_SHUTDOWN);
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_SHUTDOWN);
    CHECK(async_queue_empty(&queue));
    world_end();
}

/* SEM Q-14 */
static void shutting_down_at_once(void)
{
    begin();
    CHECK_INT(put_now(1), 0);
    CHECK_INT(get_now(), 1);
    CHECK_INT(put_now(2), 0);
    CHECK_INT(put_now(3), 0);
    join(0);
    put(1, 1, 4);
    turns(1);
    async_queue_shutdown(&queue, true);
    CHECK(async_queue_empty(&queue));
    turns(1);
    CHECK_TRACE("p1 error-22"); /* the one that was got is not done */
    CHECK_INT(async_queue_task_done(&queue), 0);
    turns(1);
    CHECK_TRACE("joined0");
    CHECK_INT(get_now(), ASYNC_ERR_QUEUE_SHUTDOWN);

    async_queue_init(&queue);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(async_queue_task_done(&queue), 0);
    async_queue_shutdown(&queue, true); /* counts no further than 0 */
    join(0);
    turns(1);
    CHECK_TRACE("joined0");
    async_queue_init(&queue);
    CHECK_INT(put_now(1), 0);
    join(0);
    turns(1);
    async_queue_shutdown(&queue, true);
    async_queue_shutdown(&queue, false);
    turns(1);
    CHECK_TRACE("joined0");
    world_end();
}

/* -- Coroutine forms ------------------------------------------------------ */

struct limited {
    ASYNC_FRAME;
    async_wait_for_t limit;
    struct async_queue_get get;
    struct async_queue_put put;
    int item, err;
};
ASYNC_DEF(limited)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err,
                 async_wait_for_ticks(
                     &self->limit,
                     ASYNC_CALL_GET(&self->get, &queue, &self->item), 5));
    note_n("got", self->err == 0 ? self->item : self->err);
    self->item += 100;
    AWAIT_STATUS(self->err,
                 async_wait_for_ticks(
                     &self->limit,
                     ASYNC_CALL_PUT(&self->put, &queue, &self->item), 5));
    note_n("put", self->err);
    ASYNC_END;
}

/* SEM Q-16 */
static void as_coroutines(void)
{
    static struct limited frame;
    begin();
    spawn(0, ASYNC_CALL(limited, &frame));
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), 0);
    CHECK_TRACE("got-2 put0");
    CHECK_INT(world_time(), 5);
    CHECK_INT(get_now(), 100);
    CHECK_INT(put_now(1), 0);
    CHECK_INT(put_now(2), 0);
    spawn(0, ASYNC_CALL(limited, &frame));
    turns(1);
    CHECK_INT(put_now(3), ASYNC_ERR_QUEUE_FULL);
    CHECK_TRACE("got1 put0");
    spawn(0, ASYNC_CALL(limited, &frame));
    put(1, 1, 50);
    turns(1);
    CHECK_TRACE("got2 put0");
    CHECK_INT(get_now(), 101);
    turns(1);
    CHECK_TRACE("p1");
    CHECK_INT(get_now(), 102);
    CHECK_INT(get_now(), 50);
    async_queue_shutdown(&queue, false);
    spawn(0, ASYNC_CALL(limited, &frame));
    turns(1);
    CHECK_TRACE("got-22 put-22");
    world_end();
}

static const struct test tests[] = {
    TEST(putting_and_getting),
    TEST(a_newcomer_is_faster),
    TEST(first_come_first_served),
    TEST(cancelled_getters),
    TEST(cancelled_putters),
    TEST(joining),
    TEST(shutting_down),
    TEST(shutting_down_at_once),
    TEST(as_coroutines),
};
TEST_MAIN(tests)
