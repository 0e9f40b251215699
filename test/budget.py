# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""test/budget.json: what may not grow, by whoever measures it. Only counts that
are the same in every run are in it."""
import json
import pathlib
import re

PATH = pathlib.Path(__file__).resolve().with_name("budget.json")


def load(key):
    return json.loads(PATH.read_text())[key]


def store(key, content):
    """Writes one part and leaves the others as they are."""
    budgets = json.loads(PATH.read_text()) if PATH.exists() else {}
    budgets[key] = content
    text = json.dumps(dict(sorted(budgets.items())), indent=1)
    # A list of figures stands on one line.
    text = re.sub(r"\[[\s\d.,]*\]",
                  lambda found: re.sub(r"\s+", " ", found.group())
                  .replace("[ ", "[").replace(" ]", "]"), text)
    PATH.write_text(text + "\n")
