/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* No tasks: start-up, a clock of milliseconds, a LED, sleep. What all other
 * programs are measured above. */
#include "bare.h"

int main(void)
{
    board_tick_start();
    for (;;) {
        board_led(0, bare_now() & 1024u);
        board_sleep();
    }
}
