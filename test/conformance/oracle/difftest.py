#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Compare a C interpreter for ADL with CPython's asyncio.

    difftest.py --bin ./adl [--seeds 1:1000] [--size medium] [--only a,b]
                [--python python3.13 | --sem 3.13]
                [--keep DIR] [--stop 5] [--generator mutate.py]

The binary is called as `BIN prog.adl` and must print the trace on stdout.
Exit status 0 = all traces equal.
"""
import argparse
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def reference(command, paths):
    """Writes the trace of each program. Returns those for which the oracle has
    none: it does not end (gathers of gathers of ... cancel exponentially), or
    Python itself gave up."""
    left_out, todo = set(), list(paths)
    while todo:
        batch = todo[:100]
        try:
            done = subprocess.run(command + batch, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, text=True,
                                  timeout=120)
            why = (done.stderr.strip().split('\n') or [''])[-1]
        except subprocess.TimeoutExpired:
            why = 'does not end'
        without = [p for p in batch if not os.path.exists(p[:-4] + '.trace')]
        if without:
            print(f'{without[0]}: left out, the oracle has no trace: {why}')
            left_out.add(without[0])
            todo = without[1:] + todo[100:]
        else:
            todo = todo[100:]
    if len(left_out) > 1 + len(paths) // 100:
        sys.exit(f'no trace of {len(left_out)} programs: what is wrong?')
    return left_out


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--bin', required=True)
    p.add_argument('--seeds', default='1:200')
    p.add_argument('--size', default='medium')
    p.add_argument('--only')
    p.add_argument('--without')
    p.add_argument('--with', dest='extra')
    p.add_argument('--python', default=sys.executable)
    p.add_argument('--sem')
    p.add_argument('--keep')
    p.add_argument('--generator', default='gen.py')
    p.add_argument('--stop', type=int, default=5)
    p.add_argument('--timeout', type=float, default=10)
    a = p.parse_args()
    lo, hi = map(int, a.seeds.split(':'))
    d = a.keep or tempfile.mkdtemp(prefix='adl')
    os.makedirs(d, exist_ok=True)
    cmd = [sys.executable, os.path.join(HERE, a.generator), str(lo), '--count',
           str(hi - lo + 1), '--out', d, '--size', a.size]
    for flag, v in (('--only', a.only), ('--without', a.without), ('--with', a.extra)):
        if v:
            cmd += [flag, v]
    subprocess.run(cmd, check=True)
    files = sorted(f for f in os.listdir(d) if f.endswith('.adl'))
    ref = [os.path.expanduser(a.python), os.path.join(HERE, 'ref.py'), '--write']
    if a.sem:
        ref.append('--sem=' + a.sem)
    left_out = reference(ref, [os.path.join(d, f) for f in files])
    files = [f for f in files if os.path.join(d, f) not in left_out]
    bad = 0
    for f in files:
        path = os.path.join(d, f)
        want = open(path[:-4] + '.trace').read()
        try:
            r = subprocess.run([a.bin, path], capture_output=True, text=True,
                               timeout=a.timeout)
            got, err = r.stdout, r.stderr
        except subprocess.TimeoutExpired:
            got, err = 'TIMEOUT\n', ''
        if got != want:
            bad += 1
            w, g = want.split('\n'), got.split('\n')
            k = next((i for i, (x, y) in enumerate(zip(w, g)) if x != y),
                     min(len(w), len(g)))
            print(f'{path}: first difference at trace line {k + 1}')
            for x in w[max(0, k - 2):k]:
                print('    ', x)
            print('   -', w[k] if k < len(w) else '<end>')
            print('   +', g[k] if k < len(g) else '<end>')
            if err:
                print('   stderr:', err.strip().split('\n')[-1])
            if bad >= a.stop:
                break
    print(f'{len(files)} programs, {bad} differ' +
          (f', {len(left_out)} left out' if left_out else '') +
          (' (stopped)' if bad >= a.stop else ''))
    return bad != 0


if __name__ == '__main__':
    sys.exit(main())
