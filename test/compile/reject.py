#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""What must not compile, and what must warn.

Each file of reject/ contains a mistake, and the same without it under FIXED.
The mistake must be an error whose message matches the regular expression after
`expect:`; without it the file must compile in silence. Comments may add:

    flags: -Werror      it is a warning that the user makes an error
    unseen by: clang    this compiler does not notice ("labels": none does with
                        ASYNC_LABELS)
    levels: -O2         nor does one that does not optimise

The files of warn/ compile, but must give the warning in `expect:` with the
flags of async::warnings, or with none at all after `flags: default`. Where C++
refuses the file, that is even better."""

import re

from toolchains import HOSTED, INCLUDE, Suite, clip, run, silent

HERE = INCLUDE.parent / "test" / "compile"


class Case:
    def __init__(self, path):
        self.path = path
        text = path.read_text()
        self.expect = self.field(text, "expect")
        self.flags = (self.field(text, "flags") or "").split()
        self.unseen = (self.field(text, "unseen by") or "").split()
        self.levels = self.field(text, "levels") or "-O0 -O2"
        assert self.expect, f"{path} does not say what to expect"

    @staticmethod
    def field(text, name):
        match = re.search(rf"^/?[ *]*{name}: (.*?)(?: \*/)?$", text, re.M)
        return match and match.group(1)


def says(line, expected, must_fail):
    result = run(line)
    text = result.stdout
    if must_fail and result.returncode == 0:
        return "it compiles\n" + " ".join(map(str, line))
    if not re.search(expected, text, re.S):
        return f"no match for: {expected}\n{clip(text)}"
    return None


def add(suite, compiler, case, standard, level, extra=()):
    name = f"{compiler.name} {standard} {level}"
    name += f" {' '.join(extra)} {case.path.parent.name}/{case.path.stem}"
    output = suite.work / (name.replace("/", "-") + ".o")
    head = compiler.line(standard, level, *extra, "-c", case.path, "-o", output)
    everything = [*compiler.warnings(), *compiler.local_warnings(), "-Werror"]
    if case.path.parent.name == "reject":
        suite.check(name, says, [*head, *case.flags], case.expect, True)
    else:
        flags = [] if case.flags == ["default"] else everything[:-1]
        suite.check(name, says, [*head, *flags], case.expect, False)
    suite.check(name + " FIXED", silent, [*head, "-DFIXED", *everything])


def main():
    suite = Suite(__doc__.split("\n", maxsplit=1)[0])
    cases = [Case(path) for path in sorted(HERE.glob("reject/*.c"))]
    cases += [Case(path) for path in sorted(HERE.glob("warn/*.c"))]
    for compiler in suite.compilers(HOSTED):
        for case in cases:
            if compiler.name in case.unseen:
                continue
            first, last = compiler.standards[0], compiler.standards[-1]
            # What the optimiser leaves of a wrong path is what is reported.
            if "-O0" in case.levels:
                add(suite, compiler, case, first, "-O0")
            add(suite, compiler, case, last, "-O2")
            if "labels" not in case.unseen:
                add(suite, compiler, case, first, "-O2", ["-DASYNC_LABELS=1"])
    suite.finish()


if __name__ == "__main__":
    main()
