/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Included before every test of the API on an AVR: check.h writes to the
 * console, and what world.h is to run is in the EEPROM (avr_run --arg). */
#ifndef CONSOLE_H_INCLUDED
#define CONSOLE_H_INCLUDED

#include "board.h"

#include <avr/eeprom.h>

static inline void console_puts(const char *text)
{
    if (UBRR0 == 0) { /* as after a reset */
        board_init();
    }
    board_puts(text);
}
#define CHECK_PUTS(text) console_puts(text)

/* "03@fffffff0#17": test 3 of the table, its start, its step. */
static inline const char *console_only(void)
{
    static char line[20];
    eeprom_read_block(line, (const void *)0, sizeof line - 1);
    return line[0] != (char)0xff ? line : 0;
}
#define WORLD_ONLY console_only()

#if defined(__AVR_ATmega328P__)
#define WORLD_SMALL 2
#else
#define WORLD_SMALL 1
#endif

/* A trace that does not fit is cut short, so that its check fails. */
#ifndef WORLD_TRACE_BYTES
#define WORLD_TRACE_BYTES 160
#endif

#endif
