# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The compilers under test, and how a test calls them and reports."""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"

# A header-only library is compiled with its users' flags.
WARNINGS = (
    "-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Wcast-qual "
    "-Wcast-align -Wswitch-default"
).split()
C = ("c11", "c17")
CXX = ("c++11", "c++17", "c++20")


class Compiler:
    """One compiler for one machine."""

    def __init__(self, name, command, standards, flags=(), package=None):
        self.name = name
        self.command = command
        self.standards = standards
        self.flags = list(flags)
        self.package = package or command
        self.cxx = standards[0].endswith("++11")
        self.hosted = not flags
        self.clang = command.startswith("clang")
        self.avr = command.startswith("avr")

    def warnings(self, implicit_fallthrough=True):
        flags = list(WARNINGS)
        if implicit_fallthrough and not self.avr:  # gcc 5.4 has it not yet
            flags.append("-Wimplicit-fallthrough")
        return flags

    def local_warnings(self):
        """What async::warnings adds to see a local used across AWAIT."""
        if self.clang:
            return ["-Wconditional-uninitialized"]
        return [] if self.cxx else ["-Wjump-misses-init"]

    def cannot(self, option):
        """g++ 5.4 cannot be told within a macro that it shall not be pedantic
        about the address of a label."""
        return option == "labels" and self.avr and self.cxx

    def line(self, standard, *arguments):
        language = "c++" if self.cxx else "c"
        return [
            self.command, *self.flags, f"-std={standard}", "-x", language,
            "-I", str(INCLUDE), *map(str, arguments),
        ]


M0 = ("-mcpu=cortex-m0", "-mthumb")
M4 = ("-mcpu=cortex-m4", "-mthumb")
AVR = ("-mmcu=atmega328p",)
# There is no C library for this one: freestanding headers only.
RV32 = ("-march=rv32imac", "-mabi=ilp32", "-ffreestanding")
# No C++ library either: Debian has it for ARM only, in a package of its own.
BARE_CXX = ("-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics",
            "-nostdinc++")

COMPILERS = [
    Compiler("gcc", "gcc", C),
    Compiler("g++", "g++", CXX),
    Compiler("clang", "clang", C),
    Compiler("clang++", "clang++", CXX, package="clang"),
    Compiler("avr-gcc", "avr-gcc", C[:1], AVR, "gcc-avr"),
    Compiler("avr-g++", "avr-g++", ("gnu++11",), AVR + BARE_CXX, "gcc-avr"),
    Compiler("arm-m0", "arm-none-eabi-gcc", C, M0, "gcc-arm-none-eabi"),
    Compiler("arm-m4", "arm-none-eabi-gcc", C, M4, "gcc-arm-none-eabi"),
    Compiler("arm-m0-c++", "arm-none-eabi-g++", CXX, M0 + BARE_CXX,
             "gcc-arm-none-eabi"),
    Compiler("arm-m4-c++", "arm-none-eabi-g++", CXX, M4 + BARE_CXX,
             "gcc-arm-none-eabi"),
    Compiler("rv32", "riscv64-unknown-elf-gcc", C, RV32,
             "gcc-riscv64-unknown-elf"),
    Compiler("rv32-c++", "riscv64-unknown-elf-g++",
             ("c++11", "c++14", "c++17", "c++20"), RV32 + BARE_CXX,
             "gcc-riscv64-unknown-elf"),
]
HOSTED = [compiler for compiler in COMPILERS if compiler.hosted]
BARE_PAIRS = [("avr-gcc", "avr-g++"), ("arm-m0", "arm-m0-c++"),
              ("arm-m4", "arm-m4-c++"), ("rv32", "rv32-c++")]


def run(line, **options):
    """Runs a command; its output and errors are in .stdout."""
    environment = dict(os.environ, LC_ALL="C")
    return subprocess.run(
        [str(word) for word in line], stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, env=environment, timeout=120,
        check=False, **options)


class Suite:
    """Collects checks, runs them side by side, and reports."""

    def __init__(self, description):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument(
            "--compilers", default="",
            help="only these of: " + ", ".join(c.name for c in COMPILERS))
        parser.add_argument("--verbose", action="store_true")
        arguments = parser.parse_args()
        self.only = [name for name in arguments.compilers.split(",") if name]
        self.verbose = arguments.verbose
        self.checks = []
        self.directory = tempfile.TemporaryDirectory(prefix="async-compile-")
        self.work = pathlib.Path(self.directory.name)

    def compilers(self, candidates):
        """Those to be tested. One that is missing is a failure: nothing is
        left out in silence."""
        chosen = [c for c in candidates if not self.only or c.name in self.only]
        for compiler in chosen:
            if shutil.which(compiler.command) is None:
                sys.exit(f"{compiler.command} is missing: install "
                         f"{compiler.package}, or choose with --compilers")
        return chosen

    def file(self, name, text):
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def check(self, name, function, *arguments):
        """`function` returns None, or a text that says what is wrong."""
        self.checks.append((name, function, arguments))

    def check_silent(self, name, line):
        """A command that must succeed and say nothing."""
        self.check(name, silent, line)

    def finish(self):
        def judge(check):
            name, function, arguments = check
            return name, function(*arguments)

        failures = 0
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            for name, problem in pool.map(judge, self.checks):
                if problem is not None:
                    failures += 1
                    print(f"FAILED {name}\n{problem}\n")
                elif self.verbose:
                    print(f"ok {name}")
        print(f"{len(self.checks)} checks, {failures} failed")
        self.directory.cleanup()
        if not self.checks:
            sys.exit("no check was made")
        sys.exit(1 if failures else 0)


def silent(line):
    result = run(line)
    if result.returncode == 0 and result.stdout == "":
        return None
    return " ".join(map(str, line)) + "\n" + clip(result.stdout)


def clip(text, lines=30):
    kept = text.splitlines()
    if len(kept) > lines:
        kept = kept[:lines] + ["..."]
    return "\n".join(kept)
