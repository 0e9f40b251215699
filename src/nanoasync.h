/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What the Arduino IDE finds of the library: it puts src/ alone on the include
 * path, and compiles src/async.c. So a sketch has the bodies already, also one
 * that asks for them. */
#undef ASYNC_IMPLEMENTATION
#include "../include/async.h"
