#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Checks that the code and the promises in README.md, docs/getting-started.md,
docs/porting.md and the samples' README.md are true:

- a block of C code with a main() compiles by itself, without a warning;
- any other block stands, word for word, in a file of a sample;
- README.md contains the whole of samples/quickstart/main.c;
- getting-started.md names every keyword of the headers, and the messages it
  quotes are those of the library;
- the README.md of a sample tells how to build it and what it prints (that of
  firmware is for check_firmware.py), and samples/README.md lists it;
- links to files of the project lead somewhere.

    check_docs.py COMPILER
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/getting-started.md"
PORTING = ROOT / "docs/porting.md"
SAMPLES = sorted(ROOT.glob("samples/*/main.c"))
NO_KEYWORDS = ("config.h", "error.h")  # options and codes
FLAGS = ["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]

failures = []


def fail(where, what):
    failures.append(f"{where.relative_to(ROOT)}: {what}")


def c_blocks(page):
    return re.findall(r"^```c\n(.*?)^```$", page.read_text(), re.M | re.S)


def first_line(code):
    return repr(code.strip().splitlines()[0])


def check_program(page, code, compiler):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "main.c")
        source.write_text(code)
        run = subprocess.run(
            [compiler, *FLAGS, "-I", ROOT / "include", source, "-o",
             pathlib.Path(folder, "program")],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if run.returncode != 0:
        fail(page, f"{first_line(code)} does not compile:\n{run.stdout}")


def check_piece(page, code):
    """The piece may stand deeper in the sample than on the page."""
    wanted = textwrap.dedent(code).splitlines()
    for sample in [*SAMPLES, *ROOT.glob("samples/*/*.h")]:
        lines = sample.read_text().splitlines()
        for start in range(len(lines) - len(wanted) + 1):
            part = "\n".join(lines[start:start + len(wanted)])
            if textwrap.dedent(part).splitlines() == wanted:
                return
    fail(page, f"no sample contains {first_line(code)} ...")


def check_code(page, compiler):
    blocks = c_blocks(page)
    if not blocks:
        fail(page, "no code found")
    for code in blocks:
        if "int main" in code:
            check_program(page, code, compiler)
        else:
            check_piece(page, code)


def check_quickstart(page):
    code = (ROOT / "samples/quickstart/main.c").read_text()
    code = re.sub(r"\A/\* SPDX.*?\*/\n", "", code, flags=re.S)
    if code not in c_blocks(page):
        fail(page, "does not contain samples/quickstart/main.c")


def check_keywords():
    text = GUIDE.read_text()
    found = 0
    for header in sorted((ROOT / "include/async").glob("*.h")):
        if header.name in NO_KEYWORDS:
            continue
        for word in re.findall(r"^ *# *define +((?:ASYNC_|A)[A-Z_]*[A-Z])\b",
                               header.read_text(), re.M):
            if word.endswith(("_INCLUDED", "_IMPLEMENTED")):
                continue
            found += 1
            if not re.search(rf"\b{word}\b", text):
                fail(GUIDE, f"does not name {word} of {header.name}")
    if found < 60:
        fail(GUIDE, f"only {found} keywords found in the headers")


def check_messages():
    library = "".join(path.read_text()
                      for path in sorted((ROOT / "include").rglob("*.h")))
    library = re.sub(r'"\s*(\\\n)?\s*"', "", library)  # adjacent literals
    table = GUIDE.read_text().split("## Common mistakes")[1]
    messages = re.findall(r'"([^"]+)"', table)
    if not messages:
        fail(GUIDE, "no messages found")
    for message in messages:
        if message not in library:
            fail(GUIDE, f"no such message: {message!r}")


def check_listed(sample):
    name = sample.parent.name
    index = ROOT / "samples/README.md"
    if f"[{name}]({name})" not in index.read_text():
        fail(index, f"does not list {name}")


def check_sample(sample):
    name = sample.parent.name
    page = sample.parent / "README.md"
    text = page.read_text()
    command = f"cc -std=c11 -Iinclude samples/{name}/main.c -o {name}"
    output = (sample.parent / "expected.txt").read_text()
    if f"    {command}\n" not in text:
        fail(page, f"does not say: {command}")
    if textwrap.indent(output, "    ") not in text:
        fail(page, "does not contain expected.txt")


def check_links(page):
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in link and not (page.parent / link).exists():
            fail(page, f"leads nowhere: {link}")


def main(compiler):
    readme = ROOT / "README.md"
    for page in readme, GUIDE, PORTING:
        check_code(page, compiler)
    for page in [readme, *(ROOT / "docs").glob("*.md"),
                 *ROOT.glob("samples/**/README.md")]:
        check_links(page)
    check_quickstart(readme)
    check_keywords()
    check_messages()
    for sample in SAMPLES:
        check_listed(sample)
        if '#include "board.h"' not in sample.read_text():
            check_sample(sample)
    for failure in failures:
        print(failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
