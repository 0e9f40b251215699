/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Vectors, start-up, LEDs: what firmware has without any library. On an AVR
 * the first two are those of avr-libc. */
#include "board.h"

#if defined(__AVR__)

void board_led(uint8_t led, bool on)
{
    uint8_t bit = (uint8_t)(1u << led);
    DDRB |= bit;
    if (on) {
        PORTB |= bit;
    } else {
        PORTB &= (uint8_t)~bit;
    }
}

#else

/* A register that sets the bits written, and behind it one that clears. */
#define BOARD_GPIO 0x50000508u

void board_led(uint8_t led, bool on)
{
    BOARD_REGISTER(on ? BOARD_GPIO : BOARD_GPIO + 4u) = (uint32_t)1 << led;
}

extern uint32_t data_load_[], data_begin_[], data_end_[], bss_begin_[],
    bss_end_[], stack_top_[];

int main(void);

/* The entry; on RISC-V what comes behind it. */
#if defined(__arm__)
#define start_c start_reset
#endif
__attribute__((noreturn, used)) void start_c(void);
__attribute__((noreturn, used)) void start_c(void)
{
    const uint32_t *from = data_load_;
    uint32_t *to;
    for (to = data_begin_; to < data_end_; to++) {
        *to = *from++;
    }
    for (to = bss_begin_; to < bss_end_; to++) {
        *to = 0;
    }
    (void)main();
    for (;;) {
    }
}

#if defined(__arm__)

void SysTick_Handler(void);

static void start_fault(void)
{
    for (;;) {
    }
}

/* The 16 vectors of the core; no interrupt of the chip is used. */
struct vectors {
    uint32_t *stack;
    void (*handlers[15])(void);
};
extern const struct vectors start_vectors;
__attribute__((used, section(".vectors"))) const struct vectors start_vectors =
    {stack_top_,
     {start_c, start_fault, start_fault, start_fault, start_fault, start_fault,
      0, 0, 0, 0, start_fault, start_fault, 0, start_fault, SysTick_Handler}};

#else

__attribute__((naked, used, section(".vectors"))) void start_reset(void);
__attribute__((naked, used, section(".vectors"))) void start_reset(void)
{
    __asm__ volatile("la sp, stack_top_\n\tla t0, machine_trap\n\t"
                     "csrw mtvec, t0\n\tj start_c");
}

#endif
#endif
