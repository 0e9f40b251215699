/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/button on the model of a pin with an edge interrupt. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

#include "button.h"

enum { DEBOUNCE = 20 }; /* ticks */

static struct button_model model;
static button_t button;
static bool latching;

static void on_edge(void *arg) { button_isr((button_t *)arg); }

static void make(void)
{
    machine.latching = latching;
    button_model_begin(&model);
    machine_connect(&model.line, on_edge, &button);
    button_init(&button, &loop, &model, DEBOUNCE);
    button_start(&button);
}

static void begin(void)
{
    world_begin();
    machine_begin(&sim);
    make();
}

static void end(void)
{
    button_stop(&button);
    CHECK(!model.on);
    turns(2);
    world_end();
}

#define TOGGLE(...)                                                       \
    do {                                                                  \
        static const unsigned times[] = {__VA_ARGS__};                    \
        button_model_toggle(&model, times, sizeof times / sizeof *times); \
    } while (0)

/* Presses and releases, with their times. */
struct user {
    ASYNC_FRAME;
    int clicks;
};
ASYNC_DEF(user)
{
    ASYNC_BEGIN;
    while (self->clicks-- > 0) {
        AWAIT(button_press(&button));
        note_n("down", world_time());
        AWAIT(button_release(&button));
        note_n("up", world_time());
    }
    ASYNC_END;
}
static struct user users[2];
static async_task_t tasks[2];

static void use(int i, int clicks)
{
    CHECK_INT(async_loop_create_task(&loop, &tasks[i],
                                     ASYNC_CALL(user, &users[i],
                                                .clicks = clicks)), 0);
}

/* A task that sleeps, so that time passes. */
static struct async_sleep nap_frame;
static async_task_t nap_task;
static void nap(unsigned ticks)
{
    CHECK_INT(async_loop_create_task(
                  &loop, &nap_task,
                  ASYNC_CALL(async_sleep, &nap_frame,
                             .ms = (int32_t)(ticks / 100))), 0);
    sweep_to_the_end(ticks + 1000);
}

static void bounces_do_not_count(void)
{
    begin();
    TOGGLE(100, 101, 103, 106, 110,  500, 505, 508,  900,  1300, 1301, 1302);
    use(0, 2);
    sweep_to_the_end(2000);
    CHECK_TRACE("down120 up520 down920 up1320");
    CHECK_INT(model.line.taken, 4);
    CHECK_INT(model.edges, 12);
    end();
}

static void a_short_pulse_is_not_seen(void)
{
    begin();
    TOGGLE(100, 115, 300, 600);
    use(0, 1);
    sweep_to_the_end(2000);
    CHECK_TRACE("down320 up620");
    end();
}

static void a_storm_is_bounded(void)
{
    begin();
    button_model_storm(&model, 1, 100000); /* a second of radio */
    nap(100100);
    CHECK(model.edges >= 100000);
    CHECK(model.line.taken <= 100000 / DEBOUNCE + 1);
    CHECK(model.line.taken >= 100000 / DEBOUNCE / 2);
    CHECK(button_is_down(&button) == model.is_down);
    CHECK_INT(button.presses.value,
              button.releases.value + (button_is_down(&button) ? 1u : 0u));
    end();
}

static void what_nobody_waits_for_is_kept_until_it_is_cleared(void)
{
    begin();
    TOGGLE(100, 200, 300, 400, 500, 600);
    nap(1000);
    use(0, 2);
    turns(1);
    CHECK_TRACE("down1000 up1000 down1000 up1000");
    button_clear(&button);
    use(0, 1);
    turns(5);
    CHECK_TRACE("");
    TOGGLE(50, 250);
    sweep_to_the_end(1000);
    CHECK_TRACE("down1070 up1270");
    end();
}

static void each_press_is_for_one_task(void)
{
    begin();
    TOGGLE(100, 200, 300, 400);
    use(0, 1);
    use(1, 1);
    sweep_to_the_end(2000);
    CHECK_TRACE("down120 up220 down320 up420");
    end();
}

static void it_begins_pressed(void)
{
    begin();
    button_stop(&button);
    TOGGLE(1);
    nap(100);
    button_start(&button);
    CHECK(button_is_down(&button));
    TOGGLE(100, 200, 300);
    use(0, 1);
    sweep_to_the_end(1000);
    CHECK_TRACE("down320 up320"); /* the first release was kept */
    button_stop(&button);
    TOGGLE(10);
    nap(100);
    CHECK_INT(button.presses.value + button.releases.value, 0);
    end();
}

static void a_long_press(void)
{
    static struct async_acquire_semaphore frame;
    static async_wait_for_t limit;
    begin();
    TOGGLE(100, 2000);
    CHECK_INT(async_loop_create_task(
                  &loop, &tasks[0],
                  async_wait_for_ticks(
                      &limit,
                      ASYNC_CALL(async_acquire_semaphore, &frame,
                                 .semaphore = &button.releases),
                      1000)), 0);
    sweep_to_the_end(3000);
    CHECK_INT(async_future_result(&tasks[0].future, NULL), ASYNC_ERR_TIMEOUT);
    CHECK_INT(world_time(), 1000);
    CHECK(button_is_down(&button));
    nap(1500);
    CHECK_INT(button.releases.value, 1); /* it is not lost */
    end();
}

static void a_late_interrupt_after_stop_does_nothing(void)
{
    begin();
    button_stop(&button);
    button_isr(&button);
    turns(3);
    CHECK(!model.on);
    nap(100);
    CHECK(!model.on);
    end();
}

static void stopping_takes_the_timer_back(void)
{
    begin();
    TOGGLE(5);
    turns(1);
    async_sim_advance(&sim, 6);
    turns(2);
    button_stop(&button);
    nap(100);
    CHECK(!model.on);
    CHECK_INT(button.presses.value, 0);
    end();
}

static void clearing_leaves_those_who_wait_alone(void)
{
    begin();
    use(0, 1);
    turns(1);
    button_clear(&button);
    TOGGLE(100, 200);
    sweep_to_the_end(1000);
    CHECK_TRACE("down120 up220");
    end();
}

/* -- Sweep ----------------------------------------------------------------- */

static void start_clicks(void)
{
    make();
    TOGGLE(30, 31, 35, 90, 92, 93, 150, 210);
    use(0, 2);
}

/* Nothing is lost: what a cancelled task did not get is there for others. If
 * time jumped over a whole press, the loop was busy as long: it is not seen. */
static void check_clicks(void)
{
    long downs = 0, ups = 0;
    const char *c;
    nap(1000);
    for (c = trace_; *c != 0; c++) {
        downs += *c == 'd';
        ups += *c == 'u';
    }
    trace_clear();
    downs += button.presses.value;
    ups += button.releases.value;
    CHECK_INT(downs, ups);
    CHECK(!button_is_down(&button) && !model.is_down);
    CHECK(downs == 2 || (downs == 1 && check_.step >= 300000000ul));
    CHECK(model.on && !machine.masked);

    button_clear(&button); /* it works as before */
    use(0, 1);
    TOGGLE(10, 60);
    sweep_to_the_end(200);
    CHECK(trace_length_ != 0);
    trace_clear();
    button_stop(&button);
    turns(2);
}

static void it_survives_every_disturbance(void)
{
    static const struct scenario scenario = {start_clicks, &tasks[0],
                                             check_clicks, 400, 1, true};
    sweep(&scenario);
}

static void late_interrupts_too(void)
{
    latching = true;
    it_survives_every_disturbance();
    latching = false;
}

static const struct test tests[] = {
    TEST(bounces_do_not_count),
    TEST(a_short_pulse_is_not_seen),
    TEST(a_storm_is_bounded),
    TEST(what_nobody_waits_for_is_kept_until_it_is_cleared),
    TEST(each_press_is_for_one_task),
    TEST(it_begins_pressed),
    TEST(a_long_press),
    TEST(a_late_interrupt_after_stop_does_nothing),
    TEST(stopping_takes_the_timer_back),
    TEST(clearing_leaves_those_who_wait_alone),
    TEST(it_survives_every_disturbance),
    TEST(late_interrupts_too),
};
TEST_MAIN(tests)
