#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""No wake-up is lost: an interrupt at every cycle from before a task waits
until the CPU sleeps. The same sweep finds the cycles at which a port that does
not mask interrupts loses it."""

from arduino import HERE, Workshop

SKETCH = HERE / "wake.ino"
IDLE = "include/async/detail/arduino_impl.h"


def sweep(workshop, firmware, *options):
    status, output, report = workshop.run(
        firmware, "--sweep", "--limit", "3ms", *options)
    print("  " + output.splitlines()[-1])
    return None if status == 0 else f"status {status}\n{output}{report}"


def main():
    workshop = Workshop()
    workshop.check("every cycle", sweep, workshop.build(SKETCH))
    workshop.library((IDLE, "        ASYNC_MASK();\n", ""))
    workshop.check("interrupts not masked are caught", sweep,
                   workshop.build(SKETCH), "--expect-bad")
    workshop.finish()


if __name__ == "__main__":
    main()
