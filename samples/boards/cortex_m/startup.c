/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What runs before main() on any Cortex-M: the vector table, and the memory
 * that C expects. A program gets an interrupt by writing a function of the
 * name of its handler: SysTick_Handler, PendSV_Handler, IRQ8_Handler, ... */
#include <stdint.h>

#include "semihost.h"

/* From link.ld. */
extern uint32_t data_load[], data_begin[], data_end[], bss_begin[], bss_end[];
extern uint32_t stack_top[];
extern void (*init_array_begin[])(void), (*init_array_end[])(void);

int main(void);

/* The program has ended: tells the debugger or emulator its status. */
_Noreturn void board_exit(int status);
_Noreturn void board_exit(int status)
{
    enum { APPLICATION_EXIT = 0x20026 };
    uint32_t report[2];
    report[0] = APPLICATION_EXIT;
    report[1] = (uint32_t)status;
    (void)semihost(SEMIHOST_EXIT, report);
    for (;;) { }
}

_Noreturn void Reset_Handler(void);
_Noreturn void Reset_Handler(void)
{
    const uint32_t *from = data_load;
    uint32_t *to;
    void (**constructor)(void);
    for (to = data_begin; to < data_end; to++) {
        *to = *from++;
    }
    for (to = bss_begin; to < bss_end; to++) {
        *to = 0;
    }
    for (constructor = init_array_begin; constructor < init_array_end;
         constructor++) {
        (*constructor)();
    }
    board_exit(main());
}

/* An interrupt or fault for which the program has no handler. */
void Default_Handler(void);
void Default_Handler(void)
{
    (void)semihost(SEMIHOST_WRITE0, "unexpected exception\n");
    board_exit(99);
}

#define WEAK(name) \
    void name(void) __attribute__((weak, alias("Default_Handler")))

WEAK(NMI_Handler);
WEAK(HardFault_Handler);
WEAK(MemManage_Handler);
WEAK(BusFault_Handler);
WEAK(UsageFault_Handler);
WEAK(SVC_Handler);
WEAK(DebugMon_Handler);
WEAK(PendSV_Handler);
WEAK(SysTick_Handler);

WEAK(IRQ0_Handler); WEAK(IRQ1_Handler); WEAK(IRQ2_Handler);
WEAK(IRQ3_Handler); WEAK(IRQ4_Handler); WEAK(IRQ5_Handler);
WEAK(IRQ6_Handler); WEAK(IRQ7_Handler); WEAK(IRQ8_Handler);
WEAK(IRQ9_Handler); WEAK(IRQ10_Handler); WEAK(IRQ11_Handler);
WEAK(IRQ12_Handler); WEAK(IRQ13_Handler); WEAK(IRQ14_Handler);
WEAK(IRQ15_Handler); WEAK(IRQ16_Handler); WEAK(IRQ17_Handler);
WEAK(IRQ18_Handler); WEAK(IRQ19_Handler); WEAK(IRQ20_Handler);
WEAK(IRQ21_Handler); WEAK(IRQ22_Handler); WEAK(IRQ23_Handler);
WEAK(IRQ24_Handler); WEAK(IRQ25_Handler); WEAK(IRQ26_Handler);
WEAK(IRQ27_Handler); WEAK(IRQ28_Handler); WEAK(IRQ29_Handler);
WEAK(IRQ30_Handler); WEAK(IRQ31_Handler); WEAK(IRQ32_Handler);
WEAK(IRQ33_Handler); WEAK(IRQ34_Handler); WEAK(IRQ35_Handler);
WEAK(IRQ36_Handler); WEAK(IRQ37_Handler); WEAK(IRQ38_Handler);
WEAK(IRQ39_Handler); WEAK(IRQ40_Handler); WEAK(IRQ41_Handler);
WEAK(IRQ42_Handler); WEAK(IRQ43_Handler); WEAK(IRQ44_Handler);
WEAK(IRQ45_Handler); WEAK(IRQ46_Handler); WEAK(IRQ47_Handler);

/* The 16 vectors of the core, then those of the chip. A chip has fewer than
 * these; what its peripherals are called is in its manual. */
#define FOUR(a, b, c, d) \
    IRQ##a##_Handler, IRQ##b##_Handler, IRQ##c##_Handler, IRQ##d##_Handler

struct vectors {
    uint32_t *stack;
    void (*handlers[15 + 48])(void);
};
extern const struct vectors vectors;
__attribute__((section(".vectors"), used)) const struct vectors vectors = {
    stack_top,
    {Reset_Handler, NMI_Handler, HardFault_Handler, MemManage_Handler,
     BusFault_Handler, UsageFault_Handler, 0, 0, 0, 0, SVC_Handler,
     DebugMon_Handler, 0, PendSV_Handler, SysTick_Handler,
     FOUR(0, 1, 2, 3), FOUR(4, 5, 6, 7),
     FOUR(8, 9, 10, 11), FOUR(12, 13, 14, 15),
     FOUR(16, 17, 18, 19), FOUR(20, 21, 22, 23),
     FOUR(24, 25, 26, 27), FOUR(28, 29, 30, 31),
     FOUR(32, 33, 34, 35), FOUR(36, 37, 38, 39),
     FOUR(40, 41, 42, 43), FOUR(44, 45, 46, 47)}};
