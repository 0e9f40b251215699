/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The pieces of docs/getting-started.md, in their order, as a program. */
#define ASYNC_IMPLEMENTATION
#include <async.h>
#include <stdio.h>

/* -- Coroutines ------------------------------------------------------------ */

struct measure {
    ASYNC_FRAME;
    int channel;            /* an argument */
    int volts;              /* the result */
};
ASYNC_DEF(measure)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(10));
    if (self->channel > 7) {
        ASYNC_RAISE(ASYNC_ERR_VALUE);
    }
    self->volts = 3 * self->channel;
    ASYNC_END;
}

struct first {
    ASYNC_FRAME;
    struct measure measure;
};
ASYNC_DEF(first)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(measure, &self->measure, .channel = 4));
    printf("%d V\n", self->measure.volts);
    ASYNC_END;
}

/* -- Tasks ----------------------------------------------------------------- */

struct blink {
    ASYNC_FRAME;
    int pin;
};
ASYNC_DEF(blink)
{
    ASYNC_BEGIN;
    for (;;) {
        printf("blink %d\n", self->pin);
        AWAIT(async_sleep_ms(400));
    }
    ASYNC_CLEANUP;
    printf("led off\n");
    ASYNC_END;
}

struct tasks {
    ASYNC_FRAME;
    async_task_t task;
    struct blink blink;
    int error;
};
ASYNC_DEF(tasks)
{
    ASYNC_BEGIN;
    async_create_task(&self->task, ASYNC_CALL(blink, &self->blink, .pin = 13));
    AWAIT(async_sleep_ms(1000));            /* both run */
    async_task_cancel(&self->task);
    AWAIT_STATUS(self->error, &self->task); /* until it has cleaned up */
    printf("blink: %s\n", async_strerror(self->error));
    ASYNC_END;
}

/* -- Errors ---------------------------------------------------------------- */

enum { ERR_NO_SENSOR = ASYNC_ERR_USER, ERR_NOISE = ASYNC_ERR_USER - 1 };

struct errors {
    ASYNC_FRAME;
    struct measure measure;
    int channel, error;
};
ASYNC_DEF(errors)
{
    ASYNC_BEGIN;
    ASYNC_TRY {
        AWAIT(ASYNC_CALL(measure, &self->measure, .channel = self->channel));
        printf("%d V\n", self->measure.volts);
    } ASYNC_EXCEPT(self->error) {           /* except Exception as error: */
        printf("no measure: %s\n", async_strerror(self->error));
        ASYNC_RAISE(ERR_NO_SENSOR);
    } ASYNC_END_EXCEPT;
    ASYNC_CLEANUP;                          /* finally: */
    printf("sensor off\n");
    ASYNC_END;
}

/* -- Futures and callbacks ------------------------------------------------- */

typedef ASYNC_FUTURE(int) int_future_t;
static int_future_t button;                 /* who presses it does not await */

static int press(async_handle_t *handle)    /* a callback */
{
    (void)handle;
    return async_future_set(&button, 42);
}

struct futures {
    ASYNC_FRAME;
    async_timer_t timer;
};
ASYNC_DEF(futures)
{
    ASYNC_BEGIN;
    async_future_init(&button.future, async_get_running_loop());
    async_call_later_ms(async_get_running_loop(), &self->timer, 50, press);
    AWAIT(&button.future);
    printf("button: %d\n", button.value);
    ASYNC_END;
}

/* -- Generators ------------------------------------------------------------ */

struct average {
    ASYNC_GENERATOR(int);
    int sum, count;
};
ASYNC_DEF(average)
{
    ASYNC_BEGIN;
    for (;;) {
        ASYNC_YIELD(self->count == 0 ? 0 : self->sum / self->count);
        self->sum += self->sent;
        self->count++;
    }
    ASYNC_END;
}

static void generators(void)
{
    struct average g;
    int item = 0;
    async_generator_init(ASYNC_CALL(average, &g));
    async_next(&g, &item);      /* to the first yield */
    async_send(&g, 10, &item);
    async_send(&g, 20, &item);
    printf("average: %d\n", item);
    async_close(&g);
}

/* -- Virtual time, interrupts ---------------------------------------------- */

static async_loop_t loop;
static async_post_t received;

static int on_received(async_handle_t *handle)   /* runs in the loop */
{
    (void)handle;
    printf("received at %d\n", (int)async_loop_time(&loop));
    return ASYNC_OK;
}

static void isr(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    async_post(&loop, &received);
}

struct app {
    ASYNC_FRAME;
    union {                 /* one after the other: they share their memory */
        struct first first;
        struct tasks tasks;
        struct errors errors;
        struct futures futures;
    } child;
    int error;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(first, &self->child.first));
    AWAIT(ASYNC_CALL(tasks, &self->child.tasks));
    AWAIT(ASYNC_CALL(errors, &self->child.errors, .channel = 5));
    AWAIT_STATUS(self->error,
                 ASYNC_CALL(errors, &self->child.errors, .channel = 9));
    printf("errors: %s\n", async_strerror(self->error));
    AWAIT(ASYNC_CALL(futures, &self->child.futures));
    generators();
    AWAIT(async_sleep_until(10000));
    ASYNC_END;
}

int main(void)
{
    static async_sim_interrupt_t interrupt;
    static struct app app;
    static async_sim_t sim;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    async_post_init(&received, on_received);
    async_sim_at(&sim, &interrupt, 5000, isr);
    return async_run(&loop, ASYNC_CALL(app, &app));
}
