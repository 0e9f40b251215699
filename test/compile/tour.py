#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""tour.c, which uses every keyword, and the library's body compile in silence
on every compiler, in every language version, and with every option; on the
host they also run."""

import re

from toolchains import COMPILERS, HOSTED, INCLUDE, Suite, clip, run, silent

TOUR = INCLUDE.parent / "test" / "compile" / "tour.c"

OPTIONS = {
    "defaults": [],
    "64-bit ticks": ["ASYNC_TICK_BITS=64"],
    "list": ["ASYNC_TIMERS=ASYNC_TIMERS_LIST"],
    "radix 1": ["ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=1"],
    "radix 2": ["ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=2"],
    "radix 3": ["ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=3"],
    "radix 4": ["ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=4"],
    "radix 5": ["ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=5"],
    "radix 6, 64-bit ticks": [
        "ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TIMERS_RADIX_BITS=6",
        "ASYNC_TICK_BITS=64"],
    "fast": ["ASYNC_FAST=1"],
    "not fast": ["ASYNC_FAST=0"],
    "labels": ["ASYNC_LABELS=1"],
    "labels, no checks": ["ASYNC_LABELS=1", "NDEBUG"],
    "no names": ["ASYNC_TASK_NAMES=0"],
    "names": ["ASYNC_TASK_NAMES=1"],
    "no checks": ["ASYNC_CHECKS=0"],
    "NDEBUG": ["NDEBUG"],
    "checks in spite of NDEBUG": ["NDEBUG", "ASYNC_CHECKS=1"],
    "1 MHz": ["ASYNC_TICK_HZ=1000000"],
    "1 MHz, 64-bit ticks": ["ASYNC_TICK_HZ=1000000", "ASYNC_TICK_BITS=64"],
    "32,768 Hz": ["ASYNC_TICK_HZ=32768"],
    "generators not tracked": ["ASYNC_TRACK_GENERATORS=0"],
    "one core, tasks linked in one direction": ["ASYNC_CORES=1",
                                                "ASYNC_TASK_RING=0"],
    "two cores, tasks linked in both": ["ASYNC_CORES=2", "ASYNC_TASK_RING=1"],
    "debug": ["ASYNC_DEBUG=1"],
    "debug, bare, no names": ["ASYNC_DEBUG=1", "ASYNC_HOSTED=0",
                              "ASYNC_TASK_NAMES=0"],
    "own hook": ["ASYNC_MISUSE_HOOK(mistake)=(void)(mistake)"],
    "bare": ["ASYNC_HOSTED=0"],
    "no thread-local": ["ASYNC_THREAD_LOCAL="],
    "long names only": ["ASYNC_SHORT_NAMES=0", "AWAIT=ASYNC_AWAIT",
                        "AWAIT_STATUS=ASYNC_AWAIT_STATUS"],
    "NDEBUG, radix, no names": [
        "NDEBUG", "ASYNC_TIMERS=ASYNC_TIMERS_RADIX", "ASYNC_TASK_NAMES=0"],
}
# All options with one compiler of each language and family; these with the
# others.
ALL_OPTIONS = ("gcc", "clang++")
SOME = ["64-bit ticks", "radix 2", "labels", "fast", "debug",
        "NDEBUG, radix, no names"]

WRONG = {
    "ASYNC_TICK_BITS=16": "ASYNC_TICK_BITS must be",
    "ASYNC_TICK_HZ=0": "ASYNC_TICK_HZ must be",
    "ASYNC_TIMERS=2": "ASYNC_TIMERS must be",
    "ASYNC_TIMERS_RADIX_BITS=0": "ASYNC_TIMERS_RADIX_BITS must be",
    "ASYNC_TIMERS_RADIX_BITS=7": "ASYNC_TIMERS_RADIX_BITS must be",
    "ASYNC_TASK_NAMES=2": "ASYNC_TASK_NAMES must be",
    "ASYNC_LABELS=2": "ASYNC_LABELS must be",
    "ASYNC_TRACK_GENERATORS=2": "ASYNC_TRACK_GENERATORS must be",
    "ASYNC_TASK_RING=2": "ASYNC_TASK_RING must be",
    "ASYNC_CORES=0": "ASYNC_CORES must be",
    "ASYNC_FAST=2": "ASYNC_FAST must be",
    "ASYNC_DEBUG=2": "ASYNC_DEBUG must be",
}

# A keyword is what a user may write, in upper case; the rest are options,
# marks of the headers themselves, and helpers of a configuration.
NOT_KEYWORDS = re.compile(
    r"ASYNC_(\w*_|\w*(INCLUDED|IMPLEMENTED|_LIST|_RADIX\w*|CHECK|COLD|MUST_USE"
    r"|STATIC_ASSERT|MISUSE_HOOK))$")


def missing_keywords():
    defined = set()
    for header in INCLUDE.glob("async/*.h"):
        if header.name != "config.h":
            defined |= set(re.findall(r"^#define (ASYNC_\w+|AWAIT\w*)",
                                      header.read_text(), re.M))
    used = set(re.findall(r"\w+", "".join(
        part.read_text() for part in TOUR.parent.glob("tour*.[ch]"))))
    missing = sorted(name for name in defined - used
                     if not NOT_KEYWORDS.match(name))
    return "not in the tour: " + ", ".join(missing) if missing else None


def missing_options():
    """Whether OPTIONS and WRONG know all that config.h offers and refuses."""
    text = (INCLUDE / "async" / "config.h").read_text()
    tried = {define.partition("=")[0].partition("(")[0]
             for defines in OPTIONS.values() for define in defines}
    missing = set(re.findall(r"^#ifndef (ASYNC_\w+)$", text, re.M)) - tried
    missing -= {"ASYNC_CONFIG_H_INCLUDED"}
    refused = {define.partition("=")[0] for define in WRONG}
    missing |= set(re.findall(r'#error "(\w+) must', text)) - refused
    return f"never tried: {', '.join(sorted(missing))}" if missing else None


def other_warnings():
    """Whether the warnings of these tests are those of async::warnings."""
    text = (INCLUDE.parent / "CMakeLists.txt").read_text()
    offered = set(re.findall(r"-W[\w-]+", text))
    tried = {flag for c in COMPILERS
             for flag in c.warnings() + c.local_warnings()}
    different = sorted(offered ^ tried)
    return f"not in both: {', '.join(different)}" if different else None


# What GCC may call for C code, and what takes the place of an instruction.
RUNTIME = re.compile(r"mem(cpy|set)|__aeabi_(mem(cpy|set|clr)[48]?|u?l?idivmod"
                     r"|u?idiv|uldivmod|lmul)|__u?(div|mod|divmod)\w+|__mul\w+"
                     r"|__(gnu_thumb1_case|epilogue|prologue|tablejump2)\w*"
                     r"|__do_(copy_data|clear_bss)")


def needs_nothing(line, nm, output):
    """A part without an operating system has no other functions to offer."""
    problem = silent(line)
    if problem is None:
        names = re.findall(r" U (\w+)", run([nm, output]).stdout)
        strange = [name for name in names if not RUNTIME.fullmatch(name)]
        problem = f"it calls {', '.join(strange)}" if strange else None
    return problem


def runs(line, program):
    problem = silent(line)
    if problem is None:
        result = run([program])
        if result.returncode != 0 or result.stdout:
            problem = f"exit {result.returncode}\n{clip(result.stdout)}"
    return problem


def refuses(line, message):
    result = run(line)
    if result.returncode != 0 and message in result.stdout:
        return None
    return f"expected: {message}\n{clip(result.stdout)}"


def command(suite, name, compiler, standard, *arguments):
    """To compile the tour with all warnings as errors."""
    return compiler.line(
        standard, *compiler.warnings(), *compiler.local_warnings(), "-Werror",
        "-DASYNC_IMPLEMENTATION", *arguments, TOUR, "-o", suite.work / name)


def add_compilers(suite):
    """The optimiser, which warns too, sees the same in every standard."""
    for compiler in suite.compilers(COMPILERS):
        first = compiler.standards[0]
        variants = [(first, [level, "-c"]) for level in ("-O0", "-O2", "-Os")]
        variants += [(s, ["-fsyntax-only"]) for s in compiler.standards[1:]]
        for standard, how in variants:
            name = f"{compiler.name} {standard} {how[0]}"
            suite.check_silent(name, command(
                suite, f"{name}.o", compiler, standard, *how))


def how_with_options(compiler):
    """What clang warns of does not depend on the level. And the optimisers of
    one GCC for several machines see the same: those of the host are enough."""
    if compiler.clang:
        return ["-O0"]
    if compiler.hosted:
        return ["-O1"]
    return ["-O1", "-c"] if compiler.avr else ["-fsyntax-only"]


def add_options(suite):
    for compiler in suite.compilers(COMPILERS):
        standard = compiler.standards[-1]
        how = how_with_options(compiler)
        for option in OPTIONS if compiler.name in ALL_OPTIONS else SOME:
            if compiler.cannot(option):
                continue
            name = f"{compiler.name} {standard}: {option}"
            line = command(
                suite, f"{name}.out", compiler, standard, *how,
                *[f"-D{define}" for define in OPTIONS[option]])
            if compiler.hosted:
                suite.check(name, runs, line, suite.work / f"{name}.out")
            else:
                suite.check_silent(name, line)
    for compiler in suite.compilers(HOSTED):
        for define, message in WRONG.items():
            suite.check(f"{compiler.name}: {define}", refuses, compiler.line(
                compiler.standards[0], f"-D{define}", "-fsyntax-only", TOUR),
                message)
        older, message = (("gnu++98", "needs C++11") if compiler.cxx else
                          ("gnu99", "needs C11"))
        suite.check(f"{compiler.name}: {older}", refuses, compiler.line(
            older, "-fsyntax-only", TOUR), message)


def add_needs(suite):
    for compiler in suite.compilers(COMPILERS):
        if compiler.hosted or compiler.cxx:
            continue
        for option in ("defaults", "NDEBUG", "names", "fast"):
            name = f"{compiler.name}: needs with {option}"
            output = suite.work / f"{name}.o"
            line = compiler.line(
                "c11", "-Os", *[f"-D{define}" for define in OPTIONS[option]],
                "-c", INCLUDE.parent / "src" / "async.c", "-o", output)
            suite.check(name, needs_nothing, line,
                        compiler.command.replace("-gcc", "-nm"), output)


def add_config_files(suite):
    """The same option by the name of a file, and by a file of a known name."""
    text = "#define ASYNC_TICK_BITS 64\n#define ASYNC_TICK_HZ 1000000\n"
    seen = suite.file("seen.c", (
        "#include <async.h>\n"
        "ASYNC_STATIC_ASSERT(sizeof(async_tick_t) == 8, \"not read\");\n"
        "ASYNC_STATIC_ASSERT(ASYNC_TICK_HZ == 1000000, \"not read\");\n"))
    suite.file("config/async_config.h", text)
    suite.file("named/my_config.h", text)
    for compiler in suite.compilers(COMPILERS):
        line = compiler.line(compiler.standards[0], *compiler.warnings(),
                             "-Werror", "-fsyntax-only", seen)
        suite.check_silent(f"{compiler.name}: async_config.h",
                           [*line, "-I", suite.work / "config"])
        suite.check_silent(f"{compiler.name}: ASYNC_CONFIG_FILE",
                           [*line, "-I", suite.work / "named",
                            '-DASYNC_CONFIG_FILE="my_config.h"'])
        suite.check(f"{compiler.name}: no configuration", refuses, line,
                    "not read")


def main():
    suite = Suite(__doc__)
    suite.check("keywords", missing_keywords)
    suite.check("options", missing_options)
    suite.check("warnings", other_warnings)
    add_compilers(suite)
    add_options(suite)
    add_needs(suite)
    add_config_files(suite)
    suite.finish()


if __name__ == "__main__":
    main()
