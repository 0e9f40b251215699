/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/**
 * @file
 * Every option, its default and its range. Put your own values into a file
 * named `async_config.h` on the include path, or name another file with
 * `-DASYNC_CONFIG_FILE='"my_config.h"'`, or pass `-DOPTION=value`.
 *
 * All files of one program must agree on the options marked (layout): they are
 * part of the name of every constructor, so a mismatch does not link.
 */
#ifndef ASYNC_CONFIG_H_INCLUDED
#define ASYNC_CONFIG_H_INCLUDED

#ifdef __cplusplus
#if __cplusplus < 201103L
#error "nanoasync needs C++11 or later"
#endif
#elif !defined(__STDC_VERSION__) || __STDC_VERSION__ < 201112L
#error "nanoasync needs C11 or later"
#endif

#if defined(ASYNC_CONFIG_FILE)
#include ASYNC_CONFIG_FILE
#elif defined(__has_include)
#if __has_include("async_config.h")
#include "async_config.h"
#endif
#endif

/** 1 on an operating system, 0 on bare metal. Sets other options' defaults. */
#ifndef ASYNC_HOSTED
#if defined(__unix__) || defined(__APPLE__)
#define ASYNC_HOSTED 1
#else
#define ASYNC_HOSTED 0
#endif
#endif

/** Bits of a tick: 32, or 64 (layout). 32 bits at 1 kHz wrap after 49.7 days,
 * which is harmless; a delay may be at most half of that. */
#ifndef ASYNC_TICK_BITS
#define ASYNC_TICK_BITS 32
#endif
#if ASYNC_TICK_BITS != 32 && ASYNC_TICK_BITS != 64
#error "ASYNC_TICK_BITS must be 32 or 64"
#endif

/** Ticks per second of every port in the program. */
#ifndef ASYNC_TICK_HZ
#define ASYNC_TICK_HZ 1000
#endif
#if ASYNC_TICK_HZ < 1
#error "ASYNC_TICK_HZ must be at least 1"
#endif

#define ASYNC_TIMERS_LIST 0
#define ASYNC_TIMERS_RADIX 1
/** The timer queue (layout): ASYNC_TIMERS_LIST is a sorted list, one pointer
 * in all, best below some 16 sleepers; ASYNC_TIMERS_RADIX costs a table in the
 * loop and hardly grows with the number of sleepers. */
#ifndef ASYNC_TIMERS
#if ASYNC_HOSTED
#define ASYNC_TIMERS ASYNC_TIMERS_RADIX
#else
#define ASYNC_TIMERS ASYNC_TIMERS_LIST
#endif
#endif
#if ASYNC_TIMERS != ASYNC_TIMERS_LIST && ASYNC_TIMERS != ASYNC_TIMERS_RADIX
#error "ASYNC_TIMERS must be ASYNC_TIMERS_LIST or ASYNC_TIMERS_RADIX"
#endif

/** Digits of the radix queue in bits (layout): 1 to 6. A larger digit moves a
 * timer less often and costs a larger table. */
#ifndef ASYNC_TIMERS_RADIX_BITS
#if ASYNC_HOSTED
#define ASYNC_TIMERS_RADIX_BITS 6
#else
#define ASYNC_TIMERS_RADIX_BITS 1
#endif
#endif
#if ASYNC_TIMERS_RADIX_BITS < 1 || ASYNC_TIMERS_RADIX_BITS > 6
#error "ASYNC_TIMERS_RADIX_BITS must be 1 to 6"
#endif

/** 1 gives every task a name and a number, two words each (layout). */
#ifndef ASYNC_TASK_NAMES
#define ASYNC_TASK_NAMES ASYNC_HOSTED
#endif
#if ASYNC_TASK_NAMES != 0 && ASYNC_TASK_NAMES != 1
#error "ASYNC_TASK_NAMES must be 0 or 1"
#endif

/** 1 links the loop's tasks in both directions (layout): a task that ends costs
 * the same however many there are. 0 saves a word in each task, and one that
 * ends is looked for among the others: 4 instructions for each older one. */
#ifndef ASYNC_TASK_RING
#define ASYNC_TASK_RING ASYNC_HOSTED
#endif
#if ASYNC_TASK_RING != 0 && ASYNC_TASK_RING != 1
#error "ASYNC_TASK_RING must be 0 or 1"
#endif

/** 1 makes the loop know all asynchronous generators that are not finished, so
 * that async_run() can close them (layout). Two words in the loop and in each
 * generator. */
#ifndef ASYNC_TRACK_GENERATORS
#define ASYNC_TRACK_GENERATORS ASYNC_HOSTED
#endif
#if ASYNC_TRACK_GENERATORS != 0 && ASYNC_TRACK_GENERATORS != 1
#error "ASYNC_TRACK_GENERATORS must be 0 or 1"
#endif

/** 1 makes a debug build (layout), which reports mistakes that do not show at
 * once: see debug.h. 0 costs nothing. */
#ifndef ASYNC_DEBUG
#define ASYNC_DEBUG 0
#endif
#if ASYNC_DEBUG != 0 && ASYNC_DEBUG != 1
#error "ASYNC_DEBUG must be 0 or 1"
#endif

/** 1 checks for misuse that only a programming error can cause (NULL, an
 * operation outside a task, ...) and calls ASYNC_MISUSE_HOOK. */
#ifndef ASYNC_CHECKS
#ifdef NDEBUG
#define ASYNC_CHECKS 0
#else
#define ASYNC_CHECKS 1
#endif
#endif

/** 1 makes the keywords of the address of labels, a GNU extension (layout): an
 * AWAIT may then stand inside a `switch` of your own. Costs 4 bytes in every
 * frame on a 32-bit machine; 0 is standard C. */
#ifndef ASYNC_LABELS
#define ASYNC_LABELS 0
#endif
#if ASYNC_LABELS != 0 && ASYNC_LABELS != 1
#error "ASYNC_LABELS must be 0 or 1"
#endif
#if ASYNC_LABELS && !defined(__GNUC__)
#error "ASYNC_LABELS needs GCC or clang"
#endif

/** Called with an `enum async_misuse`; must not return. The default prints
 * the name of the mistake and aborts on a host, and traps on bare metal. */
#ifndef ASYNC_MISUSE_HOOK
#define ASYNC_MISUSE_HOOK(mistake) async_misuse_default_(mistake)
#endif

/** 1 spends some 250 bytes of code on a third less instructions for waiting and
 * waking: docs/performance.md. Same order of everything. */
#ifndef ASYNC_FAST
#define ASYNC_FAST ASYNC_HOSTED
#endif
#if ASYNC_FAST != 0 && ASYNC_FAST != 1
#error "ASYNC_FAST must be 0 or 1"
#endif

/** How many cores share memory with a loop: 1, or more if another core posts to
 * it, sets its flags or uses its channels. With 1 the CPU's memory barriers are
 * left out. CPUs without atomic read-modify-writes cannot have more. */
#ifndef ASYNC_CORES
#if ASYNC_HOSTED || defined(ESP_PLATFORM) || defined(PICO_ON_DEVICE)
#define ASYNC_CORES 2
#else
#define ASYNC_CORES 1
#endif
#endif
#if ASYNC_CORES < 1
#error "ASYNC_CORES must be at least 1"
#endif

/** 1 defines AWAIT, the short name of ASYNC_AWAIT. */
#ifndef ASYNC_SHORT_NAMES
#define ASYNC_SHORT_NAMES 1
#endif

/** Storage of the pointer to the running loop: thread-local on hosts, so that
 * each thread can have its loop. */
#ifndef ASYNC_THREAD_LOCAL
#if ASYNC_HOSTED
#define ASYNC_THREAD_LOCAL __thread
#else
#define ASYNC_THREAD_LOCAL
#endif
#endif

#ifdef __cplusplus
#define ASYNC_EXTERN_C_BEGIN extern "C" {
#define ASYNC_EXTERN_C_END }
#define ASYNC_STATIC_ASSERT(condition, message) static_assert(condition, message)
#else
#define ASYNC_EXTERN_C_BEGIN
#define ASYNC_EXTERN_C_END
#define ASYNC_STATIC_ASSERT(condition, message) _Static_assert(condition, message)
#endif

/* Does not compile if the pointers have different types. */
#define ASYNC_SAME_TYPE_(a, b) (void)sizeof((a) == (b))

#ifdef __GNUC__
#define ASYNC_MUST_USE __attribute__((warn_unused_result))
#define ASYNC_ALWAYS_INLINE_ inline __attribute__((always_inline))
#else
#define ASYNC_MUST_USE
#define ASYNC_ALWAYS_INLINE_ inline
#endif

/* In one of two ways to go: makes it a branch where the compiler would execute
 * the instructions of both, each on a condition. */
#if defined(__GNUC__) && ASYNC_FAST
#define ASYNC_BRANCH_() __asm__ volatile("")
#else
#define ASYNC_BRANCH_() ((void)0)
#endif

/* Keeps what is rare out of the way of what is not: on a host the jumps around
 * it cost more than it. */
#if defined(__GNUC__) && ASYNC_FAST && ASYNC_HOSTED
#define ASYNC_RARELY_(condition) __builtin_expect((condition) ? 1 : 0, 0)
#else
#define ASYNC_RARELY_(condition) (condition)
#endif

/* What each turn of a task runs: worth its size in every place or not; what it
 * runs rarely, which would take registers from that; and what compilers put in
 * every place although a call is smaller. */
#if ASYNC_FAST && defined(__GNUC__)
#define ASYNC_HOT_ ASYNC_ALWAYS_INLINE_
#define ASYNC_RARE_ __attribute__((noinline))
#define ASYNC_SHARED_ ASYNC_ALWAYS_INLINE_
#elif defined(__GNUC__)
#define ASYNC_HOT_ inline
#define ASYNC_RARE_ inline
#define ASYNC_SHARED_ __attribute__((noinline, unused))
#else
#define ASYNC_HOT_ inline
#define ASYNC_RARE_ inline
#define ASYNC_SHARED_ inline
#endif

/* Every constructor carries the layout in its name (see above). */
#define ASYNC_ABI_PASTE_(name, bits, timers, radix, names, ring, labels, track, \
                         debug)                                                 \
    name##_t##bits##q##timers##r##radix##n##names##k##ring##l##labels##g##track##d##debug
#define ASYNC_ABI_EXPAND_(name, bits, timers, radix, names, ring, labels, track, \
                          debug)                                                 \
    ASYNC_ABI_PASTE_(name, bits, timers, radix, names, ring, labels, track, debug)
#define ASYNC_ABI_(name)                                                         \
    ASYNC_ABI_EXPAND_(name, ASYNC_TICK_BITS, ASYNC_ABI_TIMERS_,                  \
                      ASYNC_TIMERS_RADIX_BITS, ASYNC_TASK_NAMES, ASYNC_TASK_RING, \
                      ASYNC_LABELS, ASYNC_TRACK_GENERATORS, ASYNC_DEBUG)
/* So does the function of a coroutine, since ASYNC_CALL makes its frame. */
#define ASYNC_RESUME_(name) ASYNC_ABI_(name##_resume_)
#if ASYNC_TIMERS == ASYNC_TIMERS_LIST
#define ASYNC_ABI_TIMERS_ 0
#else
#define ASYNC_ABI_TIMERS_ 1
#endif

#endif
