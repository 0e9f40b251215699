# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Compiles and links programs, and reads sizes from what comes out."""
import collections
import concurrent.futures
import os
import re
import subprocess
import sys

import programs
from programs import FIRMWARE, ROOT, SOURCES

# A file of functions that compilers put in must not become calls of itself.
PLAIN_LOOPS = "-fno-tree-loop-distribute-patterns"


def run(command, cwd=None):
    done = subprocess.run([str(word) for word in command], cwd=cwd, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def each(function, jobs):
    """Runs function(*job) for all jobs, on all cores; results in order."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = [pool.submit(function, *job) for job in jobs]
        return [future.result() for future in waiting]


def compile_c(target, source, output, options=()):
    run([target.prefix + "gcc", *target.flags, *programs.CFLAGS, *options,
         "-c", source, "-o", output])


def link(target, directory, objects, script, output, options=()):
    """Links in `directory`, with a map."""
    bare = [*target.link, "-T", script] if target.link else []
    run([target.prefix + "gcc", *target.flags, *options, *bare,
         f"-Wl,--gc-sections,--fatal-warnings,-Map={output}.map", *objects,
         "-lgcc", "-o", f"{output}.elf"], cwd=directory)


# -- Whole programs -----------------------------------------------------------

Size = collections.namedtuple("Size", "text data bss")


def lto(is_lto):
    return ["-flto"] if is_lto else []


def base_objects(label, directory, is_lto):
    """What is below every program of a target."""
    target = programs.TARGETS[label]
    compile_c(target, SOURCES / "board.c", directory / "board.o",
              [PLAIN_LOOPS, *lto(is_lto), "-fstack-usage"])
    compile_c(target, SOURCES / "memory.c", directory / "memory.o",
              [PLAIN_LOOPS, "-fstack-usage"])


def library_object(label, directory, name, options, is_lto):
    compile_c(programs.TARGETS[label], SOURCES / "library.c",
              directory / f"{name}.o",
              [*options, *lto(is_lto), "-fstack-usage"])


def program_file(name):
    """A program's name as a file's."""
    return re.sub(r"\W+", "_", name)


def build_program(label, directory, name, is_lto):
    target, program = programs.TARGETS[label], programs.PROGRAMS[name]
    stem = program_file(name)
    options = programs.CONFIGURATIONS[program.configuration]
    compile_c(target, SOURCES / f"{program.source}.c", directory / f"{stem}.o",
              [*options, *program.options, *lto(is_lto), "-fstack-usage"])
    objects = [f"{stem}.o", "board.o"]
    if program.configuration:
        objects.append(library_file(program.configuration))
    keep = ["-Wl,--undefined=part_interrupt"] if "async_post" in name else []
    link(target, directory, objects + ["memory.o"], SOURCES / "link.ld", stem,
         ["-Os", *lto(is_lto), *keep])
    sizes = run([target.prefix + "size", directory / f"{stem}.elf"])
    return Size(*map(int, sizes.splitlines()[-1].split()[:3]))


def library_file(configuration):
    return "library_" + re.sub(r"\W+", "_", configuration) + ".o"


def measure_programs(labels, names, directory):
    """{(target, program, is_lto): Size}; the files stay in `directory`."""
    places = {}
    for label in labels:
        for is_lto in (False, True):
            place = directory / (program_file(label) + "_lto" * is_lto)
            place.mkdir()
            places[label, is_lto] = place
    jobs = [(label, place, is_lto)
            for (label, is_lto), place in places.items()]
    each(base_objects, jobs)
    each(library_object,
         [(label, place, library_file(name)[:-2], options, is_lto)
          for label, place, is_lto in jobs
          for name, options in programs.CONFIGURATIONS.items() if name])
    cases = [(label, place, name, is_lto) for label, place, is_lto in jobs
             for name in names]
    sizes = each(build_program, cases)
    return {(label, name, is_lto): size
            for (label, _, name, is_lto), size in zip(cases, sizes)}


# -- Maps ---------------------------------------------------------------------

def linked_sections(map_text):
    """(section, bytes with the padding behind it, object) of a linker map."""
    found, end = [], None
    body = map_text.split("Linker script and memory map", 1)[1]
    # Long section names stand on a line of their own.
    body = re.sub(r"^( \.\S+)\n\s+0x", r"\1 0x", body, flags=re.M)
    for line in body.splitlines():
        match = re.match(r" (\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s*(.*)",
                         line)
        if not match:
            continue
        name, size = match.group(1), int(match.group(3), 16)
        if name == "*fill*" and int(match.group(2), 16) == end:
            found[-1][1] += size
        elif size > 0 and re.match(r"\.(text|init|fini|vectors|rodata|srodata"
                                   r"|progmem|data|sdata)", name):
            found.append([name, size, match.group(4)])
            end = int(match.group(2), 16) + size
    return found


def check_map(target, sections, elf):
    """The parts must add up to what the linker wrote."""
    total = 0
    for line in run([target.prefix + "size", "-A", elf]).splitlines():
        words = line.split()
        if words and words[0] in (".text", ".data"):
            total += int(words[1])
    parts = sum(size for _, size, _ in sections)
    if not 0 <= total - parts <= 16:
        sys.exit(f"{elf}: the map's parts are {parts} bytes, not {total}")
    return total - parts


# -- What the linker takes from the library -----------------------------------

class Linker:
    """Programs of firmware/ on one target."""

    def __init__(self, label, directory):
        self.target = programs.TARGETS[label]
        self.directory = directory
        self.references, self.owner = {}, {}

    def prepare(self, options):
        """Compiles the library once for these options."""
        name = "_".join(options)
        place = self.directory / name
        place.mkdir()
        for source in (ROOT / "src" / "async.c", FIRMWARE / "start.c"):
            compile_c(self.target, source, place / f"{source.stem}.o",
                      [*programs.RELEASE, *options])
        refs, section = collections.defaultdict(set), None
        for line in run([self.target.prefix + "objdump", "-r",
                         place / "async.o"]).splitlines():
            match = re.match(r"RELOCATION RECORDS FOR \[(.*)\]", line)
            if match:
                section = match.group(1)
            elif section and len(line.split()) == 3:
                refs[section].add(re.split(r"[-+]0x", line.split()[2])[0])
        self.references[name] = refs

    def find_helpers(self):
        """Which object of libgcc has which function."""
        archive = run([self.target.prefix + "gcc", *self.target.flags,
                       "-print-libgcc-file-name"]).strip()
        for line in run([self.target.prefix + "nm", "--defined-only", "-A",
                         archive]).splitlines():
            words = line.split()
            self.owner.setdefault(words[-1], words[0].split(":")[-2])

    def measure(self, options):
        """Bytes by function of what the linker took from the library, and of
        the compiler's helpers that these parts call, such as divisions."""
        kind = "_".join(word for word in options if "ASYNC_" in word)
        stem = re.sub(r"\W+", "_", "".join(options))
        place = self.directory / kind
        compile_c(self.target, FIRMWARE / "app.c", place / f"{stem}.o",
                  [*programs.RELEASE, *options])
        bare = self.target._replace(link=["-nostdlib"])
        if not self.target.link:
            bare = self.target._replace(flags=self.target.flags + [
                "-nostdlib", "-Wl,--entry=main"])
        # An interrupt, which nothing calls.
        keep = ["-Wl,--undefined=app_interrupt"] if {
            "-DSIZE_PARTS=4", "-DSIZE_PARTS=63"} & set(options) else []
        link(bare, place, [f"{stem}.o", "async.o", "start.o"],
             FIRMWARE / "link.ld", stem, keep)
        sections = linked_sections((place / f"{stem}.map").read_text())
        check_map(self.target, sections, place / f"{stem}.elf")
        return self.functions(sections, self.references[kind])

    def functions(self, sections, references):
        sizes, called = collections.Counter(), set()
        for section, size, origin in sections:
            if origin.endswith("async.o"):
                name = re.sub(r"^\.[a-z]+\.(str[\d.]*)?", "", section)
                sizes[name or section] += size
                called |= references[section]
        wanted = {self.owner[name] for name in called if name in self.owner}
        for section, size, origin in sections:
            member = re.search(r"libgcc\.a\((.*)\)", origin)
            if member and member.group(1) in wanted:
                sizes[f"libgcc {member.group(1)}"] += size
            elif origin.endswith("start.o") and \
                    section.split(".")[-1] in called:
                sizes[section.split(".")[-1]] += size
        return dict(sizes)


def measure_linked(labels, directory):
    """-> {(target, row): {function: bytes}},
    {piece: [bytes above the first row, above the last]}"""
    linkers = {}
    for label in labels:
        place = directory / ("linked_" + program_file(label))
        place.mkdir()
        linkers[label] = Linker(label, place)
    each(Linker.find_helpers, [(linker,) for linker in linkers.values()])
    each(Linker.prepare, [(linker, kind) for linker in linkers.values()
                          for kind in (programs.LIST, programs.RADIX)])
    cases = [(label, row) for label in labels for row in programs.LINKED]
    rows = each(Linker.measure, [(linkers[label], programs.LINKED[row])
                                 for label, row in cases])
    linked = dict(zip(cases, rows))
    pieces = {}
    if programs.PIECE_LABEL in labels:
        pieces = measure_pieces(linkers[programs.PIECE_LABEL], linked)
    return linked, pieces


def measure_pieces(linker, linked):
    bases = [list(programs.LINKED)[0], list(programs.LINKED)[-1]]
    cases = [(name, base) for name in programs.PIECES for base in bases]
    sizes = each(linker.measure, [
        (programs.LINKED[base] + [
            f"-DSIZE_PIECE=PIECE_{programs.PIECES[name][0]}"],)
        for name, base in cases])
    pieces = collections.defaultdict(list)
    for (name, base), size in zip(cases, sizes):
        pieces[name].append(sum(size.values()) - sum(
            linked[programs.PIECE_LABEL, base].values()))
    return dict(pieces)


# -- Structs ------------------------------------------------------------------

def public_structs():
    """Every struct that a public header defines, in the order of async.h."""
    names = []
    umbrella = (ROOT / "include" / "async.h").read_text()
    headers = re.findall(r'"(async/[^"]+)"', umbrella) + programs.PORTS
    for header in dict.fromkeys(headers):
        if not re.search("detail|posix|arduino", header):
            text = (ROOT / "include" / header).read_text()
            # (one whose name is a message for the compiler is no object)
            names += [name for name in re.findall(r"^struct (async_\w+)\s*\{",
                                                  text, re.M)
                      if "_takes_" not in name]
    return [name for name in dict.fromkeys(names) if "_ASYNC_" not in name and
            "_AWAIT_" not in name]


def struct_sizes(label, directory, number, names, options):
    """Declares one array per struct and reads the arrays' sizes."""
    target = programs.TARGETS[label]
    stem = directory / f"structs_{program_file(label)}_{number}"
    lines = [f"#include <{header}>" for header in ["async.h", *programs.PORTS]]
    lines += [f"char size_{name}[sizeof(struct {name})];" for name in names]
    stem.with_suffix(".c").write_text("\n".join(lines) + "\n")
    compile_c(target, stem.with_suffix(".c"), stem.with_suffix(".o"),
              ["-fno-common", *programs.RELEASE, *options])
    sizes = {}
    for line in run([target.prefix + "nm", "-S",
                     stem.with_suffix(".o")]).splitlines():
        words = line.split()
        if len(words) == 4 and words[3].startswith("size_"):
            sizes[words[3][len("size_"):]] = int(words[1], 16)
    return {name: sizes[name] for name in names}


def measure_structs(labels, directory):
    """{target: {struct: bytes}}"""
    kinds = [(public_structs(), programs.LIST)]
    kinds += [([name], options)
              for _, name, options in programs.OTHER_STRUCTS]
    found = {}
    for label in labels:
        sizes = each(struct_sizes, [
            (label, directory, number, names, options)
            for number, (names, options) in enumerate(kinds)])
        found[label] = sizes[0]
        for (row, name, _), size in zip(programs.OTHER_STRUCTS, sizes[1:]):
            found[label][row] = size[name]
    return found
