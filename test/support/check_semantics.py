#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Checks docs/semantics.md against the tests that cite it.

Every sentence, "- **L-01** ...", must be cited by a test in a comment,
/* SEM L-01 F-07 */, in front of a test that is in its file's table. Every
citation must name a sentence. In each group the numbers go up from 01.

usage: check_semantics.py [ROOT | --self-test]
"""
import pathlib
import re
import sys

SENTENCE = re.compile(r"- \*\*([A-Z]+)-(\d\d)\*\* (\S.*)")
CITATION = re.compile(r"/\* SEM ([^*]*)\*/(.*)")
FUNCTION = re.compile(r"static void (\w+)\(void\)|SWEEP\((\w+),")


def read_sentences(text, errors):
    """Returns the ids, in order."""
    ids, groups = [], []
    for item in re.split(r"\n(?=- |\n|#)", text):
        item = " ".join(item.split())
        if not item.startswith("- "):
            continue
        match = SENTENCE.fullmatch(item)
        if not match:
            errors.append(f"not a numbered sentence: {item[:60]}")
            continue
        group, number, sentence = match.groups()
        if not groups or groups[-1] != group:
            if group in groups:
                errors.append(f"group {group} is in two places")
            groups.append(group)
            expected = 1
        if int(number) != expected:
            errors.append(f"{group}-{number} should be {group}-{expected:02}")
        expected = int(number) + 1
        if not sentence.endswith("."):
            errors.append(f"{group}-{number} is not a sentence")
        ids.append(f"{group}-{number}")
    return ids


def read_citations(name, text, errors):
    """Returns the ids that a test file cites."""
    cited = []
    for match in CITATION.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        before = text[text.rfind("\n", 0, match.start()) + 1:match.start()]
        # The test is on the same line, or the next one.
        function = FUNCTION.match(before) or FUNCTION.match(
            text[match.end():].lstrip("\n"))
        test = function and (function[1] or f"sweep_{function[2]}")
        if not test or not re.search(rf"\b(TEST|CASE)\({test}\b", text):
            errors.append(f"{name}:{line}: cites in front of what is no test")
        for word in match[1].split():
            cited.append((word, f"{name}:{line}"))
    return cited


def check(document, tests):
    """Returns the errors."""
    errors = []
    ids = read_sentences(document, errors)
    cited = []
    for name, text in tests.items():
        cited += read_citations(name, text, errors)
    for word, place in cited:
        if word not in ids:
            errors.append(f"{place}: cites {word}, which is no sentence")
    for sentence in ids:
        if sentence not in {word for word, _ in cited}:
            errors.append(f"{sentence} is cited by no test")
    if not ids:
        errors.append("there are no sentences")
    return errors


def self_test():
    document = "# T\n\n- **A-01** One\n  two.\n- **A-02** Three.\n"
    test = ("/* SEM A-01 */\nstatic void f(void)\n"
            "/* SEM A-02 */\nstatic void g(void)\nTEST(f) TEST(g)\n")
    cases = [
        (document, test, None),
        (document, test.replace("A-02", "A-01"), "A-02 is cited by no test"),
        (document, test.replace("A-02", "B-02"), "cites B-02"),
        (document, test.replace("TEST(g)", ""), "what is no test"),
        (document.replace("A-02", "A-03"), test, "should be A-02"),
        (document.replace("- **A-02**", "- A-02"), test, "not a numbered"),
        (document.replace("Three.", "Three"), test, "is not a sentence"),
        (document + "- **B-01** X.\n- **A-01** X.\n", test, "in two places"),
        ("", test, "no sentences"),
    ]
    for document, test, expected in cases:
        errors = check(document, {"t.c": test})
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
    document = (root / "docs/semantics.md").read_text()
    tests = {str(path.relative_to(root)): path.read_text()
             for path in sorted((root / "test").rglob("*.c"))}
    errors = check(document, tests)
    for error in errors:
        print(error)
    count = len(re.findall(r"^- \*\*", document, re.M))
    print(f"{count} sentences, {len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
