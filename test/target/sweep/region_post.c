/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* async_post() in a task and in an interrupt, taking in what is posted, running
 * it and taking it back. */
#include "sweep.h"

enum { MANY = 8 };

static struct letter a, b, c, others[MANY];

static void prepare(void)
{
    letter_init(&a, 'A');
    letter_init(&b, 'B');
    letter_init(&c, 'C');
}

static bool lost(void)
{
    return letter_lost(&a) || letter_lost(&b) || letter_lost(&c);
}

static void send_a(void)
{
    letter_send(&a, FROM_MAIN);
}

static void interrupt_a(unsigned nth)
{
    (void)nth;
    letter_send(&a, FROM_INTERRUPT);
}

static void interrupt_b(unsigned nth)
{
    (void)nth;
    letter_send(&b, FROM_INTERRUPT);
}

static void interrupt_c(unsigned nth)
{
    (void)nth;
    letter_send(&c, FROM_INTERRUPT);
}

/* -- post: two posters ----------------------------------------------------- */

static int post_outcome(void)
{
    sweep_drain();
    return lost()               ? WRONG
           : sweep_logged("BA") ? 0
           : sweep_logged("AB") ? 1
                                : WRONG;
}

/* The same behind many. */
static void many_prepare(void)
{
    unsigned i;
    prepare();
    for (i = 0; i < MANY; i++) {
        letter_init(&others[i], 'O');
        letter_send(&others[i], FROM_MAIN);
    }
}

static int many_outcome(void)
{
    sweep_drain();
    return lost()                       ? WRONG
           : sweep_logged("OOOOOOOOBA") ? 0
           : sweep_logged("OOOOOOOOAB") ? 1
                                        : WRONG;
}

/* -- same: both post the same ---------------------------------------------- */

static int same_outcome(void)
{
    sweep_drain();
    return !lost() && sweep_logged("A") ? 0 : WRONG;
}

/* -- drain: while it is taken in ------------------------------------------- */

static void drain_prepare(void)
{
    prepare();
    letter_send(&a, FROM_MAIN);
    letter_send(&b, FROM_MAIN);
}

static int drain_outcome(void)
{
    sweep_drain();
    return !lost() && (sweep_logged("ABC") ||
                       (sweep_interrupts() == 2 && sweep_logged("ABCC")))
               ? 0
               : WRONG;
}

static void drain_many_prepare(void)
{
    many_prepare();
    letter_send(&a, FROM_MAIN);
    letter_send(&b, FROM_MAIN);
}

static int drain_many_outcome(void)
{
    sweep_drain();
    return !lost() && (sweep_logged("OOOOOOOOABC") ||
                       (sweep_interrupts() == 2 &&
                        sweep_logged("OOOOOOOOABCC")))
               ? 0
               : WRONG;
}

/* -- again: while it runs -------------------------------------------------- */

static void again_prepare(void)
{
    prepare();
    letter_send(&a, FROM_MAIN);
}

/* Once for all that came before it ran, once for those after. */
static int again_outcome(void)
{
    unsigned runs;
    sweep_drain();
    runs = sweep_count('A');
    return !lost() && runs >= 1 && runs <= 1u + sweep_interrupts()
               ? (int)runs
               : WRONG;
}

/* -- cancel: while it is taken back ---------------------------------------- */

static void cancel_run(void)
{
    async_post_cancel(&a.post);
}

/* Posted before, it is taken back; after, it runs. */
static int cancel_outcome(void)
{
    sweep_drain();
    return sweep_logged("A")                       ? (lost() ? WRONG : 1)
           : sweep_logged("") && !sweep_is_late() ? 0
                                                   : WRONG;
}

/* -- close: what is posted while the loop is closed never runs ------------- */

static void close_run(void)
{
    (void)async_loop_close(&sweep_loop);
}

/* Both can be posted again to the loop when it is made anew. */
static int close_outcome(void)
{
    if (!sweep_logged("")) {
        return WRONG;
    }
    (void)async_loop_init(&sweep_loop, &sweep_tick.port);
    sweep_drain();
    if (!sweep_logged("")) {
        return WRONG;
    }
    letter_send(&a, FROM_MAIN);
    letter_send(&b, FROM_MAIN);
    sweep_drain();
    return !lost() && sweep_logged("AB") ? 0 : WRONG;
}

/* -- soon: a callback of the loop, which comes after what was posted ------- */

static async_handle_t soon;

static int soon_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('S');
    return 0;
}

static void soon_prepare(void)
{
    prepare();
    __builtin_memset(&soon, 0, sizeof soon);
    letter_send(&a, FROM_MAIN);
}

static void soon_call(void)
{
    (void)async_call_soon(&sweep_loop, &soon, soon_run);
}

static int soon_outcome(void)
{
    sweep_drain();
    return lost()                ? WRONG
           : sweep_logged("ABS") ? 0
           : sweep_logged("ASB") ? 1
                                 : WRONG;
}

const struct region sweep_post[] = {
    {"post", prepare, send_a, interrupt_b, post_outcome, NULL},
    {"post_many", many_prepare, send_a, interrupt_b, many_outcome, "post"},
    {"same", prepare, send_a, interrupt_a, same_outcome, NULL},
    {"drain", drain_prepare, sweep_once, interrupt_c, drain_outcome, NULL},
    {"drain_many", drain_many_prepare, sweep_once, interrupt_c,
     drain_many_outcome, "drain"},
    {"again", again_prepare, sweep_once, interrupt_a, again_outcome, NULL},
    {"cancel", again_prepare, cancel_run, interrupt_a, cancel_outcome, NULL},
    {"close_loop", again_prepare, close_run, interrupt_b, close_outcome, NULL},
    {"soon", soon_prepare, soon_call, interrupt_b, soon_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
