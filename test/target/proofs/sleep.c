/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* It sleeps: 20 tasks that sleep a second each, and what the CPU does then.
 * Every wake-up has a reason: with a tick, that; without, a deadline. With
 * SPURIOUS there are also interrupts that post nothing. With POLLING idle does
 * not sleep: what the others are compared with. (AVR: the emulator counts, and
 * the test compares.) */
#include "proof.h"

#ifdef SPURIOUS
#include "spurious.h"
#endif

enum { SLEEPERS = 20 };
#ifndef ROUNDS
#define ROUNDS 10
#endif
#ifndef SECOND_MS
#define SECOND_MS 1000
#define APART_MS 13
#endif

struct sleeper {
    ASYNC_FRAME;
    uint8_t id, rounds;
};
static struct sleeper sleepers[SLEEPERS];
static uint16_t wakes;

/* They start APART_MS apart, so that no two have the same deadline. */
ASYNC_DEF(sleeper)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms((self->id + 1) * APART_MS));
    for (; self->rounds < ROUNDS; self->rounds++) {
        wakes++;
        AWAIT(async_sleep_ms(SECOND_MS));
    }
    ASYNC_END;
}

struct all {
    ASYNC_FRAME;
    uint8_t i;
    async_task_t tasks[SLEEPERS];
};
static struct all all_frame;
ASYNC_DEF(all)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < SLEEPERS; self->i++) {
        (void)async_create_task(&self->tasks[self->i],
                                ASYNC_CALL(sleeper, &sleepers[self->i],
                                           .id = self->i));
    }
    for (self->i = 0; self->i < SLEEPERS; self->i++) {
        AWAIT(&self->tasks[self->i]);
    }
    ASYNC_END;
}

/* Each sleeps ROUNDS + 1 times; all but the last end with a wake of its own. */
enum { DEADLINES = SLEEPERS * (ROUNDS + 1) };

static void run(void)
{
    CHECK_INT(async_run(&loop, ASYNC_CALL(all, &all_frame)), 0);
    CHECK_INT(wakes, SLEEPERS * ROUNDS);
}

#ifndef __AVR__
/* With a tick each interrupt is a reason to wake, else each deadline is. */
static uint32_t count_reasons(uint32_t interrupts)
{
#if defined(PORT_TICKLESS) || defined(__riscv)
    uint32_t reasons = DEADLINES;
    (void)interrupts;
#else
    uint32_t reasons = interrupts;
#endif
#ifdef SPURIOUS
    spurious_stop();
    CHECK(spurious_count > 100);
    figure("spurious", spurious_count);
    reasons += spurious_count;
#endif
    return reasons;
}

static void judge(uint32_t passed, uint32_t reasons)
{
    figure("asleep_per_10000", (uint32_t)(measured.asleep * 10000u / passed));
    figure("awake_us",
           (uint32_t)((passed - measured.asleep) * 1000000u / WATCH_HZ));
    figure("of_us", (uint32_t)((uint64_t)passed * 1000000u / WATCH_HZ));
    figure("wakes", measured.sleeps);
    figure("reasons", reasons);
#ifdef POLLING
    CHECK_INT(measured.asleep, 0);
    CHECK(measured.sleeps > 100 * reasons);
#else
    CHECK(measured.sleeps <= reasons);
#ifndef SPURIOUS /* which may come together with others */
    CHECK(measured.sleeps + 2 >= reasons);
#endif
    CHECK(measured.asleep * 1000u / passed >= 950);
#endif
}

static void measure(void)
{
    uint32_t from, passed, interrupts;
    watch_start();
    from = watch_now();
    interrupts = port_interrupts();
    run();
    passed = watch_now() - from;
    judge(passed, count_reasons(port_interrupts() - interrupts));
}
#endif

int main(void)
{
    board_init();
    CHECK_INT(async_loop_init(&loop, port_start(0)), 0);
#ifdef SPURIOUS
    spurious_start();
#endif
#ifdef __AVR__
    run(); /* nothing is printed while the emulator counts */
    return check_.failures != 0;
#else
    measure();
    return proof_end();
#endif
}
