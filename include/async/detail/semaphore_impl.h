/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of semaphore.h. */
#ifndef ASYNC_DETAIL_SEMAPHORE_IMPL_H_INCLUDED
#define ASYNC_DETAIL_SEMAPHORE_IMPL_H_INCLUDED

#include "../semaphore.h"

ASYNC_EXTERN_C_BEGIN

/* Hands a unit to the first waiter, if there are both. */
static bool async_semaphore_wake_(async_semaphore_t *semaphore)
{
    if (semaphore->value == 0 || !async_wake_one(&semaphore->waiters)) {
        return false;
    }
    semaphore->value--;
    semaphore->woken++;
    return true;
}

static int async_semaphore_end_(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    async_semaphore_t *semaphore = async_container_of(
        async_op_waiters(task), async_semaphore_t, waiters);
    int status = async_op_status(task);
    if (async_op_woken(task)) {
        semaphore->woken--;
        if (status != 0) {
            semaphore->value++;
        }
    }
    /* Some may have begun to wait only because others did. */
    while (async_semaphore_wake_(semaphore)) {
    }
    return async_op_end(task, status);
}

static int async_semaphore_make_(async_semaphore_t *semaphore, int value,
                                 unsigned limit)
{
    ASYNC_CHECK(semaphore != NULL, NULL_ARGUMENT);
    if (value < 0) {
        return ASYNC_ERR_VALUE;
    }
    semaphore->waiters.first = NULL;
    semaphore->value = (unsigned)value;
    semaphore->woken = 0;
    semaphore->limit = limit;
    return ASYNC_OK;
}

int async_semaphore_init(async_semaphore_t *semaphore, int value)
{
    return async_semaphore_make_(semaphore, value, ~0u);
}

int async_bounded_semaphore_init(async_semaphore_t *semaphore, int value)
{
    return async_semaphore_make_(semaphore, value, (unsigned)value);
}

async_op_t async_semaphore_acquire(async_semaphore_t *semaphore)
{
    if (async_semaphore_locked(semaphore)) {
        return async_op_wait(&semaphore->waiters, async_semaphore_end_);
    }
    semaphore->value--;
    return async_op_done(ASYNC_OK);
}

int async_semaphore_release(async_semaphore_t *semaphore)
{
    ASYNC_CHECK(semaphore != NULL, NULL_ARGUMENT);
    if (semaphore->value >= semaphore->limit) {
        return ASYNC_ERR_VALUE;
    }
    semaphore->value++;
    (void)async_semaphore_wake_(semaphore);
    return ASYNC_OK;
}

bool async_semaphore_locked(const async_semaphore_t *semaphore)
{
    ASYNC_CHECK(semaphore != NULL, NULL_ARGUMENT);
    return semaphore->value == 0 || semaphore->woken != 0 ||
           semaphore->waiters.first != NULL;
}

ASYNC_DEF_EXTERN(async_acquire_semaphore)
{
    ASYNC_BEGIN;
    AWAIT(async_semaphore_acquire(self->semaphore));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
