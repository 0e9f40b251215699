#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs a sweep in QEMU and checks that it has interrupted every instruction.

    coverage.py --objdump PROGRAM --elf FILE [--limit SECONDS]
                [--unmasked REGION...] [--expect-gaps] -- EMULATOR...

The program says which instructions it has interrupted. Which there are, that
is, which a run of each region executes with interrupts not masked, is traced
by QEMU, independently. Also counts how many instructions a region executes
with interrupts masked, at a stretch, which must be none in those that are
named; and writes a table. --expect-gaps is for a sweep that leaves some out.
"""
import argparse
import collections
import re
import signal
import subprocess
import sys

SPAN = 0x20000  # the program notes addresses modulo this

MASK = re.compile(r"cpsid\s+i|csrci?\s+mstatus,8")
UNMASK = re.compile(r"cpsie\s+i|csrsi?\s+mstatus,8")
LOCK = re.compile(r"csrrci?\s+\w+,mstatus,8")
SAVE = re.compile(r"mrs\s+\w+, PRIMASK")
UNLOCK = re.compile(r"msr\s+PRIMASK|csrs\s+mstatus,[a-z]|csrw\s+mstatus")

OTHERS = re.compile(r"IRQ\d+_Handler|timer_interrupt")  # not interrupted


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--objdump", required=True)
    parser.add_argument("--elf", required=True)
    parser.add_argument("--limit", type=float, default=300)
    parser.add_argument("--unmasked", nargs="*", default=[])
    parser.add_argument("--expect-gaps", action="store_true")
    split = sys.argv.index("--")
    args = parser.parse_args(sys.argv[1:split])
    args.command = sys.argv[split + 1:] + [args.elf]
    return args


class Program:
    """Its instructions and symbols, as objdump shows them."""

    def __init__(self, objdump, elf):
        text = subprocess.run([objdump, "-d", "-t", elf], check=True,
                              capture_output=True, text=True).stdout
        self.symbols, self.names, self.code = {}, {}, {}
        function = "?"
        for line in text.splitlines():
            if label := re.match(r"([0-9a-f]+) <(.+)>:", line):
                function = label[2]
            elif symbol := re.match(r"([0-9a-f]+) .*\s(\w+)$", line):
                self.symbols[symbol[2]] = int(symbol[1], 16) & ~1
            elif code := re.match(r"\s*([0-9a-f]+):\t[0-9a-f ]+\t(.+)", line):
                self.code[int(code[1], 16)] = code[2].replace("\t", " ")
                self.names[int(code[1], 16)] = function

    def handler(self):
        """Where the injected interrupt's begins and ends."""
        if "interrupt_begins" in self.symbols:
            return (self.symbols["interrupt_begins"],
                    self.symbols["interrupt_ends"])
        ends = [at for at, code in self.code.items() if code == "mret"]
        return self.symbols["trap"], ends[0]

    def show(self, address):
        return (f"{address:08x} {self.names.get(address, '?')}: "
                f"{self.code.get(address, '?')}")


def sweep(args):
    """Returns the points and the interrupted addresses of each region."""
    done = subprocess.run(args.command, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, timeout=args.limit,
                          check=False, text=True)
    points, hits, name = {}, {}, None
    for line in done.stdout.splitlines():
        if line.startswith("hits"):
            hits[name] = {int(word) for word in line.split()[1:]}
            continue
        if count := re.match(r"(\w+): (\d+) points", line):
            name = count[1]
            points[name] = int(count[2])
        else:
            print(line)
    if done.returncode != 0:
        sys.exit(f"the sweep ended with status {done.returncode}")
    return points, hits


def trace(command):
    """Yields the addresses of the instructions that QEMU executes."""
    with subprocess.Popen(
            command[:-2] + ["-singlestep", "-d", "exec,nochain"] + command[-2:],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True) as process:
        try:
            for line in process.stderr:
                if line.startswith("Trace"):
                    yield int(line.split("[")[1].split("/")[1], 16)
        finally:
            process.send_signal(signal.SIGKILL)


class Mask:
    """Whether interrupts are masked, seen from outside."""

    def __init__(self):
        self.masked, self.saved, self.saving = False, [], False

    def step(self, code):
        """Executes an instruction; returns whether it was masked."""
        before = self.masked
        if LOCK.match(code) or (MASK.match(code) and self.saving):
            self.saved.append(before)
            self.masked = True
        elif MASK.match(code):
            self.masked = True
        elif UNMASK.match(code):
            self.masked = False
        elif UNLOCK.match(code):
            self.masked = self.saved.pop() if self.saved else False
        self.saving = SAVE.match(code) is not None
        return before


Run = collections.namedtuple("Run", "executed stretches")


def executed(program, command, regions):
    """What each region executes, unmasked, and its longest masked stretch."""
    begin, end = program.symbols["sweep_begin"], program.symbols["sweep_end"]
    handler, returns = program.handler()
    runs, inside, handling = [], False, False
    mask = stretch = run = None
    for address in trace(command):
        if address == begin:
            inside, mask, stretch = True, Mask(), 0
            run = Run(collections.Counter(), collections.Counter())
        elif address == end and inside:
            inside = False
            runs.append(run)
            if len(runs) == len(regions):
                break
        elif address == handler:
            handling = True
        elif address == returns:
            handling = False
        elif inside and not handling and not OTHERS.match(
                program.names[address]):
            if mask.step(program.code[address]):
                stretch += 1
                run.stretches[program.names[address]] = max(
                    stretch, run.stretches[program.names[address]])
            else:
                stretch = 0
                run.executed[address] += 1
    return dict(zip(regions, runs))


def main():
    args = parse()
    program = Program(args.objdump, args.elf)
    points, hits = sweep(args)
    runs = executed(program, args.command, list(points))
    bad = gaps = 0
    print(f"{'region':20} {'points':>6} {'unmasked':>8} {'hit':>6} "
          f"{'masked':>6}  where")
    for name, count in points.items():
        run = runs[name]
        missed = [at for at in run.executed if at % SPAN not in hits[name]]
        longest = max(run.stretches.values(), default=0)
        where = [at for at, n in run.stretches.items() if n == longest]
        print(f"{name:20} {count:6} {len(run.executed):8} "
              f"{len(run.executed) - len(missed):6} {longest:6}  "
              f"{' '.join(where)}")
        for address in missed[:8]:
            print(f"-- never interrupted: {program.show(address)}")
        gaps += len(missed)
        if name in args.unmasked and longest:
            print("-- masks interrupts")
            bad += 1
    if len(runs) != len(points) or not all(run.executed for run in
                                           runs.values()):
        sys.exit("the trace is not whole")
    return bad != 0 or (gaps != 0) != args.expect_gaps


if __name__ == "__main__":
    sys.exit(main())
