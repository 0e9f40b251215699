/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * nanoasync: asyncio for microcontrollers. Includes all of the library; each
 * header under async/ is one concept and can be included by itself.
 *
 * In exactly one .c or .cpp file of the program write
 *
 *     #define ASYNC_IMPLEMENTATION
 *     #include <async.h>
 *
 * before anything else, or link the CMake target async::async_lib, which is
 * src/async.c.
 */
#ifndef ASYNC_H_INCLUDED
#define ASYNC_H_INCLUDED

#include "async/coro.h"
#include "async/error.h"
#include "async/future.h"
#include "async/generator.h"
#include "async/loop.h"
#include "async/operation.h"
#include "async/pool.h"
#include "async/sleep.h"
#include "async/task.h"

#include "async/port/sim.h"
#if ASYNC_HOSTED
#include "async/port/posix.h"
#endif

#endif

/* After the guard, under its own: it does not matter whether a file includes
 * this header before it defines ASYNC_IMPLEMENTATION. */
#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_IMPLEMENTED)
#define ASYNC_IMPLEMENTED
#include "async/coro.h"
#include "async/generator.h"

#include "async/detail/post_impl.h"

#include "async/detail/loop_impl.h"

#include "async/detail/future_impl.h"
#include "async/detail/operation_impl.h"
#include "async/detail/pool_impl.h"
#include "async/detail/run_impl.h"
#include "async/detail/sleep_impl.h"
#include "async/detail/task_impl.h"
#include "async/port/sim.h"
#if ASYNC_HOSTED
#include "async/port/posix.h"
#endif
#endif
