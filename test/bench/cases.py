# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The benchmark cases, and how their programs are built: for run and count."""
import collections
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PEERS = HERE / "peers"

# What a case does is the same in every program; `text` describes it in
# docs/performance.md. slow: operations of a run on an interpreter.
Case = collections.namedtuple("Case", "name n text slow")


def _switch(n):
    return Case("switch", n, f"task switch, {n:,} task" + "s" * (n > 1), 100000)


def _sleep(name, n):
    kind = {"sleep": "fixed period", "random": "random delay"}[name]
    return Case(name, n, f"sleep, {n:,} sleeper{'s' * (n > 1)}, {kind}", 50000)


def _cases():
    cases = [_switch(n) for n in (1, 1000, 100000)]
    cases.append(Case("await", 1, "await of a trivial child", 300000))
    cases += [Case("depth", n, f"resume at await depth {n}", 50000)
              for n in (1, 10, 100)]
    cases += [
        Case("task", 1, "create, run and finish a task", 50000),
        Case("gather", 100, "gather of 100 coroutines", 500),
        Case("wait_for", 1, "wait_for that finishes in time", 30000),
        Case("lock", 10, "lock handed on between 10 tasks", 50000),
        Case("queue", 1, "item through a queue", 200000),
        Case("agen", 1, "item of an async generator", 300000),
    ]
    return cases + [_sleep(name, n) for name in ("sleep", "random")
                    for n in (16, 1000, 10000, 100000, 1000000)]


CASES = _cases()

# How cost grows: the points of the chart. Those that CASES does not have are
# measured as well, but are in no table.
GROWTH = {"switch": [_switch(10 ** power) for power in range(7)],
          "random": [_sleep("random", 10 ** power) for power in range(7)]}
MEASURED = CASES + [case for line in GROWTH.values() for case in line
                    if case not in CASES]


def key(case):
    return f"{case.name} {case.n}"


COMPOSITION = ("gather", "wait_for", "lock", "queue", "agen")


def is_timer_case(case):
    return case.name in ("sleep", "random")


def ours_command(output, options=()):
    """The command that builds nanoasync's program with some options."""
    return [os.environ.get("CC", "gcc"), "-std=c11", "-O2", "-DNDEBUG",
            "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic",
            f"-I{ROOT / 'include'}", *options, str(HERE / "ours.c"),
            "-o", str(output)]


LIST_QUEUE = ["-DASYNC_TIMERS=0"]
LIST_MOST = 1000  # sleepers; beyond, a sorted list is the wrong queue


def build(command):
    if shutil.which(command[0]) is None:
        return False
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{done.stdout}")
    return True


def first_line(command):
    return subprocess.run(command, text=True, check=True,
                          stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT).stdout.splitlines()[0]
