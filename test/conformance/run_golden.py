#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs every .adl program below a folder and compares the trace, byte for
byte, with the .trace file beside it, which CPython 3.13 has written.

    run_golden.py ADL FOLDER [--start TICK]... [--debug]

ADL is the interpreter. With --start the clock begins there, which must not
change a trace; with several, everything runs once with each. With --debug it
is a debug build, and may report what the programs really do.
"""
import argparse
import pathlib
import re
import subprocess
import sys


def first_difference(want, got):
    want, got = want.split(b"\n"), got.split(b"\n")
    for number, (x, y) in enumerate(zip(want, got), 1):
        if x != y:
            return number, x, y
    number = min(len(want), len(got))
    longer = [b"<end>"]
    return number + 1, (want[number:] + longer)[0], (got[number:] + longer)[0]


# Errors that a program never looks at, tasks that it leaves to the end of the
# loop, and the statement `busy`.
REPORTED = re.compile(
    r"nanoasync: (error was never retrieved|task ran for long without an await"
    r"|task has not ended, but its storage, a frame or its loop ends): .*\n?")


def check(command, program, debug):
    """Returns what is wrong, or None."""
    want = program.with_suffix(".trace").read_bytes()
    try:
        run = subprocess.run(command + [str(program)], capture_output=True,
                             timeout=60)
    except subprocess.TimeoutExpired:
        return "does not end"
    errors = run.stderr.decode(errors="replace").strip()
    if debug:
        errors = REPORTED.sub("", errors)
    if run.returncode != 0:
        return f"exit status {run.returncode}\n{errors}"
    if run.stdout != want:
        number, x, y = first_difference(want, run.stdout)
        return (f"trace line {number}\n  - {x.decode()}\n"
                f"  + {y.decode(errors='replace')}\n{errors}").rstrip()
    return f"writes to stderr\n{errors}" if errors else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("adl")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--start", action="append")
    parser.add_argument("--debug", action="store_true")
    args = parser.parse_args()
    programs = sorted(args.folder.rglob("*.adl"))
    differ = 0
    for start in args.start or [None]:
        command = [args.adl] + (["--start", start] if start else [])
        for program in programs:
            problem = check(command, program, args.debug)
            if problem:
                differ += 1
                at = f" from {start}" if start else ""
                print(f"{program.relative_to(args.folder)}{at}: {problem}")
    runs = len(programs) * len(args.start or [None])
    print(f"{runs} programs, {differ} differ")
    return 1 if differ or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
