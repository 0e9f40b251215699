/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The event loop, and the handles it runs: callbacks and timers.
 *
 * One iteration of the loop does, in this order:
 *   1. if nothing is ready, sleep in the port until the next timer or a wake;
 *   2. take in what interrupts and other threads have posted;
 *   3. move the timers that are due to the end of the ready queue;
 *   4. run what is in the ready queue now, in order. What becomes ready
 *      meanwhile runs in the next iteration.
 *
 * Every object (loop, handle, timer, post) is the caller's and must stay valid
 * while it is queued. Zero-initialise handles, timers and posts before their
 * first use: static ones are, and ASYNC_CALL clears those in a frame.
 */
#ifndef ASYNC_LOOP_H_INCLUDED
#define ASYNC_LOOP_H_INCLUDED

#include "coro.h"

#if ASYNC_TICK_BITS == 32
typedef uint32_t async_tick_t; /**< a point in time; wraps */
typedef int32_t async_delay_t; /**< a distance in ticks */
#else
typedef uint64_t async_tick_t;
typedef int64_t async_delay_t;
#endif

typedef struct async_loop async_loop_t;
typedef struct async_port async_port_t;
typedef struct async_node async_node_t;
typedef struct async_handle async_handle_t;
typedef struct async_timer async_timer_t;
typedef struct async_post_handle async_post_t;

/** The link of every list. Private. */
struct async_node {
    async_node_t *next; /**< 0: in no list */
    async_node_t *prev;
};

/**
 * A callback. It gets its own handle; embed the handle in a struct to pass
 * more.
 *
 * @returns 0, or a negative status, which goes to the exception handler.
 */
typedef int (*async_run_fn)(async_handle_t *handle);

/** Something the loop can run: asyncio.Handle. All private. */
struct async_handle {
    async_node_t node;
    async_run_fn run;
};

/** Something the loop can run later: asyncio.TimerHandle. All private. */
struct async_timer {
    async_handle_t handle;
    union {
        async_tick_t when; /**< while in the timer queue */
        void *object;      /**< what a task waits for otherwise */
    } u;
};

/** Something an interrupt or another thread can make the loop run. Private. */
struct async_post_handle {
    async_handle_t handle; /**< node.next is the inbox's link while posted */
    async_run_fn fn;
    uintptr_t state;
};

/** What connects a loop to its machine. */
struct async_port {
    /** The time in ticks; wraps; ASYNC_TICK_HZ of them in a second. */
    async_tick_t (*now)(async_port_t *port);
    /**
     * Sleeps until the deadline (0: for ever) or until wake() is called. May
     * return early. Must not sleep when async_loop_has_posts() is true, and
     * must not miss a wake between that check and the sleep.
     * @returns 0, or ASYNC_ERR_DEADLOCK when nothing could ever wake it.
     */
    int (*idle)(async_port_t *port, async_loop_t *loop,
                const async_tick_t *deadline);
    /** Ends an idle; called from any task, thread or ISR. 0 where the interrupt
     * itself has ended it. */
    void (*wake)(async_port_t *port, async_loop_t *loop);
    /** Looks for events without sleeping, once per iteration that does not
     * idle; 0 when there is nothing to look at. */
    void (*poll)(async_port_t *port, async_loop_t *loop);
};

/** Gets the failures of callbacks: loop.set_exception_handler(). */
typedef void (*async_exception_fn)(async_loop_t *loop, async_handle_t *handle,
                                   int status);

#include "detail/debug.h"
#include "detail/timers.h"

/** An event loop: asyncio.AbstractEventLoop. All private. */
struct async_loop {
    async_node_t ready;     /**< ring of what is ready; where iterations end */
    async_node_t *head;     /**< in that ring: what runs next */
    async_task_t *current;  /**< task that is running */
    async_handle_t *inbox;  /**< posted, newest first */
    async_port_t *port;
    async_task_t *newest;   /**< of the ring of unfinished tasks; 0: none */
    uint8_t flags;
    bool closed;            /**< read by async_post() */
    uint16_t groups;        /**< error codes given to task groups */
#if ASYNC_TASK_NAMES
    uint16_t task_count;    /**< for default names */
#endif
#if ASYNC_TRACK_GENERATORS
    async_node_t generators; /**< sentinel of the unfinished async generators */
#endif
    async_exception_fn on_exception;
    async_timers_t timers;
#if ASYNC_DEBUG
    struct async_debug debug;
#endif
};

ASYNC_EXTERN_C_BEGIN

/* -- Life of a loop ----------------------------------------------------- */

/**
 * Makes a loop ready for use: asyncio.new_event_loop(). Also makes a closed
 * one usable again.
 *
 * @param loop  Must outlive everything that uses it.
 * @param port  Must outlive the loop; serves one loop.
 * @returns 0, or ASYNC_ERR_VALUE if `port` is 0: it could not be set up.
 * @context{before start}
 * @cost{O(1); O(size of the table) with the radix timer queue}
 */
#define async_loop_init ASYNC_ABI_(async_loop_init)
int async_loop_init(async_loop_t *loop, async_port_t *port);

/**
 * Runs a coroutine as the main task until it ends, then cancels all tasks that
 * are left, waits for them, closes the asynchronous generators that are not
 * finished (see ASYNC_TRACK_GENERATORS), and closes the loop: asyncio.run().
 *
 * Errors of tasks that end meanwhile go to the exception handler as they end.
 *
 * @returns The status of the coroutine; ASYNC_ERR_STOPPED after
 *          async_loop_stop(); ASYNC_ERR_DEADLOCK when nothing can ever wake
 *          the loop; ASYNC_ERR_RUNNING inside a running loop; ASYNC_ERR_CLOSED;
 *          ASYNC_ERR_REUSED if the coroutine was awaited before;
 *          ASYNC_ERR_CYCLE if the tasks left await each other in a cycle.
 * @context{outside any loop}
 */
int async_run(async_loop_t *loop, async_coro_t *main);

/**
 * Runs until the future is done: loop.run_until_complete(). For a task pass
 * `&task.future`.
 *
 * @returns The future's status; ASYNC_ERR_STOPPED, ASYNC_ERR_DEADLOCK,
 *          ASYNC_ERR_RUNNING and ASYNC_ERR_CLOSED as async_run();
 *          ASYNC_ERR_WRONG_LOOP for a future of another loop. After STOPPED and
 *          DEADLOCK it can be called again.
 * @context{outside any loop}
 */
int async_loop_run_until_complete(async_loop_t *loop, async_future_t *future);

/**
 * Runs until async_loop_stop(): loop.run_forever().
 *
 * @returns 0; ASYNC_ERR_DEADLOCK, ASYNC_ERR_RUNNING or ASYNC_ERR_CLOSED.
 * @context{outside any loop}
 */
int async_loop_run_forever(async_loop_t *loop);

/**
 * Runs one iteration without sleeping, for a loop that is the guest of a
 * superloop, an RTOS task, an interrupt or another event loop.
 *
 * @param deadline  Out: when to call again, if ASYNC_PENDING is not returned
 *                  and `*has_deadline` is true.
 * @returns ASYNC_PENDING: call again at once. 0: call again at the deadline or
 *          after a post. ASYNC_ERR_RUNNING from inside this loop,
 *          ASYNC_ERR_CLOSED.
 * @context{outside this loop; any loop of a lower priority}
 */
int async_loop_run_once(async_loop_t *loop, async_tick_t *deadline,
                        bool *has_deadline);

/** Ends the run at the end of this iteration, or after one iteration if
 * called before: loop.stop(). @context{task, callback, before start} */
void async_loop_stop(async_loop_t *loop);

/**
 * Discards all queued callbacks, timers and tasks without running them:
 * loop.close(). Closing twice is harmless.
 *
 * @returns 0, or ASYNC_ERR_RUNNING.
 * @context{outside this loop} @cost{O(queued handles)}
 */
int async_loop_close(async_loop_t *loop);

/** True while the loop runs. @context{any} */
bool async_loop_is_running(const async_loop_t *loop);

/** True after async_loop_close(). @context{any} */
bool async_loop_is_closed(const async_loop_t *loop);

/** The time in ticks: loop.time(). @context{any task or ISR, as the port} */
async_tick_t async_loop_time(async_loop_t *loop);

/** The loop that runs the caller, or 0: asyncio.get_running_loop().
 * @context{any} */
async_loop_t *async_get_running_loop(void);

/** Sets who gets the failures of callbacks; 0 for the default, which prints
 * them on a host: loop.set_exception_handler(). @context{any, not ISR} */
void async_loop_set_exception_handler(async_loop_t *loop,
                                      async_exception_fn handler);

/* -- Callbacks ----------------------------------------------------------- */

/**
 * Runs a callback in the next iteration: loop.call_soon().
 *
 * @param handle  Must stay valid until it ran or was cancelled.
 * @returns 0; ASYNC_ERR_BUSY if it is queued already; ASYNC_ERR_CLOSED.
 * @context{task or callback of this loop, or outside any} @cost{O(1)}
 */
int async_call_soon(async_loop_t *loop, async_handle_t *handle,
                    async_run_fn run);

/**
 * Runs a callback after a delay: loop.call_later(). A delay of zero or less
 * means the next iteration, in the order of the deadlines.
 *
 * @param delay  In ticks; see async_ms() and async_us().
 * @returns As async_call_soon().
 * @context{task or callback of this loop, or outside any}
 * @cost{O(1) amortised (radix); O(later timers) (list)}
 */
#define async_call_later ASYNC_ABI_(async_call_later)
int async_call_later(async_loop_t *loop, async_timer_t *timer,
                     async_delay_t delay, async_run_fn run);

/** async_call_later() with a delay in milliseconds; ASYNC_ERR_VALUE if that is
 * out of the range of ticks. */
#define async_call_later_ms ASYNC_ABI_(async_call_later_ms)
int async_call_later_ms(async_loop_t *loop, async_timer_t *timer, int32_t delay,
                        async_run_fn run);

/** Runs a callback at a time of async_loop_time(): loop.call_at(). */
#define async_call_at ASYNC_ABI_(async_call_at)
int async_call_at(async_loop_t *loop, async_timer_t *timer, async_tick_t when,
                  async_run_fn run);

/**
 * Takes a callback back: handle.cancel().
 *
 * @returns true; false if it was not queued: it ran, or never was.
 * @context{task or callback of this loop, or outside any} @cost{O(1)}
 */
bool async_handle_cancel(async_loop_t *loop, async_handle_t *handle);


/** When the timer runs: timer.when(). Valid while it waits. */
static inline async_tick_t async_timer_when(const async_timer_t *timer)
{
    ASYNC_CHECK(timer != NULL, NULL_ARGUMENT);
    return timer->u.when;
}

/* -- From interrupts and threads ------------------------------------------ */

/**
 * Makes a post ready for use.
 *
 * @param post  Must stay valid while somebody may post it and until it has run.
 *              Must not be posted: to make it anew, close the loop or let it
 *              run first.
 * @param fn    Runs in the loop, not in the interrupt.
 * @context{before the first async_post()}
 */
void async_post_init(async_post_t *post, async_run_fn fn);

/**
 * Runs the post's callback in its loop's next iteration, and wakes the loop:
 * loop.call_soon_threadsafe(). Posting again before it ran is one run. Nothing
 * is lost: what the caller wrote before is visible to the callback.
 *
 * @returns 0; ASYNC_ERR_CLOSED after async_loop_close(): it never runs. Before
 *          a closed loop is initialised again, nobody may be posting.
 * @context{any task, thread, signal handler or ISR}
 * @cost{O(1); masks interrupts only where the CPU has no atomic exchange}
 */
int async_post(async_loop_t *loop, async_post_t *post);

/** Takes a post back: the callback does not run unless posted again.
 * @context{task or callback of this loop} @cost{O(1)} */
void async_post_cancel(async_post_t *post);

/** Whether something is posted that the loop has not taken in: for ports.
 * @context{any} */
bool async_loop_has_posts(const async_loop_t *loop);

ASYNC_EXTERN_C_END

/** The same for a timer, waiting or due. */
static inline bool async_timer_cancel(async_loop_t *loop, async_timer_t *timer)
{
    ASYNC_CHECK(timer != NULL, NULL_ARGUMENT);
    return async_handle_cancel(loop, &timer->handle);
}

/* -- Units ---------------------------------------------------------------- */

/** Longest delay, in ticks. */
#if ASYNC_TICK_BITS == 32
#define ASYNC_DELAY_MAX INT32_MAX
#else
#define ASYNC_DELAY_MAX INT64_MAX
#endif

/** Converts units of 1/`per_second` s to ticks, rounded up so that no sleep is
 * too short; false if the result is out of range. */
static inline bool async_to_ticks_(int32_t amount, int32_t per_second,
                                   async_delay_t *ticks)
{
#if ASYNC_TICK_HZ == 1000
    if (per_second == 1000) {
        *ticks = amount;
        return true;
    }
#endif
    {
        int64_t product = (int64_t)amount * ASYNC_TICK_HZ;
        int64_t result = product / per_second;
        if (product > 0 && product % per_second != 0) {
            result++;
        }
        *ticks = (async_delay_t)result;
        return result == (int64_t)*ticks;
    }
}

/** Milliseconds in ticks, rounded up; ASYNC_DELAY_MAX if out of range. */
static inline async_delay_t async_ms(int32_t ms)
{
    async_delay_t ticks;
    return async_to_ticks_(ms, 1000, &ticks) ? ticks : ASYNC_DELAY_MAX;
}

/** Microseconds in ticks, rounded up; ASYNC_DELAY_MAX if out of range. */
static inline async_delay_t async_us(int32_t us)
{
    async_delay_t ticks;
    return async_to_ticks_(us, 1000000, &ticks) ? ticks : ASYNC_DELAY_MAX;
}

#endif
