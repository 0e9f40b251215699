/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Assertions for tests that also run on bare metal: all they need there is a
 * CHECK_PUTS(text). A failure prints its place and a replay id,
 * TEST@START#STEP, which says how to run it again: see world.h. */
#ifndef CHECK_H_INCLUDED
#define CHECK_H_INCLUDED

#include <stdbool.h>

#ifndef CHECK_PUTS
#include <stdio.h>
#define CHECK_PUTS(text) ((void)fputs((text), stdout), (void)fflush(stdout))
#endif

/* What is running, and how often a check has failed. */
static struct {
    const char *test;
    unsigned long start, step, failures;
} check_;

static inline void check_put_(const char *label, unsigned long n, unsigned base)
{
    char text[3 * sizeof n + 1], *at = text + sizeof text - 1;
    for (*at = 0; n != 0 || *at == 0; n /= base) {
        *--at = "0123456789abcdef"[n % base];
    }
    CHECK_PUTS(label);
    CHECK_PUTS(at);
}

static inline void check_put_long_(const char *label, long n)
{
    CHECK_PUTS(label);
    check_put_(n < 0 ? "-" : "",
               n < 0 ? 0ul - (unsigned long)n : (unsigned long)n, 10);
}

static inline bool check_fail_(const char *file, int line, const char *what)
{
    CHECK_PUTS(file);
    check_put_(":", (unsigned long)line, 10);
    CHECK_PUTS(": failed: ");
    CHECK_PUTS(what);
    CHECK_PUTS("  [replay ");
    CHECK_PUTS(check_.test != 0 ? check_.test : "?");
    check_put_("@", check_.start, 16);
    check_put_("#", check_.step, 10);
    CHECK_PUTS("]\n");
    check_.failures++;
    return false;
}

#define CHECK(condition) \
    ((condition) ? true : check_fail_(__FILE__, __LINE__, #condition))

#define CHECK_INT(actual, expected) \
    check_int_(__FILE__, __LINE__, #actual, (long)(actual), (long)(expected))
static inline bool check_int_(const char *file, int line, const char *what,
                              long actual, long expected)
{
    if (actual != expected) {
        check_put_long_("is ", actual);
        check_put_long_(", should be ", expected);
        CHECK_PUTS("; ");
        return check_fail_(file, line, what);
    }
    return true;
}

#define CHECK_STR(actual, expected) \
    check_str_(__FILE__, __LINE__, #actual, (actual), (expected))
static inline bool check_str_(const char *file, int line, const char *what,
                              const char *actual, const char *expected)
{
    const char *a = actual, *b = expected;
    while (*a != 0 && *a == *b) { a++; b++; }
    if (*a != *b) {
        CHECK_PUTS("is        \""); CHECK_PUTS(actual);
        CHECK_PUTS("\"\nshould be \""); CHECK_PUTS(expected);
        CHECK_PUTS("\"\n");
        return check_fail_(file, line, what);
    }
    return true;
}

#endif
