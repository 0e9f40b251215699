#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Checks docs/asyncio-map.md:

- every public name of the headers (functions, macros, exported coroutines) is
  in a row, in a column "here" or "option";
- every name of ours that the page mentions exists;
- every name of asyncio in asyncio_names.txt is in a column "asyncio";
- every example compiles, without a warning.

    check_map.py COMPILER [ROOT]
    check_map.py --self-test COMPILER
"""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PAGE = "docs/asyncio-map.md"
FLAGS = ["-std=c11", "-O1", "-Wall", "-Wextra", "-Werror", "-c", "-o",
         "/dev/null", "-x", "c", "-"]
OURS = re.compile(r"\b(?:async_\w+|ASYNC_\w+|AWAIT\w*)")
PRIVATE = re.compile(r".*_(INCLUDED|IMPLEMENTED|t|fn)?")


# -- The headers ---------------------------------------------------------------

def without_comments(code):
    return re.sub(r"/\*.*?\*/|//[^\n]*", " ", code, flags=re.S)


def declared_functions(code):
    """Names in front of a '(' outside all braces and parentheses."""
    names, braces, parentheses, before = [], 0, 0, ""
    for token in re.findall(r"\w+|\S", code):
        if token == "(":
            if braces == parentheses == 0 and before.startswith("async_"):
                names.append(before)
            parentheses += 1
        parentheses -= token == ")"
        braces += (token == "{") - (token == "}")
        before = token
    return names


def public_names(code):
    code = re.sub(r"\\\n", " ", without_comments(code))
    macros = re.findall(r"^ *# *define +(\w+)", code, re.M)
    code = re.sub(r"^ *#.*$", "", code, flags=re.M)
    coroutines = re.findall(r"\bASYNC_DECLARE\((\w+)\)", code)
    return {name for name in macros + declared_functions(code) + coroutines
            if OURS.fullmatch(name) and not PRIVATE.fullmatch(name)}


def all_names(code):
    """Every name of ours that occurs, and what the lists X(...) make."""
    code = without_comments(code)
    listed = re.findall(r"\bX\((\w+),", code)
    return {*OURS.findall(code), *(f"ASYNC_{name}" for name in listed),
            *(f"ASYNC_MISUSE_{name}" for name in listed)}


def read_headers(root):
    folder = root / "include/async"
    return [path.read_text() for path in
            sorted(folder.glob("*.h")) + sorted(folder.glob("port/*.h"))]


# -- The page --------------------------------------------------------------------

def read_rows(page):
    """Yields a dict for each row: column to cell."""
    columns = None
    for line in page.splitlines():
        if not line.startswith("|"):
            columns = None
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if columns is None:
            columns = cells
        elif not set(line) <= set("|-"):
            yield dict(zip(columns, cells))


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def check_names(page, headers, asyncio_names, errors):
    rows = list(read_rows(page))
    public = set().union(*map(public_names, headers))
    existing = set().union(*map(all_names, headers))
    ours = {name for row in rows for column in ("here", "option")
            for name in OURS.findall(row.get(column, ""))}
    theirs = {re.sub(r"\(.*", "", name) for row in rows
              for name in quoted(row.get("asyncio", ""))}
    for name in sorted(public - ours):
        errors.append(f"{name} has no row")
    text = " ".join(quoted(re.sub(r"\[[^]]*\]\([^)]*\)", "", page)))
    for name in sorted(set(OURS.findall(text)) - existing):
        errors.append(f"{name} is mentioned and does not exist")
    for name in asyncio_names:
        if name not in theirs:
            errors.append(f"asyncio's {name} is missing")
    if not public or not theirs:
        errors.append("found no names")


# -- The examples ----------------------------------------------------------------

def as_program(examples):
    """Puts every example where it belongs: a definition outside all functions,
    a declaration into a struct, any other line into a coroutine."""
    code = [(HERE / "map_frame.h").read_text()]
    used = []
    for number, line in examples:
        name = f"example_{number}"
        if line.startswith(("ASYNC_DEF", "ASYNC_DECLARE")):
            code.append(line)
            used += re.findall(r"ASYNC_DEF\((\w+)\)", line)
        elif re.match(r"(ASYNC_[A-Z_]+\([^()]*\)|async_\w+_t) \w+;$", line):
            code.append(f"struct {name} {{ {line} }};")
        elif line.startswith("return "):
            code.append(f"int {name}(async_handle_t *handle) {{ {line} }}")
        else:
            code.append(f"struct {name} {{ FIELDS }}; ASYNC_DEF({name}) "
                        f"{{ ASYNC_BEGIN; {line} ASYNC_END; }}")
            used.append(name)
    code.append("const async_resume_fn used[] = {")
    code += [f"ASYNC_RESUME_({name})," for name in used] + ["};"]
    return "\n".join(code)


def check_examples(page, compiler, root, errors):
    examples = []
    for number, row in enumerate(read_rows(page)):
        if "example" not in row:
            continue
        lines = quoted(row["example"])
        if len(lines) != 1:
            errors.append(f"not one example: {row['here']}")
        examples += [(number, line) for line in lines]
    if not examples:
        errors.append("there are no examples")
    if compiler is None:
        return
    run = subprocess.run([compiler, "-I", root / "include", *FLAGS],
                         input=as_program(examples), stdout=subprocess.PIPE,
                         stderr=subprocess.STDOUT, text=True)
    if run.returncode != 0:
        errors.append("the examples do not compile:\n" + run.stdout)


# -- Main --------------------------------------------------------------------------

def check(page, compiler, root=ROOT):
    errors = []
    names = (HERE / "asyncio_names.txt").read_text()
    names = re.sub(r"#.*", "", names).split()
    check_names(page, read_headers(root), names, errors)
    check_examples(page, compiler, root, errors)
    return errors


def self_test(compiler):
    """Breaks the page in every way that should be noticed."""
    page = (ROOT / PAGE).read_text()
    for old, new, complaint in [
            ("`async_shield()`", "", "async_shield has no row"),
            ("`ASYNC_FAST`, ", "", "ASYNC_FAST has no row"),
            ("`async_shield()`", "`async_shield()`, `async_none()`",
             "async_none is mentioned"),
            ("| `shield()` |", "| |", "asyncio's shield is missing"),
            ("`loop.sock_sendto()`", "", "loop.sock_sendto is missing"),
            ("AWAIT(async_pause());", "AWAIT(async_pause(1));", "not compile"),
            ("AWAIT(async_pause());", "async_pause();", "not compile"),
            ("`AWAIT(async_pause());`", "", "not one example")]:
        assert old in page, old
        errors = check(page.replace(old, new),
                       compiler if "compile" in complaint else None)
        if not any(complaint in error for error in errors):
            return [f"{old} -> {new} is not noticed"]
    return []


def main(arguments):
    if arguments[0] == "--self-test":
        errors = self_test(arguments[1])
    else:
        root = pathlib.Path(arguments[1]) if arguments[1:] else ROOT
        errors = check((root / PAGE).read_text(), arguments[0], root)
    for error in errors:
        print(error)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
