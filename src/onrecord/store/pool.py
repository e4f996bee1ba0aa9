"""Runs works in spawned processes that live on and can be killed: what a server has in the place of a forked child.

A job is sent to a worker (`store/worker.py`) over its standard input and its answer read, as frames, from its standard
output. The pool keeps the time; the worker bounds its own memory. A worker that is late, dies or is left by its reader
is killed and replaced at once, and its job fails alone; where it died idle, before it took the job, another does it.
"""

import asyncio
import os
import pickle
import subprocess
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager, suppress
from types import TracebackType
from typing import Generic, TypeVar

from onrecord.model.errors import LimitReached
from onrecord.store.limits import FRAME, Limits, Send, died, failure, late

MOST_WAITING = 256
SECONDS_IN_LINE = 30.0
READ_AHEAD = 32
"""Pieces of 64 kB that are read from a worker before its answer's reader takes them: 2 MB."""
PATIENCE = 30.0
LEAST_RATE = 1 << 16
"""Bytes a second: a reader that takes nothing for PATIENCE seconds, or fewer for long, holds a worker no more."""

T = TypeVar("T")
Pieces = asyncio.Queue[bytes | Exception | None]
"""An answer on its way: pieces, then an error, or None where all is said."""


class Pool(Generic[T]):
    """Workers that `prepare` a generation once, and then do works on what it gave.

    There are `kept` workers more than `size`: works that are `free`, a client's own query, never take more than `size`.
    `prepare` and every work are sent to the workers by name: functions of a module, or `functools.partial` of one. An
    async context manager: leaving it ends the workers, whatever they do. `what` is what a work is called in errors.
    """

    def __init__(  # noqa: PLR0913  each is a bound of its own
        self,
        size: int,
        prepare: Callable[[str], T],
        *,
        kept: int = 0,
        most_waiting: int = MOST_WAITING,
        seconds_in_line: float = SECONDS_IN_LINE,
        patience: float = PATIENCE,
        what: str = "query",
    ) -> None:
        self._size, self._prepare, self._what = size + kept, prepare, what
        self._most_waiting, self._seconds_in_line, self._patience = (
            most_waiting,
            seconds_in_line,
            patience,
        )
        self._waiting = 0
        self._turns = asyncio.Semaphore(size + kept)
        self._free_turns = asyncio.Semaphore(size)
        self._idle: list[asyncio.Task[_Worker]] = []
        self._fills: set[asyncio.Task[None]] = set()
        self._ends: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Pool[T]":
        for _ in range(self._size):
            self._start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._fills:
            task.cancel()
        await asyncio.gather(*self._fills, return_exceptions=True)
        for outcome in await asyncio.gather(
            *self._idle, return_exceptions=True
        ):
            if isinstance(outcome, _Worker):
                self._end(outcome)
        await asyncio.gather(*self._ends)

    def run(
        self,
        generation: str,
        work: Callable[[T, Send], None],
        limits: Limits,
        *,
        free: bool = False,
    ) -> AsyncGenerator[bytes, None]:
        """The pieces of 64 kB that the work sends, as they come; whoever does not want all of them closes it.

        Raises what `prepare` or the work raised if that is an OnRecordError, LimitReached when time or memory ran out,
        when too many wait already, and for a reader that is too slow, RuntimeError for a bug.
        """
        job = pickle.dumps((generation, work, limits))
        return self._pieces(job, limits, free=free)

    async def fetch(
        self, generation: str, work: Callable[[T, Send], None], limits: Limits
    ) -> bytes:
        """All that the work sends; raises as `run` does."""
        return b"".join(
            [piece async for piece in self.run(generation, work, limits)]
        )

    async def _pieces(
        self, job: bytes, limits: Limits, *, free: bool
    ) -> AsyncGenerator[bytes, None]:
        pieces = Pieces(READ_AHEAD)
        fill = asyncio.create_task(self._fill(pieces, job, limits, free=free))
        self._fills.add(fill)
        fill.add_done_callback(self._fills.discard)
        try:
            while (piece := await pieces.get()) is not None:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            fill.cancel()

    async def _fill(
        self, pieces: Pieces, job: bytes, limits: Limits, *, free: bool
    ) -> None:
        """Reads an answer ahead of its reader; the worker is free for others when it has said all."""
        end: Exception | None = None
        try:
            async with self._turn(free=free):
                await self._do(job, limits, pieces)
        except asyncio.CancelledError:
            while not pieces.empty():
                pieces.get_nowait()
            pieces.put_nowait(LimitReached("the server is being stopped"))
            raise
        except Exception as error:  # noqa: BLE001  it is the reader's
            end = error
        await pieces.put(end)

    async def _do(self, job: bytes, limits: Limits, pieces: Pieces) -> None:
        """Has a worker do a job: the next one where a worker ended while it was idle."""
        left = self._size
        while True:
            try:
                async with (
                    self._worker() as worker,
                    aclosing(worker.answer(job, limits, self._what)) as answer,
                ):
                    return await self._pass_on(answer, pieces)
            except _NotTaken as gone:
                if left == 0:  # nor did one take it that was started anew
                    raise gone.error from None
            left -= 1

    async def _pass_on(
        self, answer: AsyncIterator[bytes], pieces: Pieces
    ) -> None:
        patience = self._patience
        async for piece in answer:
            since = time.monotonic()
            try:
                async with asyncio.timeout(patience):
                    await pieces.put(piece)
            except TimeoutError:
                message = f"the answer was read too slowly, by less than {LEAST_RATE >> 10} kB a second, and was stopped"  # noqa: E501
                raise LimitReached(message) from None
            patience = min(
                self._patience,
                patience - (time.monotonic() - since) + len(piece) / LEAST_RATE,
            )

    @asynccontextmanager
    async def _worker(self) -> AsyncIterator["_Worker"]:
        """The worker that was idle for longest, for one whose turn it is."""
        while _is_spent(self._idle[0]):
            self._replace(self._idle.pop(0))
        starting = self._idle.pop(0)
        try:
            yield await asyncio.shield(starting)
        finally:
            if _is_spent(starting):
                self._replace(starting)
            else:
                self._idle.append(starting)

    @asynccontextmanager
    async def _turn(self, *, free: bool) -> AsyncIterator[None]:
        """A place among the workers, first come, first served; a free work needs one among its like first."""
        turns = [self._free_turns, self._turns] if free else [self._turns]
        async with AsyncExitStack() as stack:
            await self._wait(turns, stack)
            yield

    async def _wait(
        self, turns: Sequence[asyncio.Semaphore], stack: AsyncExitStack
    ) -> None:
        busy = "the server has too much to do; ask again in some seconds"
        if turns[0].locked() and self._waiting >= self._most_waiting:
            raise LimitReached(busy)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds_in_line):
                for turn in turns:
                    await stack.enter_async_context(turn)
        except TimeoutError:
            raise LimitReached(busy) from None
        finally:
            self._waiting -= 1

    def _start(self, after: asyncio.Task[None] | None = None) -> None:
        self._idle.append(asyncio.create_task(self._started(after)))

    async def _started(self, after: asyncio.Task[None] | None) -> "_Worker":
        """A new worker, when one that is being ended is gone: a store that it has open can be opened by no other."""
        if after:
            await after
        return await _Worker.start(pickle.dumps(self._prepare))

    def _replace(self, starting: "asyncio.Task[_Worker]") -> None:
        is_there = starting.exception() is None
        self._start(self._end(starting.result()) if is_there else None)

    def _end(self, worker: "_Worker") -> asyncio.Task[None]:
        end = asyncio.create_task(worker.end())
        self._ends.add(end)
        end.add_done_callback(self._ends.discard)
        return end


class _NotTaken(Exception):
    """A worker ended before it took its job, which any other may do; with the error for who asked, if none does."""

    def __init__(self, error: Exception) -> None:
        super().__init__(error)
        self.error = error


class _Worker:
    """A worker as the pool sees it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._is_ready = True

    @classmethod
    async def start(cls, first: bytes) -> "_Worker":
        """Starts a process that a terminal's Ctrl-C does not reach, nor code that lies about in the current folder."""
        process = await asyncio.create_subprocess_exec(
            *(
                sys.executable,
                "-P",
                "-m",
                "onrecord.store.worker",
                str(os.getpid()),
            ),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        worker = cls(process)
        worker._send(first)
        return worker

    @property
    def is_spent(self) -> bool:
        """Whether it can take no other job."""
        return not self._is_ready or self._process.returncode is not None

    async def answer(
        self, job: bytes, limits: Limits, what: str
    ) -> AsyncGenerator[bytes, None]:
        """The pieces of an answer; only the time that the worker is waited for counts. `what` a job is, errors say."""
        self._is_ready = False
        await self._hand_over(job, limits, what)
        left: float | None = None
        try:
            while True:
                since = time.monotonic()
                async with asyncio.timeout(left):
                    kind, payload = await self._frame()
                left = (
                    None
                    if left is None
                    else max(0.0, left - (time.monotonic() - since))
                )
                if kind == b"D":
                    yield payload
                elif kind == b"R":
                    left = limits.seconds
                else:
                    break
        except TimeoutError:
            raise LimitReached(late(limits, what)) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise died(await self._process.wait(), limits, what=what) from None
        self._is_ready = kind != b"L"
        if kind not in b"ZL":
            raise failure(kind, payload)

    async def _hand_over(self, job: bytes, limits: Limits, what: str) -> None:
        """Returns when the worker has taken a job; raises _NotTaken where it ended before."""
        try:
            self._send(job)
            await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            error = died(await self._process.wait(), limits, what=what)
            raise _NotTaken(error) from None

    async def end(self) -> None:
        """Kills the process and waits until it is gone; what it still said is read, so that its pipe closes."""
        with suppress(ProcessLookupError):
            self._process.kill()
        assert self._process.stdout is not None  # noqa: S101  it is a pipe
        await self._process.stdout.read()
        await self._process.wait()

    def _send(self, payload: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101  it is a pipe
        self._process.stdin.write(FRAME.pack(b"J", len(payload)) + payload)

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None  # noqa: S101  it is a pipe
        kind, length = FRAME.unpack(
            await self._process.stdout.readexactly(FRAME.size)
        )
        return kind, await self._process.stdout.readexactly(length)


def _is_spent(starting: asyncio.Task[_Worker]) -> bool:
    """Whether a worker is of no use any more, or never came to be."""
    return starting.done() and (
        starting.exception() is not None or starting.result().is_spent
    )
