/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* An input at every cycle of every marked interval: one run without it to
 * measure the intervals, then one fresh chip per cycle. */
#include "chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct shot {
    unsigned mark;          /* fire in the first interval of this mark */
    avr_cycle_count_t after; /* so many cycles after it opened */
    unsigned again;         /* and again so much later; 0: once */
    const struct input *inject;
    bool fired;
};

/* A pin goes back before it comes again, or there would be no edge. */
static void shoot(struct chip *chip, struct shot *shot)
{
    struct input input = *shot->inject;
    input.when = chip->avr->cycle + shot->after;
    inputs_add(chip, &input);
    if (shot->again != 0) {
        input.when += shot->again;
        if (input.kind == INPUT_PIN) {
            struct input back = input;
            back.value = !back.value;
            back.when--;
            inputs_add(chip, &back);
        }
        inputs_add(chip, &input);
    }
}

static void on_mark(struct chip *chip, unsigned mark, void *arg)
{
    struct shot *shot = arg;
    if (mark == shot->mark && !shot->fired) {
        shot->fired = true;
        shoot(chip, shot);
    }
}

static int run_once(struct chip *chip, const struct options *options,
                    elf_firmware_t *firmware, struct shot *shot)
{
    memset(chip, 0, sizeof *chip);
    if (shot != NULL) {
        chip->on_mark = on_mark;
        chip->on_mark_arg = shot;
    }
    (void)chip_run(chip, options, firmware);
    chip_free(chip);
    return chip->status;
}

/* Returns the number of bad runs, or adds to `runs`. */
static unsigned long sweep_mark(const struct options *options,
                                elf_firmware_t *firmware, struct shot *shot,
                                avr_cycle_count_t length, unsigned long *runs)
{
    static struct chip chip;
    unsigned long bad = 0;
    avr_cycle_count_t k;
    /* A few more: the last interrupt is taken after the interval. */
    for (k = 0; k <= length + 4; k++) {
        int status;
        shot->after = k;
        shot->fired = false;
        status = run_once(&chip, options, firmware, shot);
        ++*runs;
        if (status != 0 && bad++ < 20) {
            (void)printf("mark %u + %llu cycles: status %d%s%s\n", shot->mark,
                         (unsigned long long)k, status,
                         chip.why != NULL ? ", " : "",
                         chip.why != NULL ? chip.why : "");
        }
    }
    return bad;
}

int sweep(const struct options *given, elf_firmware_t *firmware,
          const struct input *inject, unsigned again, bool expect_bad)
{
    static struct chip reference;
    static struct options options;
    struct shot shot = {0, 0, 0, NULL, false};
    unsigned long runs = 0, bad = 0, marks = 0;
    unsigned i;
    options = *given;
    options.quiet = true;
    shot.inject = inject;
    shot.again = again;
    (void)run_once(&reference, &options, firmware, NULL);
    for (i = 1; i < 256; i++) {
        const struct interval *interval = &reference.intervals[i];
        if (interval->count != 0) {
            unsigned long of_mark;
            shot.mark = i;
            of_mark = sweep_mark(&options, firmware, &shot, interval->first,
                                 &runs);
            (void)printf("mark %u: %llu cycles, %lu bad\n", i,
                         (unsigned long long)interval->first, of_mark);
            bad += of_mark;
            marks++;
        }
    }
    (void)printf("%lu marks, %lu runs, %lu bad\n", marks, runs, bad);
    if (marks == 0) {
        (void)fprintf(stderr, "avr_run: no interval (GPIOR0) to sweep\n");
        return STATUS_USAGE;
    }
    return (bad != 0) != expect_bad;
}
