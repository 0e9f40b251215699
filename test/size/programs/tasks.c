/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The same with nanoasync. TASKS: 1, 2: blinking, 3: two of them and one that
 * awaits a child. */
#include <async.h>

#include "async_clock.h"

static async_loop_t loop;

/* -- Blinking -------------------------------------------------------------- */

struct blink {
    ASYNC_FRAME;
    uint16_t on_ms, off_ms;
    uint8_t led;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        board_led(self->led, true);
        AWAIT(async_sleep_ms(self->on_ms));
        board_led(self->led, false);
        AWAIT(async_sleep_ms(self->off_ms));
    }
    ASYNC_END;
}

/* -- Bursts, and a pause --------------------------------------------------- */

#if TASKS > 2
struct burst {
    ASYNC_FRAME;
    uint8_t count, done;
};
ASYNC_DEF(burst)
{
    ASYNC_BEGIN;
    for (; self->done < self->count; self->done++) {
        board_led(2, true);
        AWAIT(async_sleep_ms(50));
        board_led(2, false);
        AWAIT(async_sleep_ms(50));
    }
    ASYNC_END;
}

struct bursts {
    ASYNC_FRAME;
    struct burst burst;
    uint8_t count;
};
ASYNC_DEF(bursts)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT(ASYNC_CALL(burst, &self->burst, .count = self->count));
        self->count = self->burst.done < 5 ? (uint8_t)(self->burst.done + 1) : 1;
        AWAIT(async_sleep_ms(1000));
    }
    ASYNC_END;
}
#endif

int main(void)
{
    static async_task_t task[TASKS];
    static struct blink a;
#if TASKS > 1
    static struct blink b;
#endif
#if TASKS > 2
    static struct bursts c;
#endif
    (void)async_loop_init(&loop, clock_start());
    (void)async_loop_create_task(
        &loop, &task[0], ASYNC_CALL(blink, &a, .on_ms = 500, .off_ms = 500));
#if TASKS > 1
    (void)async_loop_create_task(
        &loop, &task[1],
        ASYNC_CALL(blink, &b, .led = 1, .on_ms = 130, .off_ms = 870));
#endif
#if TASKS > 2
    (void)async_loop_create_task(&loop, &task[2],
                                 ASYNC_CALL(bursts, &c, .count = 1));
#endif
    return async_loop_run_forever(&loop);
}
