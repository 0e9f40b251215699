#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs firmware in an emulator and has a conversation with it.

    run_firmware.py [--status N] [--limit SECONDS] SESSION COMMAND...

Each line of the file SESSION is either
    > text       typed when the lines before it have been seen; \\xNN and the
                 other escapes of C; no end of line but the \\r in it
    text         which the firmware writes, with {LOW..HIGH} for any number in
                 that range, and * at the end of a line that may come any number
                 of times, also later
The firmware must then end with the status (default: 0).

avr_run is told beforehand what is typed, at intervals of AVR_INTERVAL_S.
"""
import argparse
import os
import pathlib
import re
import selectors
import subprocess
import sys
import time


AVR_INTERVAL_S = 6


class Failure(Exception):
    pass


def schedule(command, session):
    """avr_run's command with options for all that is typed."""
    typed = [line[2:] for line in session if line.startswith("> ")]
    options = ["--limit", f"{AVR_INTERVAL_S * (len(typed) + 2)}s"]
    for i, text in enumerate(typed, 1):
        options += ["--at", f"{AVR_INTERVAL_S * i}s", f"uart:{text}"]
    return [command[0], *options, *command[1:]]


class Console:
    """The firmware's console, a line at a time."""

    def __init__(self, command, session, limit):
        self.end = time.monotonic() + limit
        self.is_scheduled = pathlib.Path(command[0]).name == "avr_run"
        if self.is_scheduled:
            command = schedule(command, session)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.process.stdout, selectors.EVENT_READ)
        self.rest = b""
        self.closed = False

    def type(self, text):
        print(f"> {text}")
        if self.is_scheduled:
            return
        self.process.stdin.write(
            text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
        self.process.stdin.flush()

    def line(self):
        """The next line, or None at the end."""
        while b"\n" not in self.rest and not self.closed:
            left = self.end - time.monotonic()
            if left <= 0 or not self.selector.select(left):
                raise Failure(f"out of time after {self.rest!r}")
            piece = os.read(self.process.stdout.fileno(), 65536)
            self.closed = not piece
            self.rest += piece
        if not self.rest:
            return None
        line, _, self.rest = self.rest.partition(b"\n")
        line = line.rstrip(b"\r").decode("latin-1")
        print(line)
        return line

    def status(self):
        return self.process.wait(max(self.end - time.monotonic(), 1))

    def close(self):
        self.process.kill()
        self.process.wait()


def matches(wanted, line):
    """Whether the line is the one that is wanted, numbers being in range."""
    ranges = re.findall(r"\{(\d+)\.\.(\d+)\}", wanted)
    pattern = re.sub(r"\\\{\d+\\\.\\\.\d+\\\}", r"(\\d+)", re.escape(wanted))
    found = re.fullmatch(pattern, line)
    return found is not None and all(
        int(low) <= int(number) <= int(high)
        for (low, high), number in zip(ranges, found.groups()))


def converse(console, session):
    optional = []
    for wanted in session:
        if wanted.startswith("> "):
            console.type(wanted[2:])
            continue
        may_repeat = wanted.endswith("*")
        wanted = wanted.rstrip("*")
        line = console.line()
        while (line is not None and not matches(wanted, line) and
               any(matches(other, line) for other in optional)):
            line = console.line()
        if line is None or not matches(wanted, line):
            raise Failure(f"should have been: {wanted}")
        if may_repeat:
            optional.append(wanted)
    line = console.line()
    if line is not None:
        raise Failure("should have ended before that")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--status", type=int, default=0)
    parser.add_argument("--limit", type=float, default=100)
    parser.add_argument("session", type=pathlib.Path)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    session = args.session.read_text().splitlines()
    console = Console(args.command, session, args.limit)
    try:
        converse(console, session)
        status = console.status()
    except (Failure, BrokenPipeError, subprocess.TimeoutExpired) as failure:
        print("--", failure)
        return 1
    finally:
        console.close()
    if status != args.status:
        print(f"-- status {status}, not {args.status}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
