/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What stands below a firmware when there is no C library: the reset code and
 * the functions that compilers call by themselves. Never executed: it is there
 * so that the linker sees a whole program. */
#include <stddef.h>
#include <stdint.h>

int main(void);

#if defined(__arm__)

extern uint32_t stack_top_[];

void start_reset(void)
{
    (void)main();
    for (;;) {
    }
}

__attribute__((
    used, section(".vectors"))) static const void *const start_vectors[2] = {
    stack_top_, (const void *)start_reset};

#elif defined(__riscv)

__attribute__((naked, used, section(".vectors"))) void start_reset(void)
{
    __asm__ volatile("la sp, stack_top_\n\tcall main\n\tj .");
}

#endif

/* What the library and the compiler call. Firmware mostly takes these from its
 * C library; here they are as small as they get, and counted. */
__attribute__((noinline, used)) void *memset(void *at, int value, size_t size)
{
    volatile unsigned char *byte = (volatile unsigned char *)at;
    while (size-- > 0) {
        *byte++ = (unsigned char)value;
    }
    return at;
}

__attribute__((noinline, used)) void *memcpy(void *to, const void *from,
                                             size_t size)
{
    volatile unsigned char *out = (volatile unsigned char *)to;
    const unsigned char *in = (const unsigned char *)from;
    while (size-- > 0) {
        *out++ = *in++;
    }
    return to;
}

/* What __builtin_trap() becomes on a CPU without a trap instruction. */
#ifdef __AVR__
__attribute__((noinline, noreturn, used)) void abort(void)
{
    for (;;) {
    }
}
#endif
