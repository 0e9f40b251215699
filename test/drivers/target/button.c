/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* samples/drivers/button on INT0 of an ATmega: writes what happens, and when in
 * units of 10 ms, until two clicks have been seen. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#include "board.h"
#include "button.h"
#include "clock.h"

static button_t button;

ISR(INT0_vect)
{
    button_isr(&button);
}

static void tell(const char *what)
{
    async_tick_t now = async_loop_time(async_get_running_loop());
    board_puts(what);
    board_puts(" ");
    board_put_number((uint32_t)((now + 5u) / 10u));
    board_puts("\n");
}

struct app {
    ASYNC_FRAME;
    int clicks;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(5));
    button_start(&button);
    while (self->clicks++ < 2) {
        AWAIT(button_press(&button));
        tell("down");
        AWAIT(button_release(&button));
        tell("up");
    }
    button_stop(&button);
    AWAIT(async_sleep_ms(100)); /* with edges that nobody looks at */
    ASYNC_END;
}

int main(void)
{
    static async_loop_t loop;
    static struct app app;
    button_hw_t hw = BUTTON_HW(0);
    board_init();
    async_loop_init(&loop, clock_start());
    button_init(&button, &loop, hw, async_ms(20));
    return -async_run(&loop, ASYNC_CALL(app, &app));
}
