# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The machines that test/target/run counts on: how a program is built for one,
and how to know what it executes."""
import collections
import pathlib
import re
import resource
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BOARDS = ROOT / "samples" / "boards"
sys.path.insert(0, str(HERE.parent / "sweep"))
import coverage  # noqa: E402  (of the sweep: what masks interrupts)

LIMIT = 120  # seconds of CPU time for an emulator

CFLAGS = ["-std=c11", "-Os", "-ffreestanding", "-ffunction-sections",
          "-fdata-sections", "-Wall", "-Wextra", "-Werror", "-DNDEBUG",
          "-DASYNC_TASK_NAMES=0", f"-I{ROOT / 'include'}"]

# `entry` is the first instruction of the interrupt. An AVR marks it itself.
Target = collections.namedtuple(
    "Target", "unit prefix flags board sources link entry emulator")


def qemu(program, machine, *options):
    return [program, "-M", machine, "-nographic", "-monitor", "none",
            "-serial", "null", "-icount", "shift=6,sleep=off", *options,
            "-singlestep", "-d", "exec,nochain", "-kernel"]


def arm(machine, board, cpu, flash, ram):
    places = [f"--defsym={kind}_{what}={value}"
              for kind, place in (("FLASH", flash), ("RAM", ram))
              for what, value in zip(("ORG", "LEN"), place.split("+"))]
    return Target(
        "instructions", "arm-none-eabi-",
        [f"-mcpu={cpu}", "-mthumb", "-mfloat-abi=soft"], board,
        [BOARDS / "cortex_m" / "startup.c"],
        ["-nostartfiles", "--specs=nano.specs", "-T",
         BOARDS / "cortex_m" / "link.ld"] + [f"-Wl,{word}" for word in places],
        "SysTick_Handler", qemu("qemu-system-arm", machine))


TARGETS = {
    "Cortex-M0": arm("microbit", "microbit", "cortex-m0",
                     "0+256K", "0x20000000+16K"),
    "Cortex-M4": arm("mps2-an386", "mps2", "cortex-m4",
                     "0+4M", "0x20000000+4M"),
    "RV32IMAC": Target(
        "instructions", "riscv64-unknown-elf-",
        ["-march=rv32imac", "-misa-spec=2.2", "-mabi=ilp32",
         "-msmall-data-limit=8", "-fno-tree-loop-distribute-patterns"], "virt",
        [BOARDS / "riscv" / "start.S", BOARDS / "riscv" / "memory.c",
         BOARDS / "virt" / "exit.c"],
        ["-nostdlib", "-T", BOARDS / "riscv" / "link.ld",
         "-Wl,--defsym=ROM_ORG=0x80000000,--defsym=ROM_LEN=4M",
         "-Wl,--defsym=RAM_ORG=0x80400000,--defsym=RAM_LEN=4M"],
        "trap", qemu("qemu-system-riscv32", "virt", "-bios", "none")),
    "ATmega328P": Target(
        "cycles", "avr-", ["-mmcu=atmega328p"], "atmega328p", [], [], None,
        ["avr_run", "--trace", "--limit", "10s", "atmega328p", "16000000"]),
}


def run(command):
    done = subprocess.run([str(word) for word in command], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


def missing(target):
    """The tools and libraries that are not here."""
    if target.unit != "cycles":
        tools = [target.prefix + "gcc", target.emulator[0]]
        return [tool for tool in tools if shutil.which(tool) is None]
    gone = [tool for tool in (target.prefix + "gcc", "cc")
            if shutil.which(tool) is None]
    if not gone and subprocess.run(
            ["cc", "-fsyntax-only", "-xc", "-"], text=True,
            input="#include <simavr/sim_avr.h>\n#include <libelf.h>\n",
            stderr=subprocess.DEVNULL).returncode != 0:
        gone.append("libsimavr-dev")
    return gone


def version(target):
    compiler = target.prefix + "gcc"
    return f"{compiler} " + run([compiler, "-dumpfullversion",
                                 "-dumpversion"]).strip()


def build_emulator(directory):
    """avr_run, by this machine's compiler."""
    run(["cc", "-std=gnu11", "-O2", "-o", directory / "avr_run",
         *sorted((HERE.parent / "avr").glob("*.c")), "-lsimavr", "-lelf"])


def compile_all(target, options, directory):
    sources = [HERE / "count.c", HERE / "library.c", *target.sources]
    for source in sources:
        run([target.prefix + "gcc", *target.flags, *CFLAGS, *options,
             f"-I{BOARDS / target.board}", "-c", source,
             "-o", directory / (source.stem + ".o")])
    return [directory / (source.stem + ".o") for source in sources]


def link(target, objects, case, elf):
    run([target.prefix + "gcc", *target.flags, *target.link, *objects,
         f"-Wl,--gc-sections,--defsym=count_case={case}", "-lgcc", "-o", elf])


# -- What a program executes ----------------------------------------------------

def addresses(target, elf):
    """{address: the marks before the instruction there}"""
    found = collections.defaultdict(list)
    for line in run([target.prefix + "nm", elf]).splitlines():
        words = line.split()
        mark = re.match(r"count_([A-Z]+)_\d+$", words[-1])
        if mark:
            found[int(words[0], 16) & ~1].append(mark[1])
        elif words[-1] == target.entry:
            found[int(words[0], 16) & ~1].append("RESUME")
    return found


def trace_qemu(target, elf):
    """Yields (marks, address, function) for each instruction. QEMU writes a
    line before it executes one; sometimes it then finds that it has to stop in
    front of it, or to begin it again, and says so in another line."""
    marks = addresses(target, elf)
    cache, none, entry = {}, (), None
    for line in process_lines([*target.emulator, elf]):
        if not line.startswith(b"Trace"):
            if line.startswith((b"Stopped", b"cpu_io_recompile")):
                entry = None
            continue
        if entry is not None:
            yield entry
        key = line[line.index(b"["):]
        key = key[key.index(b"/") + 1:]
        entry = cache.get(key)
        if entry is None:
            address = int(key.split(b"/")[0], 16)
            name = key.rsplit(b"]", 1)[1].strip().decode()
            entry = (marks.get(address, none), address, name)
            cache[key] = entry


def trace_avr(target, elf, directory):
    """Yields (mark, cycle)."""
    names = ("RESUME", "CYCLE", "PAUSE")
    command = [directory / target.emulator[0], *target.emulator[1:], elf]
    for line in process_lines(command):
        words = line.split()
        if words[0] == b"trace":
            yield names[int(words[2])], int(words[1])


def set_limit():
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))


def process_lines(command):
    """What it writes to stderr, until nobody reads on."""
    with subprocess.Popen([str(word) for word in command],
                          stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE,
                          preexec_fn=set_limit) as process:
        try:
            yield from process.stderr
        finally:
            process.kill()


class Meter:
    """Adds up what is counted between the marks."""

    def __init__(self, skip, cycles):
        self.skip, self.left = skip, cycles
        self.paused = False

    def mark(self, name):
        """Returns whether it is over."""
        if name == "CYCLE":
            if self.skip > 0:
                self.skip -= 1
            else:
                self.left -= 1
        else:
            self.paused = name == "PAUSE"
        return self.left == 0

    def counts(self):
        return self.skip == 0 and not self.paused


def counted(target, elf, skip, cycles):
    """Yields (address, function) of each instruction that counts."""
    meter, counts = Meter(skip, cycles), False
    for marks, address, function in trace_qemu(target, elf):
        for mark in marks:
            if meter.mark(mark):
                return
            counts = meter.counts()
        if counts:
            yield address, function
    sys.exit(f"{elf}: ended before it was counted")


def count_qemu(target, elf, skip, cycles):
    """-> {function: instructions}"""
    return collections.Counter(
        function for _, function in counted(target, elf, skip, cycles))


def count_avr(target, elf, skip, cycles, directory):
    """-> cycles. A mark takes two itself."""
    meter, counts, last, total = Meter(skip, cycles), False, 0, 0
    for mark, now in trace_avr(target, elf, directory):
        if counts:
            total += now - last - 2
        last = now
        if meter.mark(mark):
            return total
        counts = meter.counts()
    sys.exit(f"{elf}: ended before it was counted")


def masked(target, elf, skip, cycles):
    """-> the longest stretch of instructions with interrupts masked."""
    program = coverage.Program(target.prefix + "objdump", elf)
    mask, meter = coverage.Mask(), Meter(skip, cycles)
    stretch = longest = 0
    for marks, address, function in trace_qemu(target, elf):
        if any([meter.mark(mark) for mark in marks]):
            return longest
        if function != target.entry or target.entry != "trap":
            stretch = stretch + 1 \
                if mask.step(program.code.get(address, "")) else 0
            longest = max(longest, stretch)
    sys.exit(f"{elf}: ended before it was counted")


# On an AVR the sweep has tried an interrupt at every cycle: {case: (its list of
# regions, the region)}.
SWEPT = {
    "masked_post": ("post", "post"),
    "masked_idle_0": ("idle", "loop_post"),
    "masked_idle_1": ("idle", "loop_one"),
    "masked_idle_8": ("idle", "loop_many"),
}


def masked_avr(target, options, case, directory):
    """-> how many cycles an interrupt has to wait at most."""
    regions, region = SWEPT[case]
    sweep, elf = HERE.parent / "sweep", directory / f"{case}.elf"
    run([target.prefix + "gcc", *target.flags, *CFLAGS, *options,
         f"-I{BOARDS / target.board}", f"-DSWEEP_ONLY=sweep_{regions}",
         "-Wl,--gc-sections", sweep / "sweep.c",
         *[sweep / f"region_{name}.c" for name in
           ("post", "idle", "clock", "channel", "flag", "future", "level")],
         sweep / "injector_avr.c", "-o", elf])
    found = re.search(rf"^{region}: .*longest wait (\d+) clocks",
                      run([directory.parent / target.emulator[0], "--limit", "1000s",
                           *target.emulator[-2:], elf]), re.M)
    return int(found[1])
