/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Events: a flag that tasks wait for.
 *
 *     static async_event_t ready;
 *     ...
 *     AWAIT(async_event_wait(&ready));   // some tasks
 *     async_event_set(&ready);           // another one
 *
 * An event is the caller's, needs no memory per waiter, and must stay valid
 * while anybody waits for it. It serves the tasks of one loop; after the loop
 * was closed with tasks waiting, initialise it again. All calls are for that
 * loop's context, not for interrupts.
 */
#ifndef ASYNC_EVENT_H_INCLUDED
#define ASYNC_EVENT_H_INCLUDED

#include "operation.h"

/** asyncio.Event: 8 bytes on a 32-bit machine. Zero is an event that is not
 * set. All private. */
struct async_event {
    async_waiters_t waiters;
    bool set;
};
typedef struct async_event async_event_t;

ASYNC_EXTERN_C_BEGIN

/** Makes an event that is not set: asyncio.Event(). Zero is one too.
 * @context{any} @cost{O(1)} */
void async_event_init(async_event_t *event);

/**
 * Waits until the event is set: event.wait(). Does not suspend if it is.
 * Whoever waited when it was set goes on, also if it was cleared since.
 *
 * @context{task} @cancel{strict} @cost{O(1)}
 */
ASYNC_MUST_USE async_op_t async_event_wait(async_event_t *event);

/** Sets the event and wakes all who wait, in the order they began to:
 * event.set(). Does nothing if it is set. @context{task or callback of the
 * loop} @cost{O(waiters)} */
void async_event_set(async_event_t *event);

/** Makes those who come from now on wait: event.clear(). @context{task or
 * callback of the loop} @cost{O(1)} */
void async_event_clear(async_event_t *event);

/** event.is_set() @context{task or callback of the loop} @cost{O(1)} */
bool async_event_is_set(const async_event_t *event);

ASYNC_EXTERN_C_END

/* Coroutine form, for what takes a coroutine: create_task, wait_for, ... */

/** Frame of the coroutine form of async_event_wait():
 * ASYNC_CALL(async_wait_event, &frame, .event = &ready). */
struct async_wait_event {
    ASYNC_FRAME;
    async_event_t *event;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(async_wait_event);
ASYNC_EXTERN_C_END

#endif
