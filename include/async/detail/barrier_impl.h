/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of barrier.h. CPython's barrier is a condition whose lock nobody
 * holds while it waits, so that the lock can be left out: a list of waiters is
 * enough. Those in front of a closed barrier and those inside share it. What a
 * task is, its context.status tells while it waits: its index, or OUTSIDE. */
#ifndef ASYNC_DETAIL_BARRIER_IMPL_H_INCLUDED
#define ASYNC_DETAIL_BARRIER_IMPL_H_INCLUDED

#include "operation_impl.h"

#include "../barrier.h"

ASYNC_EXTERN_C_BEGIN

#define ASYNC_BARRIER_FILLING_ 0u
#define ASYNC_BARRIER_BROKEN_ 1u
#define ASYNC_BARRIER_DRAINING_ 2u  /* these two are closed: */
#define ASYNC_BARRIER_RESETTING_ 3u /* newcomers stay outside */
#define ASYNC_BARRIER_OUTSIDE_ (-1)

/* Lets a task in if it is open. Returns ASYNC_PENDING if the task must wait,
 * and its place. */
static int async_barrier_enter_(async_barrier_t *barrier, int16_t *place)
{
    *place = ASYNC_BARRIER_OUTSIDE_;
    if (barrier->state >= ASYNC_BARRIER_DRAINING_) {
        return ASYNC_PENDING;
    }
    if (barrier->state == ASYNC_BARRIER_BROKEN_) {
        return ASYNC_ERR_BROKEN_BARRIER;
    }
    *place = barrier->count++;
    if (barrier->count < barrier->parties) {
        return ASYNC_PENDING;
    }
    barrier->state = ASYNC_BARRIER_DRAINING_;
    (void)async_wake_all(&barrier->waiters);
    return ASYNC_OK;
}

/* The task goes on; if it was the last one inside, the barrier opens. */
static void async_barrier_leave_(async_barrier_t *barrier, int16_t place)
{
    if (place == ASYNC_BARRIER_OUTSIDE_) {
        return;
    }
    barrier->index = place;
    if (--barrier->count == 0) {
        if (barrier->state >= ASYNC_BARRIER_DRAINING_) {
            barrier->state = ASYNC_BARRIER_FILLING_;
        }
        (void)async_wake_all(&barrier->waiters);
    }
}

static int async_barrier_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_barrier_t *barrier = async_container_of(async_op_waiters(task),
                                                  async_barrier_t, waiters);
    int16_t place = task->future.context.status;
    int status = async_op_status(task);
    if (status != 0) { /* as a condition does, with the same order as result */
        (void)async_wake_one(&barrier->waiters);
    } else if (place == ASYNC_BARRIER_OUTSIDE_) {
        status = async_barrier_enter_(barrier, &place);
    } else if (barrier->state == ASYNC_BARRIER_FILLING_) {
        status = ASYNC_PENDING;
    } else if (barrier->state != ASYNC_BARRIER_DRAINING_) {
        status = ASYNC_ERR_BROKEN_BARRIER;
    }
    if (status == ASYNC_PENDING) {
        status = async_op_again(task, &barrier->waiters, async_barrier_end_);
        task->future.context.status = place;
        return status;
    }
    async_barrier_leave_(barrier, place);
    return async_op_end(task, status);
}

int async_barrier_init(async_barrier_t *barrier, int parties)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    if (parties < 1 || parties > INT16_MAX) {
        return ASYNC_ERR_VALUE;
    }
    barrier->waiters.first = NULL;
    barrier->parties = (int16_t)parties;
    barrier->count = 0;
    barrier->index = 0;
    barrier->state = ASYNC_BARRIER_FILLING_;
    return ASYNC_OK;
}

async_op_t async_barrier_wait(async_barrier_t *barrier)
{
    int16_t place;
    int status;
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(barrier->parties > 0, NOT_CALLED);
    status = async_barrier_enter_(barrier, &place);
    if (status == ASYNC_PENDING) {
        async_caller_()->future.context.status = place;
        return async_op_wait(&barrier->waiters, async_barrier_end_);
    }
    async_barrier_leave_(barrier, place);
    return async_op_done(status);
}

int async_barrier_index(const async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    return barrier->index;
}

void async_barrier_reset(async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    barrier->state = barrier->count > 0 ? ASYNC_BARRIER_RESETTING_
                                        : ASYNC_BARRIER_FILLING_;
    (void)async_wake_all(&barrier->waiters);
}

void async_barrier_abort(async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    barrier->state = ASYNC_BARRIER_BROKEN_;
    (void)async_wake_all(&barrier->waiters);
}

int async_barrier_n_waiting(const async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    return barrier->state == ASYNC_BARRIER_FILLING_ ? barrier->count : 0;
}

int async_barrier_parties(const async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    return barrier->parties;
}

bool async_barrier_broken(const async_barrier_t *barrier)
{
    ASYNC_CHECK(barrier != NULL, NULL_ARGUMENT);
    return barrier->state == ASYNC_BARRIER_BROKEN_;
}

ASYNC_DEF_EXTERN(async_wait_barrier)
{
    ASYNC_BEGIN;
    AWAIT(async_barrier_wait(self->barrier));
    self->index = async_barrier_index(self->barrier);
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
