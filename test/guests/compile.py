#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The ports of the guests compile against the declarations in kernel/: with
every compiler, in every standard, alone and after async.h, with their bodies
and without, and in each configuration of the kernel, without a warning; and a
configuration that cannot work is refused with a message."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "compile"))
# pylint: disable=wrong-import-position
from headers import leaks
from toolchains import COMPILERS, Suite, run

KERNEL = ("-I", str(HERE / "kernel"))

FORMS = {
    "alone": "#include <{0}>\n#include <{0}>\n",
    "after async.h": "#include <async.h>\n#include <{0}>\n",
    "with the bodies":
        "#define ASYNC_IMPLEMENTATION\n#include <async.h>\n#include <{0}>\n",
    "bodies later":
        "#include <{0}>\n#define ASYNC_IMPLEMENTATION\n#include <{0}>\n"
        "#include <async.h>\n",
}

V11 = "-DconfigTICK_TYPE_WIDTH_IN_BITS=TICK_TYPE_WIDTH_{}_BITS"
PORTS = {
    "async/port/freertos.h": {
        "16-bit ticks": ("-DconfigUSE_16_BIT_TICKS=1",),
        "64-bit async ticks": ("-DASYNC_TICK_BITS=64",),
        "FreeRTOS 11, 16": (V11.format(16),),
        "FreeRTOS 11, 32": (V11.format(32),),
        "FreeRTOS 11, 64": (V11.format(64), "-DASYNC_TICK_BITS=64"),
        "index 1": ("-DASYNC_FREERTOS_NOTIFY_INDEX=1",),
        "no local storage": ("-DconfigNUM_THREAD_LOCAL_STORAGE_POINTERS=0",),
        "100 Hz": ("-DconfigTICK_RATE_HZ=((TickType_t)100)",
                   "-DASYNC_TICK_HZ=100"),
    },
    "async/port/zephyr.h": {
        "same rate": ("-DCONFIG_SYS_CLOCK_TICKS_PER_SEC=1000",),
        "relative": ("-DGUEST_NO_TIMEOUT_64BIT",),
        "64-bit async ticks": ("-DASYNC_TICK_BITS=64",),
    },
}
REFUSED = (
    ("async/port/freertos.h", ("-DASYNC_TICK_HZ=100",),
     "set ASYNC_TICK_HZ to the value of configTICK_RATE_HZ"),
)


def refused(line, message):
    result = run(line)
    if result.returncode == 0:
        return "compiles"
    return None if message in result.stdout else result.stdout


def fits(port, compiler):
    return not (compiler.avr and "zephyr" in port)


def cases(compiler):
    """Every form in every standard; every option in one of each."""
    for port, options in PORTS.items():
        if fits(port, compiler):
            for form in FORMS:
                for standard in compiler.standards:
                    yield port, form, standard, "", ()
            for option, defines in options.items():
                yield (port, "with the bodies", compiler.standards[-1], option,
                       defines)


def main():
    suite = Suite(__doc__)
    for compiler in suite.compilers(COMPILERS):
        flags = [*compiler.warnings(), *KERNEL, "-Werror", "-fsyntax-only"]
        for port, form, standard, option, defines in cases(compiler):
            source = suite.file(
                f"{port.replace('/', '-')}-{form.replace(' ', '-')}.c",
                FORMS[form].format(port) + "typedef int not_empty;\n")
            suite.check_silent(
                f"{compiler.name} {standard}: {port} {form} {option}",
                compiler.line(standard, *flags, *defines, source))
        for port, defines, message in REFUSED:
            source = suite.file("refused.c", f"#include <{port}>\n")
            suite.check(f"{compiler.name}: refused {defines}", refused,
                        compiler.line(compiler.standards[0], *flags, *defines,
                                      source), message)
    for compiler in suite.compilers([c for c in COMPILERS if c.name == "gcc"]):
        for port, kernel in (("async/port/freertos.h", "task.h"),
                             ("async/port/zephyr.h", "zephyr/kernel.h")):
            line = compiler.line("c11", *KERNEL, "-include", "stddef.h",
                                 "-include", "stdbool.h", "-include", kernel)
            suite.check(f"names in {port}", leaks,
                        [*line, "-include", port], line)
    suite.finish()


if __name__ == "__main__":
    main()
