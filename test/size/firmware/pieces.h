/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* One piece of the library each, as a program uses it: SIZE_PIECE is the name
 * that test/size/run gives. Included by app.c, whose main task awaits it. */
#define PIECE_lock 1
#define PIECE_event 2
#define PIECE_semaphore 3
#define PIECE_bounded 4
#define PIECE_condition 5
#define PIECE_barrier 6
#define PIECE_queue 7
#define PIECE_priority 8
#define PIECE_flag 9
#define PIECE_channel 10
#define PIECE_gather 11
#define PIECE_wait 12
#define PIECE_as_completed 13
#define PIECE_shield 14
#define PIECE_timeout 15
#define PIECE_wait_for 16
#define PIECE_group 17
#define PIECE_agenerator 18
#define PIECE_generator 19
#define PIECE_pool 20
#define PIECE_executor 21
#define PIECE_PASTE(name) PIECE_##name
#define PIECE_IS(name) (PIECE_PASTE(name) == SIZE_PIECE)

extern async_task_t piece_a, piece_b; /* not every piece needs them */
async_task_t piece_a, piece_b;

#if PIECE_IS(agenerator)
struct piece_items {
    ASYNC_AGENERATOR(int);
    int i;
};
ASYNC_DEF(piece_items)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        AWAIT(async_pause());
        ASYNC_YIELD(self->i);
    }
    ASYNC_END;
}
#elif PIECE_IS(generator)
struct piece_items {
    ASYNC_GENERATOR(int);
    int i;
};
ASYNC_DEF(piece_items)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_YIELD(self->i);
    }
    ASYNC_END;
}
#elif PIECE_IS(priority)
static bool piece_less(const void *a, const void *b)
{
    return *(const int *)a < *(const int *)b;
}
#elif PIECE_IS(executor)
static int piece_work(void *argument)
{
    return *(int *)argument;
}
#endif

struct app_piece {
    ASYNC_FRAME;
    int status, item;
    struct app_child child;
#if PIECE_IS(lock)
    async_lock_t object;
#elif PIECE_IS(event)
    async_event_t object;
#elif PIECE_IS(semaphore) || PIECE_IS(bounded)
    async_semaphore_t object;
#elif PIECE_IS(condition)
    async_lock_t lock;
    async_condition_t object;
#elif PIECE_IS(barrier)
    async_barrier_t object;
#elif PIECE_IS(queue)
    ASYNC_QUEUE(int, 4) object;
#elif PIECE_IS(priority)
    ASYNC_PRIORITY_QUEUE(int, 4) object;
#elif PIECE_IS(flag)
    async_flag_t object;
#elif PIECE_IS(channel)
    ASYNC_CHANNEL(uint8_t, 8) object;
    uint8_t byte;
#elif PIECE_IS(gather)
    ASYNC_GATHER(2) object;
#elif PIECE_IS(wait)
    ASYNC_WAIT(2) object;
#elif PIECE_IS(as_completed)
    ASYNC_AS_COMPLETED(2) object;
#elif PIECE_IS(shield)
    async_shield_t object;
#elif PIECE_IS(timeout)
    async_timeout_t object;
#elif PIECE_IS(wait_for)
    async_wait_for_t object;
#elif PIECE_IS(group)
    async_taskgroup_t object;
    async_child_t piece;
#elif PIECE_IS(agenerator) || PIECE_IS(generator)
    struct piece_items object;
#elif PIECE_IS(pool)
    async_pool_t object;
#elif PIECE_IS(executor)
    async_worker_t object;
    async_job_t job;
#endif
};

ASYNC_DEF(app_piece)
{
#if PIECE_IS(pool)
    static ASYNC_POOL_STORAGE(blocks, sizeof(struct app_child), 2);
#endif
    ASYNC_BEGIN;
#if PIECE_IS(lock)
    async_lock_init(&self->object);
    ASYNC_WITH(&self->object) {
        AWAIT(async_pause());
    } ASYNC_END_WITH;
#elif PIECE_IS(event)
    async_event_init(&self->object);
    AWAIT(async_event_wait(&self->object));
    async_event_set(&self->object);
    async_event_clear(&self->object);
#elif PIECE_IS(semaphore)
    (void)async_semaphore_init(&self->object, 2);
    ASYNC_WITH(&self->object) {
        AWAIT(async_pause());
    } ASYNC_END_WITH;
#elif PIECE_IS(bounded)
    (void)async_bounded_semaphore_init(&self->object, 2);
    ASYNC_WITH(&self->object) {
        AWAIT(async_pause());
    } ASYNC_END_WITH;
#elif PIECE_IS(condition)
    async_condition_init(&self->object, &self->lock);
    ASYNC_WITH(&self->object) {
        ASYNC_CONDITION_WAIT_FOR(&self->object, self->item > 0);
        (void)async_condition_notify(&self->object, 1);
    } ASYNC_END_WITH;
#elif PIECE_IS(barrier)
    (void)async_barrier_init(&self->object, 2);
    AWAIT(async_barrier_wait(&self->object));
    self->item = async_barrier_index(&self->object);
    async_barrier_reset(&self->object);
    async_barrier_abort(&self->object);
#elif PIECE_IS(queue)
    async_queue_init(&self->object);
    ASYNC_PUT(&self->object, self->item);
    ASYNC_GET(&self->object, self->item);
#elif PIECE_IS(priority)
    async_queue_init_priority(&self->object, piece_less);
    ASYNC_PUT(&self->object, self->item);
    ASYNC_GET(&self->object, self->item);
#elif PIECE_IS(flag)
    async_flag_init(&self->object, &app_loop);
    AWAIT(async_flag_wait(&self->object));
    (void)async_flag_set(&self->object);
#elif PIECE_IS(channel)
    async_channel_init(&self->object, &app_loop, ASYNC_CHANNEL_KEEP_OLDEST);
    ASYNC_RECEIVE(&self->object, self->byte);
    (void)async_channel_put(&self->object, self->byte);
#elif PIECE_IS(gather)
    AWAIT(async_gather(&self->object, ASYNC_CALL(app_child, &self->child, .ms = 2),
                       &piece_b));
#elif PIECE_IS(wait)
    AWAIT(async_wait_ms(&self->object, ASYNC_FIRST_COMPLETED, 5, &piece_a,
                        &piece_b));
    self->item = async_wait_done(&self->object, 0);
#elif PIECE_IS(as_completed)
    self->status = async_as_completed_ms(&self->object, 5, &piece_a, &piece_b);
    while (async_as_completed_left(&self->object) > 0) {
        AWAIT(async_as_completed_next(&self->object));
    }
#elif PIECE_IS(shield)
    AWAIT(async_shield(&self->object, &piece_a));
#elif PIECE_IS(timeout)
    ASYNC_TIMEOUT_MS(&self->object, 5) {
        AWAIT(async_pause());
    } ASYNC_END_TIMEOUT;
#elif PIECE_IS(wait_for)
    AWAIT(async_wait_for_ms(&self->object,
                            ASYNC_CALL(app_child, &self->child, .ms = 2), 5));
#elif PIECE_IS(group)
    ASYNC_GROUP(&self->object) {
        self->status = async_taskgroup_create_task(
            &self->object, &self->piece,
            ASYNC_CALL(app_child, &self->child, .ms = 2));
    } ASYNC_END_GROUP;
#elif PIECE_IS(agenerator)
    async_agenerator_init(ASYNC_CALL(piece_items, &self->object));
    ASYNC_FOR(async_anext(&self->object)) {
        self->item = self->object.value;
    } ASYNC_END_FOR;
    AWAIT(async_aclose(&self->object));
#elif PIECE_IS(generator)
    async_generator_init(ASYNC_CALL(piece_items, &self->object));
    self->status = async_next(&self->object, &self->item);
    self->status = async_close(&self->object);
#elif PIECE_IS(pool)
    async_pool_init(&self->object, blocks);
    self->status = ASYNC_SPAWN(app_child, &self->object, .ms = 2);
#elif PIECE_IS(executor)
    async_worker_init(&self->object, NULL);
    AWAIT(async_run_in_executor(&self->object.executor, &self->job, piece_work,
                                &self->item));
    (void)async_worker_run_one(&self->object);
#endif
    ASYNC_END;
}
