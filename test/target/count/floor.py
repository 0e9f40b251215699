# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The tables of docs/floor.md: where the instructions of a case go."""
import collections
import re
import sys

import listing
from purposes import LEDGERS, PURPOSES


def one_side(lines, marks):
    """-> what each of `marks` tasks executes, and how many they are: 1 if they
    are not alike."""
    side = lines[:len(lines) // marks]
    return (side, marks) if side * marks == lines else (lines, 1)


def markdown(head, rows, right):
    """Column `right` has numbers."""
    return [f"| {' | '.join(head)} |",
            "|" + "|".join("---:" if i == right else "---"
                           for i in range(len(head))) + "|",
            *(f"| {' | '.join(row)} |" for row in rows), ""]


def stretch_rows(stretches):
    before = stretches[-1].function  # the operation ends where it began
    for function, lines in stretches:
        text = PURPOSES.get((function, before), PURPOSES.get(function))
        if text is None:
            sys.exit(f"count/purposes.py does not say what {function} is for "
                     f"after {before}")
        parts = collections.Counter(line.part for line in lines
                                    if line.part != function)
        yield (f"`{function}`", str(len(lines)), text,
               ", ".join(f"`{part}` {n}" for part, n in parts.items()))
        before = function


def spend(lines, entries):
    """-> {entry: instructions}"""
    spent = collections.Counter()
    for line in lines:
        spent[next(entry for entry in entries
                   if re.search(entry.pattern, line.source))] += 1
    for entry in entries:
        if spent[entry] == 0:
            sys.exit(f"count/purposes.py: nothing is executed for {entry.what}")
    return spent


def ledger(lines, entries):
    spent = spend(lines, entries)
    least = sum(n for entry, n in spent.items() if entry.must)
    rows = [(entry.what + (" \\*" if entry.must else ""), str(spent[entry]),
             entry.needed_by) for entry in entries]
    return markdown(("spent on", "instructions", "needed by"),
                    [*rows, ("**all, and those with \\***",
                             f"**{len(lines)}, {least}**", "")], 1)


def chapter(name, title, most, found, marks, with_lto):
    lines = [line for stretch in found for line in stretch.lines]
    side, sides = one_side(lines, marks)
    each = f" Each of the {sides} tasks executes {len(side)}:" \
        if sides > 1 else ""
    return [f"### {title[0].upper()}{title[1:]}", "",
            f"**{len(lines)}, must be {most}.** With link-time optimisation "
            f"{with_lto}.{each}", "",
            *markdown(("function", "instructions", "what for", "inlined there"),
                      stretch_rows(listing.stretches(side)), 1),
            *ledger(side, LEDGERS[name])]
