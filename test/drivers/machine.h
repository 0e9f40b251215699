/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A simulated machine with peripherals, on the sim port: interrupt lines, a
 * mask, and registers. A peripheral is a C struct whose registers are read and
 * written by functions that call machine_access() first; that is where its
 * interrupts can strike, besides wherever the mask is taken away. Time passes
 * while the loop idles, and by machine.strike at an access: it then jumps to
 * the next event of any peripheral. */
#ifndef MACHINE_H_INCLUDED
#define MACHINE_H_INCLUDED

#include <async.h>

/* The wire from a peripheral to the CPU. */
struct line {
    void (*isr)(void *arg);
    void *arg;
    bool level;       /* the peripheral's condition */
    bool pending;     /* the CPU has noticed */
    unsigned taken;   /* interrupts */
    struct line *next;
};

struct machine {
    async_sim_t *sim;
    struct line *lines;
    bool masked, in_isr;
    bool latching; /* what is pending stays so when the condition has gone */
    unsigned accesses, strike;
    bool storm;    /* an interrupt did not end */
};
extern struct machine machine;

/* Begins with no lines. */
void machine_begin(async_sim_t *sim);

/* Connects a line. */
void machine_connect(struct line *line, void (*isr)(void *arg), void *arg);

/* The peripheral's condition has become true or false. */
void machine_line(struct line *line, bool level);

/* Comes before every access to a register. */
void machine_access(void);

bool machine_mask(void);
void machine_unmask(bool masked_before);

/* Lets a peripheral do something later. */
void machine_at(async_sim_interrupt_t *event, async_tick_t when,
                void (*handler)(async_sim_interrupt_t *event));

/* For drivers. */
#define ASYNC_LOCK(state) ((state) = machine_mask())
#define ASYNC_UNLOCK(state) machine_unmask((state) != 0)

#endif
