#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs a sample and compares what it prints with its expected.txt, byte by
byte. It must exit with status 0 and print nothing on standard error.

    run_sample.py PROGRAM EXPECTED
"""
import difflib
import pathlib
import subprocess
import sys

TIMEOUT_S = 60


def main(program, expected_file):
    expected = pathlib.Path(expected_file).read_bytes()
    run = subprocess.run([program], capture_output=True, timeout=TIMEOUT_S)
    failed = False
    if run.stdout != expected:
        failed = True
        sys.stdout.writelines(difflib.unified_diff(
            expected.decode().splitlines(keepends=True),
            run.stdout.decode(errors="replace").splitlines(keepends=True),
            expected_file, program))
    if run.stderr:
        failed = True
        print("on standard error:\n" + run.stderr.decode(errors="replace"))
    if run.returncode != 0:
        failed = True
        print("exit status", run.returncode)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
