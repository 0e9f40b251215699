/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* One simulated AVR, from reset to its end, with all that is counted on the
 * way. avr_run is a test tool: it links simavr, and nothing links avr_run. */
#ifndef CHIP_H_INCLUDED
#define CHIP_H_INCLUDED

#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>

#include <stdbool.h>
#include <stdint.h>

/* Exit statuses besides the firmware's own. */
enum {
    STATUS_USAGE = 2,
    STATUS_LIMIT = 124, /* out of time, or will be: hangs without interrupts */
    STATUS_CRASH = 125, /* bad opcode or address, stack overflow, ... */
    STATUS_RESET = 126  /* a watchdog reset that was not expected */
};

/* -- Inputs: what happens to the chip at which cycle ----------------------- */

enum input_kind { INPUT_UART, INPUT_PIN, INPUT_ADC };

struct input {
    avr_cycle_count_t when; /* cycles since power-up */
    enum input_kind kind;
    char port;              /* PIN: 'D' */
    unsigned pin;           /* PIN: 2; ADC: the channel */
    unsigned value;         /* PIN: 0 or 1; ADC: millivolts */
    char text[512];         /* UART: bytes to receive */
    unsigned length;        /* of the text; others: 1; 0: done */
    bool waits;             /* UART: until the firmware receives */
};

enum { INPUTS = 64, WATCHES = 4 };

/* -- The I2C bus ----------------------------------------------------------- */

/* A device: 256 bytes behind a pointer, which the first byte of a write sets
 * and every further byte moves on, as in most sensors and small EEPROMs. */
struct i2c_device {
    bool present;
    uint8_t address;    /* 7 bits */
    uint8_t memory[256];
    unsigned hangs_after; /* holds the clock low after so many bytes; 0: not */
};

enum i2c_state { I2C_IDLE, I2C_STARTED, I2C_WRITING, I2C_READING, I2C_REFUSED };

struct i2c {
    avr_int_vector_t *vector;
    enum i2c_state state;
    uint8_t next_status; /* of the operation under way; 0: none is */
    struct i2c_device device;
    uint8_t pointer;
    bool pointer_next; /* the next byte written is the pointer */
    bool busy;         /* started, and not stopped */
    unsigned long starts, stops, nacks, bytes;
};

struct options {
    const char *mcu;
    uint32_t frequency;
    avr_cycle_count_t limit; /* cycles */
    unsigned resets;         /* so many watchdog resets are expected */
    bool report, trace;
    bool quiet; /* no console */
    const char *argument; /* for the firmware, at the start of its EEPROM */
    struct input inputs[INPUTS];
    unsigned input_count;
    const char *watches[WATCHES]; /* pins, "B5" */
    unsigned watch_count;
    struct i2c_device i2c;
};

/* -- The chip -------------------------------------------------------------- */

/* Cycles between GPIOR0 = n and GPIOR0 = 0. */
struct interval {
    unsigned long count;
    avr_cycle_count_t first, min, max;
};

struct chip {
    avr_t *avr;
    const struct options *options;
    int status;             /* -1 while it runs */
    const char *why;        /* it ended like that; NULL: by itself */
    avr_run_t run;
    avr_cycle_count_t asleep, ended;
    unsigned long wakes, resets;
    unsigned ramend;
    unsigned stack, stack_end; /* lowest SP; first address above the data */
    unsigned sp, sp_age;       /* SP now; instructions since it moved */
    uint32_t stop;             /* where exit() loops */

    struct interval intervals[256];
    unsigned mark; /* the open interval */
    avr_cycle_count_t marked;
    unsigned long vectors[64]; /* how often each interrupt has run */

    struct input inputs[INPUTS]; /* those to come */
    unsigned input_count;

    struct i2c i2c;

    /* For sweeps: called at GPIOR0 = n, n not 0. */
    void (*on_mark)(struct chip *chip, unsigned mark, void *arg);
    void *on_mark_arg;
};

/* Runs a firmware on a chip fresh from the factory. Returns the status. */
int chip_run(struct chip *chip, const struct options *options,
             elf_firmware_t *firmware);

/* Gives the memory back; the counts stay. */
void chip_free(struct chip *chip);

/* inputs.c */
void inputs_connect(struct chip *chip);
void inputs_arm(struct chip *chip); /* also after a reset */
void inputs_add(struct chip *chip, const struct input *input);
const char *inputs_parse(struct input *input, const char *text);
bool inputs_parse_time(avr_cycle_count_t *time, const char *text,
                       uint32_t frequency);

unsigned inputs_hexadecimal(const char **at, unsigned digits);

/* i2c.c */
void i2c_connect(struct chip *chip);
void i2c_reset(struct chip *chip);
const char *i2c_parse(struct i2c_device *device, const char *text);

/* watch.c */
void watch_connect(struct chip *chip);

/* report.c */
void report_print(const struct chip *chip);
bool report_expect(const struct chip *chip, const char *expectation);

/* sweep.c */
int sweep(const struct options *options, elf_firmware_t *firmware,
          const struct input *inject, unsigned again, bool expect_bad);

#endif
