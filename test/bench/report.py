# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""What is made of the times: a CSV file, the tables of the documents, and the
targets. All of it is made of the CSV file, which test/bench/run --check does
again and compares."""
import csv
import io
import pathlib
import platform

import cases
from measure import CPP, CPYTHON, LIBUV, LIST, OURS, PEERS, RUST

DATA = cases.ROOT / "docs" / "performance.csv"
PERFORMANCE = cases.ROOT / "docs" / "performance.md"
README = cases.ROOT / "README.md"

# Rows of the README: enough to see where it stands.
FRONT = ["switch 1", "switch 1000", "switch 100000", "await 1", "task 1",
         "random 16", "random 1000", "random 100000"]


# -- The CSV file -------------------------------------------------------------

def to_csv(medians, chosen):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow("case ours peer peer_value ratio".split())
    for case in chosen:
        ours = medians[case, OURS]
        for name in PEERS:
            if (case, name) in medians:
                value = medians[case, name]
                writer.writerow([cases.key(case), f"{ours:.2f}", name,
                                 f"{value:.2f}", f"{value / ours:.2f}"])
    return out.getvalue()


def from_csv(text):
    """-> {(case, program): median}"""
    by_key = {cases.key(case): case for case in cases.MEASURED}
    medians = {}
    for row in csv.DictReader(io.StringIO(text)):
        case = by_key[row["case"]]
        medians[case, OURS] = float(row["ours"])
        medians[case, row["peer"]] = float(row["peer_value"])
    return medians


# -- Targets ------------------------------------------------------------------

def limits(case):
    """(peer, how many times its time ours may be at most)"""
    if case.name == "switch":
        yield CPP, 1.2
        yield RUST, 0.8
    if case.name == "await":
        yield CPP, 0.5
    if case.name == "random":
        if case.n >= 1000:
            yield CPP, 1.3 if case.n < 100000 else 1.1
        yield LIBUV, 0.3


def times_cpython(case):
    """How many times as fast as CPython it must be at least."""
    if cases.is_timer_case(case) and case.n > 10000:
        return 40
    return 100 if case.name in cases.COMPOSITION else 150


def targets(medians, chosen):
    """(text, met) for each target whose peers were measured."""
    results = []
    for case in chosen:
        ours = medians[case, OURS]
        for name, most in limits(case):
            if (case, name) in medians:
                ratio = ours / medians[case, name]
                results.append((f"{case.text}: {ratio:.2f} times the time of "
                                f"{name}, at most {most}", ratio <= most))
        if (case, CPYTHON) in medians:
            ratio = medians[case, CPYTHON] / ours
            least = times_cpython(case)
            results.append((f"{case.text}: {ratio:.0f} times as fast as "
                            f"CPython, at least {least}", ratio >= least))
    depths = [medians[case, OURS] for case in chosen if case.name == "depth"]
    if depths:
        ratio = max(depths) / min(depths)
        results.append((f"resume at any await depth: slowest {ratio:.2f} times "
                        "the fastest, at most 1.1", ratio <= 1.1))
    return results


# -- Tables -------------------------------------------------------------------

def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def table(medians, chosen, names):
    lines = ["| ns per operation | " + " | ".join(names) + " |",
             "|---|" + "---:|" * len(names)]
    for case in chosen:
        cells = [number(medians[case, name]) if (case, name) in medians else ""
                 for name in names]
        lines.append(f"| {case.text} | " + " | ".join(cells) + " |")
    return lines


def measured(medians):
    """The cases and programs there are numbers of, each in its order."""
    return ([case for case in cases.CASES if (case, OURS) in medians],
            [name for name in [OURS] + PEERS
             if any(program == name for _, program in medians)])


def processor():
    try:
        text = pathlib.Path("/proc/cpuinfo").read_text()
        return text.split("model name", 1)[1].split(":", 1)[1] \
                   .split("\n", 1)[0].strip()
    except (OSError, IndexError):
        return platform.machine()


def conditions(found, missing, rounds):
    """One line about the run. It is in no other file, so it stays in the
    document when that is made again of the CSV file."""
    versions = dict.fromkeys(program.version for program in found.values())
    line = f"Machine: {processor()}, {platform.system()} " \
           f"{platform.machine()}. Median of {rounds} rounds. " + \
           "; ".join(versions) + "."
    if missing:
        line += " Not available: " + ", ".join(missing) + "."
    return line


def performance_block(medians, line):
    chosen, names = measured(medians)
    lines = [line, ""] + table(medians, chosen, names)
    results = targets(medians, chosen)
    missed = [text for text, met in results if not met]
    lines += ["", f"{len(results) - len(missed)} of {len(results)} targets are "
              "met" + (". Missed:" if missed else "."), ""]
    lines += [f"* **{text}**" for text in missed]
    return "\n".join(lines).rstrip()


def readme_block(medians, _):
    chosen, names = measured(medians)
    return "\n".join(table(
        medians, [case for case in chosen if cases.key(case) in FRONT],
        [name for name in names if name != LIST]))


BEGIN, END = "<!-- test/bench/run --update -->", "<!-- end -->"
BLOCKS = {PERFORMANCE: performance_block, README: readme_block}


def split(path):
    head, rest = path.read_text().split(BEGIN, 1)
    block, tail = rest.split(END, 1)
    return head, block.strip(), tail


def written(path, medians, line=None):
    """The text that the document must have."""
    head, block, tail = split(path)
    block = BLOCKS[path](medians, line or block.split("\n", 1)[0])
    return f"{head}{BEGIN}\n\n{block}\n\n{END}{tail}"


def write(medians, line=None):
    for path in BLOCKS:
        path.write_text(written(path, medians, line))


def stale():
    """Documents that are not what the CSV file says."""
    medians = from_csv(DATA.read_text())
    return [path for path in BLOCKS
            if path.read_text() != written(path, medians)]
