/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The clock of the benchmark programs, C and C++: the processor time of the
 * process, so that other programs disturb less. A program is called as
 *
 *     PROGRAM CASE N WARM OPERATIONS
 *
 * and calls bench_tick() once per operation. After WARM operations the clock
 * starts, after OPERATIONS more the program prints the nanoseconds of one and
 * exits. Print "none" for a case that a program does not have. */
#ifndef ASYNC_BENCH_H_INCLUDED
#define ASYNC_BENCH_H_INCLUDED

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *bench_case;
static uint32_t bench_n;
static uint64_t bench_left; /* operations until the clock starts or stops */
static uint64_t bench_operations;
static uint64_t bench_start; /* 0: still warming up */

static inline uint64_t bench_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static __attribute__((noinline, cold)) void bench_event(void)
{
    uint64_t now = bench_clock();
    if (bench_start != 0) {
        printf("%.3f\n",
               (double)(now - bench_start) / (double)bench_operations);
        fflush(stdout);
        _Exit(0);
    }
    bench_start = bench_clock();
    bench_left = bench_operations;
}

static inline void bench_tick(void)
{
    if (__builtin_expect(--bench_left == 0, 0)) {
        bench_event();
    }
}

static inline int bench_is(const char *name)
{
    return strcmp(bench_case, name) == 0;
}

static inline void bench_arguments(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s CASE N WARM OPERATIONS\n", argv[0]);
        exit(2);
    }
    bench_case = argv[1];
    bench_n = (uint32_t)strtoul(argv[2], NULL, 10);
    bench_left = strtoull(argv[3], NULL, 10);
    bench_operations = strtoull(argv[4], NULL, 10);
    if (bench_left == 0 || bench_operations == 0) {
        fprintf(stderr, "%s: WARM and OPERATIONS must be at least 1\n",
                argv[0]);
        exit(2);
    }
}

/* The same pseudo-random numbers in every program. */
static uint32_t bench_seed = 1;

static inline uint32_t bench_random(void)
{
    bench_seed = bench_seed * 1664525u + 1013904223u;
    return bench_seed >> 8;
}

/* 1 to n in a random order: first deadlines that never coincide. */
static inline uint32_t *bench_shuffled(uint32_t n)
{
    uint32_t *numbers = (uint32_t *)calloc(n, sizeof *numbers);
    uint32_t i;
    if (numbers == NULL) {
        abort();
    }
    for (i = 0; i < n; i++) {
        numbers[i] = i + 1;
    }
    for (i = n; i > 1; i--) {
        uint32_t j = bench_random() % i, kept = numbers[j];
        numbers[j] = numbers[i - 1];
        numbers[i - 1] = kept;
    }
    return numbers;
}

#endif
