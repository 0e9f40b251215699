#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Each public header compiles alone, twice, and before and after all others,
without a warning; and it defines nothing but names of its own. In the first
of a compiler's standards: tour.py compiles all headers in every one."""

import re

from toolchains import COMPILERS, INCLUDE, Suite, clip, run

# Ports that include what only their machine has. The guests are compiled with
# stand-ins for that by test/guests.
PORTS_OF = {
    "async/port/posix.h": lambda compiler: compiler.hosted,
    "async/port/posix_executor.h": lambda compiler: compiler.hosted,
    "async/port/avr.h": lambda compiler: compiler.avr,
    "async/port/freertos.h": lambda compiler: False,
    "async/port/zephyr.h": lambda compiler: False,
}
# What is not called ASYNC_ or async_: the short names.
NAMES = re.compile(r"(async_|ASYNC_|NANOASYNC_)\w+|AWAIT|AWAIT_STATUS")

# A header that has been included has no effect, so that the second of two is
# not in the way of what the end of the file says about the first.
FORMS = {
    "alone, twice": "#include <{0}>\n#include <{0}>\n",
    "before": "#include <{0}>\n#include <async.h>\n",
}


def fits(header, compiler):
    return PORTS_OF.get(header, lambda compiler: True)(compiler)


def public_headers():
    found = [*INCLUDE.glob("*.h"), *INCLUDE.glob("async/*.h"),
             *INCLUDE.glob("async/port/*.h")]
    return sorted(str(path.relative_to(INCLUDE)) for path in found)


def macros(line):
    result = run([*line, "-dM", "-E", "-"], input="")
    assert result.returncode == 0, result.stdout
    return set(re.findall(r"^#define (\w+)", result.stdout, re.M))


def leaks(with_header, without):
    names = macros(with_header) - macros(without)
    strange = sorted(n for n in names if not NAMES.fullmatch(n))
    return "it defines " + ", ".join(strange) if strange else None


def leaked_symbols(line, source):
    """Names of functions and objects that the library's body exports."""
    result = run([*line, source])
    if result.returncode != 0:
        return clip(result.stdout)
    exported = run(["nm", "-g", "--defined-only", line[-1]]).stdout
    names = re.findall(r" [A-Z] (\w+)$", exported, re.M)
    strange = [n for n in names if not n.startswith("async_")]
    if not names or strange:
        return "exported: " + (", ".join(strange) or "nothing at all")
    return None


def main():
    suite = Suite(__doc__)
    for compiler in suite.compilers(COMPILERS):
        flags = [*compiler.warnings(), "-Werror", "-fsyntax-only",
                 "-DF_CPU=16000000UL"]
        headers = [h for h in public_headers() if fits(h, compiler)]
        files = {f"{header} {form}": text.format(header)
                 for header in headers for form, text in FORMS.items()}
        files["all after async.h"] = "#include <async.h>\n" + "".join(
            f"#include <{header}>\n" for header in headers)
        for name, text in files.items():
            path = f"{compiler.name}/{re.sub(r'[^a-z]', '-', name)}.c"
            source = suite.file(path, text + "typedef int not_empty;\n")
            suite.check_silent(f"{compiler.name}: {name}", compiler.line(
                compiler.standards[0], *flags, source))

    for compiler in suite.compilers([c for c in COMPILERS if c.name == "gcc"]):
        for header in public_headers():
            if not fits(header, compiler):
                continue
            # what its standard headers define is not its own
            standard = ["-include", "stddef.h", "-include", "stdint.h",
                        "-include", "stdbool.h", "-include", "pthread.h"]
            line = compiler.line("c11", *standard)
            suite.check(f"names in {header}", leaks,
                        [*line, "-include", header], line)
        suite.check("exported names", leaked_symbols,
                    compiler.line("c11", "-c", "-o", suite.work / "names.o"),
                    INCLUDE.parent / "src" / "async.c")
    suite.finish()


if __name__ == "__main__":
    main()
