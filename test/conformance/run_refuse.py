#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Programs that the interpreter must refuse: exit status 2, nothing on stdout,
and a message that names the line.

    run_refuse.py ADL
"""
import os
import subprocess
import sys
import tempfile

BODY = "coro main\n{}\nend\n"

# (program, line, message)
PROGRAMS = [
    (BODY.format("snore 1"), 2, "unknown statement 'snore'"),
    ("banana\n", 1, "unknown statement 'banana'"),
    (BODY.format("sleep"), 2, "an argument is missing: 'sleep'"),
    (BODY.format("sleep -1"), 2, "not a number up to 2147483647: '-1'"),
    (BODY.format("sleep 9999999999"), 2,
     "not a number up to 2147483647: '9999999999'"),
    (BODY.format("yield 1"), 2, "too many arguments: 'yield 1'"),
    (BODY.format("await X1"), 2, "not a slot of the right kind: 'X1'"),
    (BODY.format("await T64"), 2, "not a slot of the right kind: 'T64'"),
    (BODY.format("raise E10"), 2, "not an exception: 'E10'"),
    (BODY.format("spawn T1 ghost"), 2, "not a coro: 'ghost'"),
    (BODY.format("call g") + "gen g\nend\n", 2, "not a coro: 'g'"),
    (BODY.format("gmake J0 main"), 2, "not a gen: 'main'"),
    (BODY.format("emit 1"), 2, "cannot stand here: 'emit'"),
    ("gen g\nyield\nend\n", 2, "cannot stand here: 'yield'"),
    (BODY.format("soon H0 sleep 1"), 2, "cannot stand here: 'sleep'"),
    (BODY.format("soon H0 cancelme"), 2, "cannot stand here: 'cancelme'"),
    (BODY.format("soon H0 cancelling me"), 2,
     "a callback is not a task: 'me'"),
    ("sleep 1\n", 1, "cannot stand here: 'sleep'"),
    (BODY.format("soon H0"), 2, "a word is missing after 'soon H0'"),
    (BODY.format("wait some none T1"), 2,
     "not one of the words for this: 'some'"),
    (BODY.format("waitfor soon T1"), 2,
     "not a number up to 2147483647: 'soon'"),
    (BODY.format("gather T1 T64"), 2,
     "not a slot of the right kind: 'T64'"),
    (BODY.format("gspawn G0 T1 ghost"), 2, "not a coro: 'ghost'"),
    (BODY.format("with E0\nend"), 2, "not a slot of the right kind: 'E0'"),
    (BODY.format("amake I0 main"), 2, "not an agen: 'main'"),
    ("queue Q0 heap 1\n", 1, "not one of the words for this: 'heap'"),
    ("agen a\nfrom a\nend\n", 2, "cannot stand here: 'from'"),
    ("gen g\ngroup G0\nend\nend\n", 2, "cannot stand here: 'group'"),
    (BODY.format("soon H0 gather"), 2, "cannot stand here: 'gather'"),
    (BODY.format("reraise"), 2, "reraise outside except"),
    (BODY.format("try\nelse\nend"), 3, "cannot follow here: 'else'"),
    (BODY.format("loop 2\nfinally\nend"), 3, "outside a try: 'finally'"),
    (BODY.format("pass") + BODY.format("pass"), 4, "defined twice: 'main'"),
    ("coro main\nsleep 1\n", 2, "missing end of 'main'"),
    ("coro c\nend\n", 2, "there is no coro main"),
    ("gen main\nend\n", 2, "there is no coro main"),
]


def problem(adl, path, program, line, message):
    with open(path, "w") as file:
        file.write(program)
    run = subprocess.run([adl, path], capture_output=True, text=True,
                         timeout=60)
    want = f"adl: {path}:{line}: {message}\n"
    if run.returncode != 2:
        return f"exit status {run.returncode}"
    if run.stdout:
        return f"stdout: {run.stdout!r}"
    return f"stderr: {run.stderr!r}" if run.stderr != want else None


def main():
    adl = sys.argv[1]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "p.adl")
        for program, line, message in PROGRAMS:
            what = problem(adl, path, program, line, message)
            if what:
                failures += 1
                print(f"{message}: {what}")
    print(f"{len(PROGRAMS)} programs, {failures} not refused as they should")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
