/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
#include "button.h"

void button_isr(button_t *button)
{
    button_hw_irq_off(&button->hw);
    (void)async_post(button->loop, &button->edge);
}

static int button_settled(async_handle_t *handle);

static void button_wait(button_t *button)
{
    (void)async_call_later(button->loop, &button->settled, button->debounce,
                           button_settled);
}

static int button_edge(async_handle_t *handle)
{
    button_t *button = async_container_of(handle, button_t, edge.handle);
    if (button->is_on) {
        button_wait(button);
    }
    return ASYNC_OK;
}

/* Lets the next edge interrupt. One between the look at the level and irq_on()
 * is forgotten there, so the level is looked at again behind it. */
static void button_watch(button_t *button, bool was_down)
{
    button_hw_irq_on(&button->hw);
    if (button_hw_is_down(&button->hw) != was_down) {
        button_hw_irq_off(&button->hw);
        button_wait(button);
    }
}

static int button_settled(async_handle_t *handle)
{
    button_t *button = async_container_of(handle, button_t, settled.handle);
    bool is_down = button_hw_is_down(&button->hw);
    if (is_down != button->is_down) {
        button->is_down = is_down;
        (void)async_semaphore_release(is_down ? &button->presses
                                              : &button->releases);
    }
    button_watch(button, is_down);
    return ASYNC_OK;
}

void button_init(button_t *button, async_loop_t *loop, button_hw_t hw,
                 async_delay_t debounce)
{
    __builtin_memset((void *)button, 0, sizeof *button);
    button->hw = hw;
    button->loop = loop;
    button->debounce = debounce;
    async_post_init(&button->edge, button_edge);
    (void)async_semaphore_init(&button->presses, 0);
    (void)async_semaphore_init(&button->releases, 0);
    button_hw_irq_off(&button->hw);
}

void button_start(button_t *button)
{
    button->is_on = true;
    button->is_down = button_hw_is_down(&button->hw);
    button_watch(button, button->is_down);
}

void button_stop(button_t *button)
{
    button->is_on = false;
    button_hw_irq_off(&button->hw);
    (void)async_timer_cancel(button->loop, &button->settled);
}

/* Nobody waits if there is something to forget. */
static void button_forget(async_semaphore_t *events)
{
    if (!async_semaphore_locked(events)) {
        (void)async_semaphore_init(events, 0);
    }
}

void button_clear(button_t *button)
{
    button_forget(&button->presses);
    button_forget(&button->releases);
}
