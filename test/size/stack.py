# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The deepest C stack of a program: what the compiler says each function uses
(-fstack-usage), along the deepest path of calls in the linked program.

A call through a pointer may go to any function that the library calls through
one. So that none is forgotten, it is an error if nothing reaches a function."""
import re

import measure
import programs

# What a call itself pushes where a function has no figure, and what the CPU
# does before a handler (with the 4 bytes that align it).
CALL = {"ATmega328P": 2}
INTERRUPT = {"Cortex-M0+": 36, "Cortex-M4": 36}
HANDLERS = ("SysTick_Handler", "machine_trap", "__vector_14")

# Functions called through pointers: those of coroutines and of handles by what
# runs the loop, those of the port and of a cancel by anything.
STEPPED = re.compile(r"_resume_|_run_$|_idle_$")
ANYWHERE = re.compile(r"_now_$|_wake_$|_poll_$|^async_throw_run_$")
LOOPS = re.compile(r"async_iterate_|async_loop_run|^async_run$")

# Written in assembler, or behind the program: they use none, or it is over.
WITHOUT = re.compile(r"^__(gnu_|aeabi_|u?div|tablejump|bad_interrupt)"
                     r"|^_*exit$|^mem(set|cpy)$")

INDIRECT = re.compile(r"\t(blx|bx|c?\.?jalr|c?\.?jr|e?icall|e?ijmp)\b")
BRANCH = re.compile(r"<([\w.$]+)(\+0x[0-9a-f]+)?>")


def plain(name):
    """A function's name without the options that are part of it."""
    return re.sub(r"_t\d+q\w+?(?=\.|$)", "", name)


def usages(directory, stems):
    """{function: bytes}"""
    found = {}
    for stem in stems:
        path = directory / f"{stem}.su"
        for line in path.read_text().splitlines() if path.exists() else ():
            place, size, _ = line.split("\t")
            found[place.split(":")[-1]] = int(size)
    return found


def call_graph(disassembly):
    """-> {function: callees}, functions with calls through pointers"""
    calls, indirect, name = {}, set(), None
    for line in disassembly.splitlines():
        begin = re.match(r"[0-9a-f]+ <([\w.$]+)>:$", line)
        if begin:
            name = begin.group(1)
            calls.setdefault(name, set())
        elif name is not None and "\t" in line:
            pointer = INDIRECT.search(line)
            if pointer and not re.search(r"(bx|jr)\s+(lr|ra)\b", line):
                indirect.add(name)
            for target, offset in BRANCH.findall(
                    re.split("[@#]", line)[0]):
                if not offset and target != name:
                    calls[name].add(target)
    return calls, indirect


class Stack:
    def __init__(self, label, usage, calls, indirect):
        self.usage, self.calls, self.indirect = usage, calls, indirect
        self.call = CALL.get(label, 0)

    def of(self, name):
        if name in self.usage:
            return self.usage[name]
        if WITHOUT.search(name):
            return self.call
        raise SystemExit(f"how much stack does {name} use?")

    def check_reached(self, roots):
        """Nothing may be left out."""
        reached, waiting = set(), list(roots)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting += self.callees(name)
        for name in set(self.calls) & set(self.usage) - reached:
            raise SystemExit(f"who calls {name}?")

    def callees(self, name):
        found = set(self.calls.get(name, ()))
        if name in self.indirect:
            found |= {other for other in self.calls
                      if ANYWHERE.search(plain(other)) or
                      (LOOPS.search(name) or name == "main") and
                      STEPPED.search(plain(other))}
        return {other for other in found if other in self.calls}

    def deepest(self, name, path=()):
        """-> bytes, functions. A function is not twice on a path: the two
        that seem to call each other, interrupting a task and cancelling a
        future, do so for different objects."""
        below = [self.deepest(other, path + (name,))
                 for other in self.callees(name)
                 if other not in path + (name,)]
        size, names = max(below, default=(0, ()))
        return size + self.of(name), (name,) + names


def measure_stack(label, directory, program):
    """-> bytes from main() on, bytes of the interrupt, deepest path"""
    target = programs.TARGETS[label]
    stem = measure.program_file(program)
    library = measure.library_file(
        programs.PROGRAMS[program].configuration)[:-2]
    usage = usages(directory, [stem, library, "board", "memory"])
    calls, indirect = call_graph(measure.run([
        target.prefix + "objdump", "-d", "--no-show-raw-insn",
        directory / f"{stem}.elf"]))
    stack = Stack(label, usage, calls, indirect)
    handler, = [name for name in HANDLERS if name in calls]
    stack.check_reached([name for name in calls if name.startswith("start_")]
                        + ["main", handler])
    size, path = stack.deepest("main")
    interrupt = INTERRUPT.get(label, 0) + stack.deepest(handler)[0]
    return size, interrupt, [plain(name) for name in path]
