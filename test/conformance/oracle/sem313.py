# SPDX-FileCopyrightText: 2026 The nanoasync authors
# SPDX-License-Identifier: MIT
"""Give CPython 3.11 / 3.12 the asyncio *semantics* of CPython 3.13.

The oracle we want is 3.13 (it fixes real bugs of 3.11); the Python that is
installed may be older.  apply() re-creates the 3.13 behaviour for the places
where it differs, with the pure-Python Task/Future.  No-op on 3.13+.
check.sh proves equality with a native 3.13 over thousands of programs.

What differs (see LANGUAGE.md, "Versions"):
  timeout() tells cancels from before its block from its own   3.11.4
  uncancel() to 0 forgets a not-yet-delivered cancel        3.13
  wait_for() awaits in place under timeout(); no inner task  3.12
  gather() of already finished futures completes at once     3.12
  TaskGroup: uncancel after waiting; count kept on error     3.13
  Condition: a cancelled, notified waiter passes it on       3.13
  Semaphore: every exit path wakes as many as value allows   3.13
  Queue.shutdown / QueueShutDown                             3.13
"""
import asyncio
import asyncio.locks
import asyncio.queues
import asyncio.taskgroups
import asyncio.tasks
import asyncio.timeouts
import sys

CancelledError = asyncio.CancelledError


def _uncancel(self):
    if self._num_cancels_requested:
        self._num_cancels_requested -= 1
        if not self._num_cancels_requested:
            self._must_cancel = False
    return self._num_cancels_requested


async def _wait_for(aw, timeout):
    if timeout is None or timeout > 0:
        async with asyncio.timeout(timeout):
            return await aw
    fut = asyncio.ensure_future(aw)
    if not fut.done():
        woken = asyncio.get_running_loop().create_future()

        def wake(_):
            if not woken.done():
                woken.set_result(None)
        fut.add_done_callback(wake)
        try:
            fut.cancel()
            await woken
        finally:
            fut.remove_done_callback(wake)
        try:
            return fut.result()
        except CancelledError as e:
            raise TimeoutError from e
    return fut.result()


def _patch_timeout(cls):
    """Debian 12 has 3.11.2, where a cancel from before the block hides that the
    block was cancelled by its own deadline."""
    enter = cls.__aenter__
    State = asyncio.timeouts._State

    async def __aenter__(self):
        entered = await enter(self)
        self._cancelling = self._task.cancelling()
        return entered

    async def __aexit__(self, et, exc, tb):
        if self._timeout_handler is not None:
            self._timeout_handler.cancel()
            self._timeout_handler = None
        if self._state is not State.EXPIRING:
            self._state = State.EXITED
            return
        self._state = State.EXPIRED
        rest = self._task.uncancel()
        if rest <= self._cancelling and et is CancelledError:
            raise TimeoutError from exc

    cls.__aenter__, cls.__aexit__ = __aenter__, __aexit__


def _make_gather(old):
    def gather(*aws, return_exceptions=False):
        outer = old(*aws, return_exceptions=return_exceptions)
        if aws:
            # 3.11 schedules the bookkeeping callback of an already finished
            # child; 3.12+ runs it inside gather().  Run it now.
            ready = outer.get_loop()._ready
            mine = [h for h in ready
                    if getattr(h._callback, '__qualname__', '')
                    == 'gather.<locals>._done_callback'
                    and h._callback.__closure__ is not None
                    and any(c.cell_contents is outer
                            for c in h._callback.__closure__)]
            for h in mine:
                ready.remove(h)
            for h in mine:
                h._run()
        return outer
    return gather


class TaskGroup(asyncio.taskgroups.TaskGroup):
    async def __aexit__(self, et, exc, tb):
        self._exiting = True
        cancelled = et is not None and issubclass(et, CancelledError)
        pending_cancel = exc if cancelled else None
        if et is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._on_completed_fut = self._loop.create_future()
            try:
                await self._on_completed_fut
            except CancelledError as e:
                if not self._aborting:
                    pending_cancel = e
                    self._abort()
            self._on_completed_fut = None
        parent = self._parent_task
        if self._parent_cancel_requested and parent.uncancel() == 0:
            pending_cancel = None
        if not self._errors and pending_cancel is not None:
            raise pending_cancel
        if et is not None and not cancelled:
            self._errors.append(exc)
        if self._errors:
            if parent.cancelling():
                parent.uncancel()
                parent.cancel()
            errors, self._errors = self._errors, None
            raise BaseExceptionGroup('unhandled errors in a TaskGroup', errors)


class Condition(asyncio.locks.Condition):
    async def wait(self):
        if not self.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
        fut = self._get_loop().create_future()
        self.release()
        try:
            try:
                self._waiters.append(fut)
                try:
                    await fut
                finally:
                    self._waiters.remove(fut)
            finally:
                interrupted = None
                while True:
                    try:
                        await self.acquire()
                        break
                    except CancelledError as e:
                        interrupted = e
                if interrupted is not None:
                    raise interrupted
        except BaseException:
            left = 1
            for w in self._waiters:
                if left and not w.done():
                    w.set_result(False)
                    left = 0
            raise
        return True


def _sem_wake(self):
    for w in self._waiters or ():
        if not w.done():
            self._value -= 1
            w.set_result(True)
            return True
    return False


async def _sem_acquire(self):
    if not self.locked():
        self._value -= 1
        return True
    if self._waiters is None:
        self._waiters = asyncio.locks.collections.deque()
    fut = self._get_loop().create_future()
    self._waiters.append(fut)
    try:
        try:
            await fut
        finally:
            self._waiters.remove(fut)
    except CancelledError:
        if fut.done() and not fut.cancelled():
            self._value += 1
        raise
    finally:
        while self._value > 0 and _sem_wake(self):
            pass
    return True


class QueueShutDown(Exception):
    pass


def _patch_queue(cls):
    def shutdown(self, immediate=False):
        self._closed = True
        if immediate:
            while not self.empty():
                self._get()
                if self._unfinished_tasks > 0:
                    self._unfinished_tasks -= 1
            if self._unfinished_tasks == 0:
                self._finished.set()
        for waiters in (self._getters, self._putters):
            while waiters:
                w = waiters.popleft()
                if not w.done():
                    w.set_result(None)

    old_put, old_get = cls.put_nowait, cls.get_nowait

    def put_nowait(self, item):
        if self._closed:
            raise QueueShutDown
        return old_put(self, item)

    def get_nowait(self):
        if self._closed and self.empty():
            raise QueueShutDown
        return old_get(self)

    def waiting(name, blocked, finish):
        async def op(self, *args):
            while blocked(self):
                if self._closed:
                    raise QueueShutDown
                waiters = getattr(self, name)
                w = self._get_loop().create_future()
                waiters.append(w)
                try:
                    await w
                except BaseException:
                    w.cancel()
                    try:
                        waiters.remove(w)
                    except ValueError:
                        pass
                    if not blocked(self) and not w.cancelled():
                        self._wakeup_next(waiters)
                    raise
            return finish(self, *args)
        return op

    cls._closed = False
    cls.shutdown = shutdown
    cls.put_nowait, cls.get_nowait = put_nowait, get_nowait
    cls.put = waiting('_putters', cls.full, put_nowait)
    cls.get = waiting('_getters', cls.empty, get_nowait)


def apply():
    if sys.version_info >= (3, 13):
        return
    asyncio.tasks._PyTask.uncancel = _uncancel
    if sys.version_info < (3, 11, 4):
        _patch_timeout(asyncio.timeouts.Timeout)
    asyncio.wait_for = asyncio.tasks.wait_for = _wait_for
    if sys.version_info < (3, 12):
        asyncio.gather = asyncio.tasks.gather = _make_gather(asyncio.tasks.gather)
    asyncio.TaskGroup = TaskGroup
    asyncio.Condition = asyncio.locks.Condition = Condition
    asyncio.Semaphore.acquire = _sem_acquire
    asyncio.Semaphore._wake_up_next = _sem_wake
    asyncio.QueueShutDown = QueueShutDown
    _patch_queue(asyncio.Queue)
