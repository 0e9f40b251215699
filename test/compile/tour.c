/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Every keyword of the library once, in the forms that users' files have. It
 * must compile in silence on every compiler, with every option; on a host it
 * runs too and compares what happened with what Python would do.
 *
 * tour.py checks that no keyword is left out. */
#include <async.h>

#include "tour.h"

static unsigned char trace[64];
static unsigned traced;

static void note(int what)
{
    if (traced < sizeof trace) {
        trace[traced++] = (unsigned char)what;
    }
}

/* -- Without a loop: errors and generators -------------------------------- */

struct fails {
    ASYNC_FRAME;
    int error;
};
ASYNC_DEF(fails)
{
    ASYNC_BEGIN;
    if (self->error == 0) {
        ASYNC_RETURN;
    }
    ASYNC_RAISE(self->error);
    ASYNC_END;
}

struct handlers {
    ASYNC_FRAME;
    struct fails child;
    int error, i;
    int16_t slot;
};
ASYNC_DECLARE_STATIC(handlers);

struct letters {
    ASYNC_GENERATOR(int);
    int i;
};
ASYNC_DEF(letters)
{
    ASYNC_BEGIN;
    for (self->i = 0; self->i < 3; self->i++) {
        ASYNC_YIELD(10 + self->i);
        if (self->sent != 0) {
            note(self->sent);
        }
    }
    ASYNC_END;
}

struct outer {
    ASYNC_GENERATOR(int);
    struct letters inner;
    int error;
};
ASYNC_DEF(outer)
{
    ASYNC_BEGIN;
    ASYNC_YIELD_FROM(ASYNC_CALL(letters, &self->inner));
    ASYNC_TRY {
        ASYNC_YIELD(13);
    } ASYNC_EXCEPT_WHEN(self->error, self->error == ASYNC_ERR_USER) {
        ASYNC_YIELD(14);
    } ASYNC_END_EXCEPT;
    ASYNC_YIELD(15);
    ASYNC_END;
}

ASYNC_DEF(handlers)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        AWAIT(ASYNC_CALL(fails, &self->child, .error = ASYNC_ERR_VALUE));
    } ASYNC_EXCEPT(self->error) {
        note(1);
        AWAIT(async_pause());
    } ASYNC_END_EXCEPT;
    ASYNC_TRY {
        ASYNC_TRY {
            self->child.error = ASYNC_ERR_USER - 1;
            AWAIT(ASYNC_CALL_HEADER(fails, &self->child));
        } ASYNC_FINALLY {
            ASYNC_TRY {
                AWAIT(async_pause());
            } ASYNC_FINALLY_IN(self->slot) {
                note(2);
            } ASYNC_END_FINALLY_IN(self->slot);
            AWAIT(async_pause());
        } ASYNC_END_FINALLY;
    } ASYNC_EXCEPT_ALL(self->error) {
        note(3);
    } ASYNC_END_EXCEPT;
    ASYNC_AWAIT_STATUS(self->error,
                       ASYNC_CALL(fails, &self->child, .error = 0));
    AWAIT_STATUS(self->error, ASYNC_CALL(fails, &self->child, .error = -1));
    AWAIT(async_pause()); AWAIT(async_pause()); /* two on one line */
    for (self->i = 0; self->i < 3; self->i++) {
        switch (self->i) { /* between awaits, not round one */
        case 0:
            continue;
        default:
            break;
        }
        ASYNC_AWAIT(async_pause());
    }
    ASYNC_WAIT_UNTIL(self->i++ == 5);
    ASYNC_RETURN;
    ASYNC_CLEANUP;
    note(self->i);
    AWAIT(async_pause());
    ASYNC_END;
}

static void without_loop(void)
{
    static struct handlers handlers;
    static struct outer outer;
    async_driver_t driver;
    int item = 0;
    (void)async_driver_init(&driver, ASYNC_CALL(handlers, &handlers));
    while (async_drive(&driver) == ASYNC_PENDING) {
    }
    async_generator_init(ASYNC_CALL(outer, &outer));
    while (async_next(&outer, &item) == 0 && item < 12) {
        note(item);
    }
    note(item);
    (void)async_send(&outer, 20, &item); /* 13 */
    (void)async_throw(&outer, ASYNC_ERR_USER, &item);
    note(item);
    (void)async_close(&outer);
    note(async_next(&outer, &item) == ASYNC_ERR_STOP_ITERATION);
}

/* -- With a loop ---------------------------------------------------------- */

struct many { /* as many arguments as a call may have */
    ASYNC_FRAME;
    uint8_t a, b, c, d, e, f, g, h, i, j, k, l;
};
ASYNC_DEF(many)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_us(self->l * 1000));
    note((self->a + self->b + self->c + self->d + self->e + self->f +
                    self->g + self->h + self->i + self->j + self->k));
    ASYNC_END;
}

static async_waiters_t byte_waiters;

static int byte_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    note(async_op_waiters(task) == &byte_waiters ? 30 : 0);
    return async_op_end(task, async_op_status(task));
}

static async_op_t byte_wait(bool ready)
{
    return ready ? async_op_done(ASYNC_OK)
                 : async_op_wait(&byte_waiters, byte_end);
}

struct ender {
    async_timer_t timer;
    ASYNC_FUTURE(int) answer;
};

static int answer(async_handle_t *handle)
{
    struct ender *ender =
        async_container_of(handle, struct ender, timer.handle);
    return async_future_set(&ender->answer, 42);
}

static int done(async_handle_t *handle)
{
    note(async_future_done(async_callback_future(handle)) ? 31 : 0);
    return (int)async_wake_all(&byte_waiters) - 1;
}

struct client {
    ASYNC_FRAME;
    int id;
};
ASYNC_DEF(client)
{
    ASYNC_BEGIN;
    AWAIT(byte_wait(true));
    AWAIT(byte_wait(false));
    note(self->id);
    ASYNC_END;
}

static ASYNC_POOL_STORAGE(blocks, sizeof(struct client), 1);
static async_pool_t pool;

/* Async generators, async for and async with. */
struct numbers {
    ASYNC_AGENERATOR(int);
    int i;
};
ASYNC_DEF(numbers)
{
    ASYNC_BEGIN;
    for (self->i = 40; self->i < 43; self->i++) {
        AWAIT(async_sleep_ms(1));
        ASYNC_YIELD(self->i);
    }
    ASYNC_END;
}

struct blocks_and_loops {
    ASYNC_FRAME;
    struct numbers numbers;
    struct fails enter, leave;
    async_lock_t lock;
    async_condition_t condition;
    async_semaphore_t semaphore;
    async_barrier_t barrier;
    int error;
    int16_t end;
};
ASYNC_DEF(blocks_and_loops)
{
    ASYNC_BEGIN;
    async_condition_init(&self->condition, &self->lock);
    (void)async_semaphore_init(&self->semaphore, 1);
    (void)async_barrier_init(&self->barrier, 1);
    async_agenerator_init(ASYNC_CALL(numbers, &self->numbers));
    ASYNC_FOR(async_anext(&self->numbers)) {
        note(self->numbers.value);
        if (self->numbers.value == 41) {
            break;
        }
    } ASYNC_ELSE {
        note(0);
    } ASYNC_END_ELSE;
    ASYNC_FOR(async_anext(&self->numbers)) {
        continue;
    } ASYNC_END_FOR;
    AWAIT_STATUS(self->error, async_asend(&self->numbers, 1));
    note(self->error == ASYNC_ERR_STOP_ASYNC_ITERATION);
    AWAIT(async_athrow(&self->numbers, ASYNC_ERR_USER));
    async_agenerator_init(ASYNC_CALL(numbers, &self->numbers));
    ASYNC_WITH_CLOSING(&self->numbers) {
        AWAIT(async_anext(&self->numbers));
    } ASYNC_END_WITH;
    AWAIT(async_aclose(&self->numbers));
    ASYNC_WITH(&self->lock) {
        ASYNC_WITH(&self->semaphore) {
            ASYNC_WITH(&self->barrier) {
                note(43);
            } ASYNC_END_WITH;
        } ASYNC_END_WITH;
    } ASYNC_END_WITH;
    ASYNC_TRY {
        ASYNC_WITH_CALL(self->end, ASYNC_CALL(fails, &self->enter, .error = 0),
                        ASYNC_CALL(fails, &self->leave, .error = -2)) {
            ASYNC_RETURN;
        } ASYNC_END_WITH;
    } ASYNC_EXCEPT(self->error) {
        note(self->end > 0 ? 44 : 0);
    } ASYNC_END_EXCEPT;
    ASYNC_WITH(&self->condition) {
        ASYNC_RETURN;
    } ASYNC_END_WITH;
    note(0);
    ASYNC_END;
}

#include "tour_together.h"

struct app {
    ASYNC_FRAME;
    struct blocks_and_loops blocks;
    struct together together;
    async_task_t task, second;
    struct many many;
    struct tour_extern other;
    struct async_sleep sleep;
    struct ender ender;
    async_callback_t callback;
    async_ticker_t ticker;
    async_future_t *future;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    async_create_task(&self->task,
                      ASYNC_CALL(many, &self->many, .a = 1, .b = 1, .c = 1,
                                 .d = 1, .e = 1, .f = 1, .g = 1, .h = 1, .i = 1,
                                 .j = 1, .k = 90, .l = 3));
    async_future_init(&self->ender.answer.future, async_get_running_loop());
    async_future_add_done_callback(&self->ender.answer.future, &self->callback,
                                   done);
    async_call_later_ms(async_get_running_loop(), &self->ender.timer, 1,
                        answer);
    async_pool_init(&pool, blocks);
    note(ASYNC_SPAWN(client, &pool, .id = 32) == 0);
    note(ASYNC_SPAWN(client, &pool, .id = 33) == ASYNC_ERR_NO_MEMORY);
    AWAIT(&self->ender.answer.future);
    note(self->ender.answer.value);
    self->future = async_ensure_future(
        ASYNC_CALL(async_sleep, &self->sleep, .ms = 9), &self->second);
    note(async_ensure_future(&self->second, &self->task) == self->future);
    note(async_ensure_future(self->future, &self->task) == self->future);
    AWAIT(&self->task);
    async_task_cancel(&self->second);
    AWAIT_STATUS(self->error, self->future);
    note(self->error == ASYNC_ERR_CANCELLED ? 34 : 0);
    AWAIT(ASYNC_CALL(tour_extern, &self->other, .in = 17));
    note(self->other.out);
    async_ticker_init_ms(&self->ticker, async_get_running_loop(), 5);
    AWAIT(async_ticker_wait(&self->ticker));
    AWAIT(async_sleep_until(self->ticker.next + 1));
    AWAIT(async_sleep_ticks(ASYNC_DELAY_MAX < 2 ? 0 : 2));
    AWAIT(ASYNC_CALL(blocks_and_loops, &self->blocks));
    AWAIT(ASYNC_CALL(together, &self->together));
    ASYNC_RAISE(ASYNC_ERR_USER);
    ASYNC_END;
}

ASYNC_DEF_EXTERN(tour_extern)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(1));
    self->out = self->in * 2 + 1;
    ASYNC_END;
}

static int with_loop(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    const async_tick_t start = (async_tick_t)0 - 4; /* just below the wrap */
    int status = async_loop_init(&loop, async_sim_init(&sim, start));
    return status == 0 ? async_run(&loop, ASYNC_CALL(app, &app)) : status;
}

static const unsigned char expected[] = {
    1, 2, 3, 6, 10, 11, 12, 20, 14, 1, /* without a loop */
    1, 1, 31, 42, 1, 1, 30, 32, 100, 34, 35,
    40, 41, 1, 43, 44,
    50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
};

int tour(void)
{
    unsigned i;
    traced = 0;
    without_loop();
    if (with_loop() != ASYNC_ERR_USER || traced != sizeof expected) {
        return -1 - (int)traced;
    }
    for (i = 0; i < traced; i++) {
        if (trace[i] != expected[i]) {
            return (int)i + 1;
        }
    }
    return 0;
}

int main(void)
{
    return tour();
}
