/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The library with its port, once per program. */
#define ASYNC_IMPLEMENTATION
#include <async.h>

#if defined(__AVR__)
#define F_CPU 16000000ul
#include <async/port/avr.h>
#elif defined(__arm__)
#include <async/port/cortex_m.h>
#else
#include <async/port/tick.h>
#endif
