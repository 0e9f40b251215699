#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs every .adl program below a folder on a board, in one emulator, and
compares the traces, byte for byte, with the .trace files beside them.

    run_guest.py [--start TICK] [--limit SECONDS] FOLDER EMULATOR...

The emulator runs guest.c; @WORDS@ in its command becomes the command line of
the board. With --start the clock begins there, which must not change a trace.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]
                       / "conformance"))
from run_golden import first_difference  # noqa: E402

RUN = re.compile(rb"^> (.*)\n((?:.*\n)*?)\n< (\d+)\n", re.M)


def run_all(command, programs, start, limit):
    """Returns {path: (status, trace)}, and what the emulator said."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as listing:
        listing.write("".join(f"{program}\n" for program in programs))
        listing.flush()
        words = "".join(f",arg={word}" for word in [listing.name, start]
                        if word)
        command = [word.replace("@WORDS@", words) for word in command]
        try:
            run = subprocess.run(command, stdin=subprocess.DEVNULL,
                                 capture_output=True, timeout=limit)
            out, status = run.stdout, f"status {run.returncode}\n"
            status += run.stderr.decode(errors="replace")
            if run.returncode == 0:
                status = ""
        except subprocess.TimeoutExpired as late:
            out, status = late.stdout or b"", "does not end"
    return {run[1].decode(): (int(run[3]), run[2])
            for run in RUN.finditer(out)}, status


def problem_of(program, result):
    if result is None:
        return "did not run to its end"
    status, got = result
    if status != 0:
        return f"exit status {status}"
    want = program.with_suffix(".trace").read_bytes()
    if got != want:
        number, x, y = first_difference(want, got)
        return (f"trace line {number}\n  - {x.decode()}\n"
                f"  + {y.decode(errors='replace')}")
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--start")
    parser.add_argument("--limit", type=float, default=280)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    programs = sorted(args.folder.resolve().rglob("*.adl"))
    results, trouble = run_all(args.command, programs, args.start, args.limit)
    differ = 0
    for program in programs:
        problem = problem_of(program, results.get(str(program)))
        if problem:
            differ += 1
            print(f"{program.relative_to(args.folder.resolve())}: {problem}")
    if trouble:
        print(f"emulator: {trouble}")
    print(f"{len(programs)} programs, {differ} differ")
    return 1 if differ or trouble or not programs else 0


if __name__ == "__main__":
    sys.exit(main())
