/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Does the sweep find anything? Here are locks, queues and flags with the usual
 * mistakes. All work while nobody disturbs them. */
#define ASYNC_IMPLEMENTATION
#include "sweep.h"

enum { ROUNDS = 2 };

static async_waiters_t list;
static bool locked, reserved, set, posted;
static int inside, free_units, put, got, in_queue;
static async_post_t post;

static void init(void)
{
    list.first = NULL;
    locked = reserved = set = posted = false;
    inside = put = got = in_queue = 0;
    free_units = 1;
}

static void clean(void)
{
    CHECK_INT(inside, 0);
    CHECK(list.first == NULL);
    CHECK(!locked && !reserved);
    CHECK_INT(free_units, 1);
    CHECK_INT(in_queue, put - got);
    init();
}

/* -- Tasks that take turns with a lock of some kind ----------------------- */

static async_op_t (*acquire)(void);
static void (*release)(void);

struct locker {
    ASYNC_FRAME;
    unsigned id, round;
};
static struct locker lockers[TASKS];
ASYNC_DEF(locker)
{
    ASYNC_BEGIN;
    for (self->round = 0; self->round < ROUNDS; self->round++) {
        arrive(self->id);
        AWAIT(acquire());
        enter(self->id);
        say(self->id, "in");
        ASYNC_TRY {
            CHECK_INT(++inside, 1);
            AWAIT(async_sleep_ticks(1));
        }
        ASYNC_FINALLY {
            inside--;
            release();
        }
        ASYNC_END_FINALLY;
    }
    ASYNC_END;
}

static void start_lockers(void)
{
    unsigned i;
    for (i = 0; i < 3; i++) {
        spawn(i, ASYNC_CALL(locker, &lockers[i], .id = i));
    }
}

/* A woken waiter that is cancelled keeps what was reserved for it. */
static int forgetful_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    int status = async_op_status(task);
    if (status == 0) {
        locked = true;
        reserved = false;
    } else if (async_op_woken(task)) {
        reserved = false; /* and nobody else is woken */
    }
    return async_op_end(task, status);
}

static async_op_t forgetful_acquire(void)
{
    if (locked || reserved || list.first != NULL) {
        return async_op_wait(&list, forgetful_end);
    }
    locked = true;
    return async_op_done(ASYNC_OK);
}

static void forgetful_release(void)
{
    locked = false;
    reserved = async_wake_one(&list);
}

static void start_forgetful(void)
{
    acquire = forgetful_acquire;
    release = forgetful_release;
    start_lockers();
}

/* Who is cancelled after it was woken keeps the unit for ever. */
static int greedy_end(async_handle_t *handle)
{
    return async_op_end(async_op_task(handle),
                        async_op_status(async_op_task(handle)));
}

static async_op_t greedy_acquire(void)
{
    if (free_units == 0) {
        return async_op_wait(&list, greedy_end);
    }
    free_units--;
    return async_op_done(ASYNC_OK);
}

static void greedy_release(void)
{
    if (!async_wake_one(&list)) {
        free_units++;
    }
}

static void start_greedy(void)
{
    acquire = greedy_acquire;
    release = greedy_release;
    start_lockers();
}

/* Woken or not, a cancelled waiter wakes the next one: two get in. */
static int generous_end(async_handle_t *handle)
{
    async_task_t *task = async_op_task(handle);
    int status = async_op_status(task);
    if (status != 0 && !async_wake_one(&list) && async_op_woken(task)) {
        free_units++;
    }
    return async_op_end(task, status);
}

static async_op_t generous_acquire(void)
{
    if (free_units == 0) {
        return async_op_wait(&list, generous_end);
    }
    free_units--;
    return async_op_done(ASYNC_OK);
}

static void start_generous(void)
{
    acquire = generous_acquire;
    release = greedy_release;
    start_lockers();
}

/* The right lock; the task forgets to release it when it is cancelled. */
struct careless {
    ASYNC_FRAME;
    unsigned id;
};
static struct careless careless_frames[TASKS];
ASYNC_DEF(careless)
{
    ASYNC_BEGIN;
    AWAIT(greedy_acquire());
    say(self->id, "in");
    AWAIT(async_sleep_ticks(1));
    greedy_release();
    ASYNC_END;
}

static void start_careless(void)
{
    unsigned i;
    for (i = 0; i < 2; i++) {
        spawn(i, ASYNC_CALL(careless, &careless_frames[i], .id = i));
    }
}

static const struct scenario forgetful_lock = {
    "forgetful_lock", 3, 0, 0, init, start_forgetful, NULL, NULL, clean};

/* SEM INV-01 INV-10 */
static void catches_forgetful_lock(void)
{
    sweep_catches(&forgetful_lock, "flags & STARVES");
}

static const struct scenario greedy_lock = {
    "greedy_lock", 3, 0, 0, init, start_greedy, NULL, NULL, clean};

/* SEM INV-03 INV-10 */
static void catches_greedy_lock(void)
{
    sweep_catches(&greedy_lock, "flags & STARVES");
}

static const struct scenario generous_lock = {
    "generous_lock", 3, 0, 0, init, start_generous, NULL, NULL, clean};

/* SEM INV-02 INV-10 */
static void catches_generous_lock(void)
{
    sweep_catches(&generous_lock, "++inside");
}

static const struct scenario careless_task = {
    "careless_task", 2, 0, 0, init, start_careless, NULL, NULL, clean};

/* SEM INV-03 INV-10 */
static void catches_careless_task(void)
{
    sweep_catches(&careless_task, "free_units");
}

/* -- A queue that takes the element out before the getter runs ------------ */

struct getter {
    ASYNC_FRAME;
    unsigned id;
    int left;
};
static struct getter getters[2];
ASYNC_DEF(getter)
{
    ASYNC_BEGIN;
    while (self->left-- > 0) {
        if (in_queue > 0) {
            in_queue--;
        } else {
            AWAIT(async_op_wait(&list, NULL)); /* lost if cancelled here */
        }
        got++;
        say(self->id, "get");
    }
    ASYNC_END;
}

struct putter {
    ASYNC_FRAME;
    int left;
};
static struct putter putter_frame;
ASYNC_DEF(putter)
{
    ASYNC_BEGIN;
    for (; self->left > 0; self->left--) {
        AWAIT(async_sleep_ticks(1));
        put++;
        if (!async_wake_one(&list)) {
            in_queue++;
        }
    }
    ASYNC_END;
}

static void start_queue(void)
{
    spawn(0, ASYNC_CALL(getter, &getters[0], .id = 0, .left = 2));
    spawn(1, ASYNC_CALL(getter, &getters[1], .id = 1, .left = 2));
    spawn(2, ASYNC_CALL(putter, &putter_frame, .left = 4));
}

static const struct scenario leaky_queue = {
    "leaky_queue", 3, STARVES, 0, init, start_queue, NULL, NULL, clean};

/* SEM INV-03 INV-10 */
static void catches_leaky_queue(void)
{
    sweep_catches(&leaky_queue, "in_queue");
}

/* -- A flag that looks before it waits ------------------------------------ */

/* The interrupt wakes who waits and, since it sets `set` only then, loses what
 * comes between the look and the wait. */
static int wake_looker(async_handle_t *handle)
{
    (void)handle;
    if (async_wake_one(&list)) {
        set = true;
    }
    return 0;
}

struct looker {
    ASYNC_FRAME;
};
static struct looker looker_frame;
ASYNC_DEF(looker)
{
    ASYNC_BEGIN;
    say(0, "look");
    if (!set) {
        AWAIT(async_pause()); /* time enough for an interrupt */
        AWAIT(async_op_wait(&list, NULL));
    }
    say(0, "seen");
    ASYNC_END;
}

static void looker_strikes(async_sim_interrupt_t *interrupt)
{
    (void)interrupt;
    posted = true;
    CHECK_INT(async_post(&loop, &post), 0);
}

static void looker_interrupt(void)
{
    looker_strikes(NULL);
}

static void start_looker(void)
{
    static async_sim_interrupt_t interrupt;
    interrupt.pending = false;
    set = posted = false;
    async_post_init(&post, wake_looker);
    spawn(0, ASYNC_CALL(looker, &looker_frame));
    if (model.strike.kind < IRQ_TICK || model.strike.who == 0) {
        CHECK_INT(async_sim_at(&sim, &interrupt, sim.time + 3, looker_strikes),
                  0);
    }
}

static void quiet_looker(void)
{
    CHECK(!posted || list.first == NULL);
}

static const struct scenario racy_flag = {
    "racy_flag", 1, STARVES, 0, init, start_looker, looker_interrupt,
    quiet_looker, clean};

/* SEM INV-01 INV-08 INV-10 */
static void catches_racy_flag(void)
{
    sweep_catches(&racy_flag, "!posted || list.first == NULL");
}

/* -- Something that stays linked ------------------------------------------ */

static async_timer_t timer;

static int on_timer(async_handle_t *handle)
{
    (void)handle;
    return 0;
}

struct timed {
    ASYNC_FRAME;
};
static struct timed timed_frame;
ASYNC_DEF(timed)
{
    ASYNC_BEGIN;
    say(0, "begin");
    CHECK_INT(async_call_later(&loop, &timer, 9, on_timer), 0);
    AWAIT(async_sleep_ticks(5));
    CHECK(async_timer_cancel(&loop, &timer)); /* not if it was cancelled */
    ASYNC_END;
}

static void start_timed(void)
{
    spawn(0, ASYNC_CALL(timed, &timed_frame));
}

static const struct scenario lasting_timer = {
    "lasting_timer", 1, 0, 0, init, start_timed, NULL, NULL, NULL};

/* SEM INV-04 INV-10 */
static void catches_lasting_timer(void)
{
    sweep_catches(&lasting_timer, "async_timers_any_");
}

/* -- Something that is left behind for the next run ----------------------- */

static bool left_over;

struct stained {
    ASYNC_FRAME;
};
static struct stained stained_frame;
ASYNC_DEF(stained)
{
    ASYNC_BEGIN;
    if (left_over) {
        AWAIT(async_pause());
    }
    left_over = true;
    say(0, "one");
    AWAIT(async_pause());
    say(0, "two");
    left_over = false; /* not if it was cancelled */
    ASYNC_END;
}

static void start_stained(void)
{
    spawn(0, ASYNC_CALL(stained, &stained_frame));
}

static void init_stained(void)
{
    left_over = false;
}

static const struct scenario stained_memory = {
    "stained_memory", 1, 0, 0, init_stained, start_stained, NULL, NULL,
    NULL};

/* SEM INV-07 INV-10 */
static void catches_stained_memory(void)
{
    sweep_catches(&stained_memory, "trace_");
}

static const struct test tests[] = {
    TEST(catches_forgetful_lock),
    TEST(catches_greedy_lock),
    TEST(catches_generous_lock),
    TEST(catches_careless_task),
    TEST(catches_leaky_queue),
    TEST(catches_racy_flag),
    TEST(catches_lasting_timer),
    TEST(catches_stained_memory),
};
MODEL_MAIN(tests)
