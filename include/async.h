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

#include "async/as_completed.h"
#include "async/async_generator.h"
#include "async/awaitable.h"
#include "async/barrier.h"
#include "async/channel.h"
#include "async/completion.h"
#include "async/condition.h"
#include "async/coro.h"
#include "async/debug.h"
#include "async/eager.h"
#include "async/error.h"
#include "async/event.h"
#include "async/executor.h"
#include "async/flag.h"
#include "async/for.h"
#include "async/future.h"
#include "async/gather.h"
#include "async/generator.h"
#include "async/lock.h"
#include "async/loop.h"
#include "async/operation.h"
#include "async/pool.h"
#include "async/queue.h"
#include "async/repr.h"
#include "async/runner.h"
#include "async/semaphore.h"
#include "async/shield.h"
#include "async/sleep.h"
#include "async/task.h"
#include "async/taskgroup.h"
#include "async/timeout.h"
#include "async/wait.h"
#include "async/wait_for.h"
#include "async/with.h"

#include "async/port/sim.h"
#include "async/port/sim_executor.h"
#if ASYNC_HOSTED
#include "async/port/posix.h"
#endif
#ifdef ARDUINO
#include "async/port/arduino.h"
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

#include "async/detail/as_completed_impl.h"
#include "async/detail/async_generator_impl.h"
#include "async/detail/barrier_impl.h"
#include "async/detail/channel_impl.h"
#include "async/detail/completion_impl.h"
#include "async/detail/condition_impl.h"
#include "async/detail/debug_impl.h"
#include "async/detail/eager_impl.h"
#include "async/detail/event_impl.h"
#include "async/detail/executor_impl.h"
#include "async/detail/flag_impl.h"
#include "async/detail/future_impl.h"
#include "async/detail/gather_impl.h"
#include "async/detail/lock_impl.h"
#include "async/detail/operation_impl.h"
#include "async/detail/pool_impl.h"
#include "async/detail/queue_impl.h"
#include "async/detail/repr_impl.h"
#include "async/detail/run_impl.h"
#include "async/detail/semaphore_impl.h"
#include "async/detail/shield_impl.h"
#include "async/detail/sleep_impl.h"
#include "async/detail/task_impl.h"
#include "async/detail/taskgroup_impl.h"
#include "async/detail/timeout_impl.h"
#include "async/detail/wait_for_impl.h"
#include "async/detail/wait_impl.h"
#include "async/port/sim.h"
#include "async/port/sim_executor.h"
#if ASYNC_HOSTED
#include "async/port/posix.h"
#endif
#ifdef ARDUINO
#include "async/port/arduino.h"
#endif
#endif
