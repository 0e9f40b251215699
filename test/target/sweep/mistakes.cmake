# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT

# Mistakes that the sweep has to find, each on one board of a kind of CPU: those
# without atomics, and those with.
set(locking microbit atmega328p)
set(atomic mps2-an386 virt)
set(any ${locking} ${atomic})

# async_post() does not mask interrupts. (An AVR moves pointers in two halves:
# it crashes.)
set(no_lock "#define ASYNC_LOCK(state) ((state) = 0)"
    "#define ASYNC_UNLOCK(state) ((void)(state))")
sweep_finds(no_lock REGIONS post BOARDS microbit CONFIG ${no_lock})
sweep_finds(no_lock_crash REGIONS post BOARDS atmega328p CONFIG ${no_lock}
    STATUS 125)

# async_post() does not use atomics, and loads and stores instead.
sweep_finds(no_atomics REGIONS post BOARDS ${atomic} CONFIG
    "#define ASYNC_ATOMICS 0" ${no_lock})

# Only one of its two parts is wrong.
sweep_finds(plain_or REGIONS post BOARDS ${atomic}
    FILE async/detail/atomic.h
    FROM "old = __atomic_fetch_or(where, bits, ASYNC_ACQ_REL_)"
    TO "old = *where; *where = old | bits")
sweep_finds(plain_push REGIONS post BOARDS ${atomic}
    FILE async/detail/atomic.h
    FROM "} while (!__atomic_compare_exchange_n(stack, &top, handle, true,
                                          ASYNC_RELEASE_, __ATOMIC_RELAXED))"
    TO "*stack = handle; } while (0)")
sweep_finds(push_unlocked REGIONS post BOARDS ${locking}
    FILE async/detail/atomic.h
    FROM "    ASYNC_LOCK(state);
    top = *stack;"
    TO "    ASYNC_LOCK(state);
    top = *stack;
    ASYNC_UNLOCK(state);")

# They mask, and the longer the more is posted.
sweep_finds(long_lock REGIONS post BOARDS ${locking}
    FILE async/detail/atomic.h
    FROM "    ASYNC_LOCK(state);
    top = *stack;"
    TO "    ASYNC_LOCK(state);
    for (top = *stack; top != NULL;
         top = (async_handle_t *)(void *)top->node.next) {
        __asm__ volatile(\"nop\");
    }
    top = *stack;")
sweep_finds(long_take REGIONS post BOARDS ${locking}
    FILE async/detail/post_impl.h
    FROM "    while (node != NULL) {
        async_node_t *older = node->next;
        async_link_before_(at, node);
        at = node;
        node = older;
    }"
    TO "    ASYNC_MASK();
    while (node != NULL) {
        async_node_t *older = node->next;
        async_link_before_(at, node);
        at = node;
        node = older;
    }
    ASYNC_UNMASK();")

# A post that is linked already is left alone after a plain load, armed or not.
sweep_finds(plain_load REGIONS post BOARDS ${any}
    FILE async/detail/post_impl.h
    FROM "    state = async_fetch_or_("
    TO "    if (ASYNC_LOAD_(&post->state) & ASYNC_POSTED_) { return 0; }
    state = async_fetch_or_(")

# The inbox is taken in two steps.
sweep_finds(take_in_two REGIONS post BOARDS ${any}
    FILE async/detail/post_impl.h
    FROM "(async_node_t *)ASYNC_EXCHANGE_(
        &loop->inbox, (async_handle_t *)NULL);"
    TO "(async_node_t *)ASYNC_LOAD_(&loop->inbox);
    loop->inbox = NULL;")

# What is posted runs in the wrong order.
sweep_finds(newest_first REGIONS post BOARDS ${any}
    FILE async/detail/post_impl.h
    FROM "        at = node;
" TO "        at = &loop->ready;
")

# A post that runs clears its state after its callback has looked.
sweep_finds(clear_after REGIONS post BOARDS ${any}
    FILE async/detail/post_impl.h
    FROM "    uintptr_t state = ASYNC_EXCHANGE_(&post->state, 0u);
    return state & ASYNC_ARMED_ ? post->fn(handle) : ASYNC_OK;"
    TO "    uintptr_t state = ASYNC_LOAD_(&post->state);
    int status = state & ASYNC_ARMED_ ? post->fn(handle) : 0;
    ASYNC_STORE_(&post->state, 0u);
    return status;")

# Idle looks for work with interrupts enabled, and sleeps then.
set(unmasked_look "#define ASYNC_MASK() __asm__ volatile(\"\" ::: \"memory\")"
    "#define ASYNC_UNMASK() ASYNC_MASK()")
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "avr")
    list(APPEND unmasked_look "#define ASYNC_SLEEP() sleep_mode()")
else()
    list(APPEND unmasked_look
        "#define ASYNC_SLEEP() __asm__ volatile(\"wfi\" ::: \"memory\")")
endif()
sweep_finds(unmasked_look REGIONS idle BOARDS ${any}
    CONFIG ${unmasked_look})

# Idle masks, but unmasks before it sleeps.
sweep_finds(unmasked_sleep REGIONS idle BOARDS ${any}
    FILE async/detail/tick_impl.h
    FROM "        ASYNC_SLEEP();"
    TO "        ASYNC_UNMASK(); ASYNC_SLEEP();")

# A time of several words is read without masking. (An ARMv7-M reads two with
# one instruction.)
sweep_finds(torn_time REGIONS clock BOARDS atmega328p
    FILE async/detail/tick_impl.h
    FROM "sizeof now > sizeof(void *)" TO "0")
sweep_finds(torn_time_64 LAYOUT REGIONS clock BOARDS microbit virt
    CONFIG "#define ASYNC_TICK_BITS 64"
    FILE async/detail/tick_impl.h
    FROM "sizeof now > sizeof(void *)" TO "0")

# The count of a channel says that an element is there before it is.
sweep_finds(count_first REGIONS put BOARDS ${any}
    FILE async/detail/channel_impl.h
    FROM "    to = (uint8_t *)items +"
    TO "    async_channel_store_(&channel->put, put + 1u);
    to = (uint8_t *)items +")

# A task does not see that the producer has overtaken it.
sweep_finds(overtaken REGIONS channel BOARDS ${any}
    FILE async/detail/channel_impl.h
    FROM "if (async_channel_overrun_(channel, taken) == 0) {"
    TO "if (1) {")

# A flag forgets a set that came after it was looked at.
sweep_finds(flag_late REGIONS flag BOARDS ${any}
    FILE async/detail/flag_impl.h
    FROM "    uintptr_t posted =
        async_fetch_and_(&flag->post.state, ~(uintptr_t)ASYNC_ARMED_);"
    TO "    uintptr_t posted = ASYNC_LOAD_(&flag->post.state);
    async_post_cancel(&flag->post);")

# A level does not look at a deadline that has passed before it was noted.
sweep_finds(level_late REGIONS level BOARDS ${any}
    FILE async/detail/level_impl.h
    FROM "        async_level_tick(level);
" TO "")

# Idle on a timer without a tick looks at the time before it sets the alarm.
sweep_finds(alarm_after REGIONS alarm BOARDS microbit atmega328p
    FILE async/detail/tickless_impl.h
    FROM "    tickless->alarm(*deadline);
    return async_before_(tickless->now(), *deadline);"
    TO "    bool waits = async_before_(tickless->now(), *deadline);
    tickless->alarm(*deadline);
    return waits;")

# Or lets an interrupt in between the alarm and the sleep. (An AVR takes none
# right after SEI.)
sweep_finds(alarm_unmasked REGIONS alarm BOARDS microbit atmega328p
    FILE async/detail/tickless_impl.h
    FROM "    tickless->alarm(*deadline);"
    TO "    tickless->alarm(*deadline);
    ASYNC_UNMASK();
    __asm__ volatile(\"nop\");
    __asm__ volatile(\"nop\");
    ASYNC_MASK();")
sweep_finds(alarm_unmasked_riscv REGIONS alarm BOARDS virt
    FILE async/detail/riscv_impl.h
    FROM "        async_riscv_arm_(riscv, deadline);
        ASYNC_SLEEP();"
    TO "        async_riscv_arm_(riscv, deadline);
        ASYNC_UNMASK();
        __asm__ volatile(\"nop\");
        ASYNC_MASK();
        ASYNC_SLEEP();")

# The clock is put together of two parts that do not belong together. (On RISC-V
# it hangs then.)
sweep_finds(torn_clock REGIONS alarm BOARDS atmega328p
    FILE async/port/avr.h
    FROM "    if ((TIFR1 & _BV(TOV1)) && low < 0x8000u) {"
    TO "    if (0) {")

# The loops of a hart do not share mtimecmp.
sweep_finds(alarm_of_one REGIONS riscv BOARDS virt
    FILE async/detail/riscv_impl.h
    FROM "        if (level->waits && (!some ||"
    TO "        if (deadline == NULL && level->waits && (!some ||")
sweep_finds(alarm_not_set REGIONS riscv BOARDS virt
    FILE async/detail/riscv_impl.h
    FROM "    async_riscv_arm_((async_riscv_t *)level->context, NULL);"
    TO "    (void)level;")
