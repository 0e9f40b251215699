#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Checks what became of each test method of CPython 3.13.

methods.tsv lists the methods of asyncio's own tests that apply to C, as they
are (A) or with a change (M). coverage.tsv says of each

    ported       where: FILE:FUNCTION, a C test that is named after it
    covered      where: the sentences of docs/semantics.md that say the same,
                 then the groups of test/conformance/golden whose programs do it
    meaningless  where: why there is no such thing in C

A method in none, a test, sentence or group that does not exist, and a sentence
that no test cites are errors. Prints how many there are of each.

usage: check.py [ROOT | --self-test]
"""
import collections
import pathlib
import re
import sys

HOW = ("ported", "covered", "meaningless")
SENTENCE = re.compile(r"[A-Z]+-\d\d")


def rows(text, columns, name, errors):
    lines = text.splitlines()
    if not lines or lines[0].split("\t") != columns:
        errors.append(f"{name}: the first line should be {columns}")
    found = []
    for number, line in enumerate(lines[1:], 2):
        fields = line.split("\t")
        if len(fields) != len(columns) or not all(fields):
            errors.append(f"{name}:{number}: not {len(columns)} fields")
        else:
            found.append(fields)
    return found


def ported(where, method, tests):
    """Returns what is wrong with a place, or None."""
    path, _, function = where.partition(":")
    text = tests.get(path)
    if text is None:
        return f"there is no {path}"
    if not function.endswith(method):
        return f"{function} is not named after it"
    if not (re.search(rf"^static void {function}\(void\)", text, re.M) and
            re.search(rf"\bTEST\({function}\)", text)):
        return f"{path} has no test {function}"
    return None


def covered(where, sentences, cited, groups):
    words = where.split()
    named = [word for word in words if SENTENCE.fullmatch(word)]
    rest = [word for word in words if word not in named]
    if not named or not rest:
        return "names no sentence" if not named else "names no group"
    for word in named:
        if word not in sentences:
            return f"{word} is no sentence"
        if word not in cited:
            return f"{word} is cited by no test"
    for word in rest:
        if word not in groups:
            return f"{word} is no group of programs"
    return None


def meaningless(where):
    return None if len(where.split()) > 1 else "gives no reason"


def check(methods, coverage, document, tests, groups):
    """Returns the errors, and how many methods of each file are what."""
    errors, counts = [], collections.defaultdict(collections.Counter)
    sentences = set(re.findall(r"^- \*\*([A-Z]+-\d\d)\*\*", document, re.M))
    cited = {word for text in tests.values()
             for match in re.findall(r"/\* SEM ([^*]*)\*/", text)
             for word in match.split()}
    wanted = {tuple(row[:3])
              for row in rows(methods, ["file", "class", "method", "kind"],
                              "methods.tsv", errors)}
    seen = set()
    for *key, how, where in rows(coverage, ["file", "class", "method", "how",
                                            "where"], "coverage.tsv", errors):
        key = tuple(key)
        name = ".".join(key)
        if key not in wanted:
            errors.append(f"{name} is no method of CPython's")
        elif key in seen:
            errors.append(f"{name} is there twice")
        seen.add(key)
        problem = (ported(where, key[2], tests) if how == "ported" else
                   covered(where, sentences, cited, groups)
                   if how == "covered" else
                   meaningless(where) if how == "meaningless" else
                   f"{how} is not one of {HOW}")
        if problem:
            errors.append(f"{name}: {problem}")
        counts[key[0]][how] += 1
    errors += [f"{'.'.join(key)} is neither ported, covered nor meaningless"
               for key in sorted(wanted - seen)]
    if not wanted:
        errors.append("there are no methods")
    return errors, counts


def self_test():
    methods = "file\tclass\tmethod\tkind\nf\tC\ttest_a\tA\nf\tC\ttest_b\tM\n"
    coverage = ("file\tclass\tmethod\thow\twhere\n"
                "f\tC\ttest_a\tported\tt.c:test_a\n"
                "f\tC\ttest_b\tcovered\tA-01 00-x\n")
    document = "- **A-01** One.\n- **A-02** Two.\n"
    tests = {"t.c": "/* SEM A-01 */\nstatic void test_a(void)\nTEST(test_a)"}
    cases = [
        (coverage, None),
        (coverage.replace("covered\tA-01 00-x", "meaningless\tno such"), None),
        (coverage.replace("f\tC\ttest_b\tcovered\tA-01 00-x\n", ""),
         "test_b is neither"),
        (coverage.replace("t.c:test_a", "u.c:test_a"), "there is no u.c"),
        (coverage.replace("t.c:test_a", "t.c:test_b"), "not named after"),
        (coverage.replace("t.c:test_a", "t.c:my_test_a"), "has no test"),
        (coverage.replace("A-01", "A-03"), "A-03 is no sentence"),
        (coverage.replace("A-01", "A-02"), "cited by no test"),
        (coverage.replace("00-x", "01-x"), "no group of programs"),
        (coverage.replace(" 00-x", ""), "names no group"),
        (coverage.replace("A-01 00-x", "00-x"), "names no sentence"),
        (coverage.replace("covered\tA-01 00-x", "meaningless\tso"),
         "no reason"),
        (coverage.replace("covered", "done"), "done is not one of"),
        (coverage + "f\tC\ttest_b\tcovered\tA-01 00-x\n", "there twice"),
        (coverage + "f\tC\ttest_c\tcovered\tA-01 00-x\n", "no method of"),
        (coverage.replace("\tA-01 00-x", ""), "not 5 fields"),
        (coverage.replace("how", "what"), "the first line"),
    ]
    for changed, expected in cases:
        errors, _ = check(methods, changed, document, tests, {"00-x"})
        if expected is None:
            assert not errors, errors
        else:
            assert any(expected in error for error in errors), expected
    print(f"{len(cases)} cases")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = pathlib.Path(sys.argv[1] if sys.argv[1:] else ".")
    here = root / "test/cpython"
    tests = {str(path.relative_to(root)): path.read_text()
             for path in sorted((root / "test").rglob("*.c"))}
    groups = {path.parent.name
              for path in (root / "test/conformance/golden").glob("*/*.adl")}
    errors, counts = check((here / "methods.tsv").read_text(),
                           (here / "coverage.tsv").read_text(),
                           (root / "docs/semantics.md").read_text(), tests,
                           groups)
    for error in errors:
        print(error)
    total = collections.Counter()
    for name, count in counts.items():
        total.update(count)
        print(f"{name}: " + ", ".join(f"{count[how]} {how}" for how in HOW))
    print("all: " + ", ".join(f"{total[how]} {how}" for how in HOW) +
          f"; {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
