/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model of a watchdog with an early warning, and the functions that
 * samples/drivers/watchdog.c wants. */
#ifndef WATCHDOG_HW_H_INCLUDED
#define WATCHDOG_HW_H_INCLUDED

#include "machine.h"

struct watchdog_model {
    struct line line;
    async_sim_interrupt_t warning, bite;
    async_tick_t time;      /* to the warning, and from there to the reset */
    async_tick_t fed;
    bool on, has_bitten, warned;
    unsigned feeds;
};
typedef struct watchdog_model *watchdog_hw_t;

void watchdog_model_begin(struct watchdog_model *model, async_tick_t time);
void watchdog_model_feed(struct watchdog_model *model, bool start);

static inline void watchdog_hw_start(watchdog_hw_t *hw)
{
    watchdog_model_feed(*hw, true);
}
static inline void watchdog_hw_feed(watchdog_hw_t *hw)
{
    watchdog_model_feed(*hw, false);
}
static inline void watchdog_hw_warned(watchdog_hw_t *hw)
{
    machine_access();
    machine_line(&(*hw)->line, false);
}

#endif
