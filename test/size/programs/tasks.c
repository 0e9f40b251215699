/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The same with nanoasync. TASKS: 1, 2: blinking, 3: two of them and one that
 * awaits a child. SIZE_PART or SIZE_PIECE: blinking, after it has used that
 * once. SIZE_RUN: async_run() in place of async_loop_run_forever(). */
#include <async.h>

#include "clock.h"

static async_loop_t app_loop;

#if defined(SIZE_PART) || defined(SIZE_PIECE)
#define SIZE_USES 1
struct app_child {
    ASYNC_FRAME;
    int32_t ms;
};
ASYNC_DECLARE(app_child); /* not static: not every part needs it */
ASYNC_DEF_EXTERN(app_child)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->ms));
    ASYNC_END;
}
#if defined(SIZE_PART)
#include "parts.h"
#else
#include "../firmware/pieces.h"
#endif
#else
#define SIZE_USES 0
#endif

/* -- Blinking -------------------------------------------------------------- */

struct blink {
    ASYNC_FRAME;
    uint16_t on_ms, off_ms;
    uint8_t led;
#if SIZE_USES
    struct app_piece piece;
#endif
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
#if SIZE_USES
    AWAIT(ASYNC_CALL(app_piece, &self->piece));
#endif
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
        self->count = 1;
        if (self->burst.done < 5) {
            self->count = (uint8_t)(self->burst.done + 1);
        }
        AWAIT(async_sleep_ms(1000));
    }
    ASYNC_END;
}
#endif

#ifdef SIZE_RUN
int main(void)
{
    static struct blink a;
    (void)async_loop_init(&app_loop, clock_start());
    return async_run(&app_loop, ASYNC_CALL(blink, &a, .on_ms = 500,
                                           .off_ms = 500));
}
#else
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
    (void)async_loop_init(&app_loop, clock_start());
    (void)async_loop_create_task(
        &app_loop, &task[0],
        ASYNC_CALL(blink, &a, .on_ms = 500, .off_ms = 500));
#if TASKS > 1
    (void)async_loop_create_task(
        &app_loop, &task[1],
        ASYNC_CALL(blink, &b, .led = 1, .on_ms = 130, .off_ms = 870));
#endif
#if TASKS > 2
    (void)async_loop_create_task(&app_loop, &task[2],
                                 ASYNC_CALL(bursts, &c, .count = 1));
#endif
    return async_loop_run_forever(&app_loop);
}
#endif
