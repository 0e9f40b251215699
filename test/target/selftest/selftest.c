/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Memory, console and end of a board: what every other test relies on. */
#include "board.h"

static uint32_t has_value = 0x12345678u;
static uint32_t is_zero[64];

int main(void)
{
    unsigned i;
    board_init();
#if defined(SELFTEST_status)
    return 42;
#elif defined(SELFTEST_hang)
    for (;;) { }
#elif defined(SELFTEST_fault)
    __builtin_trap();
#endif
    board_led(true);
    if (has_value != 0x12345678u) {
        return 1;
    }
    has_value = 0;
    for (i = 0; i < 64; i++) {
        if (is_zero[i] != 0) {
            return 2;
        }
        is_zero[i] = i;
    }
    board_puts("memory and console: ");
    board_put_number(4294967295u);
    board_puts("\n");
    return board_getchar() == -1 ? 0 : 3;
}
