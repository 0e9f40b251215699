/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The part of the tour in which tasks have to do with each other. */
struct part {
    ASYNC_FRAME;
    int32_t ms;
};

ASYNC_DEF(part)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(self->ms));
    ASYNC_END;
}

static bool less(const void *a, const void *b)
{
    return *(const int *)a < *(const int *)b;
}

struct together {
    ASYNC_FRAME;
    struct part a, b;
    async_task_t task;
    ASYNC_GATHER(2) all;
    ASYNC_GATHER_FUTURES(1) futures;
    ASYNC_WAIT(2) wait;
    ASYNC_AS_COMPLETED(2) each;
    ASYNC_AS_COMPLETED_FUTURES(1) tasks;
    async_timeout_t limit;
    async_taskgroup_t group;
    async_child_t child;
    async_lock_t lock;
    async_condition_t condition;
    ASYNC_QUEUE(int, 2) queue;
    ASYNC_PRIORITY_QUEUE(int, 2) smallest;
    struct async_queue_put put;
    struct async_queue_get get;
    ASYNC_CHANNEL(uint8_t, 4) bytes;
    uint8_t byte;
    int item, error;
};

ASYNC_DEF(together)
{
    ASYNC_BEGIN;
    AWAIT(async_gather(&self->all, ASYNC_CALL(part, &self->a, .ms = 1),
                       ASYNC_CALL(part, &self->b, .ms = 2)));
    note(50 + async_gather_status(&self->all, 1));
    note(51 + async_create_task(&self->task,
                                ASYNC_CALL(part, &self->a, .ms = 2)));
    AWAIT(async_gather(&self->futures, &self->task));
    AWAIT(async_wait(&self->wait, ASYNC_ALL_COMPLETED, &self->task));
    note(async_wait_done(&self->wait, 0) ? 52 : 0);
    note(53 + async_as_completed_ticks(&self->each, ASYNC_FOREVER,
                                       ASYNC_CALL(part, &self->b, .ms = 1)));
    AWAIT(async_as_completed_next(&self->each));
    note(54 + async_as_completed(&self->tasks, &self->task));
    ASYNC_FOR(async_as_completed_next(&self->tasks)) {
        note(55);
    } ASYNC_END_FOR;

    ASYNC_TRY {
        ASYNC_TIMEOUT_MS(&self->limit, 2) {
            AWAIT(async_sleep_ms(9));
        } ASYNC_END_TIMEOUT;
    } ASYNC_EXCEPT(self->error) {
        note(self->error == ASYNC_ERR_TIMEOUT ? 56 : 0);
    } ASYNC_END_EXCEPT;
    ASYNC_TIMEOUT_TICKS(&self->limit, ASYNC_FOREVER) {
        note(57);
    } ASYNC_END_TIMEOUT;
    ASYNC_TIMEOUT_AT(&self->limit,
                     async_loop_time(async_get_running_loop()) + 5) {
        note(58);
    } ASYNC_END_TIMEOUT;
    ASYNC_GROUP(&self->group) {
        note(59 + async_taskgroup_create_task(
                      &self->group, &self->child,
                      ASYNC_CALL(part, &self->a, .ms = 1)));
    } ASYNC_END_GROUP;

    self->item = 60;
    async_condition_init(&self->condition, &self->lock);
    ASYNC_WITH(&self->condition) {
        ASYNC_CONDITION_WAIT_FOR(&self->condition, self->item == 60);
    } ASYNC_END_WITH;
    async_queue_init(&self->queue);
    ASYNC_PUT(&self->queue, self->item);
    AWAIT(ASYNC_CALL_PUT(&self->put, &self->queue, &self->item));
    ASYNC_GET(&self->queue, self->item);
    AWAIT(ASYNC_CALL_GET(&self->get, &self->queue, &self->item));
    note(self->item);
    async_queue_init_priority(&self->smallest, less);
    ASYNC_PUT(&self->smallest, 62);
    ASYNC_PUT(&self->smallest, 61);
    ASYNC_GET(&self->smallest, self->item);
    note(self->item);
    async_channel_init(&self->bytes, async_get_running_loop(),
                       ASYNC_CHANNEL_KEEP_OLDEST);
    (void)async_channel_put(&self->bytes, 62);
    ASYNC_RECEIVE(&self->bytes, self->byte);
    note(self->byte);
    ASYNC_END;
}
