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

/* The texts of checks are literals. AVR would copy literals to its RAM, so
 * there CHECK_TEXT keeps them in program memory, and a pointer to one is read
 * with check_char_() only. Elsewhere both change nothing. */
#if defined(__AVR__)
#include <avr/pgmspace.h>
#define CHECK_TEXT(literal) PSTR(literal)
#define check_char_(text) ((char)pgm_read_byte(text))
/* Most texts of the name of a file are the same: one copy of it. */
static const char check_base_[] PROGMEM = __BASE_FILE__;
#define CHECK_FILE_                                      \
    (__builtin_strcmp(__FILE__, __BASE_FILE__) == 0 ? check_base_ \
                                                    : PSTR(__FILE__))
#else
#define CHECK_TEXT(literal) (literal)
#define CHECK_FILE_ __FILE__
#define check_char_(text) (*(text))
#endif

static inline void check_puts_(const char *text)
{
#if defined(__AVR__)
    char c[2] = {0, 0};
    while ((c[0] = check_char_(text)) != 0) {
        CHECK_PUTS(c);
        text++;
    }
#else
    CHECK_PUTS(text);
#endif
}

/* What is running, and how often a check has failed. */
static struct {
    const char *test;
    unsigned long start, step, failures;
} check_;

static inline void check_put_(const char *label, unsigned long n, unsigned base)
{
    char text[3 * sizeof n + 1], *at = text + sizeof text - 1;
    for (*at = 0; n != 0 || *at == 0; n /= base) {
        unsigned digit = (unsigned)(n % base);
        *--at = (char)(digit < 10 ? '0' + digit : 'a' - 10 + digit);
    }
    check_puts_(label);
    CHECK_PUTS(at);
}

static inline void check_put_long_(const char *label, long n)
{
    check_puts_(label);
    check_put_(n < 0 ? CHECK_TEXT("-") : CHECK_TEXT(""),
               n < 0 ? 0ul - (unsigned long)n : (unsigned long)n, 10);
}

/* On AVR without folders: some compilers for it cannot leave them out. */
static inline void check_put_file_(const char *file)
{
#if defined(__AVR__)
    const char *at = file;
    while (check_char_(at) != 0) {
        if (check_char_(at++) == '/') {
            file = at;
        }
    }
#endif
    check_puts_(file);
}

static inline bool check_fail_(const char *file, int line, const char *what)
{
    check_put_file_(file);
    check_put_(CHECK_TEXT(":"), (unsigned long)line, 10);
    check_puts_(CHECK_TEXT(": failed: "));
    check_puts_(what);
    check_puts_(CHECK_TEXT("  [replay "));
    if (check_.test != 0) {
        CHECK_PUTS(check_.test);
    }
    check_put_(CHECK_TEXT("@"), check_.start, 16);
    check_put_(CHECK_TEXT("#"), check_.step, 10);
    check_puts_(CHECK_TEXT("]\n"));
    check_.failures++;
    return false;
}

#define CHECK(condition) \
    ((condition) ? true  \
                 : check_fail_(CHECK_FILE_, __LINE__, CHECK_TEXT(#condition)))

#define CHECK_INT(actual, expected)                                       \
    check_int_(CHECK_FILE_, __LINE__, CHECK_TEXT(#actual), (long)(actual), \
               (long)(expected))
static inline bool check_int_(const char *file, int line, const char *what,
                              long actual, long expected)
{
    if (actual != expected) {
        check_put_long_(CHECK_TEXT("is "), actual);
        check_put_long_(CHECK_TEXT(", should be "), expected);
        check_puts_(CHECK_TEXT("; "));
        return check_fail_(file, line, what);
    }
    return true;
}

/* Compares with a literal. */
#define CHECK_STR(actual, expected)                                \
    check_str_(CHECK_FILE_, __LINE__, CHECK_TEXT(#actual), (actual), \
               CHECK_TEXT(expected))
static inline bool check_str_(const char *file, int line, const char *what,
                              const char *actual, const char *expected)
{
    const char *a = actual, *b = expected;
    while (*a != 0 && *a == check_char_(b)) { a++; b++; }
    if (*a != check_char_(b)) {
        check_puts_(CHECK_TEXT("is        \""));
        CHECK_PUTS(actual);
        check_puts_(CHECK_TEXT("\"\nshould be \""));
        check_puts_(expected);
        check_puts_(CHECK_TEXT("\"\n"));
        return check_fail_(file, line, what);
    }
    return true;
}

/* Compares with any text. */
#define CHECK_STR_VAR(actual, expected)                                  \
    check_str_var_(CHECK_FILE_, __LINE__, CHECK_TEXT(#actual), (actual), \
                   (expected))
static inline bool check_str_var_(const char *file, int line, const char *what,
                                  const char *actual, const char *expected)
{
#if defined(__AVR__)
    const char *a = actual, *b = expected;
    while (*a != 0 && *a == *b) { a++; b++; }
    if (*a != *b) {
        check_puts_(CHECK_TEXT("is        \""));
        CHECK_PUTS(actual);
        check_puts_(CHECK_TEXT("\"\nshould be \""));
        CHECK_PUTS(expected);
        check_puts_(CHECK_TEXT("\"\n"));
        return check_fail_(file, line, what);
    }
    return true;
#else
    return check_str_(file, line, what, actual, expected);
#endif
}

#endif
