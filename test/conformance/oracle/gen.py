#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Random ADL program generator (seeded, version-independent).

    gen.py SEED                      one program on stdout
    gen.py SEED --count N --out DIR  programs SEED..SEED+N-1 as DIR/pNNNNNN.adl
    --size small|medium|large        (default medium)
    --only a,b,c / --without a,b     feature groups, see FEATURES
    --with shutdown,eager            groups that need CPython 3.13 / 3.12

Uses its own 64-bit LCG so that the same seed gives the same program under
every Python version (and could be reimplemented in C).
"""
import os
import sys

FEATURES = ['task', 'cancel', 'gather', 'shield', 'waitfor', 'wait',
            'ascompleted', 'timeout', 'group', 'future', 'callback', 'lock',
            'event', 'cond', 'sem', 'barrier', 'queue', 'irq', 'exec', 'agen',
            'gen', 'stop', 'busy']
OPTIONAL = ['shutdown', 'eager']


class Rng:
    def __init__(self, seed):
        self.s = (seed * 2862933555777941757 + 3037000493) & (2**64 - 1)
        for _ in range(4):
            self.u32()

    def u32(self):
        self.s = (self.s * 6364136223846793005 + 1442695040888963407) & (2**64 - 1)
        return self.s >> 32

    def below(self, n):
        return (self.u32() * n) >> 32

    def range(self, a, b):              # inclusive
        return a + self.below(b - a + 1)

    def chance(self, pct):
        return self.below(100) < pct

    def pick(self, seq):
        return seq[self.below(len(seq))]

    def weighted(self, pairs):
        tot = sum(w for w, _ in pairs)
        x = self.below(tot)
        for w, v in pairs:
            if x < w:
                return v
            x -= w
        raise AssertionError


SIZES = {'small': (1, 3, 3, 5), 'medium': (2, 5, 4, 8), 'large': (4, 7, 6, 14)}
INF = 99


class Gen:
    def __init__(self, seed, size='medium', feats=None):
        self.r = Rng(seed)
        self.f = set(feats if feats is not None else FEATURES)
        self.seed = seed
        lo, hi, self.smin, self.smax = SIZES[size]
        r = self.r
        # every program uses a random subset of the enabled groups, so that
        # programs are focused and reduce well
        if feats is None or len(self.f) > 8:
            keep = {'task', 'cancel', 'future'}
            self.f = {x for x in sorted(self.f) if x in keep or r.chance(45)}
        self.out = []
        self.n = r.range(lo, hi)
        self.names = ['main'] + [f'c{i}' for i in range(1, self.n + 1)]
        self.has = lambda k: k in self.f
        self.locks = r.range(1, 2) if self.has('lock') else 0
        self.events = r.range(1, 2) if self.has('event') else 0
        self.conds = 1 if self.has('cond') else 0
        self.sems = r.range(1, 2) if self.has('sem') else 0
        self.barriers = 1 if self.has('barrier') else 0
        self.queues = r.range(1, 2) if self.has('queue') else 0
        self.futs = r.range(1, 3)
        self.tslots = {}               # level -> slots
        for i in range(1, self.n + 1):
            self.tslots[i] = [2 * i, 2 * i + 1]
        self.agens = {}                # name -> level
        self.gens = []
        if self.has('agen'):
            for k in range(r.range(1, 2)):
                self.agens[f'a{k}'] = r.range(1, self.n + 1)
        if self.has('gen'):
            self.gens = [f'g{k}' for k in range(r.range(1, 3))]
        self.nh = self.nx = self.ng = self.note_n = 0
        self.spawned = []              # (level, slot) seen in a spawn so far
        self.derived = []              # levels of derived futures made so far
        self.made = set()              # generator slots filled so far
        self.glevel = {}               # group slot -> highest owner level

    # -- output -------------------------------------------------------------
    def emit(self, ind, s):
        self.out.append('  ' * ind + s)

    def note(self):
        self.note_n += 1
        return f'note {self.note_n}'

    # -- operand pickers ----------------------------------------------------
    def t_item(self, lvl, own=True):
        """A task slot awaitable from a coroutine of level lvl."""
        c = [s for l, s in self.spawned if l > lvl]
        if not c or self.r.chance(12):
            c = [s for l, ss in self.tslots.items() if l > lvl for s in ss]
        return f'T{self.r.pick(c)}' if c else None

    def t_any(self):
        c = [s for _, s in self.spawned]
        if not c or self.r.chance(12):
            c = [s for ss in self.tslots.values() for s in ss]
        return f'T{self.r.pick(c)}'

    def f_plain(self):
        return f'F{self.r.below(self.futs)}'

    def f_derived(self, lvl):
        """Level l derived futures live in slot F(10+l)."""
        c = [l for l in self.derived if l > lvl]
        if not c or self.r.chance(12):
            c = [l for l in range(lvl + 1, self.n + 2)]
        return f'F{10 + self.r.pick(c)}' if c else None

    def coro(self, lvl):
        c = self.names[lvl + 1:]
        return self.r.pick(c) if c else None

    def item(self, lvl, coro=True):
        r = self.r
        for _ in range(4):
            k = r.weighted([(5, 't'), (2, 'f'), (2 if self.has('gather') or
                            self.has('shield') else 0, 'd'),
                            (3 if coro else 0, 'c')])
            x = {'t': lambda: self.t_item(lvl), 'f': self.f_plain,
                 'd': lambda: self.f_derived(lvl),
                 'c': lambda: self.coro(lvl)}[k]()
            if x:
                return x
        return self.f_plain()

    def items(self, lvl, lo, hi, coro=True):
        return ' '.join(self.item(lvl, coro) for _ in range(self.r.range(lo, hi)))

    def target(self):
        r = self.r
        k = r.below(10)
        if k < 7:
            return self.t_any()
        if k < 9:
            return self.f_plain()
        return f'F{10 + r.range(1, self.n + 1)}'

    def delay(self):
        return self.r.weighted([(2, 0), (6, self.r.range(1, 5)),
                                (3, self.r.range(5, 20)), (1, 40)])

    def exc(self):
        return f'E{self.r.below(4)}'

    # -- non-blocking action (callbacks, irqs) --------------------------------
    def action(self, lvl=0, nested=True):
        r = self.r
        c = [(2, lambda: self.note()),
             (3, lambda: f'fset {self.f_plain()} {r.below(10)}'),
             (1, lambda: f'fexc {self.f_plain()} {self.exc()}')]
        if self.has('cancel'):
            c.append((4, lambda: f'cancel {self.target()}'))
        if self.events:
            c.append((4, lambda: f'eset E{r.below(self.events)}'))
            c.append((1, lambda: f'eclear E{r.below(self.events)}'))
        if self.queues:
            c.append((3, lambda: f'putnw Q{r.below(self.queues)} {r.below(10)}'))
            c.append((2, lambda: f'getnw Q{r.below(self.queues)}'))
            c.append((1, lambda: f'taskdone Q{r.below(self.queues)}'))
        if self.locks:
            c.append((1, lambda: f'release L{r.below(self.locks)}'))
        if self.sems:
            c.append((2, lambda: f'srelease S{r.below(self.sems)}'))
        if self.conds:
            c.append((2, lambda: f'notify C0 {r.range(1, 2)}'))
            c.append((1, lambda: f'add V0 1'))
        if self.has('stop'):
            c.append((1, lambda: 'stop'))
        c.append((1, lambda: f'raise {self.exc()}'))
        if lvl < self.n:
            c.append((1, lambda: self.spawn_text(lvl)))
        if nested and self.has('callback'):
            c.append((1, lambda: f'soon H{r.below(4)} {self.action(lvl, False)}'))
        return r.weighted(c)()

    def spawn_text(self, lvl):
        j = self.r.range(lvl + 1, self.n)
        t = self.r.pick(self.tslots[j])
        self.spawned.append((j, t))
        return f'spawn T{t} c{j}'

    # -- statements -----------------------------------------------------------
    def q(self, pct=75):
        return '? ' if self.r.chance(pct) else ''

    def stmts(self, ind, lvl, depth, n, ctx):
        for _ in range(n):
            self.stmt(ind, lvl, depth, ctx)

    def body(self, ind, lvl, depth, ctx, lo=1, hi=3):
        self.stmts(ind, lvl, depth + 1, self.r.range(lo, hi), ctx)

    def stmt(self, ind, lvl, depth, ctx):
        r, E = self.r, self.emit
        deeper = depth < 3
        can_spawn = lvl < self.n
        c = []

        def add(w, fn):
            c.append((w, fn))

        def line(fmt):
            return lambda: E(ind, fmt() if callable(fmt) else fmt)

        def risky(fmt):
            """A statement that may block for ever: often guarded."""
            def go():
                if self.has('timeout') and r.chance(60):
                    x = self.nx = (self.nx + 1) % 8
                    E(ind, f'? timeout X{x} {r.range(1, 15)}')
                    E(ind + 1, fmt() if callable(fmt) else fmt)
                    E(ind, 'end')
                else:
                    E(ind, fmt() if callable(fmt) else fmt)
            return go

        add(10, line(lambda: f'sleep {self.delay()}' +
                     (f' {r.below(10)}' if r.chance(25) else '')))
        add(4, line('yield'))
        add(2, line(self.note))
        add(2, line(lambda: f'? state {self.target()}'))
        if can_spawn and ctx['loop'] < 2:
            add(14 if ctx['loop'] == 0 else 4, line(lambda: self.spawn_text(lvl)))
            add(3, line(lambda: f'{self.q()}call {self.coro(lvl)}'))
        if can_spawn:
            add(9, line(lambda: f'{self.q()}await {self.t_item(lvl)}'))
        add(4, risky(lambda: f'{self.q()}await {self.f_plain()}'))
        add(3, line(lambda: f'? fset {self.f_plain()} {r.below(10)}'))
        add(1, line(lambda: f'? fexc {self.f_plain()} {self.exc()}'))
        add(1, line(lambda: f'fnew {self.f_plain()}'))
        add(1, line('ntasks'))
        add(1, line('awaitself') if r.chance(20) else line('? awaitself'))
        add(1, line(lambda: f'? {r.pick(["result", "exception"])} {self.target()}'))
        add(1, line(lambda: f'raise {self.exc()}'))
        add(1, line(lambda: f'return {r.below(10)}'))
        add(1, line(lambda: f'? current {self.t_any()}'))
        if self.has('cancel'):
            add(8, line(lambda: f'cancel {self.target()}'))
            add(1, line('cancelme'))
            add(1, line('uncancel'))
            add(1, line(lambda: f'cancelling {r.pick(["me", self.t_any()])}'))
        if self.has('gather'):
            add(6, line(lambda: f'{self.q()}gather {"ret " if r.chance(45) else ""}'
                        f'{self.items(lvl, 0 if r.chance(5) else 1, 4)}'.rstrip()))
            add(2, line(lambda: self.mk('mkgather', lvl)))
        if self.has('shield'):
            add(4, line(lambda: f'{self.q()}shield {self.item(lvl)}'))
            add(2, line(lambda: self.mk('mkshield', lvl)))
        if (self.has('gather') or self.has('shield')) and lvl <= self.n:
            if any(l > lvl for l in self.derived):
                add(6, line(lambda: f'{self.q()}await {self.f_derived(lvl)}'))
        late = [g for g, l in sorted(self.glevel.items()) if max(l, lvl) < self.n]
        if late and ctx['loop'] < 2:
            def gspawn():
                k = r.pick(late)
                j = r.range(max(self.glevel[k], lvl) + 1, self.n)
                t = r.pick(self.tslots[j])
                self.spawned.append((j, t))
                return f'? gspawn G{k} T{t} c{j}'
            add(3, line(gspawn))
        if self.has('timeout'):
            add(1, line(lambda: f'{r.pick(["expired", "when"])} X{r.below(8)}'))
            add(1, line(lambda: f'? reschedule X{r.below(8)} '
                        f'{"none" if r.chance(20) else r.below(10)}'))
        if self.has('waitfor'):
            add(7, line(lambda: f'{self.q()}waitfor '
                        f'{"none" if r.chance(8) else self.delay()} {self.item(lvl)}'))
        if self.has('wait'):
            add(4, line(lambda: f'wait {r.pick(["all", "first", "exc"])} '
                        f'{"none" if r.chance(40) else self.delay()} '
                        f'{self.items(lvl, 1, 4, False)}'))
        if self.has('ascompleted'):
            add(3, line(lambda: f'ascompleted '
                        f'{"none" if r.chance(50) else self.delay()} '
                        f'{self.items(lvl, 1, 3, True)}'))
        if self.has('callback'):
            add(2, line(lambda: f'? addcb {self.target()} {r.below(4)}'))
            add(1, line(lambda: f'? rmcb {self.target()} {r.below(4)}'))
            add(2, line(lambda: f'soon H{r.below(4)} {self.action(lvl)}'))
            add(3, line(lambda: f'later H{r.below(4)} {r.range(0, 12)} {self.action(lvl)}'))
            add(1, line(lambda: f'at H{r.below(4)} {r.range(0, 40)} {self.action(lvl)}'))
            add(1, line(lambda: f'hcancel H{r.below(4)}'))
        if self.has('busy'):
            add(1, line(lambda: f'busy {r.range(1, 6)}'))
        if self.has('stop'):
            add(1, line('stop'))
        if self.has('exec'):
            add(3, line(lambda: f'exec {r.below(8)} {r.below(10)}'))
            add(1, line(lambda: f'{self.q()}execexc {r.below(8)} {self.exc()}'))
        if self.events:
            e = lambda: f'E{r.below(self.events)}'
            add(3, risky(lambda: f'ewait {e()}'))
            add(3, line(lambda: f'eset {e()}'))
            add(1, line(lambda: f'eclear {e()}'))
            add(1, line(lambda: f'eisset {e()}'))
        if self.locks:
            l = lambda: f'L{r.below(self.locks)}'
            add(1, line(lambda: f'? release {l()}'))
            add(1, line(lambda: f'locked {l()}'))
            add(1, lambda: (E(ind, f'acquire {(x := l())}'),
                            self.stmts(ind, lvl, depth + 1, r.range(0, 2), ctx),
                            E(ind, f'? release {x}')))
        if self.sems:
            s = lambda: f'S{r.below(self.sems)}'
            add(2, risky(lambda: f'sacquire {s()}'))
            add(3, line(lambda: f'? srelease {s()}'))
            add(1, line(lambda: f'slocked {s()}'))
        if self.conds:
            add(3, risky('? cwait C0'))
            add(1, risky(lambda: f'? cwaitfor C0 V0 {r.range(1, 3)}'))
            add(2, line(lambda: f'? notify C0 {r.range(1, 2)}'))
            add(1, line('? notifyall C0'))
            add(1, line('add V0 1'))
            add(3, lambda: (E(ind, 'with C0'),
                            E(ind + 1, r.pick(['cwait C0', 'cwaitfor C0 V0 2',
                                               '? waitfor 9 F0', 'cwait C0'])),
                            E(ind, 'end')) if r.chance(40) else
                           (E(ind, f'? timeout X{r.below(8)} {r.range(1, 15)}'),
                            E(ind + 1, 'with C0'),
                            E(ind + 2, r.pick(['cwait C0', 'cwaitfor C0 V0 2'])),
                            E(ind + 1, 'end'),
                            E(ind, 'end')))
            add(3, lambda: (E(ind, 'with C0'),
                            E(ind + 1, 'add V0 1') if r.chance(60) else None,
                            E(ind + 1, r.pick(['notify C0 1', 'notifyall C0',
                                               'notify C0 2'])),
                            E(ind, 'end')))
        if self.barriers:
            add(5, risky('? bwait B0'))
            add(1, line('bstate B0'))
            add(1, lambda: (E(ind, '? with B0'), E(ind + 1, self.note()),
                            E(ind, 'end')))
            add(1, line(r.pick(['breset B0', 'babort B0', 'breset B0'])))
        if self.queues:
            q = lambda: f'Q{r.below(self.queues)}'
            add(6, risky(lambda: f'{self.q(40)}put {q()} {r.below(10)}'))
            add(4, risky(lambda: f'{self.q(40)}get {q()}'))
            add(2, line(lambda: f'? putnw {q()} {r.below(10)}'))
            add(2, line(lambda: f'? getnw {q()}'))
            add(2, line(lambda: f'? taskdone {q()}'))
            add(1, risky(lambda: f'join {q()}'))
            add(1, line(lambda: f'qsize {q()}'))
            if self.has('shutdown'):
                add(1, line(lambda: f'qshutdown {q()} {r.below(2)}'))
        ag = [a for a, l in self.agens.items() if l > lvl]
        if ag:
            def I():
                k = r.pick(ag)[1:]
                if 'I' + k not in self.made:
                    self.made.add('I' + k)
                    E(ind, f'amake I{k} a{k}')
                return 'I' + k
            add(2, line(lambda: (lambda x: f'amake I{x[1:]} {x}')(r.pick(ag))))
            add(5, line(lambda: f'{self.q()}anext {I()}'))
            add(2, line(lambda: f'{self.q()}asend {I()} {r.pick(["none", 5, 6])}'))
            add(1, line(lambda: f'{self.q()}athrow {I()} {self.exc()}'))
            add(2, line(lambda: f'{self.q()}aclose {I()}'))
            if deeper:
                add(3, lambda: (E(ind, f'{self.q()}afor {I()}' +
                                  (f' {r.range(1, 3)}' if r.chance(50) else '')),
                                self.body(ind + 1, lvl, depth,
                                          dict(ctx, loop=ctx['loop'] + 1), 0, 2),
                                E(ind, 'end')))
        if self.gens:
            def J():
                k = r.pick(self.gens)[1:]
                if 'J' + k not in self.made:
                    self.made.add('J' + k)
                    E(ind, f'gmake J{k} g{k}')
                return 'J' + k
            add(1, line(lambda: (lambda x: f'gmake J{x[1:]} {x}')(r.pick(self.gens))))
            add(4, line(lambda: f'? gnext {J()}'))
            add(2, line(lambda: f'? gsend {J()} {r.below(10)}'))
            add(1, line(lambda: f'? gthrow {J()} {self.exc()}'))
            add(1, line(lambda: f'? gclose {J()}'))
        if deeper:
            add(3, lambda: (E(ind, f'loop {r.range(2, 3)}'),
                            self.body(ind + 1, lvl, depth,
                                      dict(ctx, loop=ctx['loop'] + 1)),
                            E(ind, 'end')))
            add(10, lambda: self.try_(ind, lvl, depth, ctx))
            if self.has('timeout'):
                add(8, lambda: self.timeout(ind, lvl, depth, ctx))
            if self.has('group'):
                add(6, lambda: self.group(ind, lvl, depth, ctx))
            if self.locks:
                add(5, lambda: (E(ind, f'{self.q(50)}with L{r.below(self.locks)}'),
                                self.body(ind + 1, lvl, depth, ctx),
                                E(ind, 'end')))
            if self.sems:
                add(4, lambda: (E(ind, f'{self.q(50)}with S{r.below(self.sems)}'),
                                self.body(ind + 1, lvl, depth, ctx),
                                E(ind, 'end')))
        r.weighted(c)()

    def mk(self, op, lvl):
        r = self.r
        c = list(range(lvl + 1, self.n + 2))
        if not c:
            return 'yield'
        l = r.pick(c)
        self.derived.append(l)
        if op == 'mkgather':
            ret = 'ret ' if r.chance(40) else ''
            return f'mkgather F{10 + l} {ret}{self.items(l - 1, 1, 3)}'
        return f'mkshield F{10 + l} {self.item(l - 1)}'

    def try_(self, ind, lvl, depth, ctx):
        r, E = self.r, self.emit
        E(ind, 'try')
        self.body(ind + 1, lvl, depth, ctx)
        k = r.weighted([(5, 'x'), (3, 'f'), (2, 'xf'), (1, 'xe'), (1, 'xef')])
        if 'x' in k:
            spec = r.weighted([(5, 'cancel'), (3, 'all'), (3, 'exc'),
                               (1, 'timeout'), (1, self.exc())])
            E(ind, f'except {spec}')
            if spec == 'cancel' and self.has('cancel') and r.chance(25):
                E(ind + 1, 'uncancel')
            self.body(ind + 1, lvl, depth, ctx, 0, 2)
            if r.chance(35):
                E(ind + 1, 'reraise')
        if 'e' in k:
            E(ind, 'else')
            self.body(ind + 1, lvl, depth, ctx, 1, 1)
        if 'f' in k:
            E(ind, 'finally')
            self.body(ind + 1, lvl, depth, ctx, 1, 2)
        E(ind, 'end')

    def timeout(self, ind, lvl, depth, ctx):
        r, E = self.r, self.emit
        x = self.nx = (self.nx + 1) % 8
        E(ind, f'{self.q(80)}timeout X{x} '
               f'{"none" if r.chance(5) else self.delay()}')
        self.body(ind + 1, lvl, depth, ctx)
        if r.chance(15):
            E(ind + 1, f'? reschedule X{r.below(8)} '
                       f'{"none" if r.chance(20) else r.below(10)}')
        E(ind, 'end')

    def group(self, ind, lvl, depth, ctx):
        r, E = self.r, self.emit
        g = self.ng = (self.ng + 1) % 6
        self.glevel[g] = max(lvl, self.glevel.get(g, 0))
        E(ind, f'{self.q(80)}group G{g}')
        if lvl < self.n:
            for _ in range(r.range(1, 3)):
                j = r.range(lvl + 1, self.n)
                t = r.pick(self.tslots[j])
                self.spawned.append((j, t))
                E(ind + 1, f'? gspawn G{g} T{t} c{j}')
        self.body(ind + 1, lvl, depth, ctx, 0, 2)
        E(ind, 'end')

    # -- generators -----------------------------------------------------------
    def agen(self, name, lvl):
        r, E = self.r, self.emit
        E(0, f'agen {name}')
        wrap = r.below(3)
        ind = 1
        if wrap:
            E(1, 'try')
            ind = 2
        for _ in range(r.range(1, 4)):
            if r.chance(30):
                self.stmt(ind, lvl, 2, {'loop': 2})
            E(ind, f'emit {r.below(10)}')
        if wrap == 1:
            E(1, 'finally')
            E(2, r.pick(['yield', 'sleep 1', self.note()]))
            E(1, 'end')
        elif wrap == 2:
            E(1, f'except {r.pick(["exc", "all", "cancel", self.exc()])}')
            E(2, r.pick(['emit 7', 'sleep 1', self.note(), 'reraise']))
            E(1, 'end')
        E(0, 'end')

    def gen(self, k):
        r, E = self.r, self.emit
        E(0, f'gen g{k}')
        wrap = r.below(4)
        ind = 1
        if wrap:
            E(1, 'try')
            ind = 2
        for _ in range(r.range(1, 3)):
            x = r.below(10)
            if x < 6:
                E(ind, f'emit {r.below(10)}')
            elif x < 8 and k + 1 < len(self.gens):
                E(ind, f'{self.q(30)}from g{r.range(k + 1, len(self.gens) - 1)}')
            elif x == 8:
                E(ind, f'loop 2')
                E(ind + 1, f'emit {r.below(10)}')
                E(ind, 'end')
            else:
                E(ind, self.note())
        if wrap == 1:
            E(1, 'finally')
            E(2, self.note())
            E(1, 'end')
        elif wrap == 2:
            E(1, f'except {r.pick(["exc", self.exc()])}')
            E(2, r.pick(['emit 7', self.note(), 'reraise', 'raise E3', 'return 5']))
            E(1, 'end')
        elif wrap == 3:
            E(1, f'except {r.pick(["all", "exc"])}')
            E(2, self.note())
            E(1, 'finally')
            E(2, r.pick([self.note(), 'emit 6']) if r.chance(20) else self.note())
            E(1, 'end')
        if r.chance(40):
            E(1, f'return {r.below(10)}')
        E(0, 'end')

    # -- whole program ----------------------------------------------------------
    def program(self):
        r, E = self.r, self.emit
        E(0, f'# seed {self.seed} features {",".join(sorted(self.f))}')
        if self.has('eager'):
            E(0, 'eager')
        for i in range(self.locks):
            E(0, f'lock L{i}')
        for i in range(self.events):
            E(0, f'event E{i}')
        for i in range(self.conds):
            E(0, f'cond C{i}' + (' L0' if self.locks and r.chance(30) else ''))
        for i in range(self.sems):
            E(0, f'{r.pick(["sem", "sem", "bsem"])} S{i} {r.range(0, 2)}')
        for i in range(self.barriers):
            E(0, f'barrier B{i} {r.range(1, 3)}')
        for i in range(self.queues):
            E(0, f'queue Q{i} {r.pick(["fifo", "fifo", "lifo", "prio"])} '
                 f'{r.pick([0, 1, 1, 2])}')
        for i in range(self.futs):
            E(0, f'future F{i}')
        if self.has('irq'):
            for _ in range(r.range(1, 4)):
                E(0, f'irq {r.range(0, 30)} {self.action()}')
        E(0, 'coro main')
        for _ in range(r.range(1, 3)):
            E(1, self.spawn_text(0))
        self.stmts(1, 0, 0, r.range(self.smin, self.smax), {'loop': 0})
        E(0, 'end')
        for i in range(1, self.n + 1):
            E(0, f'coro c{i}')
            self.stmts(1, i, 0, r.range(self.smin // 2 + 1, self.smax), {'loop': 0})
            if r.chance(50):
                E(1, f'return {r.below(10)}')
            E(0, 'end')
        for a, l in self.agens.items():
            self.agen(a, l)
        for k in range(len(self.gens)):
            self.gen(k)
        return '\n'.join(self.out) + '\n'


def main(argv):
    seed, count, out, size = None, 1, None, 'medium'
    feats, extra = None, []
    it = iter(argv)
    for a in it:
        if a == '--count':
            count = int(next(it))
        elif a == '--out':
            out = next(it)
        elif a == '--size':
            size = next(it)
        elif a == '--only':
            feats = next(it).split(',')
        elif a == '--without':
            drop = next(it).split(',')
            feats = [x for x in FEATURES if x not in drop]
        elif a == '--with':
            extra = next(it).split(',')
        else:
            seed = int(a)
    if extra:
        feats = list(feats if feats is not None else FEATURES) + extra
    for i in range(count):
        text = Gen(seed + i, size, feats).program()
        if out:
            os.makedirs(out, exist_ok=True)
            with open(os.path.join(out, f'p{seed + i:06d}.adl'), 'w') as f:
                f.write(text)
        else:
            sys.stdout.write(text)


if __name__ == '__main__':
    main(sys.argv[1:])
