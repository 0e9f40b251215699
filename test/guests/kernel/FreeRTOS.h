/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The types of FreeRTOS's public API that port/freertos.h uses, written from
 * its documentation. Not FreeRTOS. */
#ifndef INC_FREERTOS_H
#define INC_FREERTOS_H

#include "FreeRTOSConfig.h"

#include <stddef.h>
#include <stdint.h>

typedef long BaseType_t;
typedef unsigned long UBaseType_t;

/* FreeRTOS 11 has three widths and a constant for each. */
#ifdef configTICK_TYPE_WIDTH_IN_BITS
#define TICK_TYPE_WIDTH_16_BITS 0
#define TICK_TYPE_WIDTH_32_BITS 1
#define TICK_TYPE_WIDTH_64_BITS 2
#if configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_64_BITS
typedef uint64_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffffffffffffffull)
#elif configTICK_TYPE_WIDTH_IN_BITS == TICK_TYPE_WIDTH_32_BITS
typedef uint32_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffffffu)
#else
typedef uint16_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffu)
#endif
#elif configUSE_16_BIT_TICKS
typedef uint16_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffu)
#else
typedef uint32_t TickType_t;
#define portMAX_DELAY ((TickType_t)0xffffffffu)
#endif

#define pdFALSE ((BaseType_t)0)
#define pdTRUE ((BaseType_t)1)

#ifdef __cplusplus
extern "C" {
#endif

BaseType_t xPortIsInsideInterrupt(void);
void vPortYieldFromISR(BaseType_t woken);
#define portYIELD_FROM_ISR(woken) vPortYieldFromISR(woken)

#ifdef __cplusplus
}
#endif

#endif
