# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""What is executed in one operation of a case, in order: instruction by
instruction, or stretch by stretch. A stretch is a function from where it is
entered, or returned to, until it calls or returns."""
import collections
import functools
import itertools
import pathlib
import re

from targets import compile_all, counted, coverage, link, run

# `part` is the function that the compiler inlined there, or the same function;
# `source` what stands there, and in the lines that call it.
Line = collections.namedtuple("Line", "address code function part source")
Stretch = collections.namedtuple("Stretch", "function lines")


def short(function):
    """A coroutine's function has the options in its name."""
    return re.sub(r"_resume__.*|_body_$", "", function)


def sources(target, elf, addresses):
    """-> {address: [(function, line of source), ...]}, innermost first, as the
    debug information knows it."""
    text = run([target.prefix + "addr2line", "-a", "-i", "-f", "-e", elf,
                *[hex(address) for address in addresses]])
    found = {}
    for block in re.split(r"^0x", text, flags=re.M)[1:]:
        address, *words = block.split("\n")[:-1]
        found[int(address, 16)] = [
            (short(function), source_line(at))
            for function, at in zip(words[::2], words[1::2])]
    return found


@functools.lru_cache(maxsize=None)
def source_line(at):
    """Of "file:line"; nothing of what was compiled elsewhere."""
    known = re.match(r"(/.+):(\d+)", at)
    if known is None or not pathlib.Path(known[1]).exists():
        return ""
    return pathlib.Path(known[1]).read_text().splitlines()[
        int(known[2]) - 1].strip()


def stretches(lines):
    return [Stretch(function, list(group)) for function, group
            in itertools.groupby(lines, lambda line: line.function)]


def trace(target, options, case, length, directory):
    """-> [Stretch] of one operation. Debug information does not change the
    code."""
    elf = directory / f"{case}.elf"
    link(target, compile_all(target, [*options, "-g"], directory), case, elf)
    code = coverage.Program(target.prefix + "objdump", elf).code
    steps = list(counted(target, elf, *length))
    known = sources(target, elf, sorted({address for address, _ in steps}))
    lines = [Line(address, re.sub(r"\s*[;@].*| <.*", "", code[address]),
                  short(function), known[address][0][0],
                  " < ".join(f"{name}: {text}"
                             for name, text in known[address]))
             for address, function in steps]
    return stretches(lines)


def count(found):
    return sum(len(stretch.lines) for stretch in found)


def show(found):
    for function, lines in found:
        yield f"{len(lines):4}  {function}"
        for line in lines:
            part = line.part if line.part != function else ""
            yield f"{line.address:12x}  {line.code:32}  {part}".rstrip()
