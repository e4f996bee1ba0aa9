"""A workspace's graphs → a store over HTTP, one by one, and read back."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from threading import Lock

import pyoxigraph as ox

from onrecord.errors import LimitReached, OnRecordError, StoreFailed, UnknownName
from onrecord.sync.canonical import canonical, fingerprint
from onrecord.sync.ledger import Ledger
from onrecord.sync.sources import Files, There, abreast
from onrecord.vocabulary import GRAPHS, PREFIXES, compact, nearest
from onrecord.workspace import Endpoint, Workspace, find

MADE_THERE = {"onrecord": frozenset({GRAPHS["edges"]})}
"""What a store makes itself whenever its statements change, by profile."""
MOST_FAILURES = 5
"""Graphs that may fail before the rest is not tried."""
Hear = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pushed:
    """What `push` did, by the IRIs of graphs.

    `differs` are those that the store does not give back as they were sent. `strange` are graphs of ours there that are
    none of this workspace's, and were left alone; `unnamed` are files whose names make no graph's.
    """

    sent: tuple[str, ...]
    same: tuple[str, ...]
    deleted: tuple[str, ...]
    differs: tuple[str, ...]
    kept: tuple[str, ...]
    strange: tuple[str, ...]
    unnamed: tuple[str, ...]


def push(  # noqa: PLR0913  each is one choice of the one who pushes
    store: Endpoint | str,
    *,
    workspace: Workspace | None = None,
    graphs: Collection[str] = (),
    dry_run: bool = False,
    verify: bool = True,
    keep: bool = False,
    said: Hear | None = None,
) -> Pushed:
    """Makes the named graphs of a store be the workspace's: those that differ are sent, those that are gone go.

    `onrecord push https://host/ --profile virtuoso` is `onrecord.push(Endpoint("https://host/", "virtuoso"))`. A graph
    is read there before it is sent, and after; without `verify`, what the last push noted and the number of triples
    there are believed instead. Deleted are graphs that an earlier push or pull of this workspace had in common with the
    store, or that a tombstone names, unless `keep`; others are never touched. With `graphs`, their IRIs, only those are
    sent or deleted. `said` hears how many graphs are done, of how many. Killed or cut off, the next push goes on where
    this one ended. Raises UnknownName for a graph that is nowhere, BadGraph, StoreFailed, LimitReached.
    """
    with There(store if isinstance(store, Endpoint) else Endpoint(store)) as there:
        return _Push(Files(workspace or find()), there, dry_run=dry_run, verify=verify).all(graphs, said, keep=keep)


@dataclass
class _Push:
    here: Files
    there: There
    dry_run: bool
    verify: bool
    failed: list[OnRecordError] = field(default_factory=list)
    stands: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.here.workspace, self.there.address)
        self.mine = {*self.here.graphs()} - MADE_THERE.get(self.there.dialect, frozenset())

    def all(self, graphs: Collection[str], said: Hear | None, *, keep: bool) -> Pushed:
        gone = self._gone()
        self._refuse_unknown(graphs, gone)
        wanted = sorted(self.mine & {*graphs} if graphs else self.mine)
        lost = sorted(gone & {*graphs} if graphs else gone)
        outcomes: dict[str, str] = {}
        for number, (graph, outcome) in enumerate(abreast(self._try, wanted), 1):
            outcomes[graph] = outcome
            if said:
                said(number, len(wanted))
        self._raise_failures(outcomes)
        if not keep:
            for graph in lost:
                self._delete(graph)
        differs = {graph for graph, outcome in outcomes.items() if outcome == "differs"} | self._miscounted()
        by = {
            how: tuple(g for g, each in outcomes.items() if each == how and g not in differs)
            for how in ("sent", "same")
        }
        strange = {*self.there.counts} - self.mine - gone - MADE_THERE.get(self.there.dialect, frozenset())
        unnamed = tuple(str(path) for path in self.here.unnamed)
        kept, deleted = (tuple(lost), ()) if keep else ((), tuple(lost))
        return Pushed(**by, deleted=deleted, kept=kept, differs=_row(differs), strange=_row(strange), unnamed=unnamed)

    def _gone(self) -> set[str]:
        """The graphs there that this workspace had and has no more."""
        ours = {*self.ledger.marks, *self._buried()}
        return (ours & {*self.there.counts}) - {*self.here.graphs()}

    def _buried(self) -> Iterable[str]:
        """The documents that tombstones name."""
        kind = PREFIXES["rdf"] + "type"
        return (
            quad.subject.value
            for quad in self.here.quads(GRAPHS["removed"])
            if quad.predicate.value == kind and isinstance(quad.subject, ox.NamedNode)
        )

    def _refuse_unknown(self, graphs: Collection[str], gone: set[str]) -> None:
        for graph in graphs:
            if graph not in self.mine and graph not in gone:
                near = nearest(compact(graph), map(compact, self.mine))
                hint = f"; did you mean {' or '.join(near)}?" if near else ""
                message = f"no graph to push is called {compact(graph)}{hint}"
                raise UnknownName(message)

    def _try(self, graph: str) -> tuple[str, str]:
        """What became of a graph; one that fails does not keep the others from being sent, unless many do."""
        if len(self.failed) >= MOST_FAILURES:
            return graph, "not tried"
        try:
            return graph, self._one(graph)
        except (StoreFailed, LimitReached) as error:
            self.failed.append(type(error)(f"{compact(graph)}: {error}"))
            return graph, "failed"

    def _one(self, graph: str) -> str:
        quads = self.here.quads(graph)
        lines = canonical(quads, (self.there.dialect,))
        mark = fingerprint(lines)
        if self._is_there(graph, len(lines), mark):
            return "same"
        if self.dry_run:
            return "sent"
        self.ledger.sends(graph)
        self.there.put(graph, quads)
        if self.verify and self._read(graph) != mark:
            return "differs"
        self.ledger.holds(graph, mark)
        return "sent"

    def _is_there(self, graph: str, size: int, mark: str) -> bool:
        """Whether the store has the graph: as it gives it, or as is known without asking."""
        count = self.there.counts.get(graph, 0)
        if not self.verify:
            return count == size and self.ledger.marks.get(graph) == mark
        if count < size or self._read(graph) != mark:
            return False
        self.ledger.holds(graph, mark)
        return True

    def _read(self, graph: str) -> str:
        """The fingerprint of a graph as the store gives it."""
        found = self.there.quads(graph)
        with self._lock:
            self.stands[graph] = len(found)
        return fingerprint(canonical(found, (self.there.dialect,)))

    def _delete(self, graph: str) -> None:
        if not self.dry_run:
            self.there.delete(graph)
            self.ledger.lost(graph)

    def _miscounted(self) -> set[str]:
        """The graphs that have more or fewer triples at the end than when they were read."""
        if self.dry_run or not self.verify:
            return set()
        now = self.there.count()
        return {graph for graph, count in self.stands.items() if now.get(graph, 0) != count}

    def _raise_failures(self, outcomes: dict[str, str]) -> None:
        if not self.failed:
            return
        done = sum(each in {"sent", "same", "differs"} for each in outcomes.values())
        state = f"{done:,} of {len(outcomes):,} graphs are there" if done else "no graph was sent"
        message = f"{self.failed[0]}\n{state}; push again goes on from there"
        raise type(self.failed[0])(message)


def _row(graphs: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(graphs))
