#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Reference interpreter for ADL (asyncio differential language).

Reads an ADL program (file arguments or stdin), compiles it to Python source
(real ``async def`` / ``try`` / ``async with`` / ``yield``) and runs it on
*CPython's own asyncio*, driven by a virtual-clock selector: no real sleeping,
no sockets, no threads.  Prints a deterministic trace.

    ref.py prog.adl                 trace on stdout
    ref.py < prog.adl               same
    ref.py --write a.adl b.adl      writes a.trace b.trace next to the sources
    ref.py --c ...                  the C accelerator's Task/Future (_asyncio)
                                    instead of the pure-Python reference ones
                                    (traces agree except after `awaitself`,
                                    see LANGUAGE.md "Oracle quirks")
    ref.py --sem=3.13 ...           3.13 semantics on an older CPython (sem313.py)
    ref.py --dump prog.adl          show the generated Python and stop

See LANGUAGE.md.  Works on CPython 3.11, 3.12, 3.13.
"""
import ast
import asyncio
import concurrent.futures
import heapq
import inspect
import itertools
import logging
import os
import sys
import textwrap
import warnings

import asyncio.base_events
import asyncio.events
import asyncio.futures
import asyncio.locks
import asyncio.queues
import asyncio.taskgroups
import asyncio.tasks

DEFAULT_LIMIT = 1500
MAX_DEADLOCKS = 3


# --------------------------------------------------------------------------
# 1. Pin what asyncio leaves unspecified: set iteration order, timer ties.
# --------------------------------------------------------------------------
class OrderedSet:
    """Insertion-ordered set; replaces the id()-ordered built-in sets that
    asyncio.wait / as_completed / TaskGroup use internally."""
    __slots__ = ('_d',)

    def __init__(self, it=()):
        self._d = dict.fromkeys(it)

    def add(self, x):
        self._d[x] = None

    def discard(self, x):
        self._d.pop(x, None)

    def remove(self, x):
        del self._d[x]

    def clear(self):
        self._d.clear()

    def __contains__(self, x):
        return x in self._d

    def __iter__(self):
        return iter(self._d)

    def __len__(self):
        return len(self._d)


class _SetCompToOrdered(ast.NodeTransformer):
    def visit_SetComp(self, node):
        self.generic_visit(node)
        return ast.Call(func=ast.Name(id='set', ctx=ast.Load()),
                        args=[ast.ListComp(elt=node.elt,
                                           generators=node.generators)],
                        keywords=[])


def _reload_with_ordered_sets(mod, name):
    """Re-execute the *unmodified source* of mod.name with {..for..} turned
    into set([..for..]), so that the module-level ``set`` override applies."""
    src = textwrap.dedent(inspect.getsource(getattr(mod, name)))
    tree = ast.fix_missing_locations(_SetCompToOrdered().visit(ast.parse(src)))
    exec(compile(tree, f'<{name} pinned>', 'exec'), mod.__dict__)


asyncio.tasks.set = OrderedSet
asyncio.taskgroups.set = OrderedSet
if hasattr(asyncio.tasks, '_AsCompletedIterator'):        # 3.13+
    _reload_with_ordered_sets(asyncio.tasks, '_AsCompletedIterator')
    as_completed = asyncio.tasks.as_completed
else:                                                     # 3.11, 3.12
    _reload_with_ordered_sets(asyncio.tasks, 'as_completed')
    as_completed = asyncio.tasks.as_completed


class SeqTimerHandle(asyncio.events.TimerHandle):
    """TimerHandle ordered by (when, creation order)."""
    __slots__ = ('_seq',)

    def __lt__(self, other):
        return (self._when, self._seq) < (other._when, other._seq)


# --------------------------------------------------------------------------
# 2. Virtual-clock loop.
# --------------------------------------------------------------------------
class Deadlock(SystemExit):
    """Loop idle: nothing ready, no timer, no pending interrupt."""


class HardStop(SystemExit):
    """Trace limit reached."""


class VirtualSelector:
    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        loop = self.loop
        fired = loop.fire_irqs(loop.now)
        if fired or timeout == 0:
            return []
        nxt = loop.irqs[0][0] if loop.irqs else None
        if timeout is None:
            if nxt is None:
                raise Deadlock
            target = nxt
        else:
            target = loop.now + timeout
            if nxt is not None and nxt < target:
                target = nxt
        loop.now = target
        loop.fire_irqs(target)
        return []

    def close(self):
        pass


class VirtualLoop(asyncio.base_events.BaseEventLoop):
    def __init__(self, rt):
        super().__init__()
        self.rt = rt
        self.now = 0
        self._clock_resolution = 1        # integer ticks: when <= now is due
        self._seq = itertools.count()
        self._selector = VirtualSelector(self)
        self.irqs = []                    # heap of (time, seq, fn)
        self._irq_seq = itertools.count()
        self.created = []                 # every task, creation order

    def time(self):
        return self.now

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def call_at(self, when, callback, *args, context=None):
        self._check_closed()
        timer = SeqTimerHandle(when, callback, args, self, context)
        timer._seq = next(self._seq)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def create_task(self, coro, **kw):
        task = super().create_task(coro, **kw)
        self.created.append(task)
        return task

    def _run_once(self):
        if self.rt.hard:
            raise HardStop
        super()._run_once()

    # -- simulated interrupts / worker threads -----------------------------
    def add_irq(self, when, fn):
        heapq.heappush(self.irqs, (when, next(self._irq_seq), fn))

    def fire_irqs(self, upto):
        n = 0
        while self.irqs and self.irqs[0][0] <= upto:
            _, _, fn = heapq.heappop(self.irqs)
            fn()
            n += 1
        return n

    def busy(self, ticks):
        """Blocking code: the clock moves while the loop is not polling;
        interrupts that fall into the interval fire at their own time."""
        end = self.now + ticks
        while self.irqs and self.irqs[0][0] <= end:
            self.now = max(self.now, self.irqs[0][0])
            self.fire_irqs(self.now)
        self.now = end

    def offload(self, ticks, outcome):
        """run_in_executor on a virtual worker thread: the job completes
        *ticks* later, from outside the loop."""
        cf = concurrent.futures.Future()

        def finish():
            if not cf.set_running_or_notify_cancel():
                return
            if isinstance(outcome, BaseException):
                cf.set_exception(outcome)
            else:
                cf.set_result(outcome)
        self.add_irq(self.now + ticks, finish)
        return asyncio.wrap_future(cf, loop=self)


# --------------------------------------------------------------------------
# 3. Exceptions and value formatting.
# --------------------------------------------------------------------------
class UserError(Exception):
    n = -1


U = [type(f'E{i}', (UserError,), {'n': i}) for i in range(10)]

_EXC = [
    (asyncio.CancelledError, 'Cancelled'),
    (GeneratorExit, 'GenExit'),
    (asyncio.InvalidStateError, 'InvalidState'),
    (asyncio.QueueEmpty, 'QueueEmpty'),
    (asyncio.QueueFull, 'QueueFull'),
    (asyncio.BrokenBarrierError, 'BrokenBarrier'),
    (TimeoutError, 'Timeout'),
    (StopAsyncIteration, 'StopAsync'),
    (StopIteration, 'StopIter'),
    (ValueError, 'Value'),
    (TypeError, 'Type'),
    (RuntimeError, 'Runtime'),
]
if hasattr(asyncio, 'QueueShutDown'):
    _EXC.insert(0, (asyncio.QueueShutDown, 'QueueShutDown'))


def excname(e):
    if isinstance(e, UserError):
        return f'E{e.n}'
    if isinstance(e, BaseExceptionGroup):
        return 'Group[' + ','.join(excname(x) for x in e.exceptions) + ']'
    for cls, name in _EXC:
        if isinstance(e, cls):
            return name
    return type(e).__name__


def fmt(v):
    if isinstance(v, BaseException):
        return '!' + excname(v)
    if isinstance(v, (list, tuple)):
        return '[' + ','.join(fmt(x) for x in v) + ']'
    if v is None or isinstance(v, (bool, int)):
        return str(v)
    return type(v).__name__


class Raw(str):
    """Result already formatted."""


OK = Raw('ok')
SKIP = Raw('skip')


def show(v):
    return v if isinstance(v, Raw) else '=' + fmt(v)


def state(f):
    if not f.done():
        return Raw('pending')
    if f.cancelled():
        return Raw('cancelled')
    e = f.exception()
    return Raw('!' + excname(e)) if e is not None else Raw('=' + fmt(f.result()))


class ProgramError(Exception):
    pass


# --------------------------------------------------------------------------
# 4. Parser: list of statements; blocks nest.
# --------------------------------------------------------------------------
BLOCKS = {'loop', 'try', 'with', 'timeout', 'group', 'afor'}
DEFS = {'coro', 'agen', 'gen'}
DECLS = {'lock', 'event', 'cond', 'sem', 'bsem', 'barrier', 'queue', 'future',
         'irq', 'limit', 'eager'}
ASYNC_OPS = {'sleep', 'yield', 'await', 'awaitself', 'call', 'gather',
             'shield', 'waitfor', 'wait', 'ascompleted', 'acquire', 'ewait',
             'cacquire', 'cwait', 'cwaitfor', 'sacquire', 'bwait', 'breset',
             'babort', 'put', 'get', 'join', 'anext', 'asend', 'athrow',
             'aclose', 'exec', 'execexc'}
SYNC_OPS = {'note', 'spawn', 'gspawn', 'cancel', 'cancelme', 'uncancel',
            'cancelling', 'state', 'result', 'exception', 'fnew', 'fset',
            'fexc', 'addcb', 'rmcb', 'mkgather', 'mkshield', 'soon', 'later',
            'at', 'hcancel', 'release', 'locked', 'eset', 'eclear', 'eisset',
            'crelease', 'notify', 'notifyall', 'srelease', 'slocked',
            'bstate', 'putnw', 'getnw', 'taskdone', 'qsize', 'qshutdown',
            'busy', 'reschedule', 'stop', 'ntasks', 'current', 'set', 'add',
            'amake', 'gmake', 'gnext', 'gsend', 'gthrow', 'gclose',
            'expired', 'when'}
FLOW_OPS = {'raise', 'reraise', 'return', 'emit', 'from', 'pass'}


class Stmt:
    __slots__ = ('line', 'quiet', 'tok', 'text', 'body', 'clauses', 'endline')

    def __init__(self, line, quiet, tok):
        self.line, self.quiet, self.tok = line, quiet, tok
        self.text = ' '.join(tok)
        self.body = []
        self.clauses = []       # try: [(kind, spec, line, body)]
        self.endline = line


def parse(text):
    decls, defs = [], {}
    stack = []                  # (stmt-or-def, current list)
    cur_def = None
    for no, raw in enumerate(text.splitlines(), 1):
        tok = raw.split('#', 1)[0].split()
        if not tok:
            continue
        if cur_def is None:
            if tok[0] in DECLS:
                decls.append((no, tok))
                continue
            if tok[0] in DEFS:
                cur_def = Stmt(no, False, tok)
                stack = [(cur_def, cur_def.body)]
                continue
            raise ProgramError(f'line {no}: unexpected {tok[0]!r}')
        quiet = tok[0] == '?'
        if quiet:
            tok = tok[1:]
        op = tok[0]
        if op == 'end':
            st, _ = stack.pop()
            st.endline = no
            if not stack:
                if cur_def.tok[1] in defs:
                    raise ProgramError(f'line {no}: duplicate {cur_def.tok[1]}')
                defs[cur_def.tok[1]] = cur_def
                cur_def = None
            continue
        if op in ('except', 'else', 'finally'):
            st, _ = stack[-1]
            if st.tok[0] != 'try':
                raise ProgramError(f'line {no}: {op} outside try')
            body = []
            st.clauses.append((op, tok[1] if len(tok) > 1 else None, no, body))
            stack[-1] = (st, body)
            continue
        st = Stmt(no, quiet, tok)
        stack[-1][1].append(st)
        if op in BLOCKS:
            stack.append((st, st.body))
        elif op not in ASYNC_OPS and op not in SYNC_OPS and op not in FLOW_OPS:
            raise ProgramError(f'line {no}: unknown op {op!r}')
    if cur_def is not None:
        raise ProgramError('missing end')
    if 'main' not in defs:
        raise ProgramError('no coro main')
    return decls, defs


# --------------------------------------------------------------------------
# 5. Compiler: ADL -> Python source.
# --------------------------------------------------------------------------
SPEC = {'exc': 'Exception', 'cancel': 'CancelledError',
        'all': '(Exception, CancelledError)', 'timeout': 'TimeoutError'}


class Compiler:
    def __init__(self, defs):
        self.defs = defs
        self.out = []
        self.n = 0

    def emit(self, ind, s):
        self.out.append('    ' * ind + s)

    def tmp(self):
        self.n += 1
        return f'_t{self.n}'

    def compile(self):
        for name, d in self.defs.items():
            kind = d.tok[0]
            if kind == 'coro':
                self.emit(0, f'async def b_{name}(me):')
                self.block(1, d.body, kind)
                self.emit(0, f'async def f_{name}(me):')
                self.emit(1, f'return await R.frame(me, b_{name}(me))')
            else:
                self.emit(0, f'{"async " if kind == "agen" else ""}'
                             f'def f_{name}(me):')
                self.emit(1, 'st = "ok"')
                self.emit(1, 'R.enter(me)')
                self.emit(1, 'try:')
                self.emit(2, 'if 0: yield')
                self.block(2, d.body, kind)
                self.emit(1, 'except BaseException as e:')
                self.emit(2, 'st = "!" + excname(e)')
                self.emit(2, 'raise')
                self.emit(1, 'finally:')
                self.emit(2, 'R.exit(me, Raw(st))')
        return '\n'.join(self.out) + '\n'

    def block(self, ind, body, kind):
        if not body:
            self.emit(ind, 'pass')
        for st in body:
            if st.quiet:
                self.emit(ind, 'try:')
                self.stmt(ind + 1, st, kind)
                self.emit(ind, 'except Exception: pass')
            else:
                self.stmt(ind, st, kind)

    def guarded(self, ind, st, label, kind, head, intro):
        """Block statement whose completion is traced at its end line."""
        self.emit(ind, 'try:')
        for i, h in enumerate(head):
            self.emit(ind + 1 + i, h)
        k = ind + 1 + len(head)
        for s in intro:
            self.emit(k, s)
        self.block(k, st.body, kind)
        e = self.tmp()
        self.emit(ind, f'except BaseException as {e}:')
        self.emit(ind + 1, f'R.fail(me, {st.endline}, {label!r}, {e}); raise')
        self.emit(ind, 'else:')
        self.emit(ind + 1, f'R.tr(me, {st.endline}, {label!r}, OK)')

    def stmt(self, ind, st, kind):
        op, a = st.tok[0], st.tok[1:]
        ln, tx = st.line, st.text
        E = self.emit
        if op in ASYNC_OPS:
            E(ind, f'await R.a(me, {ln}, {tx!r}, {st.tok!r})')
        elif op in SYNC_OPS:
            E(ind, f'R.s(me, {ln}, {tx!r}, {st.tok!r})')
        elif op == 'pass':
            E(ind, 'pass')
        elif op == 'raise':
            x = 'CancelledError()' if a[0] == 'cancel' else f'U[{int(a[0][1:])}]()'
            E(ind, f'R.tr(me, {ln}, {tx!r}, OK)')
            E(ind, f'raise {x}')
        elif op == 'reraise':
            E(ind, f'R.tr(me, {ln}, {tx!r}, OK)')
            E(ind, 'raise')
        elif op == 'return':
            E(ind, f'R.tr(me, {ln}, {tx!r}, OK)')
            E(ind, 'return' if kind == 'agen' or not a else f'return {int(a[0])}')
        elif op == 'emit':
            x, e = self.tmp(), self.tmp()
            E(ind, f'R.tr(me, {ln}, {tx!r}, OK)')
            E(ind, 'try:')
            E(ind + 1, f'{x} = yield {int(a[0])}')
            E(ind, f'except BaseException as {e}:')
            E(ind + 1, f'R.fail(me, {ln}, "resume", {e}); raise')
            E(ind, f'R.tr(me, {ln}, "resume", show({x}))')
        elif op == 'from':                       # sync generators only
            x, e = self.tmp(), self.tmp()
            E(ind, 'try:')
            E(ind + 1, f'{x} = yield from R.new({a[0]!r})')
            E(ind, f'except BaseException as {e}:')
            E(ind + 1, f'R.fail(me, {ln}, {tx!r}, {e}); raise')
            E(ind, f'R.tr(me, {ln}, {tx!r}, show({x}))')
        elif op == 'loop':
            E(ind, f'for _ in range({int(a[0])}):')
            self.block(ind + 1, st.body, kind)
        elif op == 'try':
            E(ind, 'try:')
            self.block(ind + 1, st.body, kind)
            for ck, spec, cl, body in st.clauses:
                if ck == 'except':
                    e = self.tmp()
                    cls = SPEC.get(spec) or f'U[{int(spec[1:])}]'
                    E(ind, f'except {cls} as {e}:')
                    E(ind + 1, f'R.fail(me, {cl}, {"except " + spec!r}, {e})')
                    self.block(ind + 1, body, kind)
                elif ck == 'else':
                    E(ind, 'else:')
                    self.block(ind + 1, body, kind)
                else:
                    E(ind, 'finally:')
                    E(ind + 1, f'R.tr(me, {cl}, "finally", OK)')
                    self.block(ind + 1, body, kind)
            if not st.clauses:
                E(ind, 'finally: pass')
        elif op == 'with':
            self.guarded(ind, st, 'end ' + tx, kind,
                         [f'async with R.slot({a[0]!r}):'],
                         [f'R.tr(me, {ln}, {tx!r}, OK)'])
        elif op == 'timeout':
            self.guarded(ind, st, 'end ' + tx, kind,
                         [f'async with asyncio.timeout({self.num(a[1])}) '
                          f'as R.X[{int(a[0][1:])}]:'],
                         [f'R.tr(me, {ln}, {tx!r}, OK)'])
        elif op == 'group':
            self.guarded(ind, st, 'end ' + tx, kind,
                         [f'async with asyncio.TaskGroup() '
                          f'as R.G[{int(a[0][1:])}]:'],
                         [f'R.tr(me, {ln}, {tx!r}, OK)'])
        elif op == 'afor':
            i, v = self.tmp(), self.tmp()
            slot = int(a[0][1:])
            E(ind, f'if R.agen({slot}) is None:')
            E(ind + 1, f'R.tr(me, {ln}, {tx!r}, SKIP)')
            E(ind, 'else:')
            ind += 1
            E(ind, f'{i} = 0')
            E(ind, 'try:')
            E(ind + 1, f'async for {v} in R.agen({slot}):')
            E(ind + 2, f'R.tr(me, {ln}, {tx!r}, show({v}))')
            E(ind + 2, f'{i} += 1')
            self.block(ind + 2, st.body, kind)
            if len(a) > 1:
                E(ind + 2, f'if {i} >= {int(a[1])}: break')
            e = self.tmp()
            E(ind, f'except BaseException as {e}:')
            E(ind + 1, f'R.fail(me, {st.endline}, {"end " + tx!r}, {e}); raise')
            E(ind, 'else:')
            E(ind + 1, f'R.tr(me, {st.endline}, {"end " + tx!r}, OK)')
        else:
            raise ProgramError(f'line {ln}: {op}')

    @staticmethod
    def num(s):
        return 'None' if s == 'none' else str(int(s))


# --------------------------------------------------------------------------
# 6. Runtime.
# --------------------------------------------------------------------------
class Slots(dict):
    def __missing__(self, k):
        return None


def num(s):
    return None if s == 'none' else int(s)


class Runtime:
    def __init__(self, text):
        self.decls, self.defs = parse(text)
        self.lines = []
        self.limit = DEFAULT_LIMIT
        self.off = False
        self.hard = False
        self.inst = itertools.count()
        for s in 'TFHXGIJLECSBQV':
            setattr(self, s, Slots())
        self.cbs = {}
        self.agens = []            # (name, object) in creation order
        self.keep = []
        self.loop = None
        self.source = Compiler(self.defs).compile()

    # -- trace --------------------------------------------------------------
    def raw(self, who, line, text, res):
        if self.off:
            return
        if len(self.lines) >= self.limit:
            self.lines.append('LIMIT')
            self.off = self.hard = True
            return
        self.lines.append(f'{self.loop.now} {who}:{line} {text} {res}')

    def tr(self, me, line, text, res):
        self.raw(me, line, text, res)

    def fail(self, me, line, text, e):
        self.raw(me, line, text, '!' + excname(e))

    def enter(self, me):
        self.raw(me, 0, 'enter', 'ok')

    def exit(self, me, res):
        self.raw(me, 0, 'exit', res)

    async def frame(self, me, body):
        self.enter(me)
        try:
            r = await body
        except BaseException as e:
            self.exit(me, '!' + excname(e))
            raise
        self.exit(me, show(r))
        return r

    # -- objects ------------------------------------------------------------
    def new(self, name):
        """Create a coroutine / generator object (numbers the instance)."""
        me = f'{name}.{next(self.inst)}'
        obj = self.ns['f_' + name](me)
        self.last = me
        if self.defs[name].tok[0] == 'agen':
            self.agens.append(obj)
        return obj

    def slot(self, s):
        if s[0] == 'I':
            return self.agen(int(s[1:]))
        return getattr(self, s[0])[int(s[1:])]

    def agen(self, k):
        """Before 3.13 an async generator whose aclose() was cancelled while
        its cleanup was awaiting stays marked as running when it has ended.
        Another one that has ended takes its place."""
        g = self.I[k]
        if g is not None and g.ag_running and g.ag_frame is None:
            async def ended():
                yield
            g = self.I[k] = ended()
            try:
                g.aclose().send(None)
            except StopIteration:
                pass
        return g

    def items(self, toks):
        out = []
        for t in toks:
            if t in self.defs:
                out.append(self.new(t))
            else:
                o = self.slot(t)
                if o is not None:
                    out.append(o)
        return out

    def item(self, t):
        if t in self.defs:
            return self.new(t)
        return self.slot(t)

    def callback(self, k):
        if k not in self.cbs:
            def cb(fut):
                self.raw(f'cb{k}', 0, 'done', state(fut))
            self.cbs[k] = cb
        return self.cbs[k]

    def action(self, line, tok):
        text = ' '.join(tok)

        def run():
            self.s('cb', line, text, tok)
        return run

    # -- statements ---------------------------------------------------------
    def s(self, me, line, text, tok):
        try:
            r = self.sync(me, line, tok)
        except BaseException as e:
            self.fail(me, line, text, e)
            raise
        self.raw(me, line, text, show(r))

    async def a(self, me, line, text, tok):
        try:
            r = await self.asyn(me, line, tok)
        except BaseException as e:
            self.fail(me, line, text, e)
            raise
        self.raw(me, line, text, show(r))

    def sync(self, me, line, tok):
        op, a = tok[0], tok[1:]
        loop = self.loop
        if op == 'note':
            return OK
        if op == 'raise':                       # only as an ACTION
            raise asyncio.CancelledError if a[0] == 'cancel' else U[int(a[0][1:])]
        if op == 'spawn':
            co = self.new(a[1])
            name = self.last
            self.T[int(a[0][1:])] = loop.create_task(co)
            return Raw(name)
        if op == 'gspawn':
            g = self.slot(a[0])
            if g is None:
                return SKIP
            co = self.new(a[2])
            name = self.last
            try:
                t = g.create_task(co)
            except BaseException:
                co.close()
                raise
            self.T[int(a[1][1:])] = t
            return Raw(name)
        if op == 'cancelme':
            t = asyncio.current_task()
            return t.cancel()
        if op == 'uncancel':
            return asyncio.current_task().uncancel()
        if op == 'cancelling' and a[0] == 'me':
            return asyncio.current_task().cancelling()
        if op == 'fnew':
            self.F[int(a[0][1:])] = loop.create_future()
            return OK
        if op == 'mkgather':
            ret = len(a) > 1 and a[1] == 'ret'
            its = self.items(a[2:] if ret else a[1:])
            self.F[int(a[0][1:])] = asyncio.gather(*its, return_exceptions=ret)
            return OK
        if op == 'mkshield':
            it = self.item(a[1])
            if it is None:
                return SKIP
            self.F[int(a[0][1:])] = asyncio.shield(it)
            return OK
        if op == 'soon':
            self.H[int(a[0][1:])] = loop.call_soon(self.action(line, a[1:]))
            return OK
        if op == 'later':
            self.H[int(a[0][1:])] = loop.call_later(
                int(a[1]), self.action(line, a[2:]))
            return OK
        if op == 'at':
            self.H[int(a[0][1:])] = loop.call_at(
                int(a[1]), self.action(line, a[2:]))
            return OK
        if op == 'busy':
            loop.busy(int(a[0]))
            return OK
        if op == 'stop':
            loop.stop()
            return OK
        if op == 'ntasks':
            return len(asyncio.all_tasks(loop))
        if op == 'set':
            self.V[int(a[0][1:])] = int(a[1])
            return OK
        if op == 'add':
            k = int(a[0][1:])
            self.V[k] = (self.V[k] or 0) + int(a[1])
            return self.V[k]
        if op == 'amake':
            self.I[int(a[0][1:])] = self.new(a[1])
            return Raw(self.last)
        if op == 'gmake':
            self.J[int(a[0][1:])] = self.new(a[1])
            return Raw(self.last)
        # everything below works on an existing object in slot a[0]
        o = self.slot(a[0])
        if o is None:
            return SKIP
        if op == 'cancel':
            return o.cancel()
        if op == 'cancelling':
            return o.cancelling()
        if op == 'state':
            return state(o)
        if op == 'result':
            return o.result()
        if op == 'exception':
            return o.exception()
        if op == 'fset':
            o.set_result(int(a[1]))
            return OK
        if op == 'fexc':
            o.set_exception(U[int(a[1][1:])]())
            return OK
        if op == 'addcb':
            o.add_done_callback(self.callback(int(a[1])))
            return OK
        if op == 'rmcb':
            return o.remove_done_callback(self.callback(int(a[1])))
        if op == 'hcancel':
            o.cancel()
            return OK
        if op in ('release', 'crelease', 'srelease'):
            o.release()
            return OK
        if op in ('locked', 'slocked'):
            return o.locked()
        if op == 'eset':
            o.set()
            return OK
        if op == 'eclear':
            o.clear()
            return OK
        if op == 'eisset':
            return o.is_set()
        if op == 'notify':
            o.notify(int(a[1]))
            return OK
        if op == 'notifyall':
            o.notify_all()
            return OK
        if op == 'bstate':
            return Raw(f'={o.n_waiting}/{o.parties},{o.broken}')
        if op == 'putnw':
            o.put_nowait(int(a[1]))
            return OK
        if op == 'getnw':
            return o.get_nowait()
        if op == 'taskdone':
            o.task_done()
            return OK
        if op == 'qsize':
            return Raw(f'={o.qsize()},{o.empty()},{o.full()}')
        if op == 'qshutdown':
            o.shutdown(immediate=a[1] == '1')
            return OK
        if op == 'reschedule':
            d = num(a[1])
            o.reschedule(None if d is None else loop.time() + d)
            return OK
        if op == 'expired':
            return o.expired()
        if op == 'when':
            return o.when()
        if op == 'current':
            return o is asyncio.current_task()
        if op in ('gnext', 'gsend', 'gthrow', 'gclose'):
            try:
                if op == 'gnext':
                    return next(o)
                if op == 'gsend':
                    return o.send(int(a[1]))
                if op == 'gthrow':
                    return o.throw(U[int(a[1][1:])]())
                o.close()
                return OK
            except StopIteration as e:
                return Raw('stop=' + fmt(e.value))
        raise ProgramError(f'line {line}: {op}')

    async def asyn(self, me, line, tok):
        op, a = tok[0], tok[1:]
        loop = self.loop
        if op == 'sleep':
            return await asyncio.sleep(int(a[0]), int(a[1]) if len(a) > 1 else None)
        if op == 'yield':
            await asyncio.sleep(0)
            return OK
        if op == 'call':
            return await self.new(a[0])
        if op == 'awaitself':
            return await asyncio.current_task()
        if op == 'gather':
            ret = bool(a) and a[0] == 'ret'
            its = self.items(a[1:] if ret else a)
            return await asyncio.gather(*its, return_exceptions=ret)
        if op == 'shield':
            it = self.item(a[0])
            if it is None:
                return SKIP
            return await asyncio.shield(it)
        if op == 'waitfor':
            it = self.item(a[1])
            if it is None:
                return SKIP
            return await asyncio.wait_for(it, num(a[0]))
        if op == 'wait':
            mode = {'all': asyncio.ALL_COMPLETED,
                    'first': asyncio.FIRST_COMPLETED,
                    'exc': asyncio.FIRST_EXCEPTION}[a[0]]
            names = {}
            for t in a[2:]:
                o = self.slot(t)
                if o is not None:
                    names.setdefault(o, t)
            if not names:
                return SKIP
            done, pend = await asyncio.wait(list(names), timeout=num(a[1]),
                                            return_when=mode)
            return Raw('done=[' + ','.join(n for o, n in names.items() if o in done)
                       + '] pend=[' +
                       ','.join(n for o, n in names.items() if o in pend) + ']')
        if op == 'ascompleted':
            its = self.items(a[1:])
            for f in as_completed(its, timeout=num(a[0])):
                try:
                    v = await f
                except Exception as e:
                    self.fail(me, line, 'item', e)
                except BaseException as e:
                    self.fail(me, line, 'item', e)
                    raise
                else:
                    self.raw(me, line, 'item', show(v))
            return OK
        if op in ('exec', 'execexc'):
            out = int(a[1]) if op == 'exec' else U[int(a[1][1:])]()
            return await loop.offload(int(a[0]), out)
        o = self.slot(a[0])
        if o is None:
            return SKIP
        if op == 'await':
            return await o
        if op in ('acquire', 'cacquire', 'sacquire'):
            return await o.acquire()
        if op in ('ewait', 'cwait', 'bwait'):
            return await o.wait()
        if op == 'cwaitfor':
            k, lim = int(a[1][1:]), int(a[2])
            return await o.wait_for(lambda: (self.V[k] or 0) >= lim)
        if op == 'breset':
            await o.reset()
            return OK
        if op == 'babort':
            await o.abort()
            return OK
        if op == 'put':
            await o.put(int(a[1]))
            return OK
        if op == 'get':
            return await o.get()
        if op == 'join':
            await o.join()
            return OK
        try:
            if op == 'anext':
                return await o.__anext__()
            if op == 'asend':
                return await o.asend(num(a[1]))
            if op == 'athrow':
                return await o.athrow(U[int(a[1][1:])]())
            if op == 'aclose':
                await o.aclose()
                return OK
        except StopAsyncIteration:
            return Raw('stop')
        raise ProgramError(f'line {line}: {op}')

    # -- declarations and driver ---------------------------------------------
    def declare(self):
        for line, tok in self.decls:
            op, a = tok[0], tok[1:]
            k = int(a[0][1:]) if a and a[0][1:].isdigit() else None
            if op == 'lock':
                self.L[k] = asyncio.Lock()
            elif op == 'event':
                self.E[k] = asyncio.Event()
            elif op == 'cond':
                self.C[k] = asyncio.Condition(
                    self.slot(a[1]) if len(a) > 1 else None)
            elif op == 'sem':
                self.S[k] = asyncio.Semaphore(int(a[1]))
            elif op == 'bsem':
                self.S[k] = asyncio.BoundedSemaphore(int(a[1]))
            elif op == 'barrier':
                self.B[k] = asyncio.Barrier(int(a[1]))
            elif op == 'queue':
                cls = {'fifo': asyncio.Queue, 'lifo': asyncio.LifoQueue,
                       'prio': asyncio.PriorityQueue}[a[1]]
                self.Q[k] = cls(int(a[2]))
            elif op == 'future':
                self.F[k] = self.loop.create_future()
            elif op == 'limit':
                self.limit = int(a[0])
            elif op == 'eager':
                self.loop.set_task_factory(
                    asyncio.create_eager_task_factory(asyncio.tasks.Task))
            elif op == 'irq':
                self.loop.add_irq(int(a[0]), self.isr(line, a[1:]))

    def isr(self, line, tok):
        act = self.action(line, tok)

        def fire():
            self.raw('irq', line, 'fire', 'ok')
            self.loop.call_soon_threadsafe(act)
        return fire

    def handler(self, loop, ctx):
        if 'handle' in ctx:
            self.raw('loop', 0, 'handler callback',
                     '!' + excname(ctx['exception']))

    def drive(self, fut, on_deadlock):
        """run_until_complete, restarted after loop.stop(); on deadlock call
        on_deadlock(); give up after MAX_DEADLOCKS in this phase."""
        loop = self.loop
        dead = 0
        while not fut.done():
            try:
                loop.run_until_complete(fut)
            except Deadlock:
                dead += 1
                self.raw('loop', 0, 'deadlock', 'ok')
                if dead > MAX_DEADLOCKS:
                    self.raw('loop', 0, 'stuck', 'ok')
                    self.off = True
                    return False
                on_deadlock()
            except HardStop:
                raise
            except RuntimeError as e:
                if not fut.done():
                    if 'Event loop stopped' not in str(e):
                        raise
                    self.raw('loop', 0, 'stopped', 'ok')
            except (Exception, asyncio.CancelledError):
                pass
        return True

    def run(self):
        loop = self.loop = VirtualLoop(self)
        asyncio.set_event_loop(loop)
        loop.set_exception_handler(self.handler)
        self.ns = {'R': self, 'asyncio': asyncio, 'U': U, 'OK': OK,
                   'SKIP': SKIP, 'Raw': Raw, 'show': show, 'excname': excname,
                   'CancelledError': asyncio.CancelledError}
        exec(compile(self.source, '<adl>', 'exec'), self.ns)
        try:
            self.declare()
            main = loop.create_task(self.new('main'))
            if not self.drive(main, main.cancel):
                return
            self.raw('loop', 0, 'main', state(main))
            # asyncio.run() epilogue: cancel what is left, in creation order
            left = [t for t in loop.created if not t.done()]
            if left:
                self.raw('loop', 0, 'shutdown', f'={len(left)}')
                for t in left:
                    t.cancel()

                def again():
                    for t in left:
                        t.cancel()
                g = asyncio.gather(*left, return_exceptions=True)
                if not self.drive(g, again):
                    return
                for t in left:
                    if not t.cancelled() and t.exception() is not None:
                        self.raw('loop', 0, 'handler shutdown',
                                 '!' + excname(t.exception()))
            # loop.shutdown_asyncgens(): every started, unfinished generator
            open_ = [g for g in self.agens
                     if g.ag_frame is not None and g in loop._asyncgens]
            if open_:
                self.raw('loop', 0, 'asyncgens', f'={len(open_)}')
                g = asyncio.gather(*[x.aclose() for x in open_],
                                   return_exceptions=True)
                if not self.drive(g, lambda: None):
                    return
                for r in g.result():
                    if isinstance(r, Exception):
                        self.raw('loop', 0, 'handler asyncgen', '!' + excname(r))
            self.raw('loop', 0, 'end', 'ok')
        except HardStop:
            pass
        finally:
            self.off = True
            self.keep.append(list(loop.created))
            asyncio.set_event_loop(None)
            loop._ready.clear()
            loop._scheduled.clear()
            loop.close()


def trace(text):
    rt = Runtime(text)
    rt.run()
    return '\n'.join(rt.lines) + '\n', rt


_graveyard = []


def main(argv):
    args = [x for x in argv if not x.startswith('--')]
    flags = {x for x in argv if x.startswith('--')}
    warnings.simplefilter('ignore')
    logging.disable(logging.CRITICAL)
    sys.unraisablehook = lambda *_: None
    if '--c' not in flags:
        asyncio.futures.Future = asyncio.Future = asyncio.futures._PyFuture
        asyncio.tasks.Task = asyncio.Task = asyncio.tasks._PyTask
    if '--sem=3.13' in flags:
        import sem313
        sem313.apply()
        if not any(n == 'QueueShutDown' for _, n in _EXC):
            _EXC.insert(0, (asyncio.QueueShutDown, 'QueueShutDown'))
    if '--dump' in flags:
        text = open(args[0]).read() if args else sys.stdin.read()
        sys.stdout.write(Runtime(text).source)
        return 0
    if not args:
        out, rt = trace(sys.stdin.read())
        sys.stdout.write(out)
        sys.stdout.flush()
        os._exit(0)
    for path in args:
        with open(path) as f:
            text = f.read()
        out, rt = trace(text)
        _graveyard.append(rt)
        if '--write' in flags:
            with open(os.path.splitext(path)[0] + '.trace', 'w') as f:
                f.write(out)
        else:
            sys.stdout.write(out)
    sys.stdout.flush()
    os._exit(0)             # do not run finalizers of abandoned coroutines


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
