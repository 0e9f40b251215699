/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The library's bodies, compiled with the options of this program. */
#define ASYNC_IMPLEMENTATION
#include <async.h>
