/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What an application's file of this name says, as far as the port cares. */
#ifndef FREERTOS_CONFIG_H
#define FREERTOS_CONFIG_H

#ifndef configTICK_RATE_HZ
#define configTICK_RATE_HZ ((TickType_t)1000)
#endif
#ifndef configUSE_16_BIT_TICKS
#define configUSE_16_BIT_TICKS 0
#endif
#ifndef configTASK_NOTIFICATION_ARRAY_ENTRIES
#define configTASK_NOTIFICATION_ARRAY_ENTRIES 2
#endif
#ifndef configNUM_THREAD_LOCAL_STORAGE_POINTERS
#define configNUM_THREAD_LOCAL_STORAGE_POINTERS 1
#endif

/* As port/freertos.h says, for two loops in two tasks. */
#ifdef __cplusplus
extern "C" {
#endif
void async_freertos_switched_out(void);
void async_freertos_switched_in(void);
#ifdef __cplusplus
}
#endif
#define traceTASK_SWITCHED_OUT() async_freertos_switched_out()
#define traceTASK_SWITCHED_IN() async_freertos_switched_in()

#endif
