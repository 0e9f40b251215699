/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * A push button, or any contact, at an edge interrupt: debounced.
 *
 *     static button_t button;
 *     button_init(&button, &loop, hardware, async_ms(20));
 *     button_start(&button);
 *     void GPIO_IRQHandler(void) { button_isr(&button); }
 *
 *     AWAIT(button_press(&button));
 *     AWAIT(button_release(&button));
 *
 * The first edge switches the interrupt off and starts a timer. When that is
 * due the level counts, and the interrupt comes on again. So a contact that
 * bounces, or a wire that picks up a radio, costs one interrupt per debounce
 * time, and a pulse that is shorter is not seen.
 *
 * The chip is what stands in button_hw.h, see uart.h. It defines:
 *
 *   button_hw_t                    which pin; copied into button_t
 *   bool button_hw_is_down(hw)     the level
 *   void button_hw_irq_on(hw)      forgets edges so far; interrupt at the next,
 *                                  of either direction
 *   void button_hw_irq_off(hw)     acknowledges it as well; one that is pending
 *                                  may still come
 */
#ifndef BUTTON_H_INCLUDED
#define BUTTON_H_INCLUDED

#include <async.h>

#include "button_hw.h"

/** A button. All private. */
struct button {
    button_hw_t hw;
    async_loop_t *loop;
    async_post_t edge;
    async_timer_t settled;
    async_delay_t debounce;
    async_semaphore_t presses, releases; /* that nobody has waited for */
    bool is_down, is_on;
};
typedef struct button button_t;

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a button that is not watched yet.
 *
 * @param button    Must stay valid while its interrupt may come.
 * @param hw        Copied. Pin and pull-up are the board's.
 * @param debounce  In ticks: longer than it bounces; 20 ms is usual.
 * @context{before the first use}
 */
void button_init(button_t *button, async_loop_t *loop, button_hw_t hw,
                 async_delay_t debounce);

/** Begins to watch. What the button is at this time is no event.
 * @context{task, callback or before start} @cost{O(1)} */
void button_start(button_t *button);

/** Switches the interrupt off; who waits goes on waiting.
 * @context{task or callback} @cost{O(1)} */
void button_stop(button_t *button);

/** The interrupt of the pin. @context{ISR} @cost{async_post()} */
void button_isr(button_t *button);

/** Forgets what nobody has waited for so far.
 * @context{task or callback} @cost{O(1)} */
void button_clear(button_t *button);

ASYNC_EXTERN_C_END

/** Whether it is down, bounces left out. @context{task or callback} */
static inline bool button_is_down(const button_t *button)
{
    return button->is_down;
}

/**
 * Waits until it goes down. Each press is for one task, the one that waits
 * longest; one that nobody waits for is kept for the next.
 *
 * @context{task} @cancel{strict} @cost{O(1)}
 */
static inline ASYNC_MUST_USE async_op_t button_press(button_t *button)
{
    return async_semaphore_acquire(&button->presses);
}

/** The same when it goes up. */
static inline ASYNC_MUST_USE async_op_t button_release(button_t *button)
{
    return async_semaphore_acquire(&button->releases);
}

/* With a time limit they need their coroutine form: for a long press
 * async_wait_for_ms(&self->limit, ASYNC_CALL(async_acquire_semaphore,
 * &self->release, .semaphore = &button.releases), 1000). */

#endif
