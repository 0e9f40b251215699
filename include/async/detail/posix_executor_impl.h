/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/posix_executor.h. */
#ifndef ASYNC_DETAIL_POSIX_EXECUTOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_POSIX_EXECUTOR_IMPL_H_INCLUDED

#include "../operation.h"
#include "../port/posix_executor.h"

ASYNC_EXTERN_C_BEGIN

/* Waits for a job; 0 when there will be none any more. */
static async_job_t *async_posix_executor_take_(async_posix_executor_t *executor)
{
    async_node_t *node;
    (void)pthread_mutex_lock(&executor->mutex);
    while (executor->first == NULL && !executor->closing) {
        (void)pthread_cond_wait(&executor->work, &executor->mutex);
    }
    node = executor->first;
    if (node != NULL) {
        executor->first = node->next;
        if (node->next == NULL) {
            executor->last = &executor->first;
        }
        node->next = NULL;
    }
    (void)pthread_mutex_unlock(&executor->mutex);
    return node != NULL
               ? async_container_of(node, async_job_t, post.handle.node)
               : NULL;
}

static void *async_posix_executor_thread_(void *argument)
{
    async_job_t *job;
    while ((job = async_posix_executor_take_(
                (async_posix_executor_t *)argument)) != NULL) {
        async_job_run(job);
    }
    return NULL;
}

static int async_posix_executor_submit_(async_executor_t *base,
                                        async_job_t *job)
{
    async_posix_executor_t *executor = (async_posix_executor_t *)(void *)base;
    async_node_t *node = &job->post.handle.node;
    bool closed;
    (void)pthread_mutex_lock(&executor->mutex);
    closed = executor->closing;
    if (!closed) {
        node->next = NULL;
        *executor->last = node;
        executor->last = &node->next;
        (void)pthread_cond_signal(&executor->work);
    }
    (void)pthread_mutex_unlock(&executor->mutex);
    return closed ? ASYNC_ERR_CLOSED : ASYNC_OK;
}

void async_posix_executor_close(async_posix_executor_t *executor)
{
    ASYNC_CHECK(executor != NULL, NULL_ARGUMENT);
    (void)pthread_mutex_lock(&executor->mutex);
    executor->closing = true;
    (void)pthread_cond_broadcast(&executor->work);
    (void)pthread_mutex_unlock(&executor->mutex);
    while (executor->count > 0) {
        (void)pthread_join(executor->threads[--executor->count], NULL);
    }
}

/* The mutex and the condition are never destroyed: a late submit still has to
 * look, and neither holds anything on the systems we know. */
int async_posix_executor_init(async_posix_executor_t *executor,
                              pthread_t *threads, unsigned count)
{
    ASYNC_CHECK(executor != NULL && threads != NULL, NULL_ARGUMENT);
    executor->executor.submit = async_posix_executor_submit_;
    executor->first = NULL;
    executor->last = &executor->first;
    executor->closing = false;
    executor->threads = threads;
    executor->count = 0;
    if (count == 0) {
        return ASYNC_ERR_VALUE;
    }
    if (pthread_mutex_init(&executor->mutex, NULL) != 0 ||
        pthread_cond_init(&executor->work, NULL) != 0) {
        return ASYNC_ERR_OS;
    }
    while (executor->count < count) {
        if (pthread_create(&threads[executor->count], NULL,
                           async_posix_executor_thread_, executor) != 0) {
            async_posix_executor_close(executor);
            return ASYNC_ERR_OS;
        }
        executor->count++;
    }
    return ASYNC_OK;
}

ASYNC_EXTERN_C_END

#endif
