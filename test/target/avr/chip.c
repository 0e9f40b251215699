/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* Runs a chip instruction by instruction: its console, its end, its stack. */
#include "chip.h"

#include <simavr/avr_eeprom.h>
#include <simavr/avr_uart.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Addresses in data space, the same on every ATmega of this generation. */
enum { GPIOR0 = 0x3e, GPIOR1 = 0x4a, GPIOR2 = 0x4b, SMCR = 0x53 };
enum { TIFR0 = 0x35, TIMERS = 3 };
enum { WDTCSR = 0x60, SE = 1, WDE = 1 << 3 };
enum { RJMP_TO_ITSELF = 0xcfff, DATA_IN_ELF = 0x800000 };

static void end(struct chip *chip, int status, const char *why)
{
    if (chip->status < 0) {
        chip->status = status;
        chip->why = why;
        chip->ended = chip->avr->cycle;
    }
}

/* -- What the firmware tells us -------------------------------------------- */

static void on_uart(avr_irq_t *irq, uint32_t value, void *arg)
{
    (void)irq;
    (void)arg;
    if (value != '\r') {
        (void)putchar((int)value);
    }
}

static void on_mark(avr_t *avr, avr_io_addr_t address, uint8_t value, void *arg)
{
    struct chip *chip = arg;
    avr->data[address] = value;
    if (value != 0) {
        chip->mark = value;
        chip->marked = avr->cycle;
        if (chip->on_mark != NULL) {
            chip->on_mark(chip, value, chip->on_mark_arg);
        }
    } else if (chip->mark != 0) {
        struct interval *interval = &chip->intervals[chip->mark];
        /* The closing OUT takes a cycle of its own. */
        avr_cycle_count_t cycles = avr->cycle - chip->marked - 1;
        if (interval->count++ == 0) {
            interval->first = interval->min = interval->max = cycles;
        }
        if (cycles < interval->min) {
            interval->min = cycles;
        }
        if (cycles > interval->max) {
            interval->max = cycles;
        }
        chip->mark = 0;
    }
}

static void on_trace(avr_t *avr, avr_io_addr_t address, uint8_t value,
                     void *arg)
{
    struct chip *chip = arg;
    avr->data[address] = value;
    if (chip->options->trace) {
        (void)fprintf(stderr, "trace %llu %u\n",
                      (unsigned long long)chip->avr->cycle, value);
    }
}

static void on_status(avr_t *avr, avr_io_addr_t address, uint8_t value,
                      void *arg)
{
    avr->data[address] = value;
    end(arg, value, NULL);
}

/* Writing a flag register clears the flags that are written as 1. simavr clears
 * them all, pending interrupts included; they are put back here. */
struct flag_register {
    avr_io_write_t clear_all; /* simavr's own */
    void *arg;
};

static void on_flags(avr_t *avr, avr_io_addr_t address, uint8_t value,
                     void *arg)
{
    const struct flag_register *flags = arg;
    uint8_t keep = (uint8_t)(avr->data[address] & ~value);
    unsigned i;
    flags->clear_all(avr, address, value, flags->arg);
    avr->data[address] |= keep;
    for (i = 0; i < avr->interrupts.vector_count; i++) {
        avr_int_vector_t *vector = avr->interrupts.vector[i];
        if (vector->raised.reg == address &&
            (keep >> vector->raised.bit & 1) != 0) {
            (void)avr_raise_interrupt(avr, vector);
        }
    }
}

static void connect_flags(avr_t *avr)
{
    static struct flag_register flags[TIMERS];
    unsigned i;
    for (i = 0; i < TIMERS; i++) {
        avr_io_addr_t io = AVR_DATA_TO_IO(TIFR0 + i);
        flags[i].clear_all = avr->io[io].w.c;
        flags[i].arg = avr->io[io].w.param;
        if (flags[i].clear_all != NULL) {
            avr->io[io].w.c = on_flags;
            avr->io[io].w.param = &flags[i];
        }
    }
}

static void on_interrupt(avr_irq_t *irq, uint32_t value, void *arg)
{
    (void)irq;
    if (value != 0) {
        ++*(unsigned long *)arg;
    }
}

/* -- Setting up ------------------------------------------------------------ */

/* Skips the time asleep instead of sleeping, and counts it. The only way to
 * the chip from here is its number: simavr gives no argument. */
static struct chip *running;

static void on_sleep(avr_t *avr, avr_cycle_count_t cycles)
{
    if ((avr->data[SMCR] & SE) == 0) {
        end(running, STATUS_CRASH, "SLEEP without SE does nothing on a chip");
    }
    running->asleep += cycles + 1;
}

static void quiet_logger(avr_t *avr, const int level, const char *format,
                         va_list arguments)
{
    if (avr != NULL && level <= LOG_ERROR && !running->options->quiet) {
        (void)fflush(stdout);
        (void)vfprintf(stderr, format, arguments);
    }
}

/* The value of a symbol of the firmware, 0 if there is none. */
static uint32_t symbol(const elf_firmware_t *firmware, const char *name)
{
    uint32_t i;
    for (i = 0; i < firmware->symbolcount; i++) {
        if (strcmp(firmware->symbol[i]->symbol, name) == 0) {
            return firmware->symbol[i]->addr;
        }
    }
    return 0;
}

static void connect_console(struct chip *chip)
{
    uint32_t flags = 0; /* neither print it nor sleep when it is polled */
    avr_irq_t *out = avr_io_getirq(chip->avr, AVR_IOCTL_UART_GETIRQ('0'),
                                   UART_IRQ_OUTPUT);
    (void)avr_ioctl(chip->avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    if (out != NULL && !chip->options->quiet) {
        avr_irq_register_notify(out, on_uart, chip);
    }
}

static void connect(struct chip *chip)
{
    avr_int_table_t *table = &chip->avr->interrupts;
    unsigned i;
    connect_console(chip);
    connect_flags(chip->avr);
    avr_register_io_write(chip->avr, GPIOR0, on_mark, chip);
    avr_register_io_write(chip->avr, GPIOR1, on_trace, chip);
    avr_register_io_write(chip->avr, GPIOR2, on_status, chip);
    for (i = 0; i < table->vector_count; i++) {
        avr_irq_register_notify(table->vector[i]->irq + AVR_INT_IRQ_RUNNING,
                                on_interrupt,
                                &chip->vectors[table->vector[i]->vector]);
    }
    inputs_connect(chip);
    watch_connect(chip);
    i2c_connect(chip);
}

static void load(struct chip *chip, elf_firmware_t *firmware)
{
    const struct options *options = chip->options;
    uint32_t data_end = symbol(firmware, "_end");
    chip->stop = symbol(firmware, "_exit") + 2; /* behind its CLI */
    chip->stack_end = data_end > DATA_IN_ELF ? data_end - DATA_IN_ELF : 0;
    firmware->frequency = options->frequency;
    firmware->vcc = firmware->avcc = firmware->aref = 5000;
    avr_load_firmware(chip->avr, firmware);
    if (options->argument != NULL) {
        avr_eeprom_desc_t eeprom = {.ee = NULL, .offset = 0, .size = 0};
        eeprom.ee = (uint8_t *)(uintptr_t)options->argument;
        eeprom.size = (uint32_t)strlen(options->argument) + 1;
        (void)avr_ioctl(chip->avr, AVR_IOCTL_EEPROM_SET, &eeprom);
    }
}

/* -- Running --------------------------------------------------------------- */

/* A function with a frame moves SP in two halves with one instruction between
 * them; the value in between is not one. Pushes and calls move it by up to 4,
 * and a new frame shows when SP has been the same three times. */
static void watch_stack(struct chip *chip)
{
    const uint8_t *data = chip->avr->data;
    unsigned sp = (unsigned)data[R_SPL] | (unsigned)data[R_SPH] << 8;
    bool is_push = sp < chip->sp && chip->sp - sp <= 4;
    chip->sp_age = sp == chip->sp ? chip->sp_age + 1 : 0;
    chip->sp = sp;
    if (sp < chip->stack && (is_push || chip->sp_age >= 2)) {
        chip->stack = sp;
        if (sp + 1 < chip->stack_end) {
            end(chip, STATUS_CRASH, "stack overflow into the data");
        }
    }
}

/* A jump to itself without interrupts is an end that only a watchdog can
 * change: exit(), where main's value is still in R24, or a fault. */
static void watch_dead_end(struct chip *chip)
{
    const avr_t *avr = chip->avr;
    unsigned opcode;
    if (avr->sreg[S_I] || avr->state != cpu_Running) {
        return;
    }
    opcode = avr->flash[avr->pc] | (unsigned)avr->flash[avr->pc + 1] << 8;
    if (opcode == RJMP_TO_ITSELF && avr->pc == chip->stop) {
        end(chip, avr->data[24], NULL);
    } else if (opcode == RJMP_TO_ITSELF && (avr->data[WDTCSR] & WDE) == 0) {
        end(chip, STATUS_LIMIT, "endless loop with interrupts off");
    }
}

/* After a watchdog reset, which forgets all timers. Memory stays. */
static void after_reset(struct chip *chip)
{
    chip->mark = 0;
    if (++chip->resets > chip->options->resets) {
        end(chip, STATUS_RESET, "reset by the watchdog");
    }
    i2c_reset(chip);
    inputs_arm(chip);
}

static void step(struct chip *chip)
{
    avr_t *avr = chip->avr;
    /* simavr's watchdog takes the place of run for one call. */
    bool resets = avr->run != chip->run;
    int was = avr->state;
    int is = avr_run(avr);
    if (is == cpu_Crashed) {
        end(chip, STATUS_CRASH, "bad instruction or address");
    } else if (is == cpu_Done) { /* simavr has freed its memory already */
        end(chip, STATUS_CRASH, "asleep with interrupts off");
    } else {
        chip->wakes += was == cpu_Sleeping && is == cpu_Running;
        if (resets) {
            after_reset(chip);
        } else if (avr->pc == 0) {
            end(chip, STATUS_CRASH, "an interrupt without a handler");
        }
        watch_stack(chip);
        watch_dead_end(chip);
        if (chip->avr->cycle >= chip->options->limit) {
            end(chip, STATUS_LIMIT, "out of time");
        }
    }
}

int chip_run(struct chip *chip, const struct options *options,
             elf_firmware_t *firmware)
{
    chip->options = options;
    chip->status = -1;
    running = chip;
    avr_global_logger_set(quiet_logger);
    chip->avr = avr_make_mcu_by_name(options->mcu);
    if (chip->avr == NULL) {
        (void)fprintf(stderr, "avr_run: no MCU %s\n", options->mcu);
        exit(STATUS_USAGE);
    }
    (void)avr_init(chip->avr);
    load(chip, firmware);
    connect(chip);
    chip->ramend = chip->stack = chip->sp = chip->avr->ramend;
    chip->avr->log = LOG_ERROR;
    chip->avr->sleep = on_sleep;
    chip->run = chip->avr->run;
    chip->avr->run_cycle_limit = 1; /* one instruction at a time */
    while (chip->status < 0) {
        step(chip);
    }
    (void)fflush(stdout);
    return chip->status;
}

void chip_free(struct chip *chip)
{
    if (chip->avr->state != cpu_Done) {
        avr_terminate(chip->avr);
    }
    free(chip->avr);
    chip->avr = NULL;
}
