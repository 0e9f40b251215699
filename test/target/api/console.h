/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Included before every test of the API on a board: check.h writes to its
 * console, and world.h asks for its command line. */
#ifndef CONSOLE_H_INCLUDED
#define CONSOLE_H_INCLUDED

void console_puts(const char *text);

/* "TEST@START#STEP", or NULL: everything. */
const char *console_only(void);

#define CHECK_PUTS(text) console_puts(text)
#define WORLD_ONLY console_only()

#endif
