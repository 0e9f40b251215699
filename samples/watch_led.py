#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Watches the LED of an emulated board and compares when it goes on and off
with a text of lines like

    100 ms: off

The firmware is the one for the real board. QEMU reports what it writes into
the registers of the LED, and the interrupts of the clock, which count the
time; avr_run reports the pin of the LED and the cycle.

    watch_led.py EXPECTED EMULATOR_COMMAND... FIRMWARE
"""
import pathlib
import re
import subprocess
import sys
import threading

LIMIT_S = 100
# Register writes that switch the LED on or off; both bits of FPGAIO are LEDs.
WRITES = {
    "nrf51_gpio_write": {(0x508, 0x2000): "on", (0x50c, 0x2000): "off"},
    "mps2_fpgaio_write": {(0x0, 1): "on", (0x0, 0): "off"},
}
# The interrupt of a tick: SysTick's, and on the micro:bit TIMER0's.
TICKS = {f"nvic_acknowledge_irq NVIC acknowledge IRQ: {n}" for n in (15, 24)}
AVR_LED = "B5"
AVR_CYCLES_PER_MS = 16000


def command_with_reports(command):
    if pathlib.Path(command[0]).name == "avr_run":
        return [command[0], "--watch", AVR_LED, *command[1:]]
    reports = []
    for event in ["nvic_acknowledge_irq", *WRITES]:
        reports += ["-trace", event]
    return [*command[:-2], *reports, *command[-2:]]  # before -kernel


def avr_event(line):
    found = re.match(rf"pin {AVR_LED} (\d+) ([01])", line)
    return found and (int(found[1]) // AVR_CYCLES_PER_MS,
                      "on" if found[2] == "1" else "off")


def events(lines):
    """Yields (milliseconds, "on" or "off") for each change of the LED."""
    ticks, before = 0, None
    for line in lines:
        if line.partition(" now")[0] in TICKS:
            ticks += 1
            continue
        if avr_event(line):
            yield avr_event(line)
            continue
        found = re.match(r"(\w+) .*offset (\w+) (?:data|value) (\w+)", line)
        if not found:
            continue
        where = int(found[2], 16), int(found[3], 16)
        state = WRITES[found[1]].get(where)
        if state and state != before:
            yield ticks, state
            before = state


def main(expected, *command):
    wanted = pathlib.Path(expected).read_text().splitlines()
    process = subprocess.Popen(
        command_with_reports(command),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True)
    timer = threading.Timer(LIMIT_S, process.kill)
    timer.start()
    seen = []
    try:
        for time, state in events(process.stderr):
            seen.append(f"{time} ms: {state}")
            if len(seen) == len(wanted):
                break
    finally:
        timer.cancel()
        process.kill()
        process.wait()
    print("\n".join(seen))
    if seen != wanted:
        print("-- should have been:\n" + "\n".join(wanted))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
