#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Shrink an ADL program while the two interpreters still disagree.

    shrink.py prog.adl --bin ./adl [--python PY] [--sem 3.13] > small.adl

Deletes statements, whole blocks, coroutines and declarations; unwraps blocks;
lowers numbers.  Greedy, repeats until nothing helps.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OPEN = {'coro', 'agen', 'gen', 'loop', 'try', 'with', 'timeout', 'group', 'afor'}


def head(s):
    t = s.split('#')[0].split()
    return (t[1] if t and t[0] == '?' and len(t) > 1 else t[0]) if t else ''


def spans(lines):
    """(start, end) of every statement / block / clause."""
    out, stack = [], []
    for i, s in enumerate(lines):
        h = head(s)
        if h in OPEN:
            stack.append([i, []])
        elif h in ('except', 'else', 'finally') and stack:
            stack[-1][1].append(i)
        elif h == 'end' and stack:
            b, cl = stack.pop()
            out.append((b, i + 1, 'block'))
            for k, c in enumerate(cl):
                out.append((c, cl[k + 1] if k + 1 < len(cl) else i, 'clause'))
            if not cl:
                out.append((b, i + 1, 'unwrap'))
        elif h:
            out.append((i, i + 1, 'stmt'))
    return sorted(out, key=lambda x: x[0] - x[1])


def main():
    p = argparse.ArgumentParser()
    p.add_argument('prog')
    p.add_argument('--bin', required=True)
    p.add_argument('--python', default=sys.executable)
    p.add_argument('--sem')
    a = p.parse_args()
    tmp = tempfile.mktemp(suffix='.adl')
    ref = [os.path.expanduser(a.python), os.path.join(HERE, 'ref.py')]
    if a.sem:
        ref.append('--sem=' + a.sem)

    def differs(lines):
        with open(tmp, 'w') as f:
            f.write('\n'.join(lines) + '\n')
        r = subprocess.run(ref + [tmp], capture_output=True, text=True)
        if r.returncode or not r.stdout.strip():
            return False
        try:
            c = subprocess.run([a.bin, tmp], capture_output=True, text=True, timeout=5)
        except subprocess.TimeoutExpired:
            return True
        return c.returncode != 2 and c.stdout != r.stdout

    lines = [s for s in open(a.prog).read().split('\n') if head(s)]
    if not differs(lines):
        sys.exit('traces agree, nothing to shrink')
    progress = True
    while progress:
        progress = False
        for b, e, kind in spans(lines):
            if kind == 'unwrap':
                if head(lines[b]) in ('coro', 'agen', 'gen'):
                    continue
                cand = lines[:b] + lines[b + 1:e - 1] + lines[e:]
            else:
                cand = lines[:b] + lines[e:]
            if differs(cand):
                lines, progress = cand, True
                break
        else:
            for i, s in enumerate(lines):
                for m in re.finditer(r'(?<= )\d+', s):
                    v = int(m.group())
                    for nv in {0, 1, v // 2} - {v}:
                        if nv < v:
                            cand = list(lines)
                            cand[i] = s[:m.start()] + str(nv) + s[m.end():]
                            if differs(cand):
                                lines, progress = cand, True
                                break
                    if progress:
                        break
                if progress:
                    break
    print('\n'.join(lines))


if __name__ == '__main__':
    main()
