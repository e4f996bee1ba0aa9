"""Graphs are sent where they are not there yet, and read back when all are sent.

Not each at once: a store that commits together what comes together would make a state of its own for each.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock

import pyoxigraph as ox

from onrecord.model.errors import (
    BadGraph,
    BadQuery,
    LimitReached,
    OnRecordError,
    StoreFailed,
)
from onrecord.model.iris import compact
from onrecord.store.sync.canonical import canonical, fingerprint
from onrecord.store.sync.ledger import Ledger
from onrecord.store.sync.sources import Files, RemoteSource
from onrecord.store.sync.together import (
    TAKING,
    Operation,
    Taking,
    operation,
    update,
)

MOST_FAILURES = 5
"""Graphs that may fail before the rest is not tried."""
ROUNDS_LATE = 2
"""Times that all requests on their way may stay without an answer before a store is taken to stand still."""


@dataclass
class Sender:
    """Brings graphs from here to there, several at once; without `verify` it believes the ledger and the counts.

    `outcomes` holds what became of each: same, sent, late (sent, and not answered in time, so that what is read back
    tells whether it came), differs (sent, and not given back as it was), failed, not tried.
    `sizes` are triples of those that were sent; `alone` are graphs that are to be sent one by one when all others are
    there, for Virtuoso lets what is put and what is inserted at the same time wait for each other until one fails.
    """

    here: Files
    there: RemoteSource
    ledger: Ledger
    dry_run: bool
    verify: bool
    outcomes: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)
    _sent: dict[str, str] = field(default_factory=dict)
    _read_ahead: dict[str, list[ox.Quad]] = field(default_factory=dict)
    _unsure: set[str] = field(default_factory=set)
    _late: int = 0
    _failed: list[OnRecordError] = field(default_factory=list)
    _read: dict[str, int] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    @property
    def taking(self) -> Taking | None:
        """How graphs are sent together, if they are."""
        taking = TAKING.get(self.there.dialect)
        if self.dry_run or not taking:
            return None
        return taking if taking.replaces or self.verify else None

    def send_some(self, graphs: Sequence[str]) -> Sequence[str]:
        """Sends some graphs, each alone; gives them."""
        self._read_some(graphs)
        for graph in graphs:
            self.send(graph)
        return graphs

    def prepare_some(self, graphs: Sequence[str]) -> list[Operation | None]:
        """What sends each of some graphs, to be sent together."""
        self._read_some(graphs)
        return list(map(self.prepare, graphs))

    def check_some(self, graphs: Sequence[str]) -> Sequence[str]:
        """Reads back some graphs that were sent; gives them."""
        self._read_together(graphs)
        for graph in graphs:
            self._try(self._check, graph)
        return graphs

    def _read_some(self, graphs: Iterable[str]) -> None:
        """Reads what may be there already."""
        if self.verify:
            self._read_together([g for g in graphs if g in self.there.counts])

    def _read_together(self, graphs: Sequence[str]) -> None:
        """Reads graphs there in one request; what cannot be read so is read alone later, and its failure told."""
        if len(graphs) > 1 and len(self._failed) < MOST_FAILURES:
            with suppress(StoreFailed, LimitReached):
                self._read_ahead |= self.there.quads_of(graphs)

    def send(self, graph: str) -> None:
        """Sends a graph; one that fails does not keep the others from being sent, unless many do."""
        self._try(self._send, graph)

    def prepare(self, graph: str) -> Operation | None:
        """What sends a graph, to be sent together with others; None where nothing is left to be sent.

        A graph that must go alone is sent at once.
        """
        waiting: list[Operation] = []
        self._try(lambda name: self._send(name, waiting), graph)
        return waiting[0] if waiting else None

    def send_together(self, chunk: Sequence[Operation]) -> None:
        """Sends graphs in one request; where that fails, each is sent alone, so that one costs no other.

        Not where the answer is late: that would give the store more to do.
        """
        graphs = [request.graph for request in chunk]
        try:
            self._send_all(chunk)
        except (StoreFailed, LimitReached, BadQuery) as error:
            if self.taking and not self.taking.replaces:
                self.alone.update(graphs)
            elif self._may_have_come(graphs, error):
                with self._lock:
                    self.outcomes |= dict.fromkeys(graphs, "late")
            else:
                for graph in graphs:
                    self.send(graph)

    def _try(self, work: Callable[[str], str | None], graph: str) -> None:
        """Keeps what became of a graph; None of one that waits to be sent."""
        outcome: str | None = "not tried"
        if len(self._failed) < MOST_FAILURES:
            try:
                outcome = work(graph)
            except (StoreFailed, LimitReached) as error:
                self._failed.append(type(error)(f"{compact(graph)}: {error}"))
                outcome = "failed"
        if outcome:
            with self._lock:
                self.outcomes[graph] = outcome

    def of(self, *outcomes: str) -> tuple[str, ...]:
        """The graphs of which this became, or one of these."""
        return tuple(
            sorted(
                graph
                for graph, state in self.outcomes.items()
                if state in outcomes
            )
        )

    def delete(self, graph: str) -> None:
        """Takes a graph away there."""
        if not self.dry_run:
            self.there.delete(graph)
            self.ledger.lost(graph)

    def raise_failures(self) -> None:
        """Raises the first failure, with how far all came."""
        if not self._failed:
            return
        count = Counter(self.outcomes.values())
        done = count["sent"] + count["same"] + count["differs"]
        state = (
            f"{done:,} of {len(self.outcomes):,} graphs are there"
            if done
            else "no graph was sent"
        )
        message = f"{self._failed[0]}\n{state}; push again goes on from there"
        raise type(self._failed[0])(message)

    def recount(self) -> None:
        """Marks as different what has more or fewer triples now than when it was read back."""
        if self.dry_run or not self.verify:
            return
        now = self.there.count()
        for graph, count in self._read.items():
            if now.get(graph, 0) != count:
                self.outcomes[graph] = "differs"

    def _send(
        self, graph: str, waiting: list[Operation] | None = None
    ) -> str | None:
        """Sends a graph, or has it wait where it can be sent with others."""
        quads = self.here.quads(graph)
        lines = canonical(quads, (self.there.dialect,), name=graph)
        mark = fingerprint(lines)
        if self._is_there(graph, len(lines), mark):
            return "same"
        if self.dry_run:
            return "sent"
        with self._lock:
            self._sent[graph], self.sizes[graph] = mark, len(lines)
        if waiting is not None and self._may_wait(graph, quads, waiting):
            return None
        return self._put(graph, quads)

    def _may_wait(
        self, graph: str, quads: Sequence[ox.Quad], waiting: list[Operation]
    ) -> bool:
        """Whether a graph is sent later, with others or alone."""
        request = self._operation(graph, quads)
        if request:
            waiting.append(request)
        elif self.taking and not self.taking.replaces:
            self.alone.add(graph)
        else:
            return False
        return True

    def _operation(
        self, graph: str, quads: Sequence[ox.Quad]
    ) -> Operation | None:
        """What sends a graph together with others, None of one that goes alone."""
        taking = self.taking
        if not taking or (not taking.replaces and graph in self.there.counts):
            return None
        return operation(graph, quads, taking)

    def _put(self, graph: str, quads: Sequence[ox.Quad]) -> str:
        """Sends a graph alone."""
        self.ledger.sends(graph)
        try:
            self.there.put(graph, quads)
        except LimitReached as error:
            if self._may_have_come([graph], error):
                return "late"
            raise
        self._arrived(graph)
        return "sent"

    def _may_have_come(
        self, graphs: Collection[str], error: OnRecordError
    ) -> bool:
        """Whether it is left to the reading back what became of graphs whose request had no answer in time.

        Not of a store that has answered nothing for long.
        """
        if not self.verify or not isinstance(error, LimitReached):
            return False
        with self._lock:
            self._late += 1
            self._unsure.update(graphs)
            return self._late <= ROUNDS_LATE * self.there.at_once

    def _send_all(self, chunk: Sequence[Operation]) -> None:
        if len(self._failed) >= MOST_FAILURES:
            message = "too much failed before"
            raise StoreFailed(message)
        for request in chunk:
            self.ledger.sends(request.graph)
        taking = self.taking
        assert taking is not None  # noqa: S101  it was prepared
        if not taking.replaces:
            self._unsure.update(request.graph for request in chunk)
        self.there.update(update(chunk, taking))
        for request in chunk:
            self._arrived(request.graph)
        with self._lock:
            self.outcomes |= {request.graph: "sent" for request in chunk}

    def _arrived(self, graph: str) -> None:
        self._late = 0
        if not self.verify:
            self.ledger.holds(graph, self._sent[graph])

    def _check(self, graph: str) -> str:
        mark = self._found(graph)
        if mark != self._sent[graph] and graph in self._unsure:
            self.there.put(graph, self.here.quads(graph))
            mark = self._found(graph)
        if mark != self._sent[graph]:
            return "differs"
        self.ledger.holds(graph, self._sent[graph])
        return "sent"

    def _is_there(self, graph: str, size: int, mark: str) -> bool:
        """Whether the store has the graph: as it gives it, or as is known without asking."""
        count = self.there.counts.get(graph, 0)
        if not self.verify:
            return count == size and self.ledger.marks.get(graph) == mark
        if count < size:
            self._read_ahead.pop(graph, None)
            return False
        if self._found(graph) != mark:
            return False
        self.ledger.holds(graph, mark)
        return True

    def _found(self, graph: str) -> str:
        """The fingerprint of a graph as the store gives it, none of what cannot be compared."""
        quads = self._read_ahead.pop(graph, None)
        if quads is None:
            quads = self.there.quads(graph)
        with self._lock:
            self._read[graph] = len(quads)
        with suppress(BadGraph):
            return fingerprint(canonical(quads, (self.there.dialect,)))
        return ""
