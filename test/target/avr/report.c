/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* The counts of a run: printed, one in a line, and compared. */
#include "chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct count {
    char name[32];
    unsigned long long value;
};

enum { COUNTS = 16 + 64 + 4 * 256 };

static void add(struct count *counts, unsigned *n, const char *name,
                unsigned long long value)
{
    (void)snprintf(counts[*n].name, sizeof counts->name, "%s", name);
    counts[(*n)++].value = value;
}

static void add_numbered(struct count *counts, unsigned *n, const char *name,
                         unsigned number, const char *suffix,
                         unsigned long long value)
{
    char text[32];
    (void)snprintf(text, sizeof text, "%s%u%s", name, number, suffix);
    add(counts, n, text, value);
}

static unsigned collect(const struct chip *chip, struct count *counts)
{
    unsigned n = 0, i;
    add(counts, &n, "cycles", chip->ended);
    add(counts, &n, "asleep", chip->asleep);
    add(counts, &n, "awake", chip->ended - chip->asleep);
    add(counts, &n, "asleep_permille",
        chip->ended != 0 ? chip->asleep * 1000 / chip->ended : 0);
    add(counts, &n, "wakes", chip->wakes);
    add(counts, &n, "stack", chip->ramend - chip->stack);
    add(counts, &n, "stack_free",
        chip->stack >= chip->stack_end ? chip->stack + 1 - chip->stack_end : 0);
    add(counts, &n, "resets", chip->resets);
    add(counts, &n, "i2c_starts", chip->i2c.starts);
    add(counts, &n, "i2c_stops", chip->i2c.stops);
    add(counts, &n, "i2c_nacks", chip->i2c.nacks);
    add(counts, &n, "i2c_bytes", chip->i2c.bytes);
    add(counts, &n, "i2c_busy", chip->i2c.busy);
    for (i = 0; i < 64; i++) {
        if (chip->vectors[i] != 0) {
            add_numbered(counts, &n, "vector", i, "", chip->vectors[i]);
        }
    }
    for (i = 0; i < 256; i++) {
        const struct interval *interval = &chip->intervals[i];
        if (interval->count != 0) {
            add_numbered(counts, &n, "interval", i, "", interval->count);
            add_numbered(counts, &n, "interval", i, "_first", interval->first);
            add_numbered(counts, &n, "interval", i, "_min", interval->min);
            add_numbered(counts, &n, "interval", i, "_max", interval->max);
        }
    }
    return n;
}

void report_print(const struct chip *chip)
{
    static struct count counts[COUNTS];
    unsigned n = collect(chip, counts), i;
    for (i = 0; i < n; i++) {
        (void)fprintf(stderr, "%s %llu\n", counts[i].name, counts[i].value);
    }
}

static bool holds(unsigned long long is, const char *operation)
{
    unsigned long long bound;
    if (*operation == '=') {
        return is == strtoull(operation + 1, NULL, 10);
    }
    bound = strtoull(operation + 2, NULL, 10);
    return *operation == '<' ? is <= bound : is >= bound;
}

/* "wakes<=25", "resets=0", "asleep_permille>=990". What was not counted
 * is 0. */
bool report_expect(const struct chip *chip, const char *expectation)
{
    static struct count counts[COUNTS];
    unsigned n = collect(chip, counts), i;
    size_t length = strcspn(expectation, "<>=");
    unsigned long long value = 0;
    if (expectation[length] == 0 || length == 0) {
        (void)fprintf(stderr, "avr_run: cannot read --expect %s\n",
                      expectation);
        exit(STATUS_USAGE);
    }
    for (i = 0; i < n; i++) {
        if (strlen(counts[i].name) == length &&
            strncmp(counts[i].name, expectation, length) == 0) {
            value = counts[i].value;
        }
    }
    if (!holds(value, expectation + length)) {
        (void)fprintf(stderr, "avr_run: expected %s, but it is %llu\n",
                      expectation, value);
        return false;
    }
    return true;
}
