/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* How much stack the loop and the deepest resume take: the stack is painted
 * from its lowest place used so far down, and looked at after the loop has run.
 * Coroutines that await each other 1, 20 and 100 deep (AVR: 50) take the same.
 * First with a port that has no interrupt, then with the real one. */
#include "proof.h"

#ifdef __AVR__
enum { DEEPEST = 50, PAINTED = 300 };
#else
enum { DEEPEST = 100, PAINTED = 2048 };
#endif

struct deep {
    ASYNC_FRAME;
    uint8_t left;
};
static struct deep frames[DEEPEST + 1];

ASYNC_DEF(deep)
{
    ASYNC_BEGIN;
    if (self->left > 0) {
        AWAIT(ASYNC_CALL(deep, self + 1, .left = (uint8_t)(self->left - 1)));
    } else {
        AWAIT(async_pause());
        AWAIT(async_sleep_ticks(3));
    }
    ASYNC_END;
}

/* A port that has nothing to it: each look at the clock is a tick later. */
static async_tick_t plain_ticks;

static async_tick_t plain_now(async_port_t *port)
{
    (void)port;
    return plain_ticks;
}

static int plain_idle(async_port_t *port, async_loop_t *of,
                      const async_tick_t *deadline)
{
    (void)port;
    (void)of;
    plain_ticks = *deadline;
    return ASYNC_OK;
}

static void plain_wake(async_port_t *port, async_loop_t *of)
{
    (void)port;
    (void)of;
}

static async_port_t plain = {plain_now, plain_idle, plain_wake, NULL};

static inline uintptr_t stack_pointer(void)
{
    uintptr_t sp;
#if defined(__AVR__)
    sp = SP;
#elif defined(__riscv)
    __asm__ volatile("mv %0, sp" : "=r"(sp));
#else
    __asm__ volatile("mov %0, sp" : "=r"(sp));
#endif
    return sp;
}

enum { PAINT = 0xa5 };

/* Runs it, and returns how much of the stack below here has been used. */
static __attribute__((noinline)) unsigned run(async_port_t *port, uint8_t depth)
{
    volatile uint8_t *top = (volatile uint8_t *)stack_pointer() - 16;
    volatile uint8_t *at;
    unsigned i;
    CHECK_INT(async_loop_init(&loop, port), 0);
    for (i = 0; i < PAINTED; i++) {
        *(top - i) = PAINT;
    }
    CHECK_INT(async_run(&loop, ASYNC_CALL(deep, &frames[0], .left = depth)),
              0);
    for (at = top - (PAINTED - 1); at <= top && *at == PAINT; at++) { }
    return (unsigned)(top + 16 - at);
}

static unsigned run_all(const char *name, async_port_t *port)
{
    unsigned one = run(port, 0), twenty = run(port, 19);
    unsigned all = run(port, DEEPEST - 1);
    figure(name, one);
    CHECK_INT(twenty, one);
    CHECK_INT(all, one);
    CHECK(one < PAINTED);
    return one;
}

int main(void)
{
    unsigned alone, with;
    board_init();
    alone = run_all("stack_loop_and_resume", &plain);
    with = run_all("stack_with_port_and_interrupt", port_start(0));
    CHECK(with >= alone);
    CHECK(alone <= STACK_LIMIT);
    return proof_end();
}
