/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of executor.h. `busy` is cleared by whoever touches the job last: the
 * callback that delivers it, or the worker if there is nothing to deliver. */
#ifndef ASYNC_DETAIL_EXECUTOR_IMPL_H_INCLUDED
#define ASYNC_DETAIL_EXECUTOR_IMPL_H_INCLUDED

#include "ready.h"

#include "../executor.h"
#include "../operation.h"

ASYNC_EXTERN_C_BEGIN

static int async_job_deliver_(async_handle_t *handle)
{
    async_job_t *job = async_container_of(handle, async_job_t, post.handle);
    async_future_t *future = &job->hooked.future;
    ASYNC_STORE_(&job->busy, false);
    if (!async_future_done(future)) {
        async_future_finish_(future, job->status, job->arg);
    }
    return ASYNC_OK;
}

static int async_job_cancel_(async_future_t *future)
{
    async_job_t *job = (async_job_t *)(void *)future;
    ASYNC_STORE_(&job->dropped, true);
    async_future_finish_(future, ASYNC_ERR_CANCELLED, NULL);
    return 1;
}

async_future_t *async_run_in_executor(async_executor_t *executor,
                                      async_job_t *job, int (*fn)(void *arg),
                                      void *arg)
{
    async_future_t *future;
    int status;
    ASYNC_CHECK(executor != NULL && job != NULL, NULL_ARGUMENT);
    ASYNC_CHECK(fn != NULL, NO_FUNCTION);
    if (async_running_ == NULL || async_job_busy(job)) {
        return NULL;
    }
    future = &job->hooked.future;
    async_future_init(future, async_running_);
    future->context.flags = ASYNC_F_HOOKED_;
    job->hooked.cancel = async_job_cancel_;
    async_post_init(&job->post, async_job_deliver_);
    job->fn = fn;
    job->arg = arg;
    job->status = 0;
    job->dropped = false;
    job->busy = true;
    status = executor->submit(executor, job);
    if (status != 0) {
        job->busy = false;
        async_future_finish_(future, async_error_(status), NULL);
    }
    return future;
}

bool async_job_busy(const async_job_t *job)
{
    ASYNC_CHECK(job != NULL, NULL_ARGUMENT);
    return ASYNC_LOAD_(&job->busy);
}

void async_job_run(async_job_t *job)
{
    ASYNC_CHECK(job != NULL, NULL_ARGUMENT);
    if (!ASYNC_LOAD_(&job->dropped)) {
        int status = job->fn(job->arg);
        job->status = status == 0 ? (int16_t)0 : async_error_(status);
    }
    if (ASYNC_LOAD_(&job->dropped) ||
        async_post(job->hooked.future.loop, &job->post) != 0) {
        ASYNC_STORE_(&job->busy, false);
    }
}

/* -- Worker ---------------------------------------------------------------- */

static int async_worker_submit_(async_executor_t *executor, async_job_t *job)
{
    async_worker_t *worker = (async_worker_t *)(void *)executor;
    (void)async_push_(&worker->submitted, &job->post.handle);
    if (worker->on_work != NULL) {
        worker->on_work(worker);
    }
    return ASYNC_OK;
}

void async_worker_init(async_worker_t *worker,
                       void (*on_work)(async_worker_t *worker))
{
    ASYNC_CHECK(worker != NULL, NULL_ARGUMENT);
    worker->executor.submit = async_worker_submit_;
    worker->submitted = NULL;
    worker->taken = NULL;
    worker->on_work = on_work;
}

bool async_worker_has_work(const async_worker_t *worker)
{
    ASYNC_CHECK(worker != NULL, NULL_ARGUMENT);
    return worker->taken != NULL || ASYNC_LOAD_(&worker->submitted) != NULL;
}

bool async_worker_run_one(async_worker_t *worker)
{
    async_node_t *node;
    ASYNC_CHECK(worker != NULL, NULL_ARGUMENT);
    if (worker->taken == NULL) { /* takes all, and turns them round */
        node = (async_node_t *)ASYNC_EXCHANGE_(&worker->submitted,
                                               (async_handle_t *)NULL);
        while (node != NULL) {
            async_node_t *older = node->next;
            node->next = worker->taken;
            worker->taken = node;
            node = older;
        }
    }
    node = worker->taken;
    if (node == NULL) {
        return false;
    }
    worker->taken = node->next;
    node->next = NULL;
    async_job_run(async_container_of(node, async_job_t, post.handle.node));
    return true;
}

ASYNC_DEF_EXTERN(async_to_thread)
{
    ASYNC_BEGIN;
    AWAIT(async_run_in_executor(self->executor, &self->job, self->fn,
                                self->arg));
    ASYNC_END;
}

ASYNC_EXTERN_C_END

#endif
