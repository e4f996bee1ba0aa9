"""A graph that is served: works on its newest generation run in a pool, changes in a worker that writes alone.

The two kinds differ in where a generation comes from: the files of a workspace, looked at again and again, or the
changes that clients sent.
"""

import asyncio
import pickle
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

import pyoxigraph as ox

from onrecord.model.errors import LimitReached, NotWritten, OnRecordError
from onrecord.store import writer
from onrecord.store.build import EDGES
from onrecord.store.files import snapshot
from onrecord.store.generations import held
from onrecord.store.limits import Limits, Send
from onrecord.store.pool import Pool
from onrecord.workspace import Workspace

SECONDS_BETWEEN_LOOKS = 1.0
MOST_OF_THE_TIME = 0.02
"""How much of its time the server looks at the files, many as they may be."""
SECONDS_KEPT = 10.0
"""How long a generation is kept after the next one, for answers that are about to begin."""
MOST_WRITES_WAITING = 256
MOST_TOGETHER = 64
SECONDS_TOGETHER = 30.0
"""After so many a state is published, and the changes that still wait make the next one."""
MOST_VERSIONS = 100_000
"""Graphs of which the server remembers when each was changed."""
DERIVING = Limits(600, None)
"""What making the edges may take; no change's own limits count it."""

T = TypeVar("T")
R = TypeVar("R")


class Reading(Generic[T]):
    """A workspace's graph, to be asked; what `onrecord add` adds meanwhile is there a moment later.

    `prepare` gives a worker what works are done with; its argument only changes as the generation does.
    """

    writable = False
    changing = False

    def __init__(
        self,
        workspace: Workspace,
        prepare: Callable[[str], T],
        workers: int,
        kept: int = 0,
    ) -> None:
        self.generation = snapshot(workspace).key
        self._workspace, self._prepare = workspace, prepare
        self._pool = Pool(workers, prepare, kept=kept)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Reading[T]":
        await self._stack.enter_async_context(self._pool)
        self._stack.callback(asyncio.create_task(self._look()).cancel)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def run(
        self,
        work: Callable[[T, Send], None],
        limits: Limits,
        *,
        free: bool = False,
    ) -> AsyncGenerator[bytes, None]:
        """The pieces that a work on the newest generation sends; see `Pool.run`."""
        return self._pool.run(self.generation, work, limits, free=free)

    def version(self, graph: str) -> str:  # noqa: ARG002  as the other kind has it
        """A name that changes with every change of a graph: here the generation's."""
        return self.generation

    async def fetch(
        self, work: Callable[[T, Send], None], limits: Limits
    ) -> bytes:
        """All that it sends."""
        return await self._pool.fetch(self.generation, work, limits)

    async def write(
        self,
        change: Callable[[ox.Store], R],  # noqa: ARG002  as the other kind has it
        limits: Limits,  # noqa: ARG002
        graphs: writer.Graphs | None = None,  # noqa: ARG002
    ) -> R:
        """Raises NotWritten."""
        message = (
            "this graph is only read; `onrecord serve "
            "--writable` serves one that can be written"
        )
        raise NotWritten(message)

    async def _look(self) -> None:
        pause = SECONDS_BETWEEN_LOOKS
        while True:
            await asyncio.sleep(pause)
            since = time.monotonic()
            with suppress(OSError):  # a file that went while it was looked at
                files = await asyncio.to_thread(snapshot, self._workspace)
                pause = max(
                    SECONDS_BETWEEN_LOOKS,
                    (time.monotonic() - since) / MOST_OF_THE_TIME,
                )
                if files.key != self.generation:
                    await self._prepare_once(files.key)
                    self.generation = files.key

    async def _prepare_once(self, generation: str) -> None:
        """Has one process prepare a generation, and keep what the workers then find, before any of them turns to it."""
        async with Pool(1, self._prepare) as alone:
            with suppress(
                OnRecordError, RuntimeError
            ):  # whoever asks will be told
                await alone.fetch(generation, _nothing, Limits(None, None))


def _nothing(_: object, __: Send) -> None:
    """The work of one who is only to prepare."""


@dataclass
class _Write:
    """A change that waits, and who waits for it."""

    change: writer.Change
    limits: Limits
    graphs: writer.Graphs | None = None
    done: asyncio.Future[object] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def tell(self, outcome: object) -> None:
        """Wakes who waits, if anybody still does."""
        if self.done.done():
            return
        if isinstance(outcome, Exception):
            self.done.set_exception(outcome)
        else:
            self.done.set_result(outcome)


class _ChangeFailed(Exception):
    """One change of a batch failed, and none of it was published."""

    def __init__(self, write: _Write, error: Exception) -> None:
        super().__init__(error)
        self.write, self.error = write, error


class Writing(Generic[T]):
    """A store of its own in a folder, to be asked and changed; a new one holds the ontology.

    Changes that wait at one time are made together and published as one generation, and only then acknowledged. Where
    one of them fails, the others are made again without it. `prepare` gets the folder of a generation's store. Entering
    raises BadInput and NotWritten.
    """

    writable = True
    changing = False
    """Whether a change waits or is made: soon there is another generation."""

    def __init__(
        self,
        folder: Path,
        workspace: Workspace,
        prepare: Callable[[str], T],
        workers: int,
        kept: int = 0,
    ) -> None:
        self.generation = ""
        self._folder, self._workspace = folder, workspace
        self._pool = Pool(workers, prepare, kept=kept)
        self._line: asyncio.Queue[_Write] = asyncio.Queue(MOST_WRITES_WAITING)
        self._reading: Counter[str] = Counter()
        self._left: dict[str, float] = {}
        self._versions: dict[str, str] = {}
        self._since = ""
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "Writing[T]":
        async with AsyncExitStack() as stack:
            self._generations = stack.enter_context(held(self._folder))
            self._writer = await stack.enter_async_context(
                Pool(
                    1,
                    partial(writer.prepare, generations=self._generations),
                    what="change",
                )
            )
            self.generation = self._generations.current() or await self._first()
            self._since = self.generation
            await stack.enter_async_context(self._pool)
            stack.callback(self._forget)
            writing = asyncio.create_task(self._write_all())
            stack.push_async_callback(asyncio.wait, {writing})
            stack.callback(writing.cancel)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    def run(
        self,
        work: Callable[[T, Send], None],
        limits: Limits,
        *,
        free: bool = False,
    ) -> AsyncGenerator[bytes, None]:
        """The pieces that a work on the newest generation sends; see `Pool.run`."""
        return self._run(self.generation, work, limits, free=free)

    async def fetch(
        self, work: Callable[[T, Send], None], limits: Limits
    ) -> bytes:
        """All that it sends."""
        return b"".join([piece async for piece in self.run(work, limits)])

    async def write(
        self,
        change: Callable[[ox.Store], R],
        limits: Limits,
        graphs: writer.Graphs | None = None,
    ) -> R:
        """What a change gives, once the graph is published with it.

        The change, a function of a module or a `functools.partial` of one, may be made more than once, and no
        half of it is ever seen. It writes into no other than the `graphs`, where they are named. Raises what it
        raises, LimitReached and NotWritten.
        """
        waiting = _Write(change, limits, graphs)
        try:
            self._line.put_nowait(waiting)
        except asyncio.QueueFull:
            message = "too many changes wait already; try again in some seconds"
            raise LimitReached(message) from None
        self.changing = True
        return await waiting.done  # type: ignore[return-value]  # what this change gave

    async def _run(
        self,
        generation: str,
        work: Callable[[T, Send], None],
        limits: Limits,
        *,
        free: bool,
    ) -> AsyncGenerator[bytes, None]:
        """Reads a generation, which stays as long."""
        self._reading[generation] += 1
        try:
            place = str(self._generations.path(generation))
            answer = self._pool.run(place, work, limits, free=free)
            async with aclosing(answer) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._reading[generation] -= 1

    async def _first(self) -> str:
        files = tuple(self._workspace.ontology_files())
        await self._make(
            [_Write(partial(writer.add_ontology, files=files), DERIVING)]
        )
        return self.generation

    async def _write_all(self) -> None:
        while True:
            batch = [await self._line.get()]
            while not self._line.empty() and len(batch) < MOST_TOGETHER:
                batch.append(self._line.get_nowait())
            awaited = [write for write in batch if not write.done.done()]
            if awaited:
                await self._commit(awaited)
            self.changing = not self._line.empty()

    def _forget(self) -> None:
        """Lets go who still waits when the store is left."""
        while not self._line.empty():
            self._line.get_nowait().done.cancel()

    async def _commit(self, batch: Sequence[_Write]) -> None:
        """Publishes the changes of a batch together, without those that fail; all that wait are told."""
        try:
            given = await self._make(batch)
        except asyncio.CancelledError:
            for write in batch:
                write.done.cancel()
            raise
        except _ChangeFailed as failed:
            await self._sweep()
            failed.write.tell(failed.error)
            again = [[write for write in batch if write is not failed.write]]
        except Exception as error:  # noqa: BLE001  it is that of the one who waits
            await self._sweep()
            if len(batch) == 1:
                batch[0].tell(error)
            again = [[write] for write in batch if not write.done.done()]
        else:
            for write, gave in zip(batch, given, strict=False):
                write.tell(gave)
            again = [[*batch[len(given) :]]]
        for left in filter(None, again):
            await self._commit(left)

    async def _make(self, batch: Sequence[_Write]) -> Sequence[object]:
        """Publishes a generation with the changes of a batch, or none; gives what those made that its time allows.

        Each change has the time and the memory that it may take for itself. Raises _ChangeFailed for one that fails.
        """
        here, new = self._generations, self._generations.next()
        given: list[object] = []
        end = time.monotonic() + SECONDS_TOGETHER
        while not given or (len(given) < len(batch) and time.monotonic() < end):
            given.append(await self._change(new, batch[len(given)]))
        graphs = _written(batch[: len(given)])
        derive = partial(
            writer.derive,
            generations=here,
            new=new,
            workspace=self._workspace,
            graphs=graphs,
        )
        await self._writer.fetch(new, derive, DERIVING)
        await asyncio.to_thread(here.publish, new)
        self._left[self.generation] = time.monotonic()
        self.generation = new
        self._note_versions(graphs)
        await self._sweep()
        return given

    async def _change(self, new: str, write: _Write) -> object:
        """What a change gives, made in a branch with those before it."""
        work = partial(
            writer.change, generations=self._generations, change=write.change
        )
        try:
            given = await self._writer.fetch(new, work, write.limits)
        except Exception as error:
            raise _ChangeFailed(write, error) from error
        return pickle.loads(given)  # noqa: S301  from our own child

    async def _sweep(self) -> None:
        await asyncio.to_thread(self._generations.sweep, self._used())

    def version(self, graph: str) -> str:
        """A name that changes with every change of one graph, "" for the unnamed one; with others' changes it may."""
        return self._versions.get(graph, self._since)

    def _note_versions(self, graphs: writer.Graphs | None) -> None:
        """Takes note of the graphs that the new generation has otherwise: all where nobody named them."""
        if graphs is None or len(self._versions) > MOST_VERSIONS:
            self._since = self.generation
            self._versions.clear()
            return
        for graph in (*graphs, EDGES.value):
            self._versions[graph] = self.generation

    def _used(self) -> Collection[str]:
        """The generations that are read, or may be in a moment; never one that failed."""
        recent = time.monotonic() - SECONDS_KEPT
        self._left = {
            name: since
            for name, since in self._left.items()
            if since > recent or self._reading[name]
        }
        return frozenset(self._left)


def _written(batch: Sequence[_Write]) -> writer.Graphs | None:
    """The graphs that several changes write into; None where one may write into any."""
    named = [write.graphs for write in batch if write.graphs is not None]
    return frozenset().union(*named) if len(named) == len(batch) else None
