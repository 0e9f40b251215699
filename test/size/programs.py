# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""What test/size/run measures: targets, configurations, programs."""
import collections
import pathlib

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIRMWARE = HERE / "firmware"
SOURCES = HERE / "programs"

# `link` is for what is linked without a C library; an AVR always has avr-libc.
Target = collections.namedtuple("Target", "prefix flags link")
ARM = ["-mthumb"]
TARGETS = {
    "Cortex-M0+": Target("arm-none-eabi-", ["-mcpu=cortex-m0plus"] + ARM,
                         ["-nostdlib"]),
    "Cortex-M4": Target("arm-none-eabi-", ["-mcpu=cortex-m4"] + ARM,
                        ["-nostdlib"]),
    "RV32IMC": Target("riscv64-unknown-elf-",
                      ["-march=rv32imc", "-misa-spec=2.2", "-mabi=ilp32"],
                      ["-nostdlib"]),
    "ATmega328P": Target("avr-", ["-mmcu=atmega328p"], []),
}
CFLAGS = ["-std=c11", "-Os", "-ffreestanding", "-ffunction-sections",
          "-fdata-sections", "-Wall", "-Wextra", "-Werror",
          f"-I{ROOT / 'include'}"]
RELEASE = ["-DNDEBUG", "-DASYNC_TASK_NAMES=0"]
LIST, RADIX = ["-DASYNC_TIMERS=0"], ["-DASYNC_TIMERS=1"]
ONE_LOOP = ["-DASYNC_ONE_LOOP=1"]

# The configurations, by what the tables call them.
SEVERAL = "several loops, list timers"
CONFIGURATIONS = {
    "": [],
    SEVERAL: RELEASE + LIST,
    "several loops, radix timers": RELEASE + RADIX,
    "several loops, list timers, checks": ["-DASYNC_TASK_NAMES=0"] + LIST,
}
ONE = SEVERAL
if "ASYNC_ONE_LOOP" in (ROOT / "include/async/config.h").read_text():
    ONE = "one loop, list timers"
    CONFIGURATIONS[ONE] = RELEASE + LIST + ONE_LOOP

# -- Whole programs -----------------------------------------------------------

# A file of programs/, what it is compiled with, and a configuration if the
# library is in it.
Program = collections.namedtuple("Program", "source options configuration")

EMPTY = "empty"
BLINKY, TWO, THREE = ["-DTASKS=1"], ["-DTASKS=2"], ["-DTASKS=3"]


def part(name):
    return Program("tasks", BLINKY + [f"-DSIZE_PART=PART_{name}"], SEVERAL)


def piece(name):
    return Program("tasks", BLINKY + [f"-DSIZE_PIECE=PIECE_{name}"], SEVERAL)


# Pieces: what firmware/pieces.h calls them; the limit is what the project aims
# at for its bytes beside the rest.
PIECES = {
    "Lock": ("lock", 250), "Event": ("event", 250),
    "Semaphore": ("semaphore", 250), "BoundedSemaphore": ("bounded", 250),
    "Condition (with its Lock)": ("condition", 500),
    "Barrier": ("barrier", 500), "Queue": ("queue", 250),
    "PriorityQueue": ("priority", None), "flag": ("flag", None),
    "channel": ("channel", None), "gather": ("gather", 500),
    "wait": ("wait", None), "as_completed": ("as_completed", None),
    "shield": ("shield", 250), "timeout": ("timeout", None),
    "wait_for": ("wait_for", 250), "TaskGroup": ("group", 500),
    "generator": ("generator", None),
    "async generator": ("agenerator", None), "pool": ("pool", None),
    "run_in_executor": ("executor", None),
}

PROGRAMS = {
    EMPTY: Program("empty", [], ""),
    "by hand: blinky": Program("hand", BLINKY, ""),
    "by hand: 2 tasks": Program("hand", TWO, ""),
    "by hand: 3 tasks": Program("hand", THREE, ""),
    "protothreads: 3 tasks": Program("threads", THREE, ""),
    "blinky": Program("tasks", BLINKY, SEVERAL),
    "2 tasks": Program("tasks", TWO, SEVERAL),
    "3 tasks": Program("tasks", THREE, SEVERAL),
}
if ONE != SEVERAL:
    PROGRAMS.update({
        "blinky, one loop": Program("tasks", BLINKY, ONE),
        "2 tasks, one loop": Program("tasks", TWO, ONE),
        "3 tasks, one loop": Program("tasks", THREE, ONE),
    })
PROGRAMS.update({
    "3 tasks, with checks": Program("tasks", THREE,
                                    "several loops, list timers, checks"),
    "3 tasks, radix timers": Program("tasks", THREE,
                                     "several loops, radix timers"),
    "blinky + async_run": Program("tasks", BLINKY + ["-DSIZE_RUN"], SEVERAL),
    "blinky + a child": part("child"),
    "blinky + TRY, EXCEPT": part("except"),
    "blinky + create_task, cancel": part("cancel"),
    "blinky + eager task": part("eager"),
    "blinky + future": part("future"),
    "blinky + callbacks, timers": part("callbacks"),
    "blinky + ticker": part("ticker"),
    "blinky + async_post": part("post"),
    "blinky + own operation": part("operation"),
})
PROGRAMS.update({f"blinky + {name}": piece(macro)
                 for name, (macro, _) in PIECES.items()})
HEAD = list(PROGRAMS)[:list(PROGRAMS).index("3 tasks, with checks")]

# The programs that the project has promised a size for: target, program,
# whether the empty one is subtracted, limit.
GOALS = [
    ("Cortex-M0+", "3 tasks", True, 1300),
    ("ATmega328P", "3 tasks", True, 2200),
    ("Cortex-M4", "blinky", False, 1200),
]
# And what it has promised of RAM: target, struct, limit.
STRUCT_GOALS = [("Cortex-M4", "async_task", 36),
                ("ATmega328P", "async_task", 28),
                ("Cortex-M4", "async_loop", 40)]
if ONE != SEVERAL:
    GOALS = [(label, f"{name}, one loop", above, limit)
             for label, name, above, limit in GOALS]

# -- What the linker takes from the library -----------------------------------

# What firmware/app.c is built with. The first is what pieces are added to.
LINKED = {
    "core": LIST,
    "core, radix timers": RADIX,
    "core + callbacks": LIST + ["-DSIZE_PARTS=16"],
    "core + all of futures": LIST + ["-DSIZE_PARTS=32"],
    "core + run_until_complete": LIST + ["-DSIZE_PARTS=1"],
    "core + async_run": LIST + ["-DSIZE_PARTS=2"],
    "core + async_post": LIST + ["-DSIZE_PARTS=4"],
    "core + own operations": LIST + ["-DSIZE_PARTS=8"],
    "all of these, list timers": LIST + ["-DSIZE_PARTS=63"],
}
PIECE_LABEL = "Cortex-M0+"

# -- Structs ------------------------------------------------------------------

# Ports that compile for every target; async.h does not include them.
PORTS = ["async/port/tick.h", "async/port/tickless.h", "async/port/level.h"]

# What an option changes: row, struct, options.
OTHER_STRUCTS = [("async_loop, radix timers", "async_loop", RADIX)]
if ONE != SEVERAL:
    OTHER_STRUCTS += [(f"{name}, one loop", name, LIST + ONE_LOOP)
                      for name in ("async_loop", "async_task",
                                   "async_future")]
