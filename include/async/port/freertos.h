/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * The FreeRTOS port: a loop is the body of one FreeRTOS task, which blocks
 * when the loop has nothing to do. Public API only, FreeRTOS 8.2 or later.
 *
 *     static async_loop_t loop;
 *     static async_freertos_t port;
 *
 *     static void app_task(void *argument)
 *     {
 *         async_loop_init(&loop, async_freertos_init(
 *             &port, xTaskGetCurrentTaskHandle()));
 *         async_run(&loop, ASYNC_CALL(app, &app));
 *         vTaskDelete(NULL);
 *     }
 *
 * Idle blocks on a notification of its task, index ASYNC_FREERTOS_NOTIFY_INDEX.
 * A give that finds the task not blocked stays in the notification's value, and
 * the next take returns at once.
 *
 * No wake-up can be lost: async_post() links its post before it gives, and idle
 * looks at the inbox before it takes. A post that comes before the look is
 * seen; one that comes after it gives a notification that nobody takes before
 * idle does, since only this task can. So it does no harm either if the task
 * or others use the same index: idle returns early, and the loop looks again.
 * (But idle takes what others gave; keep the index for the loop.)
 *
 * Time is the tick count, so ASYNC_TICK_HZ must be configTICK_RATE_HZ. Its wrap
 * is harmless. A sleep of n ticks ends with the n-th tick interrupt from now,
 * as vTaskDelay(n) does. A deadline that has passed does not block; one that
 * passes between the look at the clock and the take is late by the ticks in
 * between: the take counts from its own start, and FreeRTOS has no absolute
 * one. Without a deadline idle takes with portMAX_DELAY; where that is not for
 * ever (INCLUDE_vTaskSuspend 0), the loop looks and takes again.
 *
 * A tick count narrower than the library's ticks (configUSE_16_BIT_TICKS, or
 * ASYNC_TICK_BITS 64) is extended. For that, the loop must look at the clock at
 * least once in each period of the count: it blocks for half a period at most,
 * and no single callback may take longer than the other half (32 s at 1 kHz
 * with 16 bits). loop.time() may be called from any task and ISR.
 *
 * Interrupts that post must be allowed to call FreeRTOS: no more urgent than
 * configMAX_SYSCALL_INTERRUPT_PRIORITY. After the last post of an interrupt
 * ASYNC_FREERTOS_YIELD asks for the switch to the woken task.
 *
 * Two loops in two tasks need a pointer to the running loop for each task:
 * - the compiler's thread-local storage, where FreeRTOS switches it (ESP-IDF,
 *   configUSE_C_RUNTIME_TLS_SUPPORT): ASYNC_THREAD_LOCAL=__thread; or
 * - on one core, a thread-local storage pointer of FreeRTOS, index
 *   ASYNC_FREERTOS_TLS_INDEX, and in FreeRTOSConfig.h
 *
 *       void async_freertos_switched_out(void);
 *       void async_freertos_switched_in(void);
 *       #define traceTASK_SWITCHED_OUT() async_freertos_switched_out()
 *       #define traceTASK_SWITCHED_IN() async_freertos_switched_in()
 *
 * With several cores and no atomics (RP2040), define ASYNC_LOCK(state) and
 * ASYNC_UNLOCK(state) as a lock that also keeps the other core out.
 */
#ifndef ASYNC_PORT_FREERTOS_H_INCLUDED
#define ASYNC_PORT_FREERTOS_H_INCLUDED

#include "../loop.h"

#ifdef ESP_PLATFORM
#include <freertos/FreeRTOS.h>
#include <freertos/task.h>
#else
#include <FreeRTOS.h>
#include <task.h>
#endif

#if ((defined(configNUMBER_OF_CORES) && configNUMBER_OF_CORES > 1) || \
     (defined(configNUM_CORES) && configNUM_CORES > 1)) &&            \
    ASYNC_CORES < 2
#error "FreeRTOS runs on several cores: define ASYNC_CORES=2"
#endif

/** The notification that wakes the loop's task. Index 0 is there in every
 * configuration, but is also what stream buffers use by default; an index of
 * its own needs configTASK_NOTIFICATION_ARRAY_ENTRIES (FreeRTOS 10.4). */
#ifndef ASYNC_FREERTOS_NOTIFY_INDEX
#define ASYNC_FREERTOS_NOTIFY_INDEX 0
#endif

/** The thread-local storage pointer that the switch hooks use. */
#ifndef ASYNC_FREERTOS_TLS_INDEX
#define ASYNC_FREERTOS_TLS_INDEX 0
#endif

/** Whether the caller is an ISR. FreeRTOS has no such function on every
 * machine; define this where "xPortIsInsideInterrupt" does not exist. */
#ifndef ASYNC_FREERTOS_IN_ISR
#ifdef ESP_PLATFORM
#define ASYNC_FREERTOS_IN_ISR() (xPortInIsrContext() != 0)
#else
#define ASYNC_FREERTOS_IN_ISR() (xPortIsInsideInterrupt() != pdFALSE)
#endif
#endif

/** Asks for a switch at the end of this interrupt if a post woke a task. On a
 * machine whose portYIELD_FROM_ISR() switches at once, define this to remember
 * `woken`, and yield at the end of the ISR. */
#ifndef ASYNC_FREERTOS_YIELD
#define ASYNC_FREERTOS_YIELD(woken) portYIELD_FROM_ISR(woken)
#endif

/** Tasks keep ISRs out of the extended clock with these. */
#ifndef ASYNC_FREERTOS_LOCK
#define ASYNC_FREERTOS_LOCK() taskENTER_CRITICAL()
#define ASYNC_FREERTOS_UNLOCK() taskEXIT_CRITICAL()
#endif

ASYNC_STATIC_ASSERT((configTICK_RATE_HZ) == (ASYNC_TICK_HZ),
                    "set ASYNC_TICK_HZ to the value of configTICK_RATE_HZ");

typedef struct async_freertos async_freertos_t;

/** The port of one loop, that is, of one task. All private. */
struct async_freertos {
    async_port_t port;
    TaskHandle_t task;
    async_tick_t base; /**< a time less than a period of the count ago */
};

ASYNC_EXTERN_C_BEGIN

/**
 * Makes a port. It owns nothing and need not be closed; after
 * async_loop_close() it may go when nobody can be posting any more.
 *
 * @param freertos  Must outlive the loop.
 * @param task      The task that runs the loop. Must not be deleted while
 *                  somebody may post.
 * @returns The port for async_loop_init(), or 0, which async_loop_init()
 *          reports, if there is no task.
 * @context{any task, or before the scheduler starts}
 */
#define async_freertos_init ASYNC_ABI_(async_freertos_init)
async_port_t *async_freertos_init(async_freertos_t *freertos,
                                  TaskHandle_t task);

#if configNUM_THREAD_LOCAL_STORAGE_POINTERS > ASYNC_FREERTOS_TLS_INDEX
/** Keeps the running loop of the task that is switched out.
 * @context{traceTASK_SWITCHED_OUT} */
void async_freertos_switched_out(void);

/** Puts back the running loop of the task that is switched in.
 * @context{traceTASK_SWITCHED_IN} */
void async_freertos_switched_in(void);
#endif

ASYNC_EXTERN_C_END

#endif

#if defined(ASYNC_IMPLEMENTATION) && !defined(ASYNC_PORT_FREERTOS_IMPLEMENTED)
#define ASYNC_PORT_FREERTOS_IMPLEMENTED
#include "../detail/freertos_impl.h"
#endif
