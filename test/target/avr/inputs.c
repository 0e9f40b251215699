/* SPDX-FileCopyrightText: 2026 The nanoasync authors
 * SPDX-License-Identifier: MIT */
/* What reaches the chip from outside, at given cycles: bytes on UART0, levels
 * of pins, voltages. */
#include "chip.h"

#include <simavr/avr_adc.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <stdlib.h>
#include <string.h>

/* -- Timed inputs ---------------------------------------------------------- */

enum { UCSR0A = 0xc0, UCSR0B = 0xc1, UBRR0L = 0xc4, UBRR0H = 0xc5 };
enum { U2X0 = 1 << 1, RXEN0 = 1 << 4 };

/* Cycles of a byte with its start and stop bit at the baud rate set now. */
static avr_cycle_count_t byte_time(const avr_t *avr)
{
    unsigned divisor = (unsigned)avr->data[UBRR0L] |
                       (unsigned)avr->data[UBRR0H] << 8;
    return (divisor + 1ul) * (avr->data[UCSR0A] & U2X0 ? 8 : 16) * 10;
}

static void drive(struct chip *chip, uint32_t group, unsigned index,
                  uint32_t value)
{
    avr_irq_t *irq = avr_io_getirq(chip->avr, group, (int)index);
    if (irq != NULL) {
        avr_raise_irq(irq, value);
    }
}

/* One byte of a text; the next comes when the UART has had time for it. */
static void receive_byte(struct chip *chip, struct input *input)
{
    input->when = chip->avr->cycle + byte_time(chip->avr);
    if (input->waits && (chip->avr->data[UCSR0B] & RXEN0) == 0) {
        return;
    }
    drive(chip, (uint32_t)AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT,
          (uint8_t)input->text[0]);
    memmove(input->text, input->text + 1, --input->length);
}

static void apply(struct chip *chip, struct input *input)
{
    switch (input->kind) {
    case INPUT_UART:
        receive_byte(chip, input);
        break;
    case INPUT_PIN:
        drive(chip, (uint32_t)AVR_IOCTL_IOPORT_GETIRQ(input->port),
              input->pin, input->value);
        input->length = 0;
        break;
    case INPUT_ADC:
    default:
        drive(chip, AVR_IOCTL_ADC_GETIRQ, input->pin, input->value);
        input->length = 0;
        break;
    }
}

static struct input *next_input(struct chip *chip)
{
    struct input *first = NULL;
    unsigned i;
    for (i = 0; i < chip->input_count; i++) {
        struct input *input = &chip->inputs[i];
        if (input->length != 0 &&
            (first == NULL || input->when < first->when)) {
            first = input;
        }
    }
    return first;
}

static avr_cycle_count_t on_time(avr_t *avr, avr_cycle_count_t when, void *arg)
{
    struct chip *chip = arg;
    struct input *input;
    (void)avr;
    (void)when;
    while ((input = next_input(chip)) != NULL &&
           input->when <= chip->avr->cycle) {
        apply(chip, input);
    }
    return input != NULL ? input->when : 0;
}

void inputs_arm(struct chip *chip)
{
    const struct input *input = next_input(chip);
    avr_cycle_count_t now = chip->avr->cycle;
    if (input != NULL) {
        avr_cycle_timer_register(chip->avr,
                                 input->when > now ? input->when - now : 0,
                                 on_time, chip);
    }
}

void inputs_add(struct chip *chip, const struct input *input)
{
    if (chip->input_count < INPUTS) {
        chip->inputs[chip->input_count++] = *input;
        inputs_arm(chip);
    }
}

void inputs_connect(struct chip *chip)
{
    memcpy(chip->inputs, chip->options->inputs, sizeof chip->inputs);
    chip->input_count = chip->options->input_count;
    inputs_arm(chip);
}

/* -- Command line ---------------------------------------------------------- */

bool inputs_parse_time(avr_cycle_count_t *time, const char *text,
                       uint32_t frequency)
{
    char *unit;
    double amount = strtod(text, &unit);
    if (strcmp(unit, "s") == 0) {
        amount *= frequency;
    } else if (strcmp(unit, "ms") == 0) {
        amount *= frequency / 1e3;
    } else if (strcmp(unit, "us") == 0) {
        amount *= frequency / 1e6;
    } else if (strcmp(unit, "") != 0) {
        return false;
    }
    *time = (avr_cycle_count_t)amount;
    return unit != text && amount >= 0;
}

unsigned inputs_hexadecimal(const char **at, unsigned digits)
{
    char text[3] = {0, 0, 0};
    unsigned i;
    for (i = 0; i < digits && **at != 0; i++) {
        text[i] = *(*at)++;
    }
    return (unsigned)strtoul(text, NULL, 16);
}

static const char *parse_text(struct input *input, const char *at)
{
    input->kind = INPUT_UART;
    while (*at != 0) {
        char c = *at++;
        if (c == '\\' && *at != 0) {
            c = *at++;
            c = c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' :
                c == 'x' ? (char)inputs_hexadecimal(&at, 2) : c;
        }
        if (input->length == sizeof input->text) {
            return "a text is too long";
        }
        input->text[input->length++] = c;
    }
    return NULL;
}

static const char *parse_level(struct input *input, const char *at)
{
    char *rest;
    input->pin = (unsigned)strtoul(at, &rest, 10);
    input->length = 1;
    if (rest == at || *rest != '=') {
        return "a level is pin:D2=1 or adc:0=1500";
    }
    input->value = (unsigned)strtoul(rest + 1, NULL, 10);
    return NULL;
}

/* "uart:text", "pin:D2=1" or "adc:0=1500". Returns NULL or what is wrong. */
const char *inputs_parse(struct input *input, const char *text)
{
    input->length = 0;
    if (strncmp(text, "uart:", 5) == 0) {
        return parse_text(input, text + 5);
    }
    if (strncmp(text, "pin:", 4) == 0 && text[4] != 0) {
        input->kind = INPUT_PIN;
        input->port = text[4];
        return parse_level(input, text + 5);
    }
    if (strncmp(text, "adc:", 4) == 0) {
        input->kind = INPUT_ADC;
        return parse_level(input, text + 4);
    }
    return "an input is uart:TEXT, pin:D2=1 or adc:0=1500";
}
