# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""The benchmark cases on CPython's asyncio, on virtual time; see ../run.

usage: asyncio_peer.py CASE N WARM OPERATIONS
"""
import asyncio
import os
import selectors
import sys
import time

CASE = sys.argv[1]
N, WARM, OPERATIONS = map(int, sys.argv[2:5])

left, start = WARM, 0


def tick():
    global left, start
    left -= 1
    if left == 0:
        now = time.process_time_ns()
        if start:
            print("%.3f" % ((now - start) / OPERATIONS), flush=True)
            os._exit(0)
        start, left = time.process_time_ns(), OPERATIONS


class JumpingSelector(selectors.DefaultSelector):
    """Passes the time that the loop would sleep at once."""
    time = 0.0

    def select(self, timeout=None):
        if timeout is not None and timeout > 0:
            self.time += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.virtual = JumpingSelector()
        super().__init__(self.virtual)
        self._clock_resolution = 1e-3  # deadlines are whole seconds

    def time(self):
        return self.virtual.time


seed = 1


def random():
    global seed
    seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
    return seed >> 8


def shuffled(n):
    numbers = list(range(1, n + 1))
    for i in range(n, 1, -1):
        j = random() % i
        numbers[j], numbers[i - 1] = numbers[i - 1], numbers[j]
    return numbers


async def worker():
    while True:
        tick()
        await asyncio.sleep(0)


async def child():
    pass


async def parent():
    while True:
        tick()
        await child()


async def level(depth):
    if depth > 0:
        await level(depth - 1)
    while True:
        tick()
        await asyncio.sleep(0)


async def once():
    await asyncio.sleep(0)


async def creator():
    while True:
        tick()
        await asyncio.create_task(once())


async def sleeper(first):
    await asyncio.sleep(first)
    while True:
        tick()
        await asyncio.sleep(N)


async def random_sleeper(first):
    await asyncio.sleep(first)
    while True:
        tick()
        await asyncio.sleep(1 + random() % (2 * N))


async def gatherer():
    while True:
        tick()
        await asyncio.gather(*[once() for _ in range(N)])


async def limited():
    while True:
        tick()
        await asyncio.wait_for(once(), 1000)


async def holder(lock):
    while True:
        async with lock:
            tick()
            await asyncio.sleep(0)


def holders():
    lock = asyncio.Lock()
    return [holder(lock) for _ in range(N)]


async def producer(queue):
    item = 0
    while True:
        item += 1
        await queue.put(item)


async def consumer(queue):
    total = 0
    while True:
        total += await queue.get()
        tick()


def pair():
    queue = asyncio.Queue(16)
    return [producer(queue), consumer(queue)]


async def numbers():
    i = 0
    while True:
        yield i
        i += 1


async def reader():
    total = 0
    async for number in numbers():
        total += number
        tick()


COROUTINES = {
    "switch": lambda: [worker() for _ in range(N)],
    "await": lambda: [parent()],
    "depth": lambda: [level(N)],
    "task": lambda: [creator()],
    "sleep": lambda: [sleeper(first) for first in shuffled(N)],
    "random": lambda: [random_sleeper(first) for first in shuffled(N)],
    "gather": lambda: [gatherer()],
    "wait_for": lambda: [limited()],
    "lock": holders,
    "queue": pair,
    "agen": lambda: [reader()],
}

if CASE not in COROUTINES:
    print("none")
    sys.exit(0)
sys.setrecursionlimit(10000)
loop = VirtualLoop()
tasks = [loop.create_task(coroutine) for coroutine in COROUTINES[CASE]()]
loop.run_forever()
