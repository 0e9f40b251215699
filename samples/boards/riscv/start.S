/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What runs before main() on a RISC-V in machine mode, and the entry of its
 * interrupts. A program gets an interrupt by writing a C function
 *
 *     void machine_timer_handler(void)       the clock has reached mtimecmp
 *     void machine_software_handler(void)    msip has been set
 *     void machine_external_handler(void)    a peripheral, by the PLIC
 *
 * Anything else ends in exception_handler, which may be replaced as well. A
 * handler may unmask interrupts: what the next one overwrites is kept. */

    .section .reset, "ax"
    .globl reset
reset:
    csrr    t0, mhartid         /* further cores sleep for ever */
    bnez    t0, park
    .option push
    .option norelax
    la      gp, __global_pointer$
    .option pop
    la      sp, stack_top
    la      t0, trap
    csrw    mtvec, t0

    la      t0, data_load
    la      t1, data_begin
    la      t2, data_end
copy:
    bgeu    t1, t2, copied
    lw      t3, 0(t0)
    sw      t3, 0(t1)
    addi    t0, t0, 4
    addi    t1, t1, 4
    j       copy
copied:
    la      t1, bss_begin
    la      t2, bss_end
clear:
    bgeu    t1, t2, cleared
    sw      zero, 0(t1)
    addi    t1, t1, 4
    j       clear
cleared:
    call    main
    call    board_exit
park:
    wfi
    j       park

/* Saves what a C function may overwrite (16 registers), and what a second trap
 * inside the handler would: mepc and mstatus. */
    .text
    .align  2
trap:
    addi    sp, sp, -80
    sw      ra, 0(sp)
    sw      t0, 4(sp)
    sw      t1, 8(sp)
    sw      t2, 12(sp)
    sw      t3, 16(sp)
    sw      t4, 20(sp)
    sw      t5, 24(sp)
    sw      t6, 28(sp)
    sw      a0, 32(sp)
    sw      a1, 36(sp)
    sw      a2, 40(sp)
    sw      a3, 44(sp)
    sw      a4, 48(sp)
    sw      a5, 52(sp)
    sw      a6, 56(sp)
    sw      a7, 60(sp)
    csrr    t0, mepc
    csrr    t1, mstatus
    sw      t0, 64(sp)
    sw      t1, 68(sp)

    csrr    a0, mcause          /* the highest bit says: an interrupt */
    bgez    a0, other
    andi    t0, a0, 15
    li      t1, 7
    beq     t0, t1, timer
    li      t1, 3
    beq     t0, t1, software
    li      t1, 11
    bne     t0, t1, other
    call    machine_external_handler
    j       done
timer:
    call    machine_timer_handler
    j       done
software:
    call    machine_software_handler
    j       done
other:
    csrr    a1, mepc
    call    exception_handler   /* of (mcause, mepc) */

done:
    csrci   mstatus, 8          /* masked from here to the mret */
    lw      t0, 64(sp)
    lw      t1, 68(sp)
    csrw    mepc, t0
    csrw    mstatus, t1
    lw      ra, 0(sp)
    lw      t0, 4(sp)
    lw      t1, 8(sp)
    lw      t2, 12(sp)
    lw      t3, 16(sp)
    lw      t4, 20(sp)
    lw      t5, 24(sp)
    lw      t6, 28(sp)
    lw      a0, 32(sp)
    lw      a1, 36(sp)
    lw      a2, 40(sp)
    lw      a3, 44(sp)
    lw      a4, 48(sp)
    lw      a5, 52(sp)
    lw      a6, 56(sp)
    lw      a7, 60(sp)
    addi    sp, sp, 80
    mret

/* Handlers of programs that have none. */
    .weak   machine_timer_handler
    .weak   machine_software_handler
    .weak   machine_external_handler
    .weak   exception_handler
machine_timer_handler:
machine_software_handler:
machine_external_handler:
exception_handler:
    li      a0, 99
    j       board_exit
