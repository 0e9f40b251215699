/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* For boards whose LED nobody can see, and for tests: compiled with
 *
 *     -include samples/blink/console_led.h
 *
 * blink also writes to the console when it switches the LED. */
#if !defined(CONSOLE_LED_H_INCLUDED) && !defined(__ASSEMBLER__)
#define CONSOLE_LED_H_INCLUDED

#include <async.h>

#include "board.h"

static inline void console_led(bool on)
{
    board_led(on);
    board_put_number(async_loop_time(async_get_running_loop()));
    board_puts(on ? " ms: on\n" : " ms: off\n");
}

#define board_led(on) console_led(on)

#endif
