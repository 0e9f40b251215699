/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* For tests on boards without a C library. */
#ifndef STRING_H_INCLUDED
#define STRING_H_INCLUDED

#include <stddef.h>

void *memcpy(void *to, const void *from, size_t n);
void *memset(void *at, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);

#endif
