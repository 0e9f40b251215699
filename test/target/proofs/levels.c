/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Loops in interrupts, on the real ones (levels.h of the board): the fast loop
 * preempts the slow one in the middle of its task; posts go up and down; its
 * deadlines are kept while the slow one never yields; it may be pended at any
 * rate. With THIRD a third loop in a spare interrupt preempts the fast one. */
#include "board.h"

#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "levels.h"

#define CHECK_PUTS(text) board_puts(text)
#include "check.h"

#ifdef __riscv /* a million instructions in a millisecond */
enum { ROUNDS = 1000, PERIODS = 10 };
#else
enum { ROUNDS = 1000, PERIODS = 50 };
#endif

static async_loop_t slow, fast;
static async_flag_t up, down, again;

/* -- Fast ----------------------------------------------------------------- */

static volatile uint32_t fast_runs, fast_again, periods;
static volatile bool in_fast;

struct answer {
    ASYNC_FRAME;
};
static struct answer answer_frame;
ASYNC_DEF(answer)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&up));
        in_fast = true;
        CHECK(async_get_running_loop() == &fast);
        fast_runs++;
        CHECK_INT(async_flag_set(&again), 0); /* pends itself while it runs */
        CHECK_INT(async_flag_set(&down), 0);
        in_fast = false;
    }
    ASYNC_END;
}

struct follow {
    ASYNC_FRAME;
};
static struct follow follow_frame;
ASYNC_DEF(follow)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&again));
        fast_again++;
    }
    ASYNC_END;
}

/* Each period ends on its tick, whatever the slow loop does. */
struct periodic {
    ASYNC_FRAME;
    async_ticker_t ticker;
    async_tick_t expected;
};
static struct periodic periodic_frame;
ASYNC_DEF(periodic)
{
    ASYNC_BEGIN;
    CHECK_INT(async_ticker_init_ticks(&self->ticker, &fast, 2), 0);
    for (self->expected = self->ticker.next;; self->expected += 2) {
        AWAIT(async_ticker_wait(&self->ticker));
        CHECK_INT(async_loop_time(&fast) - self->expected, 0);
        CHECK_INT(self->ticker.missed, 0);
        periods++;
    }
    ASYNC_END;
}

/* -- Third ---------------------------------------------------------------- */

#ifdef THIRD
static async_loop_t third;
static async_level_t third_level;
static async_flag_t top;
static volatile uint32_t third_runs;

void BOARD_SPARE_HANDLER(void);
void BOARD_SPARE_HANDLER(void)
{
    async_level_run(&third_level);
}

struct highest {
    ASYNC_FRAME;
};
static struct highest highest_frame;
ASYNC_DEF(highest)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(async_flag_wait(&top));
        CHECK(async_get_running_loop() == &third);
        third_runs++;
    }
    ASYNC_END;
}

/* A task of the fast loop: the third is done before the flag is set. */
struct middle {
    ASYNC_FRAME;
    uint32_t i;
};
static struct middle middle_frame;
ASYNC_DEF(middle)
{
    ASYNC_BEGIN;
    for (; self->i < ROUNDS; self->i++) {
        CHECK_INT(async_flag_set(&top), 0);
        CHECK_INT(third_runs, self->i + 1u);
        CHECK(async_get_running_loop() == &fast);
        AWAIT(async_pause());
    }
    ASYNC_END;
}

static async_task_t third_tasks[2];

static void start_third(async_port_t *clock)
{
    async_port_t *port = async_level_init(&third_level, clock, &third,
                                          async_irq_pend, BOARD_SPARE_IRQ);
    CHECK_INT(async_loop_init(&third, port), 0);
    async_flag_init(&top, &third);
    CHECK_INT(async_loop_create_task(&third, &third_tasks[0],
                                     ASYNC_CALL(highest, &highest_frame)), 0);
    CHECK_INT(async_loop_create_task(&fast, &third_tasks[1],
                                     ASYNC_CALL(middle, &middle_frame)), 0);
    board_register(0xe000e400u + BOARD_SPARE_IRQ / 4 * 4) |=
        0x80u << BOARD_SPARE_IRQ % 4 * 8; /* above PendSV, below SysTick */
    board_register(0xe000e100) = 1u << BOARD_SPARE_IRQ;
    async_irq_pend(BOARD_SPARE_IRQ);
}
#endif

/* -- Slow ----------------------------------------------------------------- */

struct program {
    ASYNC_FRAME;
    uint32_t i, from;
};
static struct program program_frame;

/* Posts up, and is preempted at once; the answer comes down. */
static bool preempted(uint32_t times)
{
    CHECK_INT(async_flag_set(&up), 0);
    return CHECK_INT(fast_runs, times) && CHECK_INT(fast_again, times) &&
           CHECK(async_get_running_loop() == &slow) &&
           CHECK(async_current_task() != NULL);
}

/* Never yields for some milliseconds. */
static void hog(async_tick_t ticks)
{
    async_tick_t from = async_loop_time(&slow);
    while (async_loop_time(&slow) - from < ticks) {
        CHECK(!in_fast);
    }
}

ASYNC_DEF(program)
{
    ASYNC_BEGIN;
    for (self->i = 1; self->i <= ROUNDS; self->i++) {
        if (!preempted(self->i)) {
            board_exit(1); /* one message is enough */
        }
        AWAIT(async_flag_wait(&down));
    }
    self->from = periods;
    hog(PERIODS * 2);
    CHECK(periods - self->from >= PERIODS);
    CHECK(periods - self->from <= PERIODS + 1);
    self->from = periods;
    AWAIT(async_sleep_ticks(PERIODS * 2)); /* and while the slow loop sleeps */
    CHECK(periods - self->from >= PERIODS);
    CHECK(periods - self->from <= PERIODS + 1);
    for (self->i = 0; self->i < 20000; self->i++) { /* for nothing */
        levels_run_fast();
    }
    CHECK_INT(fast_runs, ROUNDS);
    CHECK(preempted(ROUNDS + 1));
    AWAIT(async_sleep_ticks(5));
    ASYNC_END;
}

static async_task_t tasks[3];

int main(void)
{
    async_port_t *port;
    board_init();
    port = levels_start();
    CHECK_INT(async_loop_init(&slow, port), 0);
    CHECK_INT(async_loop_init(&fast, levels_start_fast(&fast)), 0);
    async_flag_init(&up, &fast);
    async_flag_init(&again, &fast);
    async_flag_init(&down, &slow);
    CHECK_INT(async_loop_create_task(&fast, &tasks[0],
                                     ASYNC_CALL(answer, &answer_frame)), 0);
    CHECK_INT(async_loop_create_task(&fast, &tasks[1],
                                     ASYNC_CALL(follow, &follow_frame)), 0);
    CHECK_INT(async_loop_create_task(&fast, &tasks[2],
                                     ASYNC_CALL(periodic, &periodic_frame)),
              0);
#ifdef THIRD
    start_third(port);
#endif
    levels_run_fast();
    CHECK_INT(async_run(&slow, ASYNC_CALL(program, &program_frame)), 0);
#ifdef THIRD
    CHECK_INT(third_runs, ROUNDS);
#endif
    if (check_.failures == 0) {
        board_puts("ok\n");
    }
    return check_.failures != 0;
}
