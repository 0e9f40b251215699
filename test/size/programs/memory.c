/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The two functions of a C library that compilers call by themselves, as small
 * as they get. (On an AVR they are avr-libc's.) */
#include <stddef.h>

#ifndef __AVR__
void *memset(void *at, int value, size_t size);
void *memset(void *at, int value, size_t size)
{
    unsigned char *byte = (unsigned char *)at, *end = byte + size;
    while (byte != end) {
        *byte++ = (unsigned char)value;
    }
    return at;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    unsigned char *out = (unsigned char *)to, *end = out + size;
    const unsigned char *in = (const unsigned char *)from;
    while (out != end) {
        *out++ = *in++;
    }
    return to;
}
#else
extern char memory_is_that_of_avr_libc;
#endif
