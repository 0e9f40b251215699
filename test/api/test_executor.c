/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Jobs for executors: simulated workers, and a superloop. */
#include "world.h"

enum { TASKS = 4 };
static async_task_t tasks[TASKS];
static async_sim_executor_t simulated;
static async_worker_t superloop;

struct sum {
    int a, b, result, status, calls;
};

static int add(void *arg)
{
    struct sum *sum = (struct sum *)arg;
    note_n("add", world_time());
    sum->result = sum->a + sum->b;
    sum->calls++;
    return sum->status;
}

struct user {
    ASYNC_FRAME;
    async_executor_t *executor;
    async_job_t job;
    struct sum *sum;
    int id, err;
};
ASYNC_DEF(user)
{
    ASYNC_BEGIN;
    AWAIT_STATUS(self->err, async_run_in_executor(self->executor, &self->job,
                                                  add, self->sum));
    note_n("user", self->id);
    note_n("", self->err);
    ASYNC_END;
}
static struct user users[TASKS];
static struct sum sums[TASKS];

static void begin(async_tick_t ticks)
{
    world_begin();
    async_sim_executor_init(&simulated, &sim, ticks);
    async_worker_init(&superloop, NULL);
}

static void use(int id, async_executor_t *executor, int status)
{
    sums[id].a = 10 * id;
    sums[id].b = 1;
    sums[id].calls = 0;
    sums[id].status = status;
    CHECK_INT(async_loop_create_task(&loop, &tasks[id],
                                     ASYNC_CALL(user, &users[id], .id = id,
                                                .executor = executor,
                                                .sum = &sums[id])),
              0);
}

static void *result_of(int id)
{
    void *result = NULL;
    CHECK_INT(async_future_result(&users[id].job.hooked.future, &result), 0);
    return result;
}

/* SEM EX-01 EX-06 */
static void results(void)
{
    static const int statuses[] = {0, -105, ASYNC_ERR_TYPE, 0};
    int i;
    begin(5);
    for (i = 0; i < TASKS; i++) {
        use(i, &simulated.worker.executor, i == 2 ? 7 : statuses[i]);
    }
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[3].future), 0);
    CHECK_TRACE("add5 user0 0 add10 user1 -105 add15 user2 -8 add20 user3 0");
    CHECK(result_of(0) == &sums[0]);
    CHECK_INT(sums[3].result, 31);
    CHECK_INT(world_time(), 20); /* one after another */
    world_end();
}

/* SEM EX-02 */
static void iterations(void)
{
    begin(5);
    use(0, &simulated.worker.executor, 0);
    turns(1);
    async_sim_advance(&sim, 5);
    CHECK_TRACE("add5");
    CHECK(!async_future_done(&users[0].job.hooked.future));
    CHECK(async_job_busy(&users[0].job));
    turns(1);
    CHECK(async_future_done(&users[0].job.hooked.future));
    CHECK(!async_job_busy(&users[0].job));
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("user0 0");
    begin(0);
    use(0, &simulated.worker.executor, 0);
    turns(2);
    CHECK_TRACE("add0");
    turns(1);
    CHECK_TRACE("user0 0");
    world_end();
}

/* SEM EX-03 */
static void cancelled_before_it_begins(void)
{
    begin(5);
    use(0, &superloop.executor, 0);
    use(1, &superloop.executor, 0);
    turns(1);
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    CHECK(async_future_cancelled(&users[0].job.hooked.future));
    turns(1);
    CHECK_TRACE("user0 -1");
    CHECK(async_job_busy(&users[0].job)); /* still queued */
    CHECK(async_worker_run_one(&superloop));
    CHECK(!async_job_busy(&users[0].job));
    CHECK_INT(sums[0].calls, 0);
    CHECK(async_worker_run_one(&superloop));
    turns(2);
    CHECK_TRACE("add0 user1 0");
    world_end();
}

static int cancel_me(void *arg)
{
    (void)async_future_cancel(&users[0].job.hooked.future);
    return add(arg);
}

/* The worker may be anywhere when its future is cancelled. */
/* SEM EX-03 */
static void cancelled_too_late(void)
{
    async_future_t *future;
    begin(5);
    use(0, &simulated.worker.executor, 0);
    turns(1);
    async_sim_advance(&sim, 5); /* the result is posted */
    CHECK_INT(async_task_cancel(&tasks[0]), 1);
    turns(3);
    CHECK_TRACE("add5 user0 -1");
    CHECK(!async_job_busy(&users[0].job));
    use(0, &superloop.executor, 0);
    turns(1);
    users[0].job.fn = cancel_me;
    CHECK(async_worker_run_one(&superloop)); /* while it runs */
    CHECK(!async_job_busy(&users[0].job));
    turns(3);
    CHECK_TRACE("add5 user0 -1");
    CHECK_INT(sums[0].calls, 1);
    use(0, &superloop.executor, 0); /* and can be used again */
    turns(1);
    CHECK(async_worker_run_one(&superloop));
    turns(2);
    CHECK_TRACE("add5 user0 0");
    future = &users[0].job.hooked.future;
    CHECK_INT(async_future_cancel(future), 0);
    world_end();
}

static int refuse(async_executor_t *executor, async_job_t *job)
{
    (void)executor;
    (void)job;
    return ASYNC_ERR_CLOSED;
}

struct again {
    ASYNC_FRAME;
    async_job_t *job;
};
ASYNC_DEF(again)
{
    ASYNC_BEGIN;
    CHECK(async_run_in_executor(&superloop.executor, self->job, add, &sums[0]) ==
          NULL);
    ASYNC_END;
}

/* SEM EX-04 */
static void refused(void)
{
    static struct again frame;
    async_executor_t full;
    begin(5);
    full.submit = refuse;
    use(0, &full, 0);
    turns(1);
    CHECK_TRACE("user0 -13"); /* does not suspend */
    CHECK(!async_job_busy(&users[0].job));
    CHECK(async_run_in_executor(&full, &users[0].job, add, &sums[0]) == NULL);
    use(0, &superloop.executor, 0);
    CHECK_INT(async_loop_create_task(&loop, &tasks[1],
                                     ASYNC_CALL(again, &frame,
                                                .job = &users[0].job)),
              0);
    turns(1);
    CHECK(async_future_done(&tasks[1].future));
    CHECK(async_worker_run_one(&superloop));
    turns(2);
    CHECK_TRACE("add0 user0 0");
    world_end();
}

static int pended;

static void pend(async_worker_t *worker)
{
    CHECK(async_worker_has_work(worker));
    pended++;
}

/* SEM EX-05 */
static void a_superloop(void)
{
    int i;
    begin(5);
    async_worker_init(&superloop, pend);
    pended = 0;
    CHECK(!async_worker_has_work(&superloop));
    CHECK(!async_worker_run_one(&superloop));
    for (i = 0; i < 3; i++) {
        use(i, &superloop.executor, -100 - i);
    }
    turns(1);
    CHECK_INT(pended, 3);
    CHECK(async_worker_run_one(&superloop));
    use(3, &superloop.executor, -103); /* comes last */
    turns(2);
    CHECK_TRACE("add0 user0 -100");
    for (i = 0; i < 3; i++) {
        CHECK(async_worker_has_work(&superloop));
        CHECK(async_worker_run_one(&superloop));
    }
    CHECK(!async_worker_has_work(&superloop));
    CHECK(!async_worker_run_one(&superloop));
    turns(2);
    CHECK_TRACE("add0 add0 add0 user1 -101 user2 -102 user3 -103");
    world_end();
}

/* SEM EX-08 */
static void the_loop_is_closed(void)
{
    begin(5);
    use(0, &superloop.executor, 0);
    turns(1);
    CHECK_INT(async_loop_close(&loop), 0);
    CHECK(async_job_busy(&users[0].job));
    CHECK(async_worker_run_one(&superloop));
    CHECK(!async_job_busy(&users[0].job));
    CHECK(!async_future_done(&users[0].job.hooked.future));
    CHECK_TRACE("add0");
    CHECK_INT(async_loop_init(&loop, &sim.port), 0);
    world_end();
}

/* SEM EX-09 */
static void to_thread(void)
{
    static struct async_to_thread frame;
    static async_wait_for_t limit;
    begin(5);
    sums[0].status = -107;
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[0],
                  ASYNC_CALL(async_to_thread, &frame,
                             .executor = &simulated.worker.executor, .fn = add,
                             .arg = &sums[0])),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future), -107);
    CHECK_TRACE("add5");
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[0],
                  async_wait_for_ticks(
                      &limit,
                      ASYNC_CALL(async_to_thread, &frame,
                                 .executor = &simulated.worker.executor,
                                 .fn = add, .arg = &sums[0]),
                      3)),
              0);
    CHECK_INT(async_loop_run_until_complete(&loop, &tasks[0].future),
              ASYNC_ERR_TIMEOUT);
    CHECK_INT(world_time(), 8);
    CHECK(async_job_busy(&frame.job));
    async_sim_advance(&sim, 2);
    CHECK(!async_job_busy(&frame.job));
    CHECK_TRACE("");
    world_end();
}

static const struct test tests[] = {
    TEST(results),
    TEST(iterations),
    TEST(cancelled_before_it_begins),
    TEST(cancelled_too_late),
    TEST(refused),
    TEST(a_superloop),
    TEST(the_loop_is_closed),
    TEST(to_thread),
};
TEST_MAIN(tests)
