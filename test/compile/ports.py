#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The ports to bare metal, bodies and users (ports.c), compile in silence as C
and as C++; and a file that is wrong about the layout of a port does not link.
The guests of an RTOS are in test/guests."""

import re

from toolchains import BARE_PAIRS, COMPILERS, INCLUDE, Suite, clip, run

PORTS = INCLUDE.parent / "test" / "compile" / "ports.c"

# What arduino.h finds in an Arduino build.
ARDUINO_H = """
#ifdef __cplusplus
extern "C" {
#endif
unsigned long millis(void);
unsigned long micros(void);
void yield(void);
#ifdef __cplusplus
}
#endif
"""

# Each makes another part of ports.c; with the first of a compiler's standards.
OPTIONS = {
    "64-bit ticks": ["ASYNC_TICK_BITS=64"],
    "microseconds": ["ASYNC_TICK_HZ=1000000"],
    "Arduino sleeps": ["ASYNC_ARDUINO_SLEEP=1"],
    "debug": ["ASYNC_DEBUG=1"],
}
AVR_OPTIONS = {
    "timer 1": ["ASYNC_TICK_HZ=15625"],
    "timer 2": ["ASYNC_TICK_HZ=250"],
}

LAYOUTS = ["ASYNC_TICK_BITS=64", "ASYNC_TASK_NAMES=1", "ASYNC_DEBUG=1"]
# The compiler, the header and the call of each constructor.
CONSTRUCTORS = {
    "async_tick_port_init": (
        "arm-m0", "tick", "static async_tick_port_t x; "
        "async_tick_port_init(&x, 0);"),
    "async_tickless_init": (
        "arm-m0", "tickless", "static async_tickless_t x; "
        "async_tickless_init(&x, 0, 0);"),
    "async_level_init": (
        "arm-m0", "level", "static async_level_t x; "
        "async_level_init(&x, 0, 0, 0, 0);"),
    "async_arduino_init": (
        "arm-m0", "arduino", "static async_arduino_t x; "
        "async_arduino_init(&x);"),
    "async_riscv_init": (
        "rv32", "riscv", "static async_riscv_t x; async_riscv_init(&x, 0);"),
}


def line(suite, compiler, standard, *arguments):
    extra = ["-I", suite.work, "-DF_CPU=16000000ul"]
    if "riscv" in compiler.command:
        # GCC 12 counts the instructions that mask interrupts as an extension.
        extra.append("-march=rv32imac_zicsr")
    return compiler.line(standard, *extra, *arguments)


def add_bodies(suite, compilers):
    for compiler in compilers:
        options = dict(OPTIONS, **(AVR_OPTIONS if compiler.avr else {}))
        if compiler.avr:  # timer 0 has no such tick
            del options["microseconds"]
        # The optimiser, which warns too, sees the same in every standard.
        variants = [(compiler.standards[0], option, defines, "-c")
                    for option, defines in {"defaults": [], **options}.items()]
        variants += [(standard, "defaults", [], "-fsyntax-only")
                     for standard in compiler.standards[1:]]
        for standard, option, defines, how in variants:
            name = f"{compiler.name} {standard}: {option}"
            suite.check_silent(name, line(
                suite, compiler, standard, *compiler.warnings(),
                *compiler.local_warnings(), "-Werror", "-Os", how,
                "-DASYNC_IMPLEMENTATION",
                *[f"-D{define}" for define in defines], PORTS,
                "-o", suite.work / f"{name}.o"))


def left_over(suite, compiler, library, name, layout):
    """What the library does not resolve of a file of the user."""
    source = suite.work / f"{name}.c"
    user = suite.work / f"{name} {layout}.o"
    both = user.with_suffix(".both")
    for command in (
            line(suite, compiler, "c11", *([f"-D{layout}"] if layout else []),
                 "-c", source, "-o", user),
            [compiler.command, *compiler.flags, "-nostdlib", "-r", user,
             library, "-o", both]):
        result = run(command)
        assert result.returncode == 0, result.stdout
    return run([compiler.command.replace("-gcc", "-nm"), "-u", both]).stdout


def links(suite, compiler, library, name, layout):
    left = left_over(suite, compiler, library, name, layout)
    if bool(re.search(rf"\b{name}", left)) == bool(layout):
        return None
    return f"unresolved:\n{clip(left)}"


def add_layouts(suite, compilers):
    known = {compiler.name: compiler for compiler in compilers}
    for chip in ("arm-m0", "rv32"):
        if chip not in known:
            continue
        compiler = known[chip]
        library = suite.work / f"library-{chip}.o"
        result = run(line(suite, compiler, "c11", "-DASYNC_IMPLEMENTATION",
                          "-c", PORTS, "-o", library))
        assert result.returncode == 0, result.stdout
        for name, (where, header, call) in CONSTRUCTORS.items():
            if where != chip:
                continue
            suite.file(f"{name}.c", f"#include <async/port/{header}.h>\n"
                       f"void user(void);\nvoid user(void) {{ {call} }}\n")
            for layout in [None] + LAYOUTS:
                suite.check(f"{name}: {layout or 'options agree'}", links,
                            suite, compiler, library, name, layout)


def main():
    suite = Suite(__doc__)
    suite.file("Arduino.h", ARDUINO_H)
    bare = {name for pair in BARE_PAIRS for name in pair}
    compilers = suite.compilers([c for c in COMPILERS if c.name in bare])
    add_bodies(suite, compilers)
    add_layouts(suite, compilers)
    suite.finish()


if __name__ == "__main__":
    main()
