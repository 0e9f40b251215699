/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* avr_run: runs the firmware of an AVR and returns its exit status. */
#include "chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char usage[] =
    "usage: avr_run [option...] MCU HZ FIRMWARE.elf [< INPUT]\n"
    "UART0 is stdout, without CR; it receives what is in a file as stdin.\n"
    "Status: the firmware's (main's value, or written to GPIOR2); 124 out of\n"
    "time, 125 crashed, 126 reset by the watchdog; 1 if an --expect fails.\n"
    "A TIME is cycles, or 5us, 10ms, 2s.\n"
    "  --limit TIME         simulated time at most (10s)\n"
    "  --report             print all counts to stderr, one in a line\n"
    "  --expect 'COUNT<=N'  fail unless (also =, >=); may be repeated\n"
    "  --arg TEXT           put this at the start of the EEPROM\n"
    "  --trace              print GPIOR1 = n as 'trace CYCLE n' to stderr\n"
    "  --watch PIN          print the changes of a pin (B5) as\n"
    "                       'pin B5 CYCLE LEVEL' to stderr; may be repeated\n"
    "  --resets N           N watchdog resets are expected (0)\n"
    "  --at TIME INPUT      uart:TEXT, pin:D2=1 or adc:0=1500 (millivolts);\n"
    "                       may be repeated\n"
    "  --i2c 0x48[=HEX]     a device of 256 bytes, which start like this\n"
    "  --i2c-hang N         which holds the clock low after N bytes\n"
    "  --sweep              INT0 (pin:D2=1) at every cycle from GPIOR0 = n to\n"
    "                       GPIOR0 = 0, for each n; 0 if all runs return 0\n"
    "  --inject INPUT       another input for the sweep\n"
    "  --again N            a second time N cycles later\n"
    "  --expect-bad         0 if some runs of the sweep do not return 0\n";

struct command {
    struct options options;
    const char *expectations[32];
    unsigned expectation_count;
    bool sweep, expect_bad;
    struct input inject;
    unsigned again;
    const char *limit, *times[INPUTS];
    const char *firmware;
};

static void die(const char *what, const char *which)
{
    (void)fprintf(stderr, "avr_run: %s %s (see --help)\n", what, which);
    exit(STATUS_USAGE);
}

static void die_if(const char *wrong, const char *which)
{
    if (wrong != NULL) {
        die(wrong, which);
    }
}

static bool parse_flag(struct command *command, const char *name)
{
    if (strcmp(name, "--report") == 0) {
        command->options.report = true;
    } else if (strcmp(name, "--help") == 0) {
        (void)fputs(usage, stdout);
        exit(0);
    } else if (strcmp(name, "--trace") == 0) {
        command->options.trace = true;
    } else if (strcmp(name, "--sweep") == 0) {
        command->sweep = true;
    } else if (strcmp(name, "--expect-bad") == 0) {
        command->expect_bad = true;
    } else {
        return false;
    }
    return true;
}

static void parse_at(struct command *command, const char *time,
                     const char *input)
{
    unsigned i = command->options.input_count;
    if (i == INPUTS) {
        die("too many inputs:", input);
    }
    command->times[i] = time; /* the frequency is not known yet */
    die_if(inputs_parse(&command->options.inputs[i], input), input);
    command->options.input_count++;
}

/* An option with an argument; returns how many arguments it has. */
static int parse_option(struct command *command, char **argument)
{
    const char *name = argument[0], *value = argument[1];
    if (value == NULL) {
        die("no value for", name);
    } else if (strcmp(name, "--at") == 0) {
        if (argument[2] == NULL) {
            die("no input for", name);
        }
        parse_at(command, value, argument[2]);
        return 2;
    } else if (strcmp(name, "--arg") == 0) {
        command->options.argument = value;
    } else if (strcmp(name, "--limit") == 0) {
        command->limit = value;
    } else if (strcmp(name, "--watch") == 0 &&
               command->options.watch_count < WATCHES) {
        command->options.watches[command->options.watch_count++] = value;
    } else if (strcmp(name, "--resets") == 0) {
        command->options.resets = (unsigned)strtoul(value, NULL, 10);
    } else if (strcmp(name, "--again") == 0) {
        command->again = (unsigned)strtoul(value, NULL, 10);
    } else if (strcmp(name, "--i2c") == 0) {
        die_if(i2c_parse(&command->options.i2c, value), value);
    } else if (strcmp(name, "--i2c-hang") == 0) {
        command->options.i2c.hangs_after = (unsigned)strtoul(value, NULL, 10);
    } else if (strcmp(name, "--inject") == 0) {
        die_if(inputs_parse(&command->inject, value), value);
    } else if (strcmp(name, "--expect") == 0 &&
               command->expectation_count < 32) {
        command->expectations[command->expectation_count++] = value;
    } else {
        die("unknown option", name);
    }
    return 1;
}

static void parse_times(struct command *command)
{
    struct options *options = &command->options;
    unsigned i;
    if (!inputs_parse_time(&options->limit, command->limit,
                           options->frequency)) {
        die("not a time:", command->limit);
    }
    for (i = 0; i < options->input_count; i++) {
        if (!inputs_parse_time(&options->inputs[i].when, command->times[i],
                               options->frequency)) {
            die("not a time:", command->times[i]);
        }
    }
}

static void parse(struct command *command, int argc, char **argv)
{
    int i = 1;
    command->limit = "10s";
    (void)inputs_parse(&command->inject, "pin:D2=1");
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (!parse_flag(command, argv[i])) {
            i += parse_option(command, &argv[i]);
        }
    }
    if (argc - i != 3) {
        die("it takes an MCU, a frequency and", "a firmware");
    }
    command->options.mcu = argv[i];
    command->options.frequency = (uint32_t)strtoul(argv[i + 1], NULL, 10);
    command->firmware = argv[i + 2];
    parse_times(command);
}

/* Only a file is read, so that nothing waits for a terminal or a pipe. */
static void read_input(struct options *options)
{
    struct input *input = &options->inputs[options->input_count];
    struct stat about;
    if (fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode)) {
        if (options->input_count == INPUTS) {
            die("too many inputs:", "stdin");
        }
        input->kind = INPUT_UART;
        input->waits = true;
        input->length = (unsigned)fread(input->text, 1, sizeof input->text,
                                        stdin);
        options->input_count++;
    }
}

static int run(const struct command *command, elf_firmware_t *firmware)
{
    static struct chip chip;
    int status = chip_run(&chip, &command->options, firmware);
    unsigned i;
    if (chip.why != NULL) {
        (void)fprintf(stderr, "avr_run: %s after %llu cycles, at 0x%04x\n",
                      chip.why, (unsigned long long)chip.ended, chip.avr->pc);
    }
    if (command->options.report) {
        report_print(&chip);
    }
    for (i = 0; i < command->expectation_count; i++) {
        if (!report_expect(&chip, command->expectations[i]) && status == 0) {
            status = 1;
        }
    }
    chip_free(&chip);
    return status;
}

/* simavr is as talkative as its default logger. */
static void no_logger(avr_t *avr, const int level, const char *format,
                      va_list arguments)
{
    (void)avr;
    (void)level;
    (void)format;
    (void)arguments;
}

int main(int argc, char **argv)
{
    static struct command command;
    static elf_firmware_t firmware;
    parse(&command, argc, argv);
    read_input(&command.options);
    (void)setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    avr_global_logger_set(no_logger);
    if (elf_read_firmware(command.firmware, &firmware) != 0) {
        die("cannot read", command.firmware);
    }
    if (command.sweep) {
        return sweep(&command.options, &firmware, &command.inject,
                     command.again, command.expect_bad);
    }
    return run(&command, &firmware);
}
