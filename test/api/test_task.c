/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Tasks: starting, ending, awaiting, looking around. Cancelling is in
 * test_cancel.c. */
#include "world.h"

static async_task_t tasks[6];
static async_handle_t handles[3];

static int on_call(async_handle_t *handle)
{
    CHECK(async_current_task() == NULL);
    note_n("call", handle - handles);
    return 0;
}

/* Pauses a number of times and ends with a status. */
struct worker {
    ASYNC_FRAME;
    int id, pauses, status;
};
ASYNC_DEF(worker)
{
    ASYNC_BEGIN;
    note_n("w", self->id);
    CHECK(async_current_task() == &tasks[self->id]);
    while (self->pauses-- > 0) {
        AWAIT(async_pause());
        note_n("w", self->id);
        CHECK(async_current_task() == &tasks[self->id]);
    }
    if (self->status != 0) {
        ASYNC_RAISE(self->status);
    }
    ASYNC_END;
}
static struct worker workers[6];

static async_coro_t *work(int id, int pauses, int status)
{
    return ASYNC_CALL(worker, &workers[id], .id = id, .pauses = pauses,
                      .status = status);
}

static void start(int id, int pauses, int status)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     work(id, pauses, status)),
              0);
}

/* -- Starting ------------------------------------------------------------- */

struct creator {
    ASYNC_FRAME;
};
ASYNC_DEF(creator)
{
    ASYNC_BEGIN;
    CHECK_INT(async_create_task(&tasks[1], work(1, 1, 0)), 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], on_call), 0);
    CHECK_INT(async_create_task(&tasks[2], work(2, 1, 0)), 0);
    note("created");
    AWAIT(async_pause());
    note("again");
    ASYNC_END;
}

/* SEM T-01 T-02 */
static void first_steps(void)
{
    struct creator frame;
    world_begin();
    CHECK_INT(async_loop_create_task(&loop, &tasks[0],
                                     ASYNC_CALL(creator, &frame)),
              0);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("created");
    turns(1);
    CHECK_TRACE("w1 call0 w2 again");
    turns(1);
    CHECK_TRACE("w1 w2");
    world_end();
}

/* SEM T-16 */
static void round_robin(void)
{
    world_begin();
    start(0, 3, 0);
    start(1, 1, 0);
    start(2, 3, 0);
    turns(5);
    CHECK_TRACE("w0 w1 w2 w0 w1 w2 w0 w2 w0 w2");
    world_end();
}

static int on_create(async_handle_t *handle)
{
    (void)handle;
    CHECK_INT(async_create_task(&tasks[0], work(0, 0, 0)), 0);
    return 0;
}

/* SEM T-15 T-12 T-13 T-14 M-07 */
static void what_cannot_start(void)
{
    async_coro_t *coro;
    world_begin();
    coro = work(0, 0, 0);
    CHECK_INT(async_create_task(&tasks[0], coro), ASYNC_ERR_RUNTIME);
    CHECK_INT(async_loop_create_task(&loop, &tasks[0], coro), 0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], coro),
              ASYNC_ERR_REUSED);
    coro = work(1, 0, 0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[0], coro), ASYNC_ERR_BUSY);
    turns(1);
    CHECK_TRACE("w0"); /* undisturbed */
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], coro), 0);
    turns(1);
    CHECK_TRACE("w1");
    CHECK_INT(async_loop_create_task(&loop, &tasks[1], coro),
              ASYNC_ERR_REUSED);
    CHECK(async_future_done(&tasks[1].future)); /* its end is kept */
    CHECK_INT(async_call_soon(&loop, &handles[0], on_create), 0);
    turns(2);
    CHECK_TRACE("w0");
    world_end();
}

/* -- Ending --------------------------------------------------------------- */

struct waiter {
    ASYNC_FRAME;
    async_task_t *task;
    int id, times, err;
};
ASYNC_DEF(waiter)
{
    ASYNC_BEGIN;
    while (self->times-- > 0) {
        AWAIT_STATUS(self->err, self->task);
        note_n("await", self->id);
        note_n("", self->err);
    }
    ASYNC_END;
}
static struct waiter waiters[6];

static void await_task(int id, async_task_t *task, int times)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(waiter, &waiters[id],
                                                .task = task, .id = id,
                                                .times = times)),
              0);
}

/* SEM T-03 T-04 T-05 T-06 */
static void awaiting_the_end(void)
{
    static const int statuses[] = {0, -105};
    void *result = NULL;
    unsigned i;
    for (i = 0; i < 2; i++) {
        world_begin();
        start(0, 2, statuses[i]);
        await_task(1, &tasks[0], 3);
        await_task(2, &tasks[0], 1);
        turns(2);
        CHECK_TRACE("w0 w0");
        CHECK(!async_future_done(&tasks[0].future));
        CHECK_INT(async_future_result(&tasks[0].future, NULL),
                  ASYNC_ERR_INVALID_STATE);
        turns(1);
        CHECK_TRACE("w0");
        CHECK(async_future_done(&tasks[0].future));
        CHECK(!async_future_cancelled(&tasks[0].future));
        turns(1);
        CHECK_TRACE_VAR(
            i == 0 ? "await1 0 await1 0 await1 0 await2 0"
                   : "await1 -105 await1 -105 await1 -105 await2 -105");
        CHECK_INT(async_future_result(&tasks[0].future, &result), statuses[i]);
        CHECK(i != 0 || result == &workers[0]);
        world_end();
    }
}

static void ignore_exception(async_loop_t *which, async_handle_t *handle,
                             int status)
{
    (void)which;
    (void)handle;
    note_n("reported", status);
}

/* SEM T-07 D-03 */
static void errors_stay_inside(void)
{
    world_begin();
    async_loop_set_exception_handler(&loop, ignore_exception);
    start(0, 0, -105);
    start(1, 2, 0);
    turns(3);
    CHECK_TRACE("w0 w1 w1 w1"); /* and nobody was told */
    world_end();
}

/* SEM T-19 */
static void stop_iteration_is_no_result(void)
{
    world_begin();
    start(0, 1, ASYNC_ERR_STOP_ITERATION);
    turns(2);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), ASYNC_ERR_RUNTIME);
    world_end();
}

/* SEM T-13 D-01 */
static void storage_again(void)
{
    int i;
    world_begin();
    for (i = 0; i < 3; i++) {
        start(0, i, i == 1 ? -105 : 0);
        CHECK(!async_future_done(&tasks[0].future));
        turns(1);
        if (i == 2) {
            CHECK_INT(async_task_cancel(&tasks[0]), 1);
        }
        turns(3);
        CHECK_INT(async_future_result(&tasks[0].future, NULL),
                  i == 0 ? 0 : i == 1 ? -105 : ASYNC_ERR_CANCELLED);
        CHECK_INT(async_task_cancelling(&tasks[0]), i == 2 ? 1 : 0);
    }
    start(0, 0, 0);
    CHECK_INT(async_task_cancelling(&tasks[0]), 0);
    turns(1);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), 0);
    world_end();
}

/* -- Mistakes ------------------------------------------------------------- */

/* SEM T-17 T-18 M-03 D-16 */
static void awaiting_itself(void)
{
    static async_task_t never_started;
    world_begin();
    await_task(0, &tasks[0], 2);
    await_task(1, &tasks[0], 1);
    turns(1);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("await0 -10");
    turns(1);
    CHECK_TRACE("await0 -10");
    turns(1);
    CHECK_TRACE("await1 0");
    await_task(0, &never_started, 1);
    turns(2);
    CHECK_TRACE("await0 -12");
    world_end();
}

/* -- Looking around ------------------------------------------------------- */

/* SEM T-08 */
static void current_task(void)
{
    world_begin();
    CHECK(async_current_task() == NULL);
    start(0, 2, 0);
    start(1, 2, 0);
    CHECK_INT(async_call_soon(&loop, &handles[0], on_call), 0);
    turns(1);
    CHECK(async_current_task() == NULL);
    CHECK_INT(async_call_soon(&loop, &handles[1], on_call), 0);
    turns(2);
    CHECK_TRACE("w0 w1 call0 w0 w1 call1 w0 w1");
    world_end();
}

static void expect_all(int a, int b, int c)
{
    int expected[3];
    async_task_t *task = NULL;
    int i;
    expected[0] = a;
    expected[1] = b;
    expected[2] = c;
    for (i = 0; i < 3 && expected[i] >= 0; i++) {
        task = async_all_tasks(&loop, task);
        CHECK(task == &tasks[expected[i]]);
    }
    if (task != NULL || i == 0) {
        CHECK(async_all_tasks(&loop, task) == NULL);
    }
}

/* SEM T-09 */
static void all_tasks(void)
{
    world_begin();
    expect_all(-1, -1, -1);
    start(2, 1, 0);
    start(0, 3, 0);
    start(1, 2, 0);
    expect_all(2, 0, 1);
    turns(2);
    expect_all(0, 1, -1);
    turns(1);
    expect_all(0, -1, -1);
    start(2, 0, 0);
    expect_all(0, 2, -1);
    turns(2);
    expect_all(-1, -1, -1);
    world_end();
}

/* SEM T-10 D-19 */
static void names(void)
{
    char name[16];
    int i;
    world_begin();
    for (i = 0; i < 3; i++) {
        start(i, 0, 0);
    }
    CHECK_STR(async_task_get_name(&tasks[0], name, sizeof name), "Task-1");
    CHECK_STR(async_task_get_name(&tasks[2], name, sizeof name), "Task-3");
    async_task_set_name(&tasks[2], "blink");
    CHECK_STR(async_task_get_name(&tasks[2], name, sizeof name), "blink");
    CHECK_STR(async_task_get_name(&tasks[2], name, 4), "bli");
    CHECK_STR(async_task_get_name(&tasks[2], name, 1), "");
    async_task_set_name(&tasks[2], NULL);
    CHECK_STR(async_task_get_name(&tasks[2], name, sizeof name), "Task-3");
    turns(1);
    CHECK_STR(async_task_get_name(&tasks[0], name, sizeof name), "Task-1");
    for (i = 4; i <= 120; i++) {
        start(0, 0, 0);
        turns(1);
    }
    CHECK_STR(async_task_get_name(&tasks[0], name, sizeof name), "Task-120");
    CHECK_STR(async_task_get_name(&tasks[0], name, 7), "Task-1");
    world_end();
}

struct ensurer {
    ASYNC_FRAME;
    async_future_t plain;
    async_task_t storage;
    async_future_t *future;
    async_coro_t *used;
};
ASYNC_DEF(ensurer)
{
    ASYNC_BEGIN;
    async_future_init(&self->plain, &loop);
    CHECK(async_ensure_future(&self->plain, &self->storage) == &self->plain);
    CHECK(async_ensure_future(&tasks[0], &self->storage) == &tasks[0].future);
    self->used = work(3, 1, 0);
    CHECK(async_ensure_future(self->used, &tasks[3]) == &tasks[3].future);
    CHECK(async_ensure_future(self->used, &self->storage) == NULL);
    AWAIT(&tasks[3].future);
    ASYNC_END;
}

/* SEM T-11 */
static void ensure_future(void)
{
    struct ensurer frame;
    world_begin();
    CHECK_INT(async_run(&loop, ASYNC_CALL(ensurer, &frame)), 0);
    CHECK_TRACE("w3 w3");
}

static const struct test tests[] = {
    TEST(first_steps),      TEST(round_robin),
    TEST(what_cannot_start), TEST(awaiting_the_end),
    TEST(errors_stay_inside), TEST(stop_iteration_is_no_result),
    TEST(storage_again),    TEST(awaiting_itself),
    TEST(current_task),     TEST(all_tasks),
    TEST(names),            TEST(ensure_future),
};
TEST_MAIN(tests)
