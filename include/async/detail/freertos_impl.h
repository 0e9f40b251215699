/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Bodies of port/freertos.h. */
#ifndef ASYNC_DETAIL_FREERTOS_IMPL_H_INCLUDED
#define ASYNC_DETAIL_FREERTOS_IMPL_H_INCLUDED

#include "../port/freertos.h"

/* Every version has the functions without an index, which mean index 0. */
#if ASYNC_FREERTOS_NOTIFY_INDEX == 0
#define ASYNC_FREERTOS_TAKE_(ticks) ulTaskNotifyTake(pdTRUE, (ticks))
#define ASYNC_FREERTOS_GIVE_(task) xTaskNotifyGive(task)
#define ASYNC_FREERTOS_GIVE_ISR_(task, woken) \
    vTaskNotifyGiveFromISR((task), (woken))
#else
#define ASYNC_FREERTOS_TAKE_(ticks) \
    ulTaskNotifyTakeIndexed(ASYNC_FREERTOS_NOTIFY_INDEX, pdTRUE, (ticks))
#define ASYNC_FREERTOS_GIVE_(task) \
    xTaskNotifyGiveIndexed((task), ASYNC_FREERTOS_NOTIFY_INDEX)
#define ASYNC_FREERTOS_GIVE_ISR_(task, woken) \
    vTaskNotifyGiveIndexedFromISR((task), ASYNC_FREERTOS_NOTIFY_INDEX, (woken))
#endif

/* Width of TickType_t. FreeRTOS 11 knows three and has its own constants for
 * them; older ones have this flag only. */
#if defined(configTICK_TYPE_WIDTH_IN_BITS) && defined(TICK_TYPE_WIDTH_64_BITS)
#if configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_16_BITS
#define ASYNC_FREERTOS_BITS_ 16
#elif configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_32_BITS
#define ASYNC_FREERTOS_BITS_ 32
#else
#define ASYNC_FREERTOS_BITS_ 64
#endif
#elif configUSE_16_BIT_TICKS
#define ASYNC_FREERTOS_BITS_ 16
#else
#define ASYNC_FREERTOS_BITS_ 32
#endif
ASYNC_STATIC_ASSERT(sizeof(TickType_t) * 8 == ASYNC_FREERTOS_BITS_,
                    "TickType_t is not as wide as its configuration says");

#define ASYNC_FREERTOS_EXTEND_ (ASYNC_FREERTOS_BITS_ < ASYNC_TICK_BITS)

ASYNC_EXTERN_C_BEGIN

/* -- The clock ------------------------------------------------------------- */

#if ASYNC_FREERTOS_EXTEND_

/* The time from the base on, which is less than a period of the count. */
static async_tick_t async_freertos_extend_(const async_freertos_t *freertos,
                                           TickType_t count)
{
    async_tick_t base = freertos->base;
    return base + (TickType_t)(count - (TickType_t)base);
}

static async_tick_t async_freertos_now_(async_port_t *port)
{
    const async_freertos_t *freertos = (async_freertos_t *)(void *)port;
    async_tick_t now;
    if (ASYNC_FREERTOS_IN_ISR()) {
        return async_freertos_extend_(freertos, xTaskGetTickCountFromISR());
    }
    ASYNC_FREERTOS_LOCK();
    now = async_freertos_extend_(freertos, xTaskGetTickCount());
    ASYNC_FREERTOS_UNLOCK();
    return now;
}

/* Moves the base on. Runs in every iteration; nobody else writes it. */
static void async_freertos_poll_(async_port_t *port, async_loop_t *loop)
{
    async_freertos_t *freertos = (async_freertos_t *)(void *)port;
    (void)loop;
    ASYNC_FREERTOS_LOCK();
    freertos->base = async_freertos_extend_(freertos, xTaskGetTickCount());
    ASYNC_FREERTOS_UNLOCK();
}

#else

static async_tick_t async_freertos_now_(async_port_t *port)
{
    (void)port;
    return (async_tick_t)(ASYNC_FREERTOS_IN_ISR() ? xTaskGetTickCountFromISR()
                                                  : xTaskGetTickCount());
}

#endif

/* -- Sleeping and waking --------------------------------------------------- */

static int async_freertos_idle_(async_port_t *port, async_loop_t *loop,
                                const async_tick_t *deadline)
{
    TickType_t ticks = portMAX_DELAY;
#if ASYNC_FREERTOS_EXTEND_
    async_freertos_poll_(port, loop);
    ticks = (TickType_t)-1 / 2; /* the loop asks again */
#endif
    if (async_loop_has_posts(loop)) {
        return ASYNC_OK;
    }
    if (deadline != NULL) {
        async_delay_t rest =
            (async_delay_t)(*deadline - async_freertos_now_(port));
        if (rest <= 0) {
            return ASYNC_OK;
        }
        if ((async_tick_t)rest < ticks) {
            ticks = (TickType_t)rest;
        }
    }
    (void)ASYNC_FREERTOS_TAKE_(ticks);
    return ASYNC_OK;
}

static void async_freertos_wake_(async_port_t *port, async_loop_t *loop)
{
    TaskHandle_t task = ((async_freertos_t *)(void *)port)->task;
    (void)loop;
    if (ASYNC_FREERTOS_IN_ISR()) {
        BaseType_t woken = pdFALSE;
        ASYNC_FREERTOS_GIVE_ISR_(task, &woken);
        ASYNC_FREERTOS_YIELD(woken);
    } else {
        (void)ASYNC_FREERTOS_GIVE_(task);
    }
}

async_port_t *async_freertos_init(async_freertos_t *freertos, TaskHandle_t task)
{
    ASYNC_CHECK(freertos != NULL, NULL_ARGUMENT);
    if (task == NULL) {
        return NULL;
    }
    freertos->port.now = async_freertos_now_;
    freertos->port.idle = async_freertos_idle_;
    freertos->port.wake = async_freertos_wake_;
#if ASYNC_FREERTOS_EXTEND_
    freertos->port.poll = async_freertos_poll_;
#else
    freertos->port.poll = NULL;
#endif
    freertos->task = task;
    freertos->base = 0;
    return &freertos->port;
}

/* -- Several loops --------------------------------------------------------- */

#if configNUM_THREAD_LOCAL_STORAGE_POINTERS > ASYNC_FREERTOS_TLS_INDEX

/* In detail/ready.h, which a file without the bodies does not see. */
extern ASYNC_THREAD_LOCAL async_loop_t *async_running_;

/* Between the two the current task changes; for both, NULL means that one. A
 * new task's pointer is NULL: no loop runs in it. */
void async_freertos_switched_out(void)
{
    vTaskSetThreadLocalStoragePointer(NULL, ASYNC_FREERTOS_TLS_INDEX,
                                      async_running_);
}

void async_freertos_switched_in(void)
{
    async_running_ = (async_loop_t *)pvTaskGetThreadLocalStoragePointer(
        NULL, ASYNC_FREERTOS_TLS_INDEX);
}

#endif

ASYNC_EXTERN_C_END

#endif
