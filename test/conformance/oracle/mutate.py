#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Programs of gen.py with something changed: statements replaced, added and
left out, operands exchanged. They combine what gen.py keeps apart, such as
setting the result of a gather, and may even await each other in a cycle.

    mutate.py SEED [--count N] --out DIR [--size small|medium|large]
              [--with shutdown]
"""
import argparse
import os
import random
import re

from gen import FEATURES, Gen

BLOCKS = ('loop', 'try', 'with', 'timeout', 'group', 'afor')
PARTS = ('except', 'else', 'finally')
# Their tasks may be any: they await none of them.
ANY_TASK = ('cancel', 'state', 'result', 'exception', 'addcb', 'rmcb',
            'cancelling', 'current', 'soon', 'later', 'at')
FUTURES = (0, 1, 2, 11, 12, 13, 14, 15)     # plain and derived ones

STATEMENTS = [s.strip() for s in '''
    yield | sleep 0 | sleep 1 | busy 2 | pass | raise cancel | ntasks | stop
    cancelme | uncancel | cancelling me | current T | cancel T | cancel F
    ? awaitself | ? exception T | ? result F | state F | await F
    fset F 3 | fexc F E1 | ? addcb F 2 | rmcb F 2
    soon H1 cancel F | soon H1 cancel T | later H2 3 fset F 4 | hcancel H2
    gather | gather ret F F | mkgather F F F | mkgather F ret F F
    shield F | mkshield F F | waitfor 0 F | waitfor 2 F
    wait exc 3 F F | ascompleted none F F F
    when X1 | expired X1 | ? reschedule X1 2 | ? reschedule X2 none
    ? acquire L0 | release L0 | ? release L0 | ? ewait E0 | eset E0 | eclear E0
    ? cacquire C0 | ? crelease C0 | ? cwait C0 | ? notify C0 1 | ? notifyall C0
    ? sacquire S0 | ? srelease S0
    ? bwait B0 | ? breset B0 | ? babort B0 | ? bstate B0
    ? putnw Q0 2 | ? getnw Q0 | ? taskdone Q0 | ? join Q0 | qsize Q0
    qshutdown Q0 0 | qshutdown Q0 1 | exec 2 3 | ? execexc 1 E3
    ? anext I0 | ? asend I0 3 | ? athrow I0 E2 | aclose I0 | ? aclose I0
    ? gsend J0 4 | ? gthrow J0 E1 | ? gclose J0
'''.replace('\n', '|').split('|') if s.strip()]


class Mutator:
    def __init__(self, seed, without):
        self.r = random.Random(seed)
        self.statements = [s for s in STATEMENTS
                           if not any(w in s for w in without)]

    def operands(self, text, tasks):
        text = re.sub(r'\bF\d*\b', lambda m: f'F{self.r.choice(FUTURES)}', text)
        if tasks:
            text = re.sub(r'\bT\d*\b', lambda m: f'T{self.r.randint(2, 9)}', text)
        return text

    def line(self, text, head):
        """What stands in the place of a simple statement of a coroutine."""
        x = self.r.random()
        if x < .08:
            new = self.operands(self.r.choice(self.statements), True)
            return [text, new] if self.r.random() < .3 else [new]
        if x < .18:
            return [self.operands(text, head in ANY_TASK)]
        return [] if x < .23 else [text]

    def program(self, text):
        out, inside = [], False
        depth = 0
        for line in text.splitlines():
            words = line.split()
            head = words[1] if words[0] == '?' else words[0]
            if depth == 0:
                inside = head in ('coro', 'agen')
                depth = head in ('coro', 'agen', 'gen')
                out.append(line)
                continue
            depth += (head in BLOCKS) - (head == 'end')
            simple = head not in BLOCKS + PARTS and head != 'end'
            out += self.line(line, head) if inside and simple else [line]
        return '\n'.join(out) + '\n'


def main():
    p = argparse.ArgumentParser()
    p.add_argument('seed', type=int)
    p.add_argument('--count', type=int, default=1)
    p.add_argument('--out', required=True)
    p.add_argument('--size', default='medium')
    p.add_argument('--with', dest='extra', default='')
    a = p.parse_args()
    extra = [x for x in a.extra.split(',') if x]
    without = [] if 'shutdown' in extra else ['qshutdown']
    os.makedirs(a.out, exist_ok=True)
    for seed in range(a.seed, a.seed + a.count):
        text = Gen(seed, a.size, FEATURES + extra).program()
        with open(os.path.join(a.out, f'p{seed:06d}.adl'), 'w') as f:
            f.write(Mutator(seed, without).program(text))


if __name__ == '__main__':
    main()
