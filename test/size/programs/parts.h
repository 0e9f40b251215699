/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* One part of the core each, as a program uses it, in the way of
 * ../firmware/pieces.h: SIZE_PART is the name. Included by tasks.c. */
#define PART_child 1
#define PART_cancel 2
#define PART_future 3
#define PART_callbacks 4
#define PART_post 5
#define PART_operation 6
#define PART_ticker 7
#define PART_eager 8
#define PART_except 9
#define PART_PASTE(name) PART_##name
#define PART_IS(name) (PART_PASTE(name) == SIZE_PART)

#if PART_IS(future)
static async_future_t part_future;
#elif PART_IS(callbacks)
static async_handle_t part_soon;
static async_timer_t part_later;
static int part_run(async_handle_t *handle)
{
    (void)handle;
    return 0;
}
#elif PART_IS(post)
static async_post_t part_post;
static int part_run(async_handle_t *handle)
{
    (void)handle;
    board_led(0, false);
    return 0;
}
/* Any interrupt; the linker is told to keep it. */
void part_interrupt(void);
__attribute__((used)) void part_interrupt(void)
{
    (void)async_post(&app_loop, &part_post);
}
#elif PART_IS(operation)
static async_waiters_t part_waiters;
static int part_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    return async_op_end(task, async_op_woken(task) ? async_op_status(task)
                                                   : ASYNC_ERR_USER);
}
static async_op_t part_wait(void)
{
    if (async_wake_one(&part_waiters)) {
        return async_op_done(async_wake_all(&part_waiters) ? 0
                                                           : ASYNC_ERR_USER);
    }
    return async_op_wait(&part_waiters, part_end);
}
#endif

struct app_piece {
    ASYNC_FRAME;
    struct app_child child;
    int error;
#if PART_IS(cancel) || PART_IS(eager)
    async_task_t task;
#elif PART_IS(ticker)
    async_ticker_t ticker;
#endif
};

ASYNC_DEF(app_piece)
{
    ASYNC_BEGIN;
#if PART_IS(child)
    AWAIT(ASYNC_CALL(app_child, &self->child, .ms = 3));
#elif PART_IS(cancel)
    (void)async_create_task(&self->task,
                            ASYNC_CALL(app_child, &self->child, .ms = 3));
    (void)async_task_cancel(&self->task);
    AWAIT_STATUS(self->error, &self->task);
#elif PART_IS(future)
    async_future_init(&part_future, &app_loop);
    (void)async_future_set_result(&part_future, &self->child);
    AWAIT_STATUS(self->error, &part_future);
#elif PART_IS(callbacks)
    (void)async_call_soon(&app_loop, &part_soon, part_run);
    (void)async_call_later(&app_loop, &part_later, 5, part_run);
    (void)async_handle_cancel(&app_loop, &part_soon);
    (void)async_timer_cancel(&app_loop, &part_later);
#elif PART_IS(post)
    async_post_init(&part_post, part_run);
#elif PART_IS(operation)
    AWAIT(part_wait());
#elif PART_IS(ticker)
    (void)async_ticker_init_ms(&self->ticker, &app_loop, 100);
    AWAIT(async_ticker_wait(&self->ticker));
#elif PART_IS(eager)
    (void)async_create_eager_task(&self->task,
                                  ASYNC_CALL(app_child, &self->child, .ms = 3));
#elif PART_IS(except)
    ASYNC_TRY {
        AWAIT(ASYNC_CALL(app_child, &self->child, .ms = 3));
    } ASYNC_EXCEPT(self->error) {
        board_led(0, false);
    } ASYNC_END_EXCEPT;
#endif
    ASYNC_END;
}
