/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A clock of milliseconds on a 32-bit timer with another rate, COUNT_HZ: its
 * count is extended to 64 bits each time it is read, and an alarm is early if
 * need be, so that it is read often enough. */
#ifndef DAYS_CLOCK_H_INCLUDED
#define DAYS_CLOCK_H_INCLUDED

enum { DAYS_REACH = 0x60000000 };

static uint64_t days_total;
static uint32_t days_last;
static async_tick_t days_offset;

/* Milliseconds since the start; called with interrupts masked. */
static inline uint64_t days_read(void)
{
    uint32_t count = timer_now();
    days_total += count - days_last;
    days_last = count;
    return days_total * 1000u / COUNT_HZ;
}

static inline async_tick_t days_now(void)
{
    uintptr_t state;
    async_tick_t now;
    ASYNC_LOCK(state);
    now = (async_tick_t)days_read() + days_offset;
    ASYNC_UNLOCK(state);
    return now;
}

static inline void days_alarm(async_tick_t when)
{
    uint64_t now = days_read();
    async_delay_t left =
        (async_delay_t)(when - (async_tick_t)now - days_offset);
    if (left > 0) {
        uint64_t at = ((now + (uint32_t)left) * COUNT_HZ + 999u) / 1000u;
        at -= days_total;
        timer_alarm(days_last + (at < DAYS_REACH ? (uint32_t)at : DAYS_REACH));
    }
}

#endif
