/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "console.h"

#include "board.h"

void console_puts(const char *text)
{
    static bool is_on;
    if (!is_on) {
        board_init();
        is_on = true;
    }
    board_puts(text);
}

#if defined(__arm__)
#include "semihost.h"

/* The command line is "program TEST": what follows the first space. */
const char *console_only(void)
{
    static char line[128];
    const char *at = line;
    struct {
        char *buffer;
        uint32_t length;
    } argument;
    argument.buffer = line;
    argument.length = sizeof line;
    if (semihost(SEMIHOST_GET_CMDLINE, &argument) != 0) {
        return 0;
    }
    while (*at != 0 && *at != ' ') {
        at++;
    }
    return *at == 0 ? 0 : at + 1;
}
#else
const char *console_only(void)
{
    return 0;
}
#endif
