#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Runs an emulator and judges how its program ended.

    run_target.py [--limit SECONDS] [--status N] [--input FILE]
                  [--expect FILE [--until]] COMMAND...

The program must end within the limit, with the status (default: 0) and with
the output of the file --expect, if given. With --until it need not end: it is
stopped when it has written what is expected. A program that is stopped at the
limit has status 124.

The limit is CPU time, so that a busy machine changes nothing; an emulator that
waits instead has PATIENCE times as long.
"""
import argparse
import os
import math
import pathlib
import resource
import selectors
import signal
import subprocess
import sys
import time

PATIENCE = 5


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("--limit", type=float, default=20)
    parser.add_argument("--status", type=int, default=0)
    parser.add_argument("--input", type=pathlib.Path)
    parser.add_argument("--expect", type=pathlib.Path)
    parser.add_argument("--until", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    return parser.parse_args()


def set_limit(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds),) * 2)


def status_of(process, seconds):
    status = process.wait(seconds)
    return 124 if status in (-signal.SIGKILL, -signal.SIGXCPU) else status


def collect(process, limit, is_enough):
    """Returns what the process writes, until it ends, it is enough or the
    limit has passed."""
    out = b""
    end = time.monotonic() + limit
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not is_enough(out):
            left = end - time.monotonic()
            if left <= 0 or not selector.select(left):
                return out, 124
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                try:
                    left = max(end - time.monotonic(), 1)
                    return out, status_of(process, left)
                except subprocess.TimeoutExpired:
                    return out, 124
            out += piece
    return out, 0


def main():
    args = parse()
    want = args.expect.read_bytes() if args.expect else None
    length = len(want) if want and args.until else None
    source = open(args.input, "rb") if args.input else subprocess.DEVNULL
    process = subprocess.Popen(args.command, stdin=source,
                               stdout=subprocess.PIPE, start_new_session=True,
                               preexec_fn=lambda: set_limit(args.limit))
    try:
        out, status = collect(
            process, args.limit * PATIENCE,
            lambda text: length is not None and
            len(text.rstrip(b"\r").replace(b"\r\n", b"\n")) >= length)
    finally:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
    got = out.replace(b"\r\n", b"\n")
    sys.stdout.buffer.write(got)
    sys.stdout.flush()
    if status != args.status:
        print(f"status {status}, not {args.status}")
        return 1
    if want is not None and got[:length] != want:
        print(f"-- should have been:\n{want.decode(errors='replace')}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
