# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The tables of docs/size.md and README.md, from what measure.py found."""
import collections
import re

import programs
from stack import plain

BEGIN, END = "<!-- test/size/run --update -->", "<!-- end -->"


def table(head, rows):
    rows = [[str(cell) for cell in row] for row in [head] + rows]
    wide = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = []
    for number, row in enumerate(rows):
        cells = [row[0].ljust(wide[0])]
        cells += [cell.rjust(wide[i]) for i, cell in enumerate(row) if i > 0]
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + "|".join(
                "-" * (width + 1) + ("-" if i == 0 else ":")
                for i, width in enumerate(wide)) + "|")
    return lines


def replace_block(text, block):
    head, rest = text.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    return f"{head}{BEGIN}\n\n{block}\n\n{END}{tail}"


# -- Whole programs -----------------------------------------------------------

def flash(found, label, name, is_lto, above=True):
    text, data, _ = found["programs"][label][name][is_lto]
    if above:
        return text + data - flash(found, label, programs.EMPTY, is_lto, False)
    return text + data


def ram(found, label, name):
    _, data, bss = found["programs"][label][name][False]
    return data + bss


def labels_of(found):
    return list(found["structs"])


def goal_table(found):
    rows = []
    for label, name, above, limit in programs.GOALS:
        values = [flash(found, label, name, is_lto, above)
                  for is_lto in (False, True)]
        rows.append([f"{label}: {name}" + (", above the empty one" if above
                                           else ", the whole image"),
                     *(f"**{value}**" if value > limit else value
                       for value in values), limit])
    if "structs" in found:
        for label, name, limit in programs.STRUCT_GOALS:
            size = found["structs"][label][name]
            rows.append([f"{label}: {name}, RAM",
                         f"**{size}**" if size > limit else size, "", limit])
    return table(["promised", "measured", "with LTO", "at most"], rows)


def program_table(found):
    labels = labels_of(found)
    head = ["flash"] + [word for label in labels for word in (label, "LTO")]
    rows = []
    for name in programs.PROGRAMS:
        above = name != programs.EMPTY
        rows.append([name if above else "empty, all of it"] + [
            flash(found, label, name, is_lto, above)
            for label in labels for is_lto in (False, True)])
    return table(head, rows)


def ram_table(found):
    labels = labels_of(found)
    return table(["RAM"] + labels,
                 [[name] + [ram(found, label, name) for label in labels]
                  for name in programs.HEAD])


def readme_table(found):
    labels = labels_of(found)
    return table(["flash above an empty program, without / with LTO"] + labels,
                 [[name] + [" / ".join(
                     str(flash(found, label, name, is_lto))
                     for is_lto in (False, True)) for label in labels]
                  for name in programs.HEAD if name != programs.EMPTY])


def stack_table(found):
    """And by which path it gets there."""
    rows, paths = [], []
    for label, (size, interrupt, path) in found["stack"].items():
        rows.append([label, size, interrupt, size + interrupt])
        paths.append(f"{label}: " + ", ".join(f"`{name}`" for name in path))
    lines = table(["C stack of 3 tasks", "from main() on", "interrupt",
                   "both"], rows)
    return lines + ["", "by:", ""] + [f"* {path}" for path in paths]


# -- Symbols ------------------------------------------------------------------

PARTS = ["vectors, start-up", "LED", "program: coroutines, main()",
         "port: clock, idle, its interrupt", "library",
         "memset, memcpy, libgcc", "alignment"]


def part_and_symbol(section, origin):
    """Which part of a program a section belongs to, and what it is."""
    name = plain(re.sub(r"^\.(text|rodata|data|srodata|sdata)"
                        r"(\.unlikely|\.startup)?\.?", "", section))
    name = re.sub(r"\.(part|constprop|isra|cold)\b.*", "", name)
    member = re.search(r"([^/(]*)\.o\)?$", origin)
    if origin == "alignment":
        return PARTS[6], origin
    if re.search(r"crt\w*\.o$", origin):
        return PARTS[0], f"{section} of {member.group(1)}.o"
    if name.startswith((".vectors", "start_")):
        return PARTS[0], name
    if origin.endswith("board.o"):
        return PARTS[1], name
    if origin.endswith((".a)", ".o)", "memory.o")):
        return PARTS[5], name if re.match(r"\w", name) else \
            f"{section} of {member.group(1)}.o"
    if re.search(r"^(SysTick_Handler|__vector_|machine_trap|async_tick_"
                 r"|async_port_)", name):
        return PARTS[3], name
    if member.group(1).startswith("library"):
        return PARTS[4], name or "constants"
    return PARTS[2], name or "constants"


def symbol_tables(found):
    """The parts of the promised programs, and what they consist of."""
    columns = list(found["symbols"])
    sizes = collections.defaultdict(lambda: [0] * len(columns))
    for number, column in enumerate(columns):
        for section, size, origin in filter(
                lambda part: part[1] > 0, found["symbols"][column]):
            sizes[part_and_symbol(section, origin)][number] += size
    parts = {part: [0] * len(columns) for part in PARTS}
    for (part, _), values in sizes.items():
        parts[part] = [a + b for a, b in zip(parts[part], values)]
    whole = [sum(values[i] for values in parts.values())
             for i in range(len(columns))]
    shown = [[part] + values for part, values in parts.items() if any(values)]
    lines = table(["part"] + columns, shown + [["all"] + whole])
    rows = sorted(sizes.items(), key=lambda item: (
        PARTS.index(item[0][0]), [-value for value in item[1]]))
    return lines, table(["symbol"] + columns, [
        [symbol] + [value or "" for value in values]
        for (part, symbol), values in rows if part != "alignment"])


# -- The library alone --------------------------------------------------------

def linked_table(found):
    labels = labels_of(found)
    return table(["linked"] + labels, [
        [row] + [sum(found["linked"][label][row].values()) for label in labels]
        for row in programs.LINKED])


def piece_table(found):
    return table([programs.PIECE_LABEL, "alone", "beside the rest", "aim"],
                 [[piece, alone, beside, programs.PIECES[piece][1] or ""]
                  for piece, (alone, beside) in found["pieces"].items()])


def struct_table(found):
    labels = labels_of(found)
    return table(["struct"] + labels,
                 [[name] + [found["structs"][label][name] for label in labels]
                  for name in found["structs"][labels[0]]])


def function_table(found):
    sizes = {}
    for name, size in found["linked"][labels_of(found)[0]]["core"].items():
        sizes[plain(name)] = sizes.get(plain(name), 0) + size
    return table(["function", "bytes"],
                 [[name, size] for name, size in
                  sorted(sizes.items(), key=lambda item: (-item[1], item[0]))]
                 + [["all", sum(sizes.values())]])


# -- Documents ----------------------------------------------------------------

def compilers_of(found):
    return "Compilers: " + ", ".join(
        f"{name} {version}"
        for name, version in found["compilers"].items()) + "."


def document(found):
    parts, symbols = symbol_tables(found)
    first = labels_of(found)[0]
    lines = [compilers_of(found)]
    for title, rows in [
            ("Promised, bytes (**bold** is missed):",
             goal_table(found)),
            ("Whole programs, bytes of flash above the empty one:",
             program_table(found)),
            ("Bytes of RAM, data and bss, without the stack:",
             ram_table(found)),
            ("Bytes of the deepest C stack:", stack_table(found)),
            ("Where the bytes of the promised programs go, without LTO:",
             parts),
            ("The same by symbol:", symbols),
            ("What the linker takes from the library, bytes:",
             linked_table(found)),
            ("Pieces, bytes:", piece_table(found)),
            ("Structs, bytes:", struct_table(found)),
            (f"The functions of `core` on {first}:", function_table(found))]:
        lines += ["", title, ""] + rows
    return "\n".join(lines)


def readme(found):
    return "\n".join(readme_table(found))
