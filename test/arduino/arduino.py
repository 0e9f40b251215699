# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Builds sketches with arduino-builder, as the Arduino IDE does, offline, and
runs them on a simulated ATmega328P with test/target/avr."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "test" / "compile"))
from toolchains import WARNINGS, clip  # noqa: E402

# Where Debian's packages put the boards and the builder's own patterns.
HARDWARE = "/usr/share/arduino/hardware"
BUILDER = "/usr/share/arduino-builder"
HZ = 16000000
OUT_OF_TIME = 124  # of avr_run, and the end of a sketch that does well
NEEDED = {
    "arduino-builder": "arduino-builder", "avr-g++": "gcc-avr",
    "gcc": "gcc", HARDWARE + "/arduino/avr/boards.txt": "arduino-core-avr",
    "/usr/include/simavr/sim_avr.h": "libsimavr-dev",
    "/usr/include/libelf.h": "libelf-dev",
}
BLINK_ECHO = ROOT / "samples" / "arduino" / "BlinkEcho" / "BlinkEcho.ino"


def call(line):
    result = subprocess.run(
        [str(word) for word in line], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, timeout=240, check=False,
        env=dict(os.environ, LC_ALL="C"))
    return result


class Workshop:
    """A folder with the library as a user has installed it, and the tools."""

    def __init__(self):
        for thing, package in NEEDED.items():
            if shutil.which(thing) is None and not os.path.isfile(thing):
                sys.exit(f"{thing} is missing: install {package}")
        self.directory = tempfile.TemporaryDirectory(prefix="async-arduino-")
        self.work = pathlib.Path(self.directory.name)
        self.failures = 0
        self.count = 0
        self.simulator = self.work / "avr_run"
        sources = sorted((ROOT / "test" / "target" / "avr").glob("*.c"))
        result = call(["gcc", "-O2", *sources, "-lsimavr", "-lelf", "-o",
                       self.simulator])
        if result.returncode != 0:
            sys.exit(result.stderr)
        self.library()

    def library(self, *changes, **files):
        """Installs the library anew: `changes` are (file, old text, new text),
        `files` are put into its src folder as NAME.h."""
        self.libraries = self.work / f"libraries{self.count}"
        self.count += 1
        home = self.libraries / "nanoasync"
        for folder in ("src", "include"):
            shutil.copytree(ROOT / folder, home / folder)
        shutil.copy(ROOT / "library.properties", home)
        for path, old, new in changes:
            replace(home / path, old, new)
        for name, text in files.items():
            (home / "src" / f"{name}.h").write_text(text)

    def build(self, sketch, *changes):
        """Builds a sketch, after changes of (old text, new text); returns the
        firmware. A warning from the library or the sketch is an error."""
        name = f"{sketch.stem}{self.count}"
        self.count += 1
        home = self.work / name
        home.mkdir()
        copy = home / f"{name}.ino"
        copy.write_text(sketch.read_text())
        for old, new in changes:
            replace(copy, old, new)
        build = self.work / f"build-{name}"
        cache = self.work / "cache"
        for folder in (build, cache):
            folder.mkdir(exist_ok=True)
        result = call([
            "arduino-builder", "-compile", "-hardware", HARDWARE, "-hardware",
            BUILDER, "-tools", "/usr/bin", "-libraries", self.libraries,
            "-fqbn", "arduino:avr:uno", "-build-path", build, "-build-cache",
            cache, "-warnings", "all",
            # Debian's core does not compile with Debian's compiler otherwise.
            "-prefs=compiler.cpp.extra_flags=-DDECIMAL_DIG=__DECIMAL_DIG__",
            "-prefs=build.extra_flags=" + " ".join(WARNINGS), copy])
        ours = [line for line in result.stderr.splitlines()
                if "warning:" in line and
                re.match(f"{self.libraries}|{home}|{build}", line)]
        if result.returncode != 0:
            raise AssertionError(clip(result.stderr))
        if ours:
            raise AssertionError("\n".join(ours))
        print(f"{name}: " + " ".join(
            line for line in result.stdout.splitlines() if "bytes" in line))
        return build / f"{name}.ino.elf"

    def run(self, firmware, *options):
        """Returns status, what was sent, and what the simulator reports."""
        result = call([self.simulator, *options, "atmega328p", HZ, firmware])
        return result.returncode, result.stdout, result.stderr

    def check(self, name, function, *arguments):
        try:
            problem = function(self, *arguments)
        except AssertionError as error:
            problem = str(error)
        print(f"{'FAILED' if problem else 'ok'} {name}")
        if problem:
            print(problem)
            self.failures += 1

    def finish(self):
        self.directory.cleanup()
        sys.exit(1 if self.failures else 0)


def replace(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1, f"{path.name} has no {old!r}, or several"
    path.write_text(text.replace(old, new))


def counts(report):
    """The numbers of --report."""
    return {name: int(value)
            for name, value in re.findall(r"^(\w+) (\d+)$", report, re.M)}


def pin_changes(report, pin):
    """The (milliseconds, level) of --watch."""
    return [(int(cycle) * 1000 / HZ, int(level)) for cycle, level in
            re.findall(rf"^pin {pin} (\d+) (\d)$", report, re.M)]
