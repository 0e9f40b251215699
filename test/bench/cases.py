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

# operations: of compiled programs; slow: of an interpreter. What a case does
# is the same in every program; `text` describes it in docs/performance.md.
Case = collections.namedtuple("Case", "name n text operations slow")


def _cases():
    cases = []
    for n in (1, 1000, 100000):
        text = f"task switch, {n:,} task" + ("s" if n > 1 else "")
        cases.append(Case("switch", n, text, 10000000, 200000))
    cases.append(Case("await", 1, "await of a trivial child", 10000000, 500000))
    for n in (1, 10, 100):
        cases.append(Case("depth", n, f"resume at await depth {n}", 10000000,
                          200000))
    cases.append(Case("task", 1, "create, run and finish a task", 5000000,
                      100000))
    cases += [
        Case("gather", 100, "gather of 100 coroutines", 100000, 1000),
        Case("wait_for", 1, "wait_for that finishes in time", 3000000, 30000),
        Case("lock", 10, "lock handed on between 10 tasks", 5000000, 100000),
        Case("queue", 1, "item through a queue", 5000000, 200000),
        Case("agen", 1, "item of an async generator", 10000000, 300000),
    ]
    for name, text in (("sleep", "fixed period"), ("random", "random delay")):
        for n in (16, 1000, 10000, 100000, 1000000):
            cases.append(Case(name, n, f"sleep, {n:,} sleepers, {text}",
                              3000000, 100000))
    return cases


CASES = _cases()


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
