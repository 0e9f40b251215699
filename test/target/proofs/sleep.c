/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* It sleeps: 20 tasks that sleep a second each, and what the CPU does meanwhile.
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

int main(void)
{
    board_init();
#ifndef __AVR__
    watch_start();
#endif
    CHECK_INT(async_loop_init(&loop, port_start(0)), 0);
#ifdef SPURIOUS
    spurious_start();
#endif
    {
#ifdef __AVR__
        CHECK_INT(async_run(&loop, ASYNC_CALL(all, &all_frame)), 0);
        CHECK_INT(wakes, SLEEPERS * ROUNDS);
        return check_.failures != 0; /* nothing is printed while it counts */
#else
        uint32_t from = watch_now(), passed;
        uint32_t interrupts = port_interrupts(), reasons = DEADLINES;
        CHECK_INT(async_run(&loop, ASYNC_CALL(all, &all_frame)), 0);
        passed = watch_now() - from;
        interrupts = port_interrupts() - interrupts;
        CHECK_INT(wakes, SLEEPERS * ROUNDS);
#if !defined(PORT_TICKLESS) && !defined(__riscv)
        reasons = interrupts;
#endif
#ifdef SPURIOUS
        spurious_stop();
        CHECK(spurious_count > 100);
        reasons += spurious_count;
        figure("spurious", spurious_count);
#endif
        figure("asleep_per_10000",
               (uint32_t)(measured.asleep * 10000u / passed));
        figure("awake_us", (uint32_t)((passed - measured.asleep) * 1000000u /
                                      WATCH_HZ));
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
        return proof_end();
#endif
    }
}
