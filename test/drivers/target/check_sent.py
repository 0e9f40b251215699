#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs uart.c in an emulator: every line must be the beginning of the alphabet
and its length, and the exit status 0.

    check_sent.py COMMAND...
"""
import re
import subprocess
import sys

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ROUNDS = 80


def main(command):
    run = subprocess.run(command, stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, timeout=60)
    lines = run.stdout.splitlines()
    wrong = []
    lengths = set()
    for line in lines:
        match = re.fullmatch(r"([a-z]*) (\d\d)", line)
        if not match or match[1] != LETTERS[:int(match[2])]:
            wrong.append(line)
        else:
            lengths.add(int(match[2]))
    print(f"status {run.returncode}, {len(lines)} lines, lengths",
          sorted(lengths))
    if wrong:
        print("wrong:", *wrong, sep="\n")
    if run.stderr:
        print(run.stderr)
    return int(run.returncode != 0 or len(lines) != ROUNDS or bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
