/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Every port to bare metal, as its header shows it; compiled as C and as C++,
 * for the machine each is for. Never run. */
#include <async.h>
#include <async/port/tick.h>
#include <async/port/tickless.h>

#if ASYNC_TICK_HZ == 1000 || ASYNC_TICK_HZ == 1000000
#include <async/port/arduino.h>
#endif

#if defined(__AVR__)
#include <async/port/avr.h>
#elif defined(__riscv)
#include <async/port/riscv.h>
#else
#include <async/port/cortex_m.h>
#endif

static async_loop_t loop;

#if defined(__AVR__)

#if ASYNC_TICK_HZ == 15625 /* 16 MHz by 1024 */
static async_tickless_t tickless;
ASYNC_AVR_TIMER1(timer);

static int start(void)
{
    timer_start();
    return async_loop_init(
        &loop, async_tickless_init(&tickless, timer_now, timer_alarm));
}
#elif ASYNC_TICK_HZ == 250
static async_tick_port_t tick;
ASYNC_AVR_TICK_ISR(2, tick);

static int start(void)
{
    return async_loop_init(&loop, async_avr_tick2_init(&tick));
}
#else
static async_tick_port_t tick;
ASYNC_AVR_TICK_ISR(0, tick);

static int start(void)
{
    return async_loop_init(&loop, async_avr_tick0_init(&tick));
}
#endif

#elif defined(__riscv)

static async_riscv_t riscv;
static async_loop_t fast;
static async_level_t level;

void timer_handler(void);
void software_handler(void);

void timer_handler(void)
{
    async_riscv_timer_isr(&riscv);
}

void software_handler(void)
{
    async_riscv_unpend(0);
    async_level_run(&level);
}

static int start(void)
{
    int status = async_loop_init(&loop, async_riscv_init(&riscv, 10000000));
    if (status == 0) {
        status = async_loop_init(&fast,
                                 async_level_init(&level, &riscv.port, &fast,
                                                  async_riscv_pend, 0));
    }
    async_riscv_add_level(&riscv, &level);
    return status;
}

#else

static async_tick_port_t tick;
static async_tickless_t tickless;
static async_loop_t slow, fast;
static async_level_t level;

void SysTick_Handler(void);
void PendSV_Handler(void);

void SysTick_Handler(void)
{
    async_tick_port_tick(&tick);
    async_level_tick(&level);
}

void PendSV_Handler(void)
{
    async_level_run(&level);
}

static async_tick_t now(void)
{
    return 0;
}

static void alarm(async_tick_t when)
{
    (void)when;
}

static int start(void)
{
    int status = async_loop_init(&loop, async_systick_init(&tick, 16000000));
    if (status == 0) {
        status = async_loop_init(&fast, async_level_init(
            &level, &tick.port, &fast, async_irq_pend, ASYNC_PENDSV));
    }
    if (status == 0) {
        status = async_loop_init(&slow,
                                 async_tickless_init(&tickless, now, alarm));
    }
    return status;
}

#endif

#ifdef ASYNC_PORT_ARDUINO_H_INCLUDED
static async_arduino_t arduino;
static async_loop_t sketch;

static int setup_sketch(void)
{
    int status = async_loop_init(&sketch, async_arduino_init(&arduino));
    return status == 0 ? async_arduino_run_once(&sketch) : status;
}
#else
static int setup_sketch(void)
{
    return 0;
}
#endif

int app(void);

int app(void)
{
    int status = start();
    return status == 0 ? setup_sketch() : status;
}
