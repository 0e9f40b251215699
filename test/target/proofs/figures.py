#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Prints the figures of docs/sleep.md, measured on emulated boards.

    figures.py BUILD...           build folders of the presets arm, riscv, avr
    figures.py --update BUILD...  writes them into the page: give all three
    figures.py --check BUILD      fails if the page has others for its boards
"""
import os
import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs" / "sleep.md"
BEGIN = "<!-- test/target/proofs/figures.py --update -->\n"
END = "<!-- end -->\n"

TESTS = r"proof\.(sleep|blocked|stack|faults)"


def run_tests(build):
    """A list of (board, proof, [(name, value)...]): each test that passed."""
    out = subprocess.run(
        ["ctest", "-V", "-R", TESTS, "-j", str(os.cpu_count() or 2)],
        cwd=build, capture_output=True, text=True, check=False).stdout
    names, figures, passed = {}, {}, []
    for line in out.splitlines():
        start = re.match(r"\s*Start +(\d+): (\S+)\.proof\.(\S+)", line)
        figure = re.match(r"(\d+): ([a-z][a-z_0-9]*):? (\d+)$", line)
        ended = re.match(r".*Test +#(\d+): .*Passed", line)
        if start:
            names[start[1]] = start[2], start[3]
        elif figure:
            figures.setdefault(figure[1], []).append(
                (figure[2], int(figure[3])))
        elif ended:
            passed.append(ended[1])
        elif "***" in line:
            sys.exit(f"{line}: there are no figures of what fails")
    return [(*names[number], figures.get(number, []))
            for number in sorted(passed, key=int)]


def sleep_row(board, proof, figures):
    """The emulator of AVR counts cycles, the others measure time."""
    if "cycles" in figures:
        asleep = figures["asleep"] / figures["cycles"]
    else:
        asleep = 1 - figures["awake_us"] / figures["of_us"]
    wakes = figures["wakes"] if proof != "polling" else "-"
    return f"| {board} | {proof} | {asleep:.3%} | {wakes} |"


def measure(builds):
    """Returns the rows of each table."""
    tables = {"sleep": [], "blocked": [], "stack": [], "faults": []}
    for build in builds:
        for board, proof, figures in run_tests(build):
            kind, _, variant = proof.partition(".")
            if kind == "sleep":
                row = sleep_row(board, variant, dict(figures))
            elif kind == "blocked":
                times = [value for name, value in figures
                         if name == "ns_per_iteration"]
                row = f"| {board} | " + " | ".join(map(str, times)) + " |"
            else:
                row = f"| {board} | " + " | ".join(
                    str(value) for _, value in figures) + " |"
            tables[kind].append(row)
    if not any(tables.values()):
        sys.exit(__doc__)
    return tables


def text(tables):
    return "\n".join([
        "20 tasks that sleep 1 s each\n",
        "| board | clock | asleep | wake-ups in 10.3 s |",
        "|---|---|---|---|", *tables["sleep"],
        "\nns of an iteration with so many blocked tasks\n",
        "| board | 0 | 1 | 7 | 70 (AVR: 14) |", "|---|---|---|---|---|",
        *tables["blocked"],
        "\nBytes of stack, at every await depth\n",
        "| board | loop and resume | with the port and its interrupt |",
        "|---|---|---|", *tables["stack"],
        "\nInterrupts faster than the loop\n",
        "| board | interrupts | received | dropped and counted |",
        "|---|---|---|---|", *tables["faults"]]) + "\n"


def main(arguments):
    option = arguments.pop(0) if arguments[:1] in (["--update"],
                                                   ["--check"]) else None
    tables = measure(map(pathlib.Path, arguments))
    if option is None:
        print(text(tables), end="")
        return 0
    page = PAGE.read_text()
    if option == "--update":
        head, rest = page.split(BEGIN)
        PAGE.write_text(head + BEGIN + "\n" + text(tables) + "\n" + END
                        + rest.split(END)[1])
        return 0
    lines = page.splitlines()
    stale = [row for rows in tables.values() for row in rows
             if row not in lines]
    for row in stale:
        print(f"docs/sleep.md does not say: {row}")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
