#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs fresh random programs on the interpreter and on this Python's asyncio,
with the semantics of CPython 3.13, and compares the traces.

    run_random.py ADL [--seed N] [--count N]

The programs follow from the seed, which follows from the commit (or the date,
outside a repository): every commit gets programs of its own. A failure prints
what differs and the program; --seed repeats a run.
"""
import argparse
import concurrent.futures
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CHUNK = 100
# (generator, size, part of all programs)
KINDS = [("gen.py", "medium", 0.5), ("gen.py", "large", 0.3),
         ("mutate.py", "medium", 0.2)]


def fresh_seed():
    git = subprocess.run(["git", "-C", str(HERE), "rev-parse", "HEAD"],
                         capture_output=True, text=True)
    if git.returncode == 0:
        return int(git.stdout[:8], 16)
    return int(datetime.date.today().strftime("%y%m%d")) * 10000


def features():
    """The optional groups; `eager` needs a Python that has it."""
    return "shutdown,eager" if sys.version_info >= (3, 12) else "shutdown"


def run_chunk(adl, generator, size, first, count):
    """Returns the report of difftest, with the programs that differ, or ""."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            [sys.executable, str(HERE / "oracle" / "difftest.py"),
             "--bin", adl, "--sem", "3.13", "--generator", generator,
             "--size", size,
             "--with", features(), "--keep", folder, "--stop", "3",
             "--seeds", f"{first}:{first + count - 1}"],
            capture_output=True, text=True)
        if run.returncode == 0:
            return ""
        report = [run.stdout, run.stderr]
        for path in re.findall(r"^(\S+\.adl): ", run.stdout, re.MULTILINE):
            report += ["", pathlib.Path(path).read_text()]
        return f"{generator} --size {size}\n" + "\n".join(report).strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("adl")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--count", type=int, default=2000)
    args = parser.parse_args()
    seed = fresh_seed() if args.seed is None else args.seed
    print(f"seed {seed}, {args.count} programs, "
          f"Python {sys.version.split()[0]}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        chunks = []
        first = seed
        for generator, size, part in KINDS:
            end = first + round(args.count * part)
            while first < end:
                count = min(CHUNK, end - first)
                chunks.append(pool.submit(run_chunk, args.adl, generator, size,
                                          first, count))
                first += count
        reports = [chunk.result() for chunk in chunks]
    differ = [report for report in reports if report]
    print("\n\n".join(differ) or "all traces are equal")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
