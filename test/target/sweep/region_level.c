/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* A loop in an interrupt: PendSV on Cortex-M, the software interrupt on RISC-V.
 * The injected one preempts it. On an AVR it is called as if there were one. */
#include "sweep.h"

static async_level_t level;
static async_loop_t fast;
static struct letter a, b;
static async_timer_t timer;

#if defined(__ARM_ARCH_PROFILE)

#include <async/port/cortex_m.h>

void PendSV_Handler(void);
void PendSV_Handler(void)
{
    async_level_run(&level);
}

#define PEND async_irq_pend, ASYNC_PENDSV
static void prepare_pend(void) { }
static void run_pended(void) { }

#elif defined(__riscv)

/* Any interrupt may come while it runs but its own. */
void machine_software_handler(void);
void machine_software_handler(void)
{
    async_riscv_unpend(0);
    __asm__ volatile("csrci mie, 8\n\tcsrsi mstatus, 8" ::: "memory");
    async_level_run(&level);
    __asm__ volatile("csrci mstatus, 8\n\tcsrsi mie, 8" ::: "memory");
}

static void prepare_pend(void)
{
    __asm__ volatile("csrsi mie, 8" ::: "memory");
}

#define PEND async_riscv_pend, 0
static void run_pended(void) { }

#else

static volatile bool pended;

static void pend(unsigned irq)
{
    (void)irq;
    pended = true;
}

#define PEND pend, 0
static void prepare_pend(void) { }

static void run_pended(void)
{
    while (pended) {
        pended = false;
        async_level_run(&level);
    }
}

#endif

static int timer_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('T');
    return 0;
}

static void prepare(void)
{
    letter_init(&a, 'A');
    letter_init(&b, 'B');
    prepare_pend();
    __builtin_memset(&timer, 0, sizeof timer);
    (void)async_loop_init(
        &fast, async_level_init(&level, &sweep_tick.port, &fast, PEND));
}

static void run(void)
{
    (void)letter_send_to(&fast, &a, FROM_MAIN);
    run_pended();
}

/* -- post: from below and from above --------------------------------------- */

static void interrupt_post(unsigned nth)
{
    (void)nth;
    (void)letter_send_to(&fast, &b, FROM_INTERRUPT);
}

static int post_outcome(void)
{
    unsigned runs;
    run_pended();
    runs = sweep_count('B');
    return !letter_lost(&a) && !letter_lost(&b) && sweep_count('A') == 1 &&
                   runs >= 1 && runs <= sweep_interrupts()
               ? 0
               : WRONG;
}

static void interrupt_same(unsigned nth)
{
    (void)nth;
    (void)letter_send_to(&fast, &a, FROM_INTERRUPT);
}

static int same_outcome(void)
{
    unsigned runs;
    run_pended();
    runs = sweep_count('A');
    return !letter_lost(&a) && runs >= 1 && runs <= 1u + sweep_interrupts()
               ? 0
               : WRONG;
}

/* -- deadline: the only tick comes while the loop runs --------------------- */

static void deadline_prepare(void)
{
    prepare();
    (void)async_call_at(&fast, &timer, SWEEP_START + 1u, timer_run);
}

static void interrupt_tick(unsigned nth)
{
    (void)nth;
    async_tick_port_tick(&sweep_tick);
    async_level_tick(&level);
}

static int deadline_outcome(void)
{
    run_pended();
    return sweep_count('A') == 1 && sweep_count('T') == 1 ? 0 : WRONG;
}

/* Two levels of it: the timer is set by what runs in the loop. */
static int setter_run(async_handle_t *handle)
{
    (void)handle;
    sweep_log('A');
    (void)async_call_at(&fast, &timer, SWEEP_START + 1u, timer_run);
    return 0;
}

static void set_prepare(void)
{
    prepare();
    async_post_init(&a.post, setter_run);
}

const struct region sweep_level[] = {
    {"level_post", prepare, run, interrupt_post, post_outcome, NULL},
    {"level_same", prepare, run, interrupt_same, same_outcome, NULL},
    {"level_deadline", deadline_prepare, run, interrupt_tick, deadline_outcome,
     NULL},
    {"level_set", set_prepare, run, interrupt_tick, deadline_outcome, NULL},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
