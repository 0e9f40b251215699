/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What the examples of docs/asyncio-map.md stand in: see check_map.py. */
#define ASYNC_DEBUG 1
#define ASYNC_TASK_NAMES 1
#define ASYNC_TRACK_GENERATORS 1
#include <async.h>
#include <async/port/posix.h>
#include <async/port/posix_executor.h>
#include <stdio.h>

/* -- Outside -------------------------------------------------------------- */

struct reading {
    int celsius;
};

struct fetch {
    ASYNC_FRAME;
    int url, result;
};
struct wink {
    ASYNC_FRAME;
    int ms;
};
struct count {
    ASYNC_GENERATOR(int);
    int n;
};
struct both {
    ASYNC_GENERATOR(int);
    struct count inner;
};
struct ticks {
    ASYNC_AGENERATOR(int);
    int n;
};
ASYNC_DECLARE(fetch);
ASYNC_DECLARE(count);
ASYNC_DECLARE(ticks);

async_loop_t loop;
async_runner_t runner;
async_sim_t sim;
async_sim_interrupt_t interrupt;
async_posix_t posix;
async_posix_fd_t watch;
pthread_t threads[4];
async_posix_executor_t pool_of_threads;
async_sim_executor_t simulated;
async_worker_t worker;
async_job_t job;
async_pool_t pool;
async_task_t task, save_task;
async_handle_t handle;
async_timer_t timer;
async_post_t post, create_task_post;
async_completion_t completion;
async_waiters_t readers;
async_lock_t bus;
async_event_t ready;
async_condition_t changed;
async_semaphore_t slots;
async_barrier_t start;
async_flag_t button;
ASYNC_QUEUE(int, 8) queue;
ASYNC_PRIORITY_QUEUE(int, 8) urgent;
ASYNC_CHANNEL(uint8_t, 64) rx;
struct fetch frame;
int status;
volatile int count_of_bytes;

void note(int what);
void use(async_future_t *future);
int callback(async_handle_t *handle);
int work(void *arg);
bool less(const void *a, const void *b);
void on_error(async_loop_t *loop, async_handle_t *handle, int status);
void on_report(async_loop_t *loop, const async_debug_report_t *report);
void isr(async_sim_interrupt_t *interrupt);
async_op_t read_byte(uint8_t *byte);

/* -- In the frame ----------------------------------------------------------- */

#define FIELDS                                     \
    ASYNC_FRAME;                                   \
    async_loop_t *loop;                            \
    async_executor_t *executor;                    \
    async_task_t task, *running;                   \
    async_future_t *future;                        \
    ASYNC_FUTURE(int) answer;                      \
    ASYNC_GATHER(3) all;                           \
    ASYNC_WAIT(3) first;                           \
    ASYNC_AS_COMPLETED(3) each;                    \
    async_awaitable_t list[2];                     \
    async_shield_t shield;                         \
    async_wait_for_t wait_for;                     \
    async_timeout_t limit;                         \
    async_taskgroup_t group;                       \
    async_child_t child;                           \
    const async_child_t *failed;                   \
    async_callback_t done;                         \
    async_job_t job;                               \
    async_ticker_t ticker;                         \
    async_driver_t driver;                         \
    async_agenerator_t *generator;                 \
    struct async_queue_put put;                    \
    struct async_queue_get get;                    \
    struct async_to_thread to_thread;              \
    struct async_sleep sleep;                      \
    struct fetch a, b;                             \
    struct count count;                            \
    struct ticks ticks;                            \
    async_tick_t when;                             \
    async_delay_t delay;                           \
    void *result;                                  \
    char name[16];                                 \
    int item, error, status, ms;                   \
    int16_t end;                                   \
    uint8_t byte;                                  \
    bool flag;
