/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A channel: tasks take out, the interrupt puts in; its counts wrap meanwhile.
 * And the other way round, where the consumer is the interrupt: a loop of a
 * higher priority. */
#include "sweep.h"

enum { PLACES = 4, TORN = '!' };

/* An element that shows whether it is whole. */
struct element {
    uint8_t number, middle, last;
};

static ASYNC_CHANNEL(struct element, PLACES) channel;
static uint8_t number_put, rejected; /* of them, those that did not fit */

static void put(void)
{
    struct element element = {0, 0, 0};
    number_put++;
    element.number = (uint8_t)('0' + number_put);
    element.middle = (uint8_t)(element.number + 100u);
    element.last = (uint8_t)(200u - element.number);
    if (async_channel_put(&channel, element) == ASYNC_ERR_QUEUE_FULL) {
        rejected++;
    }
}

/* Logs the number of the element that is next, if any. */
static bool take(void)
{
    struct element element = {0, 0, 0};
    if (async_channel_receive_nowait(&channel, &element) != 0) {
        return false;
    }
    sweep_log(element.last == (uint8_t)(200u - element.number) &&
                      element.middle == (uint8_t)(element.number + 100u)
                  ? (char)element.number
                  : (char)TORN);
    return true;
}

static void prepare(enum async_channel_keep keep, unsigned filled)
{
    __builtin_memset(channel.items, 0, sizeof channel.items); /* torn */
    async_channel_init(&channel, &sweep_loop, keep);
    channel.channel.put = channel.channel.taken = (unsigned)-2;
    number_put = rejected = 0;
    while (filled-- > 0) {
        put();
    }
    sweep_drain();
}

/* What the log holds is a part of "123...", in order, each at most once. */
static bool in_order(void)
{
    char number;
    unsigned count = 0, received;
    for (number = '1'; number <= '0' + (int)number_put; number++) {
        if (sweep_count(number) > 1) {
            return false;
        }
        count += sweep_count(number);
    }
    received = async_channel_lost(&channel);
    return sweep_count(TORN) == 0 && count + received == number_put;
}

static int outcome(const char *all)
{
    sweep_drain();
    while (take()) { }
    return sweep_logged(all) && in_order() ? 0 : WRONG;
}

/* -- The task takes, the interrupt puts ----------------------------------- */

static void interrupt_put(unsigned nth)
{
    (void)nth;
    put();
}

static void take_two(void)
{
    (void)take();
    (void)take();
}

/* Three of four places are used: a fifth is rejected if nothing is taken
 * before. */
static void oldest_prepare(void)
{
    prepare(ASYNC_CHANNEL_KEEP_OLDEST, PLACES - 1);
}

static int oldest_outcome(void)
{
    return rejected > sweep_interrupts() - 1u
               ? WRONG
               : outcome(sweep_interrupts() == 1 ? "1234"
                         : rejected              ? "1234"
                                                 : "12345");
}

/* All three places are used: a fourth overwrites the first, a fifth the second;
 * what was taken before is in the log. */
static void newest_prepare(void)
{
    prepare(ASYNC_CHANNEL_KEEP_NEWEST, PLACES - 1);
}

static int newest_outcome(void)
{
    static const char *const right[] = {"1234", "234",  "134",  "12345",
                                        "1345", "2345", "345", "1245"};
    unsigned i;
    sweep_drain();
    while (take()) { }
    if (!in_order() || rejected != 0) {
        return WRONG;
    }
    for (i = 0; i < sizeof right / sizeof right[0]; i++) {
        if (sweep_logged(right[i])) {
            /* The three newest are always kept. */
            return sweep_count((char)('0' + number_put)) == 1 &&
                           sweep_count((char)('0' + number_put - 1)) == 1
                       ? 0
                       : WRONG;
        }
    }
    return WRONG;
}

/* -- A task waits ---------------------------------------------------------- */

struct receiver {
    ASYNC_FRAME;
    int status;
};
ASYNC_DEF(receiver)
{
    ASYNC_BEGIN;
    for (;;) {
        AWAIT_STATUS(self->status, async_channel_wait(&channel));
        if (self->status != 0 || !take()) {
            break;
        }
    }
    sweep_log('E');
    ASYNC_END;
}

static struct receiver frame;
static async_task_t task;

static void task_prepare(void)
{
    prepare(ASYNC_CHANNEL_KEEP_OLDEST, 0);
    __builtin_memset(&task, 0, sizeof task);
    (void)async_loop_create_task(&sweep_loop, &task,
                                 ASYNC_CALL(receiver, &frame));
}

static void three_iterations(void)
{
    sweep_once();
    sweep_once();
    sweep_once();
}

static int task_outcome(void)
{
    sweep_drain();
    if (!in_order()) {
        return WRONG; /* all were received by now */
    }
    (void)async_channel_close(&channel);
    sweep_drain();
    return sweep_logged(number_put == 1 ? "1E" : "12E") ? 0 : WRONG;
}

/* The interrupt closes it after an element. */
static void interrupt_close(unsigned nth)
{
    if (nth == 1) {
        put();
    } else {
        (void)async_channel_close(&channel);
    }
}

static int close_outcome(void)
{
    if (sweep_interrupts() == 1) {
        return task_outcome();
    }
    sweep_drain();
    return sweep_logged("1E") ? 0 : WRONG;
}

const struct region sweep_channel[] = {
    {"take_oldest", oldest_prepare, take_two, interrupt_put, oldest_outcome,
     NULL},
    {"take_newest", newest_prepare, take_two, interrupt_put, newest_outcome,
     NULL},
    {"receive", task_prepare, three_iterations, interrupt_put, task_outcome,
     NULL},
    {"close", task_prepare, three_iterations, interrupt_close, close_outcome,
     NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

/* -- The task number_put, the interrupt takes ------------------------------ */

static void interrupt_take(unsigned nth)
{
    (void)nth;
    while (take()) { }
}

static void put_two(void)
{
    put();
    put();
}

static void put_prepare(void)
{
    prepare(ASYNC_CHANNEL_KEEP_OLDEST, 1);
}

static int put_outcome(void)
{
    return outcome("123");
}

/* Full: one is rejected, or two, if nothing was taken in time. */
static void full_prepare(void)
{
    prepare(ASYNC_CHANNEL_KEEP_OLDEST, PLACES - 1);
}

static int full_outcome(void)
{
    return rejected > 1 ? WRONG : outcome(rejected ? "1234" : "12345");
}

static int over_outcome(void)
{
    sweep_drain();
    while (take()) { }
    return in_order() && sweep_count('4') == 1 && sweep_count('5') == 1 &&
                   sweep_count('3') == 1
               ? 0
               : WRONG;
}

const struct region sweep_put[] = {
    {"put", put_prepare, put_two, interrupt_take, put_outcome, NULL},
    {"put_full", full_prepare, put_two, interrupt_take, full_outcome, NULL},
    {"put_over", newest_prepare, put_two, interrupt_take, over_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
