# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Builds nanoasync's benchmark program and its peers, and takes their times.

Each sample is a process of its own: a warm-up, then operations for some 30 ms,
of which bench.h takes the processor time. In every round each case runs on all
programs in a row, so that what disturbs the machine meets all of them. What is
reported is the median of the rounds.

Where a function happens to lie changes a task switch by up to 40 %, in C++
as in C. So each program is built in three layouts, which the rounds take in
turn: no number is the luck of one of them."""
import collections
import platform
import shutil
import statistics
import subprocess
import sys

import cases

OURS, LIST = "nanoasync", "nanoasync, list"
HAND, CPP, RUST = "C by hand", "C++20", "Rust"
LIBUV, CPYTHON = "libuv", "CPython asyncio"
PEERS = [LIST, HAND, CPP, RUST, LIBUV, CPYTHON]

ROUNDS = 15
SAMPLE_NS = 30e6
LARGE = 100000  # from here on a third of the rounds, and one of CPython
VERY_LARGE = 1000000  # the setting up of which takes longest

LAYOUTS = (4, 5, 6)  # functions begin at multiples of 2 to the power of this

# commands: one for each layout. version: of compiler and library. slow: an
# interpreter.
Program = collections.namedtuple("Program", "commands version slow")


def build_commands(directory, layout):
    """-> {program: how to build it}"""
    align = f"-falign-functions={2 ** layout}"
    c = ["gcc", "-O2", "-Wall", "-Wextra", align]

    def into(name):
        return ["-o", str(directory / f"{name}{layout}")]

    return {
        OURS: cases.ours_command(directory / f"ours{layout}", [align]),
        LIST: cases.ours_command(directory / f"list{layout}",
                                 [align, *cases.LIST_QUEUE]),
        HAND: [*c, "-std=c11", "-D_POSIX_C_SOURCE=200809L",
               str(cases.PEERS / "hand.c"), *into("hand")],
        CPP: ["g++", "-std=c++20", "-O2", "-Wall", "-Wextra", align,
              str(cases.PEERS / "cpp20.cpp"), *into("cpp20")],
        RUST: ["rustc", "--edition", "2021", "-O",
               f"-Cllvm-args=-align-all-functions={layout}",
               str(cases.PEERS / "rust.rs"), *into("rust")],
        LIBUV: [*c, "-std=gnu11", str(cases.PEERS / "libuv.c"), "-luv",
                *into("libuv")],
    }


def libuv_version():
    """None if a program cannot be built with it."""
    source = "#include <uv.h>\nUV_VERSION_MAJOR.UV_VERSION_MINOR." \
             "UV_VERSION_PATCH\n"
    done = subprocess.run(["gcc", "-E", "-P", "-"], input=source, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    if done.returncode != 0:
        return None
    return "libuv " + done.stdout.split("\n")[-2].replace(" ", "")


def programs(directory, missing, layouts=LAYOUTS):
    """Builds what can be built; the names of the rest go to `missing`."""
    found = {}
    built = [build_commands(directory, layout) for layout in layouts]
    for name in built[0]:
        commands = [layout[name] for layout in built]
        compiler = commands[0][0]
        version = libuv_version() if name == LIBUV else compiler
        if version is None or not all(map(cases.build, commands)):
            missing.append(f"{name} ({version or 'uv.h'})")
            continue
        if name != LIBUV:
            version = cases.first_line([compiler, "--version"])
        found[name] = Program([[command[command.index("-o") + 1]]
                               for command in commands], version, False)
    found[CPYTHON] = Program([[sys.executable,
                               str(cases.PEERS / "asyncio_peer.py")]],
                             f"CPython {platform.python_version()}", True)
    if OURS not in found:
        sys.exit("not available: a C compiler")
    return found


def undisturbed():
    """A prefix that keeps other processes away, if the system allows it."""
    prefix = ["chrt", "-f", "5"]
    if shutil.which("chrt") and subprocess.run(
            prefix + ["true"], stderr=subprocess.DEVNULL).returncode == 0:
        return prefix
    return []


def sample(program, case, warm, operations, prefix=(), turn=0):
    """Nanoseconds per operation; None: the program does not have this case."""
    command = program.commands[turn % len(program.commands)]
    done = subprocess.run([*prefix, *command, case.name, str(case.n),
                           str(warm), str(operations)], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        sys.exit(f"{command} {case}: {done.stderr}")
    answer = done.stdout.strip()
    return None if answer == "none" else float(answer)


def wanted(name, case):
    return name != LIST or (cases.is_timer_case(case) and
                            case.n <= cases.LIST_MOST)


def lengths(program, case):
    """How many operations to warm up with, and to measure."""
    if program.slow:
        least = case.n if case.name == "switch" else min(2 * case.n, case.slow)
        return max(1000, least), case.slow
    warm = max(1000, 2 * case.n)
    if case.n >= VERY_LARGE:
        return warm, warm
    estimate = sample(program, case, warm, warm)
    if estimate is None:
        return None
    # Whole rounds of all tasks: the cost of an operation varies within one.
    rounds = max(2, round(SAMPLE_NS / estimate / case.n))
    return warm, rounds * case.n


def rounds_of(program, case, rounds):
    if case.n >= LARGE:
        return 1 if program.slow else max(1, rounds // 3)
    return min(3, rounds) if program.slow else rounds


def progress(text):
    if sys.stderr.isatty():
        print(f"\r{text:40}\r", end="", file=sys.stderr, flush=True)


def measure(found, chosen, rounds):
    """-> {(case, program): median of its samples}"""
    samples = collections.defaultdict(list)
    operations, prefix = {}, undisturbed()
    for number in range(rounds):
        for case in chosen:
            progress(f"round {number + 1} of {rounds}: {cases.key(case)}")
            for name, program in found.items():
                if not wanted(name, case) or \
                        number >= rounds_of(program, case, rounds):
                    continue
                if number == 0:
                    operations[case, name] = lengths(program, case)
                if operations[case, name] is None:
                    continue
                value = sample(program, case, *operations[case, name], prefix,
                               number)
                if value is not None:
                    samples[case, name].append(value)
    progress("")
    return {what: statistics.median(values)
            for what, values in samples.items()}


def smoke(found):
    """Whether each program runs its cases at all. -> exit status"""
    for case in cases.MEASURED:
        for name, program in found.items():
            if not wanted(name, case) or (name != OURS and case.n > 1000):
                continue
            value = sample(program, case, 100, 1000)
            if value is None and name in (OURS, LIST) or \
                    value is not None and not value > 0:
                print(f"{name}: {cases.key(case)}: no number")
                return 1
    print(f"all {len(cases.MEASURED)} cases ran: {', '.join(found)}")
    return 0
