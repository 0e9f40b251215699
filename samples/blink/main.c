/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"  /* board_led() */
#include "clock.h"  /* the timer interrupt that the loop sleeps by */

struct blink {
    ASYNC_FRAME;
    int on_ms, off_ms;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        board_led(true);
        AWAIT(async_sleep_ms(self->on_ms));
        board_led(false);
        AWAIT(async_sleep_ms(self->off_ms));
    }
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct blink led;
    board_init();
    async_loop_init(&loop, clock_start());
    return async_run(&loop, ASYNC_CALL(blink, &led, .on_ms = 100,
                                       .off_ms = 900));
}
