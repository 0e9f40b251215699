#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Programs of several files: where the implementation may stand, that it
stands in one file only, and that all files agree on the layout."""

import re

import ports
from toolchains import BARE_PAIRS, COMPILERS, HOSTED, INCLUDE, Suite, clip, run

# A coroutine that one file exports, another calls, in C or C++.
SHARED = """
#include <async/sleep.h>
struct step {
    ASYNC_FRAME;
    int in, out;
};
ASYNC_EXTERN_C_BEGIN
ASYNC_DECLARE(step);
ASYNC_EXTERN_C_END
"""
STEP = """
#include "shared.h"
ASYNC_DEF_EXTERN(step)
{
    ASYNC_BEGIN;
    AWAIT(async_sleep_ms(1));
    self->out = self->in + 1;
    ASYNC_END;
}
"""
MAIN = """
#include "shared.h"
#include <async.h>
struct app {
    ASYNC_FRAME;
    struct step step;
};
ASYNC_DEF(app)
{
    ASYNC_BEGIN;
    AWAIT(ASYNC_CALL(step, &self->step, .in = 41));
    if (self->step.out != 42) {
        ASYNC_RAISE(ASYNC_ERR_VALUE);
    }
    ASYNC_END;
}
int main(void)
{
    static async_sim_t sim;
    static async_loop_t loop;
    static struct app app;
    async_loop_init(&loop, async_sim_init(&sim, 0));
    return async_run(&loop, ASYNC_CALL(app, &app)) == 0 ? 0 : 1;
}
"""
BODY = "#define ASYNC_IMPLEMENTATION\n#include <async.h>\n"

# What a program without a C library has to bring along.
RUNTIME = """
#include <stddef.h>
void *memcpy(void *to, const void *from, size_t size)
{
    size_t i;
    for (i = 0; i < size; i++) {
        ((char *)to)[i] = ((const char *)from)[i];
    }
    return to;
}
void *memset(void *to, int byte, size_t size)
{
    size_t i;
    for (i = 0; i < size; i++) {
        ((char *)to)[i] = (char)byte;
    }
    return to;
}
"""

# Files of programs that link and end with 0.
PROGRAMS = {
    "a file of its own": [MAIN, STEP, BODY],
    "before all else": [BODY + MAIN, STEP],
    "after a plain include": [MAIN + BODY, STEP],
    "after one header": ["#include <async/loop.h>\n" + BODY + MAIN, STEP],
    "between plain includes": [
        "#include <async.h>\n" + BODY + "#undef ASYNC_IMPLEMENTATION\n"
        "#include <async.h>\n" + MAIN, STEP],
    "twice in one file": [BODY + "#include <async.h>\n" + MAIN, STEP],
    "behind other headers": [
        "#include <stdio.h>\n#include <time.h>\n#include <unistd.h>\n" + BODY
        + MAIN, STEP],
    "in the middle of the files": [
        MAIN, "#include <async/coro.h>\n" + BODY + STEP,
        "#include <nanoasync.h>\n", "#include <async/port/posix.h>\n"],
    "coroutines alone": ["""
#define ASYNC_IMPLEMENTATION
#include <async/coro.h>
struct two { ASYNC_FRAME; int turns; };
ASYNC_DEF(two)
{
    ASYNC_BEGIN;
    self->turns++;
    AWAIT(async_pause());
    self->turns++;
    ASYNC_END;
}
int main(void)
{
    static struct two two;
    async_driver_t driver;
    int status = async_driver_init(&driver, ASYNC_CALL(two, &two));
    while (status == 0 && async_drive(&driver) == ASYNC_PENDING) {
    }
    return two.turns == 2 ? 0 : 1;
}
"""],
    "generators alone": ["""
#define ASYNC_IMPLEMENTATION
#include <async/generator.h>
struct two { ASYNC_GENERATOR(int); };
ASYNC_DEF(two)
{
    ASYNC_BEGIN;
    ASYNC_YIELD(20);
    ASYNC_YIELD(22);
    ASYNC_END;
}
int main(void)
{
    static struct two two;
    int item, sum = 0;
    async_generator_init(ASYNC_CALL(two, &two));
    while (async_next(&two, &item) == 0) {
        sum += item;
    }
    return sum == 42 ? 0 : 1;
}
"""],
}

# Every function that makes an object of a layout that an option changes, as
# a file of the user calls it; and the option that file got wrong.
LAYOUTS = ["ASYNC_TICK_BITS=64", "ASYNC_TIMERS=ASYNC_TIMERS_LIST",
           "ASYNC_TIMERS_RADIX_BITS=3", "ASYNC_TASK_NAMES=0",
           "ASYNC_LABELS=1", "ASYNC_DEBUG=1", "ASYNC_TRACK_GENERATORS=0",
           "ASYNC_TASK_RING=0"]
CONSTRUCTORS = {
    "async_loop_init": "async_loop_t x; async_loop_init(&x, 0);",
    "async_sim_init": "async_sim_t x; async_sim_init(&x, 0);",
    "async_posix_init": "static async_posix_t x; async_posix_init(&x);",
    "async_future_init": "async_future_t x; async_future_init(&x, 0);",
    "async_completion_init":
        "static async_completion_t x; (void)async_completion_init(&x, 0);",
    "async_loop_create_task":
        "static async_task_t x; async_loop_create_task(0, &x, 0);",
    "async_create_eager_task":
        "static async_task_t x; async_create_eager_task(&x, 0);",
    "async_taskgroup_create_task":
        "static async_taskgroup_t g; static async_child_t x; "
        "async_taskgroup_create_task(&g, &x, 0);",
    "async_taskgroup_create_eager_task":
        "static async_taskgroup_t g; static async_child_t x; "
        "async_taskgroup_create_eager_task(&g, &x, 0);",
    "async_runner_init": "static async_runner_t x; async_runner_init(&x, 0);",
    "async_gather_list_": "static ASYNC_GATHER(1) x; async_gather(&x);",
    "async_wait_list_":
        "static ASYNC_WAIT(1) x; static async_task_t t; "
        "(void)async_wait(&x, ASYNC_ALL_COMPLETED, &t);",
    "async_as_completed_list_":
        "static ASYNC_AS_COMPLETED(1) x; static async_task_t t; "
        "async_as_completed(&x, &t);",
    "async_agenerator_init": "async_agenerator_init(0);",
    "async_sim_executor_init":
        "static async_sim_executor_t x; async_sim_executor_init(&x, 0, 1);",
    "async_pool_init_":
        "async_pool_t x; async_block_t y[1]; async_pool_init(&x, y);",
    "async_call_later":
        "static async_timer_t x; async_call_later(0, &x, 1, 0);",
    "async_call_later_ms":
        "static async_timer_t x; async_call_later_ms(0, &x, 1, 0);",
    "async_call_at": "static async_timer_t x; async_call_at(0, &x, 1, 0);",
    "async_ticker_init_ticks":
        "async_ticker_t x; async_ticker_init_ticks(&x, 0, 1);",
    "async_ticker_init_ms": "async_ticker_t x; async_ticker_init_ms(&x, 0, 1);",
    "async_driver_init": "async_driver_t x; async_driver_init(&x, 0);",
    "async_generator_next_":
        "struct g { ASYNC_GENERATOR(int); } x; int i; async_next(&x, &i);",
    "step_resume_":
        "struct step x; async_driver_t d; "
        "async_driver_init(&d, ASYNC_CALL(step, &x));",
}
EXTRA = {"async_posix_init": ["ASYNC_POSIX_FDS=8"]}


def build(compiler, directory, sources, defines):
    """Compiles each source with its defines; returns the objects."""
    objects = []
    for number, (source, define) in enumerate(zip(sources, defines)):
        path = directory / f"{number}.c"
        path.write_text(source)
        path.with_suffix(".o").unlink(missing_ok=True)
        result = run(compiler.line(
            compiler.standards[0], "-I", directory, *define, "-w", "-c", path,
            "-o", path.with_suffix(".o")))
        assert result.returncode == 0, result.stdout
        objects.append(path.with_suffix(".o"))
    return objects


def prepare(suite, *names):
    directory = suite.work / re.sub(r"\W", "-", "-".join(names))
    directory.mkdir()
    (directory / "shared.h").write_text("#ifndef SHARED_H\n#define SHARED_H\n"
                                        + SHARED + "#endif\n")
    return directory


def links_and_runs(driver, objects, directory):
    program = directory / "program"
    result = run([driver.command, *objects, "-o", program])
    if result.returncode == 0:
        result = run([program])
    if result.returncode != 0 or result.stdout:
        return f"exit {result.returncode}\n{clip(result.stdout)}"
    return None


def program(compiler, directory, sources):
    objects = build(compiler, directory, sources, [[]] * len(sources))
    return links_and_runs(compiler, objects, directory)


def twice(compiler, directory):
    sources = [BODY + MAIN, BODY + STEP]
    objects = build(compiler, directory, sources, [[], []])
    result = run([compiler.command, *objects, "-o", directory / "program"])
    if result.returncode != 0 and re.search(
            r"multiple definition of .async_loop_init_", result.stdout):
        return None
    return f"expected multiple definitions\n{clip(result.stdout)}"


def link_with(compiler, directory, call, layout, library):
    """Links the library's objects with a file of the user."""
    source = ('#include "shared.h"\n#include <async.h>\n'
              "int main(void) { %s return 0; }\n" % call)
    objects = build(compiler, directory, [source],
                    [[f"-D{layout}"] if layout else []])
    return run([compiler.command, *library, *objects, "-o",
                directory / "program"])


def agreement(compiler, directory, call, library):
    result = link_with(compiler, directory, call, None, library)
    if result.returncode != 0:
        return f"does not link\n{clip(result.stdout)}"
    return None


def mismatch(compiler, directory, name, call, layout, library):
    result = link_with(compiler, directory, call, layout, library)
    if result.returncode == 0 or not re.search(
            rf"undefined reference to .{name}", result.stdout):
        return f"not noticed\n{clip(result.stdout)}"
    return None


def build_two(c_compiler, cxx, directory, in_c):
    """The sources in `in_c` are compiled as C, the others as C++."""
    sources = [MAIN, STEP, BODY]
    objects = []
    for number, source in enumerate(sources):
        part = directory / str(number)
        part.mkdir()
        (part / "shared.h").write_text((directory / "shared.h").read_text())
        compiler = c_compiler if number in in_c else cxx
        objects += build(compiler, part, [source], [[]])
    return objects


def two_languages(c_compiler, cxx, directory, in_c):
    objects = build_two(c_compiler, cxx, directory, in_c)
    return links_and_runs(cxx, objects, directory)


def two_languages_bare(c_compiler, cxx, directory, in_c):
    """Linked for a microcontroller, with no library but the compiler's."""
    objects = build_two(c_compiler, cxx, directory, in_c)
    objects += build(c_compiler, directory, [RUNTIME], [["-fno-builtin"]])
    result = run([c_compiler.command, *c_compiler.flags, "-nostdlib",
                  "-Wl,-e,main", *objects, "-lgcc", "-o",
                  directory / "program"])
    if result.returncode != 0:
        return clip(result.stdout)
    return None


def layouts_listed():
    """Whether LAYOUTS knows all options that config.h marks."""
    text = (INCLUDE / "async" / "config.h").read_text()
    marked = set(re.findall(r"\(layout\)(?:[^/]|/(?!\*))*?#ifndef (ASYNC_\w+)",
                            text))
    marked.discard("ASYNC_CONFIG_H_INCLUDED")
    unknown = marked - {layout.partition("=")[0] for layout in LAYOUTS}
    if unknown or len(marked) < 2:
        return f"not tested: {', '.join(sorted(unknown))}, of {marked}"
    return None


def constructors_listed():
    """Whether CONSTRUCTORS knows all that the headers mark."""
    text = "".join(p.read_text() for p in INCLUDE.rglob("*.h"))
    marked = set(re.findall(r"#define (async_\w+) +\\?\n? *ASYNC_ABI_", text))
    unknown = marked - set(CONSTRUCTORS) - set(ports.CONSTRUCTORS) - {
        "async_freertos_init", "async_zephyr_init",  # test/guests
        "async_generator_send_", "async_generator_throw_",
        "async_generator_close_"}
    return f"not tested: {', '.join(sorted(unknown))}" if unknown else None


def main():
    suite = Suite(__doc__)
    compilers = suite.compilers(HOSTED)
    for compiler in compilers:
        for name, sources in PROGRAMS.items():
            directory = prepare(suite, compiler.name, name)
            suite.check(f"{compiler.name}: implementation {name}", program,
                        compiler, directory, sources)
        suite.check(f"{compiler.name}: implementation in two files", twice,
                    compiler, prepare(suite, compiler.name, "two"))
    gcc, gxx = (c for c in HOSTED if c.name in ("gcc", "g++"))
    directory = prepare(suite, "library")
    library = build(gcc, directory, [BODY, STEP], [[], []])
    for name, call in CONSTRUCTORS.items():
        suite.check(f"{name}: options agree", agreement, gcc,
                    prepare(suite, name), call, library)
        for layout in LAYOUTS + EXTRA.get(name, []):
            suite.check(f"{name}: {layout}", mismatch, gcc,
                        prepare(suite, name, layout), name, call, layout,
                        library)
    mixtures = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
    for in_c in mixtures:
        suite.check(f"C {in_c} and C++", two_languages, gcc, gxx,
                    prepare(suite, "languages", str(in_c)), in_c)
    known = {c.name: c for c in COMPILERS}
    for pair in BARE_PAIRS:
        bare = suite.compilers([known[name] for name in pair])
        for in_c in mixtures if len(bare) == 2 else ():
            suite.check(f"{pair[0]}: C {in_c} and C++", two_languages_bare,
                        *bare, prepare(suite, pair[0], str(in_c)), in_c)
    suite.check("constructors", constructors_listed)
    suite.check("layouts", layouts_listed)
    suite.finish()


if __name__ == "__main__":
    main()
