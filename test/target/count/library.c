/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The library's bodies, in a file of their own as in most programs. */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <async/port/tick.h>
