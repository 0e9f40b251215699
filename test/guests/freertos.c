/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The functions of kernel/task.h, as FreeRTOS documents them, on machine.h. It
 * stops when one is called from where FreeRTOS does not allow it. */
#include "machine.h"

#include <FreeRTOS.h>
#include <stdio.h>
#include <stdlib.h>
#include <task.h>

unsigned freertos_yields;

/* The context is what the handle points to. */
static struct machine_context *context(TaskHandle_t task)
{
    return task != NULL ? (struct machine_context *)(void *)task
                        : machine_current();
}

static void check_context(bool from_isr, const char *function)
{
    if (machine_in_isr() != from_isr) {
        fprintf(stderr, "freertos: %s called from the wrong context\n",
                function);
        abort();
    }
}

static void called(bool from_isr, const char *function)
{
    check_context(from_isr, function);
    machine_called();
}

/* Before FreeRTOS starts there are no switches, and no main(). */
static void switched_out(void)
{
    traceTASK_SWITCHED_OUT();
}

static void switched_in(void)
{
    traceTASK_SWITCHED_IN();
}

void freertos_start(void);
void freertos_start(void)
{
    machine_switched_out = switched_out;
    machine_switched_in = switched_in;
}

BaseType_t xPortIsInsideInterrupt(void)
{
    return machine_in_isr() ? pdTRUE : pdFALSE;
}

void vPortYieldFromISR(BaseType_t woken)
{
    freertos_yields += woken != pdFALSE;
}

TaskHandle_t xTaskGetCurrentTaskHandle(void)
{
    return (TaskHandle_t)(void *)machine_current();
}

TickType_t xTaskGetTickCount(void)
{
    called(false, "xTaskGetTickCount");
    return (TickType_t)machine_ticks();
}

TickType_t xTaskGetTickCountFromISR(void)
{
    called(true, "xTaskGetTickCountFromISR");
    return (TickType_t)machine_ticks();
}

uint32_t ulTaskNotifyTakeIndexed(UBaseType_t index, BaseType_t clear_on_exit,
                                 TickType_t ticks)
{
    uint64_t until = MACHINE_FOREVER;
    check_context(false, "ulTaskNotifyTake");
    machine_called_to_take();
    if (clear_on_exit != pdTRUE) {
        abort(); /* not done here */
    }
    if (ticks != portMAX_DELAY) {
        until = machine_ticks() + ticks;
    }
    return machine_take(&machine_current()->latch[index], until);
}

BaseType_t xTaskNotifyGiveIndexed(TaskHandle_t task, UBaseType_t index)
{
    called(false, "xTaskNotifyGive");
    machine_give(&context(task)->latch[index]);
    return pdTRUE;
}

void vTaskNotifyGiveIndexedFromISR(TaskHandle_t task, UBaseType_t index,
                                   BaseType_t *woken)
{
    called(true, "vTaskNotifyGiveFromISR");
    machine_give(&context(task)->latch[index]);
    *woken = pdTRUE;
}

uint32_t ulTaskNotifyTake(BaseType_t clear_on_exit, TickType_t ticks)
{
    return ulTaskNotifyTakeIndexed(0, clear_on_exit, ticks);
}

BaseType_t xTaskNotifyGive(TaskHandle_t task)
{
    return xTaskNotifyGiveIndexed(task, 0);
}

void vTaskNotifyGiveFromISR(TaskHandle_t task, BaseType_t *woken)
{
    vTaskNotifyGiveIndexedFromISR(task, 0, woken);
}

void vTaskSetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index,
                                       void *value)
{
    context(task)->local[index] = value;
}

void *pvTaskGetThreadLocalStoragePointer(TaskHandle_t task, BaseType_t index)
{
    return context(task)->local[index];
}

void vTaskEnterCritical(void)
{
    machine_mask();
}

void vTaskExitCritical(void)
{
    machine_unmask();
}
