/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The same as protothreads: a switch behind macros, no timer queue, no loop.
 * Each looks at the clock at each tick, and a parent calls its child. Ours, and
 * as small as they get: what keywords cost without what is behind them. */
#include "bare.h"

struct thread {
    uint8_t point;
    uint16_t since;
};
#define THREAD_BEGIN(self) switch ((self)->point) { default:
#define THREAD_WAIT(self, condition)                                       \
    do {                                                                   \
        (self)->point = __LINE__ & 0xff;                                   \
        if (0) {                                                           \
            case __LINE__ & 0xff:;                                         \
        }                                                                  \
        if (!(condition)) { return true; }                                 \
    } while (0)
#define THREAD_SLEEP(self, ms)                                             \
    do {                                                                   \
        (self)->since = (uint16_t)bare_now();                              \
        THREAD_WAIT(self, (uint16_t)((uint16_t)bare_now() - (self)->since) \
                              >= (ms));                                    \
    } while (0)
#define THREAD_END(self) } (self)->point = 0; return false

/* -- Blinking -------------------------------------------------------------- */

struct blink {
    struct thread thread;
    uint16_t on_ms, off_ms;
    uint8_t led;
};

static bool blink_run(struct blink *self)
{
    THREAD_BEGIN(&self->thread);
    for (;;) {
        board_led(self->led, true);
        THREAD_SLEEP(&self->thread, self->on_ms);
        board_led(self->led, false);
        THREAD_SLEEP(&self->thread, self->off_ms);
    }
    THREAD_END(&self->thread);
}

/* -- Bursts, and a pause --------------------------------------------------- */

struct burst {
    struct thread thread;
    uint8_t count, done;
};

static bool burst_run(struct burst *self)
{
    THREAD_BEGIN(&self->thread);
    for (self->done = 0; self->done < self->count; self->done++) {
        board_led(2, true);
        THREAD_SLEEP(&self->thread, 50);
        board_led(2, false);
        THREAD_SLEEP(&self->thread, 50);
    }
    THREAD_END(&self->thread);
}

struct bursts {
    struct thread thread;
    struct burst burst;
    uint8_t count;
};

static bool bursts_run(struct bursts *self)
{
    THREAD_BEGIN(&self->thread);
    for (;;) {
        self->burst.count = self->count;
        THREAD_WAIT(&self->thread, !burst_run(&self->burst));
        self->count = 1;
        if (self->burst.done < 5) {
            self->count = (uint8_t)(self->burst.done + 1);
        }
        THREAD_SLEEP(&self->thread, 1000);
    }
    THREAD_END(&self->thread);
}

int main(void)
{
    static struct blink a = {.on_ms = 500, .off_ms = 500};
    static struct blink b = {.led = 1, .on_ms = 130, .off_ms = 870};
    static struct bursts c = {.count = 1};
    board_tick_start();
    for (;;) {
        (void)blink_run(&a);
        (void)blink_run(&b);
        (void)bursts_run(&c);
        board_sleep();
    }
}
