/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Semihosting: calls that a debugger or an emulator answers. Without one, the
 * breakpoint is a fault, and the core stops there. */
#ifndef SEMIHOST_H_INCLUDED
#define SEMIHOST_H_INCLUDED

#include <stdint.h>

enum {
    SEMIHOST_WRITE0 = 0x04,       /* argument: a text */
    SEMIHOST_GET_CMDLINE = 0x15,  /* argument: {buffer, its length} */
    SEMIHOST_EXIT = 0x20          /* argument: {reason, status} */
};

static inline int semihost(int operation, const void *argument)
{
    register int r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory", "cc");
    return r0;
}

#endif
