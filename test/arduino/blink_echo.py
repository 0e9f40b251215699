#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The sketch of samples/arduino builds from the installed library, blinks at
the right times and echoes at the same time; sketches that do not are caught."""

from arduino import (BLINK_ECHO, OUT_OF_TIME, Workshop, counts, pin_changes)

LED = "B5"  # LED_BUILTIN of an Uno
MS = 250
SECONDS = 5
TICK_MS = 1.024  # timer 0 counts these, and millis() catches up

# When a line comes (ms), what comes, and the whole answer. The last ones come
# in one go, as fast as the line can.
LINES = [
    (700, "hello\\n", "you said: hello\n"),
    (1249, "\\n", "you said: \n"),
    (2100, "one\\ntwo\\n", "you said: one\nyou said: two\n"),
    (3000, "0123456789012345678901234567890123\\n",
     "you said: 0123456789012345678901234567890\nyou said: 123\n"),
]
# A byte takes 1.04 ms at 9600 baud; the task looks once in 1 to 2 ticks.
ANSWER_MS = 110


def led_is_right(workshop, firmware, inputs):
    status, _, report = workshop.run(firmware, "--limit", f"{SECONDS}s",
                                     "--watch", LED, *inputs)
    if status != OUT_OF_TIME:
        return f"it ended with {status}\n{report}"
    changes = pin_changes(report, LED)
    if len(changes) != SECONDS * 1000 // MS:
        return f"the LED changed {len(changes)} times\n{report}"
    first = changes[0][0]
    for number, (time, level) in enumerate(changes):
        if level != (number + 1) % 2:
            return f"level {level} at {time} ms"
        if abs(time - first - number * MS) > TICK_MS:
            return f"change {number} came at {time} ms, first {first} ms"
    return None


def uart(lines):
    options = []
    for time, line, _ in lines:
        options += ["--at", f"{time}ms", f"uart:{line}"]
    return options


def blinks(workshop, firmware):
    return led_is_right(workshop, firmware, [])


def blinks_and_echoes(workshop, firmware):
    return led_is_right(workshop, firmware, uart(LINES))


def echoes(workshop, firmware):
    """Each answer is complete some time after its line, not only at the end,
    and nothing else is said."""
    said = ""
    for number, (time, _, answer) in enumerate(LINES):
        said += answer
        _, output, report = workshop.run(
            firmware, "--limit", f"{time + ANSWER_MS}ms",
            *uart(LINES[:number + 1]))
        if output != said:
            return f"it said {output!r}, not {said!r}\n{report}"
    return None


def sleeps(workshop, firmware):
    """One wake-up for each tick, each byte, and no others."""
    _, _, report = workshop.run(firmware, "--limit", f"{SECONDS}s", "--report")
    is_ = counts(report)
    reasons = sum(n for name, n in is_.items() if name.startswith("vector"))
    print("  asleep {asleep_permille} permille, stack {stack} bytes, "
          "{wakes} wakes".format(**is_))
    if is_["wakes"] > reasons or is_["asleep_permille"] < 900:
        return f"{reasons} interrupts\n{report}"
    return None


def caught(workshop, check, *changes):
    """A sketch that was broken like this does not pass the check."""
    if check(workshop, workshop.build(BLINK_ECHO, *changes)) is None:
        return "nobody noticed"
    return None


def main():
    workshop = Workshop()
    firmware = workshop.build(BLINK_ECHO)
    workshop.check("blinks", blinks, firmware)
    workshop.check("echoes", echoes, firmware)
    workshop.check("blinks while it echoes", blinks_and_echoes, firmware)
    workshop.check("sleeps", sleeps, firmware)
    workshop.check("a task that blocks is caught", caught, blinks,
                   ("AWAIT(async_sleep_ms(1));", "while (!Serial.available());"))
    workshop.check("an echo that loses bytes is caught", caught, echoes,
                   ("AWAIT(async_sleep_ms(1));", "AWAIT(async_sleep_ms(100));"))
    workshop.finish()


if __name__ == "__main__":
    main()
