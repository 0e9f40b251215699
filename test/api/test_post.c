/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* async_post() and the simulated machine with its interrupts. */
#include "world.h"

struct poster {
    async_post_t post; /* comes first */
    int id;
    int status;
    bool again; /* posts itself once more */
};
static struct poster posters[4];

static int on_post(async_handle_t *handle)
{
    struct poster *poster = (struct poster *)(void *)handle;
    note_n("p", poster->id);
    CHECK(async_get_running_loop() == &loop);
    CHECK(async_current_task() == NULL);
    if (poster->again) {
        poster->again = false;
        CHECK_INT(async_post(&loop, &poster->post), 0);
    }
    return poster->status;
}

static async_handle_t handles[4];

static int on_call(async_handle_t *handle)
{
    note_n("c", handle - handles);
    return 0;
}

static void begin(void)
{
    int i;
    world_begin();
    for (i = 0; i < 4; i++) {
        posters[i].id = i;
        posters[i].status = 0;
        posters[i].again = false;
        async_post_init(&posters[i].post, on_post);
    }
}

static void post(int id)
{
    CHECK_INT(async_post(&loop, &posters[id].post), 0);
}

static void soon(int id)
{
    CHECK_INT(async_call_soon(&loop, &handles[id], on_call), 0);
}

/* SEM P-02 P-03 */
static void order(void)
{
    begin();
    soon(0);
    post(0);
    soon(1);
    post(1);
    post(2);
    soon(2);
    CHECK_TRACE("");
    turns(1);
    CHECK_TRACE("c0 p0 c1 p1 p2 c2");
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* SEM P-04 M-10 */
static void posting_what_is_posted(void)
{
    begin();
    post(0);
    post(1);
    post(0);
    CHECK(async_loop_has_posts(&loop));
    turns(1);
    CHECK_TRACE("p0 p1");
    CHECK(!async_loop_has_posts(&loop));
    posters[0].again = true; /* while it runs: another run */
    post(0);
    turns(1);
    CHECK_TRACE("p0");
    turns(1);
    CHECK_TRACE("p0");
    turns(1);
    CHECK_TRACE("");
    world_end();
}

/* SEM P-05 */
static void taking_back(void)
{
    begin();
    async_post_cancel(&posters[0].post); /* was never posted */
    post(0);
    post(1);
    async_post_cancel(&posters[0].post);
    turns(1);
    CHECK_TRACE("p1");
    post(0);
    async_post_cancel(&posters[0].post);
    post(0); /* again: it runs */
    turns(1);
    CHECK_TRACE("p0");
    soon(0); /* takes the posts into the ready queue */
    post(2);
    soon(1);
    async_post_cancel(&posters[2].post);
    turns(1);
    CHECK_TRACE("c0 c1");
    post(2);
    turns(1);
    CHECK_TRACE("p2");
    world_end();
}

static void report(async_loop_t *which, async_handle_t *handle, int status)
{
    CHECK(which == &loop);
    note_n("failed", ((struct poster *)(void *)handle)->id);
    note_n("", status);
}

/* SEM P-06 */
static void a_failing_post(void)
{
    begin();
    async_loop_set_exception_handler(&loop, report);
    posters[0].status = -105;
    post(0);
    post(1);
    turns(1);
    CHECK_TRACE("p0 failed0 -105 p1");
    world_end();
}

/* -- Interrupts ----------------------------------------------------------- */

struct source {
    async_sim_interrupt_t interrupt; /* comes first */
    int id;
};
static struct source sources[6];

static void on_interrupt(async_sim_interrupt_t *interrupt)
{
    struct source *source = (struct source *)(void *)interrupt;
    note_n("i", source->id);
    note_n("", world_time());
    post(source->id);
}

static void interrupt_at(int id, async_tick_t after)
{
    sources[id].id = id;
    CHECK_INT(async_sim_at(&sim, &sources[id].interrupt, sim.time + after,
                           on_interrupt),
              0);
}

static async_timer_t timers[3];

static int on_timer(async_handle_t *handle)
{
    note_n("t", (async_timer_t *)(void *)handle - timers);
    return 0;
}

static int stop(async_handle_t *handle)
{
    (void)handle;
    async_loop_stop(&loop);
    return 0;
}

static void timer_after(int id, async_delay_t delay, async_run_fn run)
{
    CHECK_INT(async_call_later(&loop, &timers[id], delay, run), 0);
}

/* SEM P-01 S-02 S-03 L-04 */
static void waking_a_sleeping_loop(void)
{
    begin();
    timer_after(0, 10, on_timer);
    timer_after(1, 30, stop);
    interrupt_at(0, 5);
    interrupt_at(1, 10);
    interrupt_at(2, 20);
    CHECK_INT(async_sim_at(&sim, &sources[0].interrupt, sim.time,
                           on_interrupt),
              ASYNC_ERR_BUSY);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("i0 5 p0 i1 10 p1 t0 i2 20 p2");
    CHECK_INT(world_time(), 30);
    world_end();
}

static int busy(async_handle_t *handle)
{
    note_n("busy", handle - handles);
    async_sim_advance(&sim, 10); /* interrupts happen in the middle */
    note("done");
    return 0;
}

/* SEM P-02 P-03 S-04 L-04 */
static void interrupting_a_callback(void)
{
    begin();
    interrupt_at(0, 3);
    interrupt_at(1, 12);
    timer_after(0, 5, on_timer);
    CHECK_INT(async_call_soon(&loop, &handles[0], busy), 0);
    soon(1);
    turns(1);
    CHECK_TRACE("busy0 i0 3 done c1"); /* never inside the interrupt */
    turns(1);
    CHECK_TRACE("p0 t0");
    CHECK_INT(world_time(), 10);
    async_sim_advance(&sim, 5);
    CHECK_TRACE("i1 12");
    turns(1);
    CHECK_TRACE("p1");
    world_end();
}

/* SEM S-02 */
static void interrupts_at_one_time(void)
{
    begin();
    interrupt_at(2, 4);
    interrupt_at(0, 4);
    interrupt_at(1, 3);
    interrupt_at(3, 4);
    timer_after(0, 9, stop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_TRACE("i1 3 p1 i2 4 i0 4 i3 4 p2 p0 p3");
    world_end();
}

/* An interrupt in the past happens as soon as the loop looks. */
/* SEM S-05 */
static void a_late_interrupt(void)
{
    begin();
    async_sim_advance(&sim, 10);
    CHECK_INT(async_sim_at(&sim, &sources[0].interrupt, sim.time - 5u,
                           on_interrupt),
              0);
    sources[0].id = 0;
    soon(0);
    turns(1);
    CHECK_TRACE("i0 10 c0 p0");
    world_end();
}

static void nothing(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    note_n("nothing", world_time());
}

/* An interrupt that posts nothing wakes the machine and it sleeps again; when
 * none is left it can never wake any more. */
/* SEM L-30 S-01 */
static void an_interrupt_without_a_post(void)
{
    begin();
    CHECK_INT(async_sim_at(&sim, &sources[0].interrupt, sim.time + 7u,
                           nothing),
              0);
    CHECK_INT(async_loop_run_forever(&loop), ASYNC_ERR_DEADLOCK);
    CHECK_TRACE("nothing7");
    CHECK_INT(world_time(), 7);
    world_end();
}

/* A day of a machine with four interrupts: nothing is lost, and it takes as
 * many iterations as there are events. */
static long counts[4];

static void periodic(async_sim_interrupt_t *interrupt)
{
    static const async_tick_t periods[] = {1000, 1001, 60000, 3600000};
    struct source *source = (struct source *)(void *)interrupt;
    counts[source->id]++;
    CHECK_INT(async_post(&loop, &posters[source->id].post), 0);
    CHECK_INT(async_sim_at(&sim, interrupt, sim.time + periods[source->id],
                           periodic),
              0);
}

static long runs[4];

static int count_run(async_handle_t *handle)
{
    runs[((struct poster *)(void *)handle)->id]++;
    return 0;
}

/* SEM S-01 P-04 */
static void a_day(void)
{
    int i;
    begin();
    for (i = 0; i < 4; i++) {
        counts[i] = runs[i] = 0;
        async_post_init(&posters[i].post, count_run);
        sources[i].id = i;
        sources[i].interrupt.pending = false;
        CHECK_INT(async_sim_at(&sim, &sources[i].interrupt, sim.time,
                               periodic),
                  0);
    }
    timer_after(0, 24l * 3600 * 1000, stop);
    CHECK_INT(async_loop_run_forever(&loop), 0);
    CHECK_INT(world_time(), 24l * 3600 * 1000);
    CHECK_INT(runs[0], 24l * 3600 + 1);
    CHECK_INT(runs[3], 25);
    for (i = 0; i < 4; i++) {
        CHECK_INT(runs[i], counts[i]);
    }
    for (i = 0; i < 6; i++) {
        sources[i].interrupt.pending = false;
    }
    sim.queue = NULL; /* or world_end() would go on with the next day */
    world_end();
}

static const struct test tests[] = {
    TEST(order),
    TEST(posting_what_is_posted),
    TEST(taking_back),
    TEST(a_failing_post),
    TEST(waking_a_sleeping_loop),
    TEST(interrupting_a_callback),
    TEST(interrupts_at_one_time),
    TEST(a_late_interrupt),
    TEST(an_interrupt_without_a_post),
    TEST(a_day),
};
TEST_MAIN(tests)
