#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Installs the library and builds a user's project with it: consume.py HOW,
where HOW is one of the functions at the end."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CONSUMER = HERE / "consumer"


def run(*line, fails=False, environment=None):
    """Runs a command that must succeed, or fail; returns what it printed."""
    line = [str(word) for word in line]
    result = subprocess.run(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False, timeout=240, env=dict(os.environ, **(environment or {})))
    if (result.returncode != 0) != fails:
        sys.exit(f"{' '.join(line)}\nexit {result.returncode}\n{result.stdout}")
    return result.stdout


def version():
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(nanoasync VERSION ([0-9.]+)", text).group(1)


def install(work):
    """Installs into a prefix, and moves that elsewhere: packages must not
    contain paths."""
    build, prefix, moved = work / "build", work / "prefix", work / "moved"
    run("cmake", "-S", ROOT, "-B", build, "-DASYNC_BUILD_TESTS=OFF",
        f"-DCMAKE_INSTALL_PREFIX={prefix}")
    run("cmake", "--build", build)
    run("cmake", "--install", build)
    prefix.rename(moved)
    for path in moved.rglob("*"):
        if path.suffix in (".cmake", ".pc", ".h"):
            text = path.read_text(encoding="utf-8")
            for place in (work, ROOT):
                if str(place) in text:
                    sys.exit(f"{path} contains the path {place}")
    headers = {str(p.relative_to(ROOT / "include"))
               for p in (ROOT / "include").rglob("*.h")}
    installed = {str(p.relative_to(moved / "include"))
                 for p in (moved / "include").rglob("*.h")}
    if headers != installed:
        sys.exit(f"headers not installed, or too many: {headers ^ installed}")
    return moved


def build_and_test(work, how, *options, languages="C;CXX", tests=4):
    build = work / ("consumer-" + languages.replace(";", "-"))
    run("cmake", "-S", CONSUMER, "-B", build, f"-DHOW={how}",
        f"-DCONSUMER_LANGUAGES={languages}", *options)
    run("cmake", "--build", build)
    output = run("ctest", "--test-dir", build, "--output-on-failure")
    if f"100% tests passed, 0 tests failed out of {tests}" not in output:
        # more tests: the library's own were built too
        sys.exit(f"expected {tests} tests\n{output}")
    return build


def every_language(work, how, *options):
    build_and_test(work, how, *options)
    build_and_test(work, how, *options, languages="C", tests=2)
    build_and_test(work, how, *options, languages="CXX", tests=2)


def notices_mistakes(work, *options):
    """async::warnings sees a local used across AWAIT, with either compiler."""
    mistake = ROOT / "test" / "compile" / "warn" / "local_in_try.c"
    for compiler, warning in (("gcc", "-Wjump-misses-init"),
                              ("clang", "-Wconditional-uninitialized")):
        build = work / f"mistake-{compiler}"
        run("cmake", "-S", CONSUMER, "-B", build, "-DHOW=find_package",
            f"-DCMAKE_C_COMPILER={compiler}", "-DCONSUMER_LANGUAGES=C",
            f"-DMISTAKE={mistake}", *options)
        output = run("cmake", "--build", build, "--target", "mistake")
        if f"[{warning}]" not in output:
            sys.exit(f"no {warning}\n{output}")


def find_package(work):
    prefix = install(work)
    option = f"-DCMAKE_PREFIX_PATH={prefix}"
    every_language(work, "find_package", option,
                   f"-DWANTED_VERSION={version()}")
    notices_mistakes(work, option)
    output = run("cmake", "-S", CONSUMER, "-B", work / "newer", option,
                 "-DHOW=find_package", "-DWANTED_VERSION=1.0", fails=True)
    if "compatible with requested version" not in " ".join(output.split()):
        sys.exit(output)


def add_subdirectory(work):
    option = f"-DNANOASYNC_SOURCE={ROOT}"
    every_language(work, "add_subdirectory", option)
    # Options go to the library and to those who link it.
    build = work / "options"
    run("cmake", "-S", CONSUMER, "-B", build, "-DHOW=add_subdirectory", option,
        "-DCMAKE_C_FLAGS=-DASYNC_TICK_BITS=64",
        "-DCMAKE_CXX_FLAGS=-DASYNC_TICK_BITS=64")
    run("cmake", "--build", build)
    run("ctest", "--test-dir", build, "--output-on-failure")
    # A parent's package must not install a part of itself unasked.
    if "nanoasync" in (build / "cmake_install.cmake").read_text():
        run("cmake", "--install", build, "--prefix", work / "prefix")
        if (work / "prefix").exists():
            sys.exit("add_subdirectory installs the library")


def fetch_content(work):
    every_language(work, "fetch_content",
                   f"-DFETCHCONTENT_SOURCE_DIR_NANOASYNC={ROOT}")


def pkg_config(work):
    prefix = install(work)
    found = list(prefix.rglob("nanoasync.pc"))
    if len(found) != 1:
        sys.exit(f"pkg-config files: {found}")
    path = {"PKG_CONFIG_PATH": str(found[0].parent)}
    if run("pkg-config", "--modversion", "nanoasync",
           environment=path).strip() != version():
        sys.exit("the version differs")
    flags = run("pkg-config", "--cflags", "nanoasync", environment=path).split()
    link = run("pkg-config", "--libs", "nanoasync", environment=path).split()
    for compiler in ("gcc", "g++"):
        source = work / ("main.c" if compiler == "gcc" else "main.cpp")
        shutil.copy(CONSUMER / "main.c", source)
        for name, options in (("header-only", [*flags, "-DHEADER_ONLY"]),
                              ("compiled", [*flags, *link])):
            program = work / f"{compiler}-{name}"
            run(compiler, "-Werror", "-Wall", source, "-o", program, *options)
            if run(program) != "slept 5 ms\n":
                sys.exit(f"{program} prints something else")


def cross(work):
    """A firmware project finds the package that its host has installed."""
    prefix = install(work)
    toolchain = work / "toolchain.cmake"
    toolchain.write_text(
        "set(CMAKE_SYSTEM_NAME Generic)\n"
        "set(CMAKE_SYSTEM_PROCESSOR arm)\n"
        "set(CMAKE_C_COMPILER arm-none-eabi-gcc)\n"
        "set(CMAKE_C_FLAGS_INIT \"-mcpu=cortex-m0 -mthumb\")\n"
        "set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\n")
    build = work / "firmware"
    run("cmake", "-S", CONSUMER, "-B", build, "-DHOW=find_package",
        f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_TOOLCHAIN_FILE={toolchain}",
        f"-DWANTED_VERSION={version()}", "-DCONSUMER_LANGUAGES=C")
    run("cmake", "--build", build)
    symbols = run("arm-none-eabi-nm", build / "libfirmware.a")
    if " T firmware" not in symbols or " T async_run" not in symbols:
        sys.exit(symbols)


WAYS = {function.__name__: function for function in (
    find_package, add_subdirectory, fetch_content, pkg_config, cross)}


def main():
    if len(sys.argv) != 2 or sys.argv[1] not in WAYS:
        sys.exit(f"usage: consume.py {'|'.join(WAYS)}")
    with tempfile.TemporaryDirectory(prefix="async-packaging-") as work:
        WAYS[sys.argv[1]](pathlib.Path(work))
    print("ok")


if __name__ == "__main__":
    main()
