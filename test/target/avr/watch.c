/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Pins that the firmware drives: each change is printed with its cycle. */
#include "chip.h"

#include <simavr/avr_ioport.h>
#include <stdio.h>
#include <stdlib.h>

struct watch {
    const struct chip *chip;
    const char *name;
};

static void on_pin(avr_irq_t *irq, uint32_t value, void *arg)
{
    const struct watch *watch = arg;
    if (irq->value != value) {
        (void)fprintf(stderr, "pin %s %llu %u\n", watch->name,
                      (unsigned long long)watch->chip->avr->cycle,
                      (unsigned)value);
    }
}

void watch_connect(struct chip *chip)
{
    static struct watch watches[WATCHES];
    unsigned i;
    for (i = 0; i < chip->options->watch_count; i++) {
        const char *name = chip->options->watches[i];
        avr_irq_t *irq = avr_io_getirq(chip->avr,
                                       AVR_IOCTL_IOPORT_GETIRQ(name[0]),
                                       atoi(name + 1));
        watches[i].chip = chip;
        watches[i].name = name;
        if (irq != NULL) {
            avr_irq_register_notify(irq, on_pin, &watches[i]);
        }
    }
}
