/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The machine of model_ports.c: interrupts of three priorities, a sleep, a
 * timer, and time that passes only there and where it is told to. A window is
 * every place where the port masks, unmasks, sleeps, reads the clock, sets the
 * alarm or pends: an interrupt comes, or time passes, at those of m.when. */
#ifndef MACHINE_H_INCLUDED
#define MACHINE_H_INCLUDED

#include <stdint.h>
#include <stdlib.h>

/* The machine's side of port/cpu.h. */
static uintptr_t cpu_lock(void);
static void cpu_unlock(uintptr_t state);
static void cpu_mask(void);
static void cpu_unmask(void);
static void cpu_sleep(void);
#define ASYNC_ATOMICS 0
#define ASYNC_LOCK(state) ((state) = cpu_lock())
#define ASYNC_UNLOCK(state) cpu_unlock(state)
#define ASYNC_MASK() cpu_mask()
#define ASYNC_UNMASK() cpu_unmask()
#define ASYNC_SLEEP() cpu_sleep()

#define ASYNC_IMPLEMENTATION
#include <async.h>

#include <async/port/level.h>
#include <async/port/tick.h>
#include <async/port/tickless.h>

#include "world.h"

/* -- Machine -------------------------------------------------------------- */

enum kind { TICK, ALARM, ONE_SHOT, OVERFLOW, KINDS };
enum { PEND_TIMER = 1, PEND_EVENT = 2, PEND_SPURIOUS = 4, PEND_LEVEL = 8 };
enum { THREAD, LEVEL, TOP }; /* priorities */
enum action { EVENT, SPURIOUS, ONE_TICK, TEN_TICKS, WEEK, ACTIONS };
enum { NEVER = 0, REACH = 8, ROLL = 16, END = 70 };

static struct {
    enum kind kind;
    async_tick_t time;
    bool masked, ended;
    unsigned priority, pending;
    bool armed[2]; /* the alarms: the port's, and one of the level's own */
    async_tick_t alarm[2];
    unsigned window, wakes;
    unsigned when[2]; /* the windows of the disturbances; NEVER: none */
    enum action action[2];
    async_delay_t passed; /* time that was made to pass */
} m;

static async_tick_port_t tick;
static async_tickless_t tickless;
static async_level_t level;
static async_loop_t fast;
static bool has_level;

static void on_event(void);

static async_tick_t since_start(void)
{
    return m.time - (async_tick_t)check_.start;
}

/* One tick of time. What happens meanwhile is only pending. */
static void cpu_step(void)
{
    unsigned i;
    m.time++;
    if (m.kind == TICK || (m.kind == OVERFLOW && m.time % ROLL == 0)) {
        m.pending |= PEND_TIMER;
    }
    for (i = 0; i < 2; i++) {
        if (m.armed[i] && m.time == m.alarm[i]) {
            m.armed[i] = false;
            m.pending |= PEND_TIMER;
        }
    }
    if (!m.ended && since_start() == END) {
        m.ended = true;
        m.pending |= PEND_EVENT;
    }
}

static void on_timer(void)
{
    if (m.kind == TICK) {
        async_tick_port_tick(&tick);
    }
    if (has_level) {
        async_level_tick(&level);
    }
}

static void cpu_take(unsigned which, unsigned priority)
{
    unsigned before = m.priority;
    m.pending &= ~which;
    m.priority = priority;
    if (which == PEND_TIMER) {
        on_timer();
    } else if (which == PEND_EVENT) {
        on_event();
    } else if (which == PEND_LEVEL) {
        async_level_run(&level);
    }
    m.priority = before;
}

/* Takes every interrupt that may be taken now. */
static void cpu_deliver(void)
{
    unsigned which;
    while (!m.masked && m.priority < TOP &&
           (m.pending & ~(unsigned)PEND_LEVEL) != 0) {
        which = m.pending & (0u - m.pending);
        cpu_take(which, TOP);
    }
    if (!m.masked && m.priority < LEVEL && (m.pending & PEND_LEVEL) != 0) {
        cpu_take(PEND_LEVEL, LEVEL);
        cpu_deliver();
    }
}

/* A tick that comes while one is pending is lost on any machine: that is not
 * the port's fault, and not done here. */
static void cpu_pass(unsigned ticks)
{
    while (ticks-- > 0 && !(m.kind == TICK && (m.pending & PEND_TIMER) != 0)) {
        cpu_step();
        m.passed++;
        cpu_deliver();
    }
}

static void window(void)
{
    unsigned i;
    m.window++;
    for (i = 0; i < 2; i++) {
        if (m.when[i] != m.window) {
            continue;
        }
        switch (m.action[i]) {
        case EVENT: m.pending |= PEND_EVENT; break;
        case SPURIOUS: m.pending |= PEND_SPURIOUS; break;
        case ONE_TICK: cpu_pass(1); break;
        case TEN_TICKS: cpu_pass(10); break;
        case WEEK:
        default: cpu_pass(END); break;
        }
    }
    cpu_deliver();
}

static uintptr_t cpu_lock(void)
{
    uintptr_t was = m.masked;
    window();
    m.masked = true;
    return was;
}

static void cpu_unlock(uintptr_t state)
{
    m.masked = state != 0;
    window();
}

static void cpu_mask(void)
{
    window();
    m.masked = true;
}

static void cpu_unmask(void)
{
    m.masked = false;
    window();
}

static void cpu_sleep(void)
{
    unsigned ticks = 0;
    CHECK(m.masked && m.priority == THREAD);
    window();
    while (m.pending == 0) {
        cpu_step();
        if (++ticks == 1000) {
            (void)check_fail_(__FILE__, __LINE__, "it sleeps for ever");
            exit(1);
        }
    }
    m.wakes++;
    cpu_unmask();
}

/* -- Its timer, as the user of tickless.h writes it ------------------------ */

static async_tick_t now(void)
{
    async_tick_t time;
    window();
    time = m.time;
    window();
    return time;
}

/* ALARM has a compare register as wide as its count. ONE_SHOT counts down from
 * at most REACH, and is early if that is not enough. OVERFLOW compares some of
 * the bits, and is set only when it would not be early. */
static void set_alarm(async_tick_t when)
{
    async_delay_t left;
    window();
    left = (async_delay_t)(when - m.time);
    if (m.kind == ALARM || (m.kind == ONE_SHOT && left > 0) ||
        (m.kind == OVERFLOW && left >= 0 && left < ROLL)) {
        m.alarm[0] =
            m.kind == ONE_SHOT && left > REACH ? m.time + REACH : when;
        m.armed[0] = true;
    }
    window();
}

static void set_level_alarm(async_level_t *which, async_tick_t when)
{
    window();
    CHECK(which == &level);
    m.alarm[1] = when;
    m.armed[1] = true;
    window();
}

static void pend(unsigned irq)
{
    CHECK_INT(irq, 5);
    window();
    m.pending |= PEND_LEVEL;
    window();
}

static async_port_t *make_port(void)
{
    return m.kind == TICK ? async_tick_port_init(&tick, m.time)
                          : async_tickless_init(&tickless, now, set_alarm);
}

#endif
