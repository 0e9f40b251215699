/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A model of a pin with an edge interrupt, and the functions that
 * samples/drivers/button.c wants. */
#ifndef BUTTON_HW_H_INCLUDED
#define BUTTON_HW_H_INCLUDED

#include "machine.h"

struct button_model {
    struct line line;
    bool is_down, on, event;
    unsigned edges;
    /* the finger: toggles at these times, then every `storm` ticks until an
     * end, if that is not 0 */
    async_tick_t times[64], storm, storm_end;
    unsigned count, next;
    async_sim_interrupt_t toggle;
};
typedef struct button_model *button_hw_t;

void button_model_begin(struct button_model *model);

/* Toggles the pin at these times from now, in order. */
void button_model_toggle(struct button_model *model, const unsigned *in,
                         unsigned count);

/* Toggles it every so many ticks for some time. */
void button_model_storm(struct button_model *model, async_tick_t every,
                        async_tick_t ticks);

/* Registers. */
bool button_model_is_down(struct button_model *model);
void button_model_irq(struct button_model *model, bool on);

static inline bool button_hw_is_down(const button_hw_t *hw)
{
    return button_model_is_down(*hw);
}
static inline void button_hw_irq_on(button_hw_t *hw)
{
    button_model_irq(*hw, true);
}
static inline void button_hw_irq_off(button_hw_t *hw)
{
    button_model_irq(*hw, false);
}

#endif
