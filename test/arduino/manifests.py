#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""library.properties, keywords.txt and library.json agree with the project and
with each other, and name nothing that does not exist."""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANDATORY = ("name", "version", "author", "maintainer", "sentence",
             "paragraph", "category", "url", "architectures", "includes")


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def project_version():
    return re.search(r"project\(nanoasync VERSION (\S+)",
                     read("CMakeLists.txt")).group(1)


def properties():
    lines = read("library.properties").splitlines()
    values = dict(line.split("=", 1) for line in lines)
    for key in MANDATORY:
        if key not in values:
            yield f"library.properties has no {key}"
    if values.get("version") != project_version():
        yield "library.properties has another version than CMakeLists.txt"
    for header in values.get("includes", "").split(","):
        if not (ROOT / "src" / header).exists():
            yield f"src has no {header}"


def keywords():
    """No name of the IDE's colours is left over from an older version."""
    code = "".join(path.read_text() for path in
                   (ROOT / "include").rglob("*.h"))
    known = set(re.findall(r"\w+", code))
    known |= {f"ASYNC_{name}" for name in re.findall(r"X\((\w+),", code)}
    entries = [line for line in read("keywords.txt").splitlines()
               if line and not line.startswith("#")]
    for entry in entries:
        match = re.fullmatch(r"(\w+)\t(KEYWORD1|KEYWORD2|LITERAL1)", entry)
        if match is None:
            yield f"keywords.txt: {entry!r}"
        elif match.group(1) not in known:
            yield f"keywords.txt: no header has {match.group(1)}"
    for name in ("AWAIT", "ASYNC_CALL", "async_task_t", "ASYNC_ERR_TIMEOUT"):
        if not any(entry.startswith(name + "\t") for entry in entries):
            yield f"keywords.txt has no {name}"


def platformio():
    manifest = json.loads(read("library.json"))
    if manifest["version"] != project_version():
        yield "library.json has another version than CMakeLists.txt"
    for header in manifest["headers"]:
        for folder in ("includeDir", "srcDir"):
            if not (ROOT / manifest["build"][folder] / header).exists():
                yield f"library.json: {folder} has no {header}"
    for example in manifest["examples"]:
        for file in example["files"]:
            if not (ROOT / example["base"] / file).exists():
                yield f"library.json: no {file}"
    for path in manifest["export"]["include"]:
        if not any(ROOT.glob(path)):
            yield f"library.json: no {path}"


def main():
    problems = [*properties(), *keywords(), *platformio()]
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
