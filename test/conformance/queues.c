/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Queues, and work for the executor. */
#include "ops.h"

/* More elements than the lines of a trace let a program put. */
enum { UNBOUNDED = 2000 };

struct queue {
    ASYNC_PRIORITY_QUEUE(long, UNBOUNDED) items; /* fits every order */
    bool bounded;
};

static struct queue *queue_slot(const struct step *step)
{
    return adl.slots.queues[step_arg(step, 0)->number];
}

static bool less(const void *a, const void *b)
{
    return *(const long *)a < *(const long *)b;
}

static int declare_queue(struct step *step)
{
    struct queue *queue = NEW(struct queue);
    long size = step_arg(step, 2)->number;
    switch (step_arg(step, 1)->number) {
    case 0:
        async_queue_init(&queue->items);
        break;
    case 1:
        async_queue_init_lifo(&queue->items);
        break;
    default:
        async_queue_init_priority(&queue->items, less);
        break;
    }
    queue->bounded = size > 0;
    if (queue->bounded) { /* sizes differ in one type: so reach in */
        if (size > UNBOUNDED) {
            fail("declaration", step->stmt->line, "too large:",
                 step->stmt->text);
        }
        queue->items.queue.capacity = (uint16_t)size;
        queue->items.queue.sides[1].left = (uint16_t)size;
    }
    adl.slots.queues[step_arg(step, 0)->number] = queue;
    return 0;
}

static int start_put(struct step *step)
{
    struct queue *queue = queue_slot(step);
    if (queue == NULL) {
        return step_skip(step);
    }
    step->machine->wait.kind = WAIT_OPERATION;
    step->machine->wait.operation = async_queue_wait_put(&queue->items);
    return 0;
}

static int finish_put(struct step *step)
{
    int status = step->machine->wait.status;
    return status != 0 ? status
                       : async_queue_put_nowait(&queue_slot(step)->items,
                                                step_arg(step, 1)->number);
}

static int start_get(struct step *step)
{
    struct queue *queue = queue_slot(step);
    if (queue == NULL) {
        return step_skip(step);
    }
    step->machine->wait.kind = WAIT_OPERATION;
    step->machine->wait.operation = async_queue_wait_get(&queue->items);
    return 0;
}

static int get_now(struct step *step)
{
    long item = 0;
    int status = async_queue_get_nowait(&queue_slot(step)->items, &item);
    step->result = result_value(value_int(item));
    return status;
}

static int finish_get(struct step *step)
{
    int status = step->machine->wait.status;
    return status != 0 ? status : get_now(step);
}

static int start_join(struct step *step)
{
    struct queue *queue = queue_slot(step);
    if (queue == NULL) {
        return step_skip(step);
    }
    step->machine->wait.kind = WAIT_OPERATION;
    step->machine->wait.operation = async_queue_join(&queue->items);
    return 0;
}

static int finish_ok(struct step *step)
{
    return step->machine->wait.status;
}

static int start_putnw(struct step *step)
{
    struct queue *queue = queue_slot(step);
    return queue != NULL ? async_queue_put_nowait(&queue->items,
                                                  step_arg(step, 1)->number)
                         : step_skip(step);
}

static int start_getnw(struct step *step)
{
    return queue_slot(step) != NULL ? get_now(step) : step_skip(step);
}

static int start_taskdone(struct step *step)
{
    struct queue *queue = queue_slot(step);
    return queue != NULL ? async_queue_task_done(&queue->items)
                         : step_skip(step);
}

static int start_qsize(struct step *step)
{
    struct queue *queue = queue_slot(step);
    if (queue == NULL) {
        return step_skip(step);
    }
    step->result = result_format(
        "=%u,%s,%s", async_queue_size(&queue->items),
        async_queue_empty(&queue->items) ? "True" : "False",
        queue->bounded && async_queue_full(&queue->items) ? "True" : "False");
    return 0;
}

static int start_qshutdown(struct step *step)
{
    struct queue *queue = queue_slot(step);
    if (queue == NULL) {
        return step_skip(step);
    }
    async_queue_shutdown(&queue->items, step_arg(step, 1)->number != 0);
    return 0;
}

/* -- Executor -------------------------------------------------------------- */

/* A worker for each job, so that they all run at once. */
struct work {
    async_sim_executor_t executor;
    async_job_t job;
    int status;
};

static int run_work(void *arg)
{
    return ((const struct work *)arg)->status;
}

static int start_work(struct step *step, int status)
{
    struct work *work = NEW(struct work);
    work->status = status;
    async_sim_executor_init(&work->executor, &adl.sim,
                            (async_tick_t)step_arg(step, 0)->number);
    step->machine->wait.kind = WAIT_FUTURE;
    step->machine->wait.future = async_run_in_executor(
        &work->executor.worker.executor, &work->job, run_work, work);
    return 0;
}

static int start_exec(struct step *step)
{
    return start_work(step, 0);
}

static int start_execexc(struct step *step)
{
    return start_work(step, (int)step_arg(step, 1)->number);
}

static int finish_exec(struct step *step)
{
    step->result = result_value(value_int(step_arg(step, 1)->number));
    return step->machine->wait.status;
}

const struct op queue_ops[] = {
    {"queue", "Qkn", IN_DECL, declare_queue, NULL, NULL},
    {"put", "Qn", IN_ASYNC, start_put, finish_put, NULL},
    {"get", "Q", IN_ASYNC, start_get, finish_get, NULL},
    {"join", "Q", IN_ASYNC, start_join, finish_ok, NULL},
    {"putnw", "Qn", IN_ALL, start_putnw, NULL, NULL},
    {"getnw", "Q", IN_ALL, start_getnw, NULL, NULL},
    {"taskdone", "Q", IN_ALL, start_taskdone, NULL, NULL},
    {"qsize", "Q", IN_ALL, start_qsize, NULL, NULL},
    {"qshutdown", "Qn", IN_ALL, start_qshutdown, NULL, NULL},
    {"exec", "nn", IN_ASYNC, start_exec, finish_exec, NULL},
    {"execexc", "ne", IN_ASYNC, start_execexc, finish_exec, NULL},
    {NULL, NULL, 0, NULL, NULL, NULL}};
