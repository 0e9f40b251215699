/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What every board has, included by its board.h. */
#ifndef BOARD_COMMON_H_INCLUDED
#define BOARD_COMMON_H_INCLUDED

#include <stdbool.h>
#include <stdint.h>

static inline void board_puts(const char *text)
{
    while (*text != 0) {
        board_putchar(*text++);
    }
}

static inline void board_put_number(uint32_t n)
{
    char digits[11], *at = digits + sizeof digits - 1;
    for (*at = 0; n != 0 || *at == 0; n /= 10u) {
        *--at = (char)('0' + n % 10u);
    }
    board_puts(at);
}

/* Ends the program with a status, as does main() by returning: for tests. */
_Noreturn void board_exit(int status);

#endif
