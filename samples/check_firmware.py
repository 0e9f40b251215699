#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Checks that the README.md of a firmware sample is true for one board: the
command that builds it by hand works without a warning, and what it prints is
what the tests expect.

    check_firmware.py SAMPLE BOARD
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

from run_firmware import matches

ROOT = pathlib.Path(__file__).resolve().parent.parent
STRICT = ["-Wall", "-Wextra", "-Werror"]


def code_of(text):
    """The indented lines, those continued by a backslash joined."""
    code = "\n".join(re.findall(r"^(?:    (.*))?$", text, re.M))
    return re.sub(r"\\\n\s*", "", code).splitlines()


def build(command):
    words = command.split()
    output = words.index("-o") + 1
    with tempfile.TemporaryDirectory() as folder:
        words[output] = str(pathlib.Path(folder, words[output]))
        run = subprocess.run([*words, *STRICT], cwd=ROOT, text=True,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return run.stdout if run.returncode or run.stdout else None


def shows(lines, wanted):
    """Whether the lines that are wanted stand one after the other."""
    return any(all(matches(w, line) for w, line in zip(wanted, lines[start:]))
               for start in range(len(lines) - len(wanted) + 1))


def main(sample, board):
    folder = ROOT / "samples" / sample
    text = (folder / "README.md").read_text()
    lines = code_of(text)
    builds = [line for line in lines if f"@samples/boards/{board}.args" in line]
    failures = []
    if not builds:
        failures.append(f"does not say how to build it for {board}")
    for command in builds:
        output = build(command)
        if output:
            failures.append(f"{command}:\n{textwrap.indent(output, '    ')}")
    for name in "expected.txt", "session.txt":
        if (folder / name).exists():
            wanted = (folder / name).read_text().splitlines()
            if not shows(lines, [line.rstrip("*") for line in wanted]):
                failures.append(f"does not show what {name} says")
    for failure in failures:
        print(f"samples/{sample}/README.md: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
