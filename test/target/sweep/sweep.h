/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The interrupt sweep: a piece of code is run again and again, and each time an
 * interrupt comes one clock later, until it comes after its end. Then twice in
 * one, then a second one some clocks after the first. Every time the outcome
 * has to be right. */
#ifndef SWEEP_H_INCLUDED
#define SWEEP_H_INCLUDED

#include <async.h>
#include <async/port/level.h>
#include <async/port/tick.h>
#include <async/port/tickless.h>
#ifdef __riscv
#include <async/port/riscv.h>
#endif

/* -- Regions --------------------------------------------------------------- */

/* What is swept. */
struct region {
    const char *name;
    void (*prepare)(void);
    void (*run)(void); /* the code that is interrupted */
    /* What the interrupt does. Called once or twice; `nth` is 1 or 2. */
    void (*interrupt)(unsigned nth); /* 0: none comes; see sweep_when() */
    /* Negative if something is wrong. Otherwise a number that never gets less
     * the later a single interrupt comes: so that what comes first stays so. */
    int (*outcome)(void);
    const char *same_as; /* its longest wait must not be longer; or NULL */
};

/* Each file of regions has one list, which ends with an empty one. */
extern const struct region sweep_post[], sweep_idle[], sweep_clock[],
    sweep_channel[], sweep_put[], sweep_flag[], sweep_future[], sweep_level[],
    sweep_alarm[], sweep_riscv[];

enum { WRONG = -1 };

/* -- The world of a run ---------------------------------------------------- */

/* New for each run. The tick is not a timer's: a region's interrupt counts. */
extern async_loop_t sweep_loop;
extern async_tick_port_t sweep_tick;
#define SWEEP_START (~(async_tick_t)0 >> ASYNC_TICK_BITS / 4) /* carries next */

/* Writes into the log of the run. */
void sweep_log(char c);
bool sweep_logged(const char *text);
unsigned sweep_count(char c);

/* Runs the loop until nothing is ready. */
void sweep_drain(void);

/* One iteration. */
void sweep_once(void);

/* Whether the first interrupt came after the region's end. */
bool sweep_is_late(void);

/* When the first interrupt comes; grows from 1. */
unsigned sweep_when(void);

/* How many interrupts there are in this run: 1 or 2. */
unsigned sweep_interrupts(void);

/* -- Letters: posts that can tell whether one was lost --------------------- */

enum sender { FROM_MAIN, FROM_INTERRUPT };

struct letter {
    async_post_t post;
    char name;                /* is logged when it is run */
    volatile uint8_t sent[2]; /* by enum sender */
    uint8_t seen[2];          /* when it last ran */
};

void letter_init(struct letter *letter, char name);
int letter_send_to(async_loop_t *loop, struct letter *letter,
                   enum sender sender);
bool letter_lost(const struct letter *letter);

static inline void letter_send(struct letter *letter, enum sender sender)
{
    (void)letter_send_to(&sweep_loop, letter, sender);
}

/* -- Of a CPU: injector_*.c ------------------------------------------------ */

void injector_init(void);

/* The interrupt comes once, so many clocks from now. */
void injector_arm(uint16_t after);

/* It does not come any more. */
void injector_off(void);

/* Called by it: where it came, and how many clocks after it was due (that is,
 * with a constant added). */
void sweep_interrupt(uintptr_t pc, uint16_t late);

#endif
