#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Watches the LED of a board in QEMU, by what the firmware writes into its
registers, and compares when it goes on and off with a text of lines like

    100 ms: off

The firmware is the one for the real board: time is counted by the interrupts
of SysTick, which the emulator reports as well.

    watch_led.py EXPECTED QEMU_COMMAND... FIRMWARE
"""
import pathlib
import re
import subprocess
import sys
import threading

LIMIT_S = 20
# Register writes that switch the LED on or off; both bits of FPGAIO are LEDs.
WRITES = {
    "nrf51_gpio_write": {(0x508, 0x2000): "on", (0x50c, 0x2000): "off"},
    "mps2_fpgaio_write": {(0x0, 1): "on", (0x0, 0): "off"},
}
TRACES_PER_TICK = 2  # one for the count's end, one for its reload


def events(lines):
    """Yields (milliseconds, "on" or "off") for each change of the LED."""
    traces, before = 0, None
    for line in lines:
        if line.startswith("systick_timer_tick"):
            traces += 1
            continue
        found = re.match(r"(\w+) .*offset (\w+) (?:data|value) (\w+)", line)
        if not found:
            continue
        where = int(found[2], 16), int(found[3], 16)
        state = WRITES[found[1]].get(where)
        if state and state != before:
            yield traces // TRACES_PER_TICK, state
            before = state


def main(expected, *command):
    wanted = pathlib.Path(expected).read_text().splitlines()
    command = list(command)
    for event in ["systick_timer_tick", *WRITES]:
        command[-2:-2] = ["-trace", event]  # before -kernel
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
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
