#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The Arduino port with each clock and option, across the wrap of millis(),
and as a guest of loop()."""

from arduino import BLINK_ECHO, HERE, OUT_OF_TIME, Workshop, pin_changes

SECONDS = 5
# So that the clock wraps after two seconds; 4,294,967,295 ms are 49.7 days.
WRAP = ("    Serial.begin(9600);\n",
        "    extern volatile unsigned long timer0_millis;\n"
        "    noInterrupts();\n"
        "    timer0_millis = 0ul - 2000ul;\n"
        "    interrupts();\n"
        "    Serial.begin(9600);\n")


def changes_every(changes, ms, early, late):
    """Whether a pin changes all the time, each time so much early or late."""
    times = [time for time, _ in changes]
    if len(times) < SECONDS * 1000 // ms - 1:
        return f"{len(times)} changes"
    for before, after in zip(times, times[1:]):
        if not ms - early <= after - before <= ms + late:
            return f"from {before} to {after} ms"
    return None


def blinks(workshop, firmware, early, late):
    status, _, report = workshop.run(firmware, "--limit", f"{SECONDS}s",
                                     "--watch", "B5")
    if status != OUT_OF_TIME:
        return f"it ended with {status}\n{report}"
    return changes_every(pin_changes(report, "B5"), 250, early, late)


def both_blink(workshop, firmware):
    status, _, report = workshop.run(firmware, "--limit", f"{SECONDS}s",
                                     "--watch", "B5", "--watch", "B4")
    if status != OUT_OF_TIME:
        return f"it ended with {status}\n{report}"
    return (changes_every(pin_changes(report, "B5"), 250, 1.1, 1.1) or
            changes_every(pin_changes(report, "B4"), 100, 1.1, 1.1))


def refused(workshop, message):
    try:
        workshop.build(BLINK_ECHO)
    except AssertionError as error:
        return None if message in str(error) else str(error)
    return "it compiled"


def main():
    workshop = Workshop()
    workshop.check("across the wrap", blinks,
                   workshop.build(BLINK_ECHO, WRAP), 1.1, 1.1)
    workshop.check("guest", both_blink, workshop.build(HERE / "guest.ino"))
    workshop.check("a sketch that asks for the bodies", blinks, workshop.build(
        BLINK_ECHO, ("#include <nanoasync.h>",
                     "#define ASYNC_IMPLEMENTATION\n#include <async.h>")),
        1.1, 1.1)
    workshop.library(async_config="#define ASYNC_TICK_BITS 64\n")
    workshop.check("64 bits, across the wrap", blinks,
                   workshop.build(BLINK_ECHO, WRAP), 1.1, 1.1)
    workshop.library(async_config="#define ASYNC_TICK_HZ 1000000\n"
                                  "#define ASYNC_DEBUG 1\n")
    workshop.check("microseconds, debug", blinks, workshop.build(BLINK_ECHO),
                   0, 0.3)
    workshop.library(async_config="#define ASYNC_ARDUINO_SLEEP 0\n")
    workshop.check("awake", blinks, workshop.build(BLINK_ECHO), 1.1, 1.1)
    workshop.library(async_config="#define ASYNC_TICK_HZ 32768\n")
    workshop.check("another clock is refused", refused,
                   "ASYNC_TICK_HZ is 1000")
    workshop.finish()


if __name__ == "__main__":
    main()
