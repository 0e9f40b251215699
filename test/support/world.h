/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What every test of the API needs: a fresh loop on a simulated machine, a
 * trace of what happened in which order, and a main() that runs every test
 * with the clock just below its wrap and again from 0.
 *
 *     PROGRAM              all tests, from both starts
 *     PROGRAM TEST         one test, from both starts
 *     PROGRAM TEST@START   one test from one start (hexadecimal)
 *     PROGRAM TEST@START#STEP   one step of a test that goes through many
 *
 * A board that has no command line defines WORLD_ONLY: such a text, or NULL.
 * AVR has numbers instead of names, 00 for the first in the table. */
#ifndef WORLD_H_INCLUDED
#define WORLD_H_INCLUDED

#include <async.h>

#include "check.h"

#include <limits.h>

/* An int of more than 16 bits, or INT_MIN where there is none. */
#define WIDE(n) (INT_MAX > 32767 ? (n) : INT_MIN)

/* What a board has memory for: a board defines WORLD_SMALL as 1 if it has some
 * 16 KiB of RAM, and as 2 if it has 2. */
#ifndef WORLD_SMALL
#define WORLD_SMALL 0
#endif
#define WORLD_SIZE(any, small, smallest) \
    (WORLD_SMALL == 0 ? (any) : WORLD_SMALL == 1 ? (small) : (smallest))

/* And what it has time for: one of so many steps of the tests that go through
 * very many. */
#ifndef WORLD_EVERY
#define WORLD_EVERY 1
#endif

/* -- Trace ---------------------------------------------------------------- */

#ifndef WORLD_TRACE_BYTES
#define WORLD_TRACE_BYTES 4096
#endif
static char trace_[WORLD_TRACE_BYTES];
static unsigned trace_length_;

static inline void trace_char_(char c)
{
    if (trace_length_ + 1u < sizeof trace_) {
        trace_[trace_length_++] = c;
        trace_[trace_length_] = 0;
    }
}

static inline void trace_number_(long n)
{
    char digits[3 * sizeof n + 2], *at = digits + sizeof digits - 1;
    unsigned long rest = n < 0 ? 0ul - (unsigned long)n : (unsigned long)n;
    for (*at = 0; rest != 0 || *at == 0; rest /= 10u) {
        *--at = (char)('0' + rest % 10u);
    }
    if (n < 0) {
        *--at = '-';
    }
    while (*at != 0) {
        trace_char_(*at++);
    }
}

static inline void trace_space_(void)
{
    if (trace_length_ != 0) {
        trace_char_(' ');
    }
}

/* A word in whatever memory CHECK_TEXT puts it. */
static inline void trace_word_(const char *word)
{
    trace_space_();
    while (check_char_(word) != 0) {
        trace_char_(check_char_(word));
        word++;
    }
}

static inline void trace_word_n_(const char *word, long n)
{
    trace_word_(word);
    trace_number_(n);
}

/* Adds a word, which is a literal, to the trace. */
#define note(word) trace_word_(CHECK_TEXT(word))

/* Adds a word, which is a literal, and a number. */
#define note_n(word, n) trace_word_n_(CHECK_TEXT(word), (n))

/* Adds any word. */
static inline void note_var(const char *word)
{
    trace_space_();
    while (*word != 0) {
        trace_char_(*word++);
    }
}

/* Adds any word, and a number. */
static inline void note_n_var(const char *word, long n)
{
    note_var(word);
    trace_number_(n);
}

static inline void trace_clear(void)
{
    trace_length_ = 0;
    trace_[0] = 0;
}

/* Compares the trace, with a literal or with any text, and begins a new one. */
#define CHECK_TRACE(expected) (CHECK_STR(trace_, expected), trace_clear())
#define CHECK_TRACE_VAR(expected) \
    (CHECK_STR_VAR(trace_, expected), trace_clear())

/* -- Machine and loop ----------------------------------------------------- */

static async_sim_t sim;
static async_loop_t loop;

/* A fresh machine and loop, and an empty trace. */
static inline void world_begin_at(async_tick_t start)
{
    trace_clear();
    CHECK_INT(async_loop_init(&loop, async_sim_init(&sim, start)), 0);
}

static inline void world_begin(void)
{
    world_begin_at((async_tick_t)check_.start);
}

/* Ticks since the start. */
static inline long world_time(void)
{
    return (long)(async_delay_t)(sim.time - (async_tick_t)check_.start);
}

/* Nothing is queued, waiting or posted in the loop. */
static inline bool world_is_idle(async_loop_t *which)
{
    async_tick_t deadline;
    bool has_deadline;
    return async_all_tasks(which, NULL) == NULL &&
           async_loop_run_once(which, &deadline, &has_deadline) == 0 &&
           !has_deadline && !async_loop_has_posts(which);
}

static inline void world_end(void)
{
    CHECK(async_get_running_loop() == NULL);
    CHECK(world_is_idle(&loop));
    CHECK_INT(async_loop_close(&loop), 0);
}

/* Runs a number of iterations. */
static inline void turns(unsigned count)
{
    async_tick_t deadline;
    bool has_deadline;
    while (count-- > 0) {
        (void)async_loop_run_once(&loop, &deadline, &has_deadline);
    }
}

/* -- Random numbers, the same in every run of a seed ---------------------- */

static uint32_t random_state_;

static inline void random_seed(unsigned long seed)
{
    random_state_ = (uint32_t)(seed * 2654435761u + 1u) | 1u;
}

static inline unsigned random_below(unsigned n)
{
    random_state_ ^= random_state_ << 13;
    random_state_ ^= random_state_ >> 17;
    random_state_ ^= random_state_ << 5;
    return (unsigned)((random_state_ >> 4) % n);
}

/* -- Running the tests ---------------------------------------------------- */

/* AVR has no room for names: tests have numbers there. */
struct test {
#if !defined(__AVR__)
    const char *name;
#endif
    void (*run)(void); /* NULL: not in this image */
};

#if defined(__AVR__)
static inline const char *world_name_(const struct test *tests, unsigned i)
{
    static char digits[4];
    (void)tests;
    digits[0] = (char)('0' + i / 10 % 10);
    digits[1] = (char)('0' + i % 10);
    return digits;
}
#else
static inline const char *world_name_(const struct test *tests, unsigned i)
{
    return tests[i].name;
}
#endif

static const char *world_only_; /* "@START#STEP" or a part of it */

static inline unsigned long world_number_(const char **at, unsigned base)
{
    unsigned long n = 0;
    for (++*at; **at != 0 && **at != '#'; ++*at) {
        char c = **at;
        n = n * base + (unsigned long)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return n;
}

static inline bool world_wants_(const char *only, const char *name,
                                unsigned long start)
{
    world_only_ = "";
    if (only == NULL) {
        return true;
    }
    while (*only != 0 && *only == *name) {
        only++;
        name++;
    }
    if (*name != 0 || (*only != 0 && *only != '@')) {
        return false;
    }
    if (*only == '@' && world_number_(&only, 16) != start) {
        return false;
    }
    world_only_ = only;
    return true;
}

static unsigned world_skipped_; /* steps since the last one that was run */

/* In a test with many steps: sets the step for the replay id, and tells
 * whether it is to be run. */
static inline bool world_step(unsigned long step)
{
    const char *at = world_only_;
    check_.step = step;
    if (*at != 0) {
        return world_number_(&at, 10) == step;
    }
    if (++world_skipped_ >= WORLD_EVERY) {
        world_skipped_ = 0;
        return true;
    }
    return false;
}

static inline int world_main(const struct test *tests, unsigned count,
                             const char *only)
{
    unsigned i, s, ran = 0;
    for (i = 0; i < count; i++) {
        for (s = 0; s < 2; s++) {
            unsigned long start = s == 0 ? 0xfffffff0ul : 0;
            const char *name = world_name_(tests, i);
            if (tests[i].run != 0 && world_wants_(only, name, start)) {
                check_.test = name;
                check_.start = start;
                check_.step = 0;
                tests[i].run();
                ran++;
            }
        }
    }
    check_put_(CHECK_TEXT(""), ran, 10);
    check_put_(CHECK_TEXT(" tests, "), check_.failures, 10);
    check_puts_(CHECK_TEXT(" failed checks\n"));
    return ran == 0 || check_.failures != 0;
}

/* An image too small for all tests has those for which WORLD_PICK_name is
 * defined as ~,1: the second argument of PICK is then 1. The compiler drops the
 * others, and what only they use. */
#define WORLD_SECOND_(first, second, ...) second
#define WORLD_PICKED_(...) WORLD_SECOND_(__VA_ARGS__, 0, 0)
#if defined(WORLD_PARTS)
#define WORLD_RUN_(name) WORLD_PICKED_(WORLD_PICK_##name) ? name : 0
#else
#define WORLD_RUN_(name) name
#endif
#if defined(__AVR__)
#define TEST(name) {WORLD_RUN_(name)}
#else
#define TEST(name) {#name, WORLD_RUN_(name)}
#endif
#ifdef WORLD_ONLY /* bare metal: what to run, or NULL */
#define TEST_MAIN(tests)                                             \
    int main(void)                                                   \
    {                                                                \
        return world_main(tests, sizeof(tests) / sizeof *(tests),    \
                          WORLD_ONLY);                               \
    }
#else
#define TEST_MAIN(tests)                                             \
    int main(int argc, char **argv)                                  \
    {                                                                \
        return world_main(tests, sizeof(tests) / sizeof *(tests),    \
                          argc > 1 ? argv[1] : NULL);                \
    }
#endif

#endif
