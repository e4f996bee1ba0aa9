"""A store over HTTP that several people change: each change names the version that it was made upon.

`graph:log` holds a node for each change, in the words of PROV-O: its number, the change
before it, the graphs that it made anew, and when it began and ended. The graph's own
node leads to the newest. A change asks for the version that it knows and sets its own,
both in one SPARQL Update together with all its triples; where another came first, the
pattern matches nothing, and nothing is changed.

Virtuoso takes no graphs of this size in one update, so there the version is set first,
then each graph is put, those that others refer to before the rest, and the end is noted
last. A reader may meanwhile see a part of the change. Where a writer was killed, the end
is missing, and the next writer completes the change.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

import pyoxigraph as ox

from onrecord.model.errors import ChangedMeanwhile, StoreFailed
from onrecord.model.iris import BASE, GRAPHS, PREFIXES
from onrecord.store.sync.sources import RemoteSource

LOG = f"{BASE}graph/log"
PUTS_ONE_BY_ONE = frozenset({"virtuoso"})
"""Profiles that take no change of many triples in one update."""
FIRST = tuple(GRAPHS[name] for name in ("entities", "runs"))
LAST = (GRAPHS["removed"], GRAPHS["edges"])
PROV = PREFIXES["prov"]
NEWEST = f"<{LOG}> <{PROV}wasGeneratedBy>"
NUMBER = f"<{PREFIXES['schema']}position>"
BEFORE, MAKES = f"<{PROV}wasInformedBy>", f"<{PROV}generated>"
BEGUN, ENDED = f"<{PROV}startedAtTime>", f"<{PROV}endedAtTime>"
LABEL = f"<{PREFIXES['rdfs']}label>"


@dataclass(frozen=True, slots=True)
class Version:
    """The newest change of a store: none, of number 0, where nobody has changed it by this way.

    `begun` is told of one that has not ended.
    """

    change: str | None = None
    number: int = 0
    begun: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a store: the quads to remove and to add, and the graphs that they touch, as they shall be."""

    what: str
    removed: frozenset[ox.Quad]
    added: frozenset[ox.Quad]
    graphs: Mapping[str, Sequence[ox.Quad]]


class Versions:
    """The versions of a store; raises what `RemoteSource` raises."""

    def __init__(self, there: RemoteSource) -> None:
        self._there = there
        self.is_at_once = there.dialect not in PUTS_ONE_BY_ONE

    def newest(self) -> Version:
        """The version as it is now."""
        rows = self._there.rows(
            f"SELECT ?change ?number ?begun ?ended WHERE {{ GRAPH <{LOG}> {{"
            f" {NEWEST} ?change . ?change {NUMBER} ?number ; {BEGUN} ?begun ."
            f" OPTIONAL {{ ?change {ENDED} ?ended }} }} }}"
        )
        if not rows:
            return Version()
        row = rows[-1]
        number = int(_text(row["number"]))
        begun = dt.datetime.fromisoformat(_text(row["begun"]))
        is_whole = row["ended"] is not None
        return Version(
            _text(row["change"]), number, None if is_whole else begun
        )

    def changed_since(self, number: int) -> list[str]:
        """The graphs that were made anew by the changes after one, by its number."""
        rows = self._there.rows(
            f"SELECT DISTINCT ?graph WHERE {{ GRAPH <{LOG}> {{"
            f" ?change {NUMBER} ?number ; {MAKES} ?graph . FILTER(?number > {number}) }} }}"
        )
        return sorted(_text(row["graph"]) for row in rows)

    def make(self, before: Version, change: Change) -> Version:
        """Makes a change upon a version; raises ChangedMeanwhile where the store has another by now.

        Where the answer is lost, the store is asked whether the change is there.
        """
        after = Version(f"{BASE}change/{uuid4().hex}", before.number + 1)
        quads = () if not self.is_at_once else change.added
        gone = () if not self.is_at_once else change.removed
        noted = self._noted(before, after, change)
        text = _update(before, gone, [*quads], noted)
        try:
            self._there.update(text)
        except StoreFailed:
            if not self._is_noted(after):
                raise
        if not self._is_noted(after) or self._is_second(after):
            message = "the store was changed by another meanwhile; nothing was changed"
            raise ChangedMeanwhile(message)
        if not self.is_at_once:
            self._put(change)
            self.end(after)
        return after

    def end(self, version: Version) -> None:
        """Notes that all of a change is there."""
        line = f"<{version.change}> {ENDED} {_now()}"
        self._there.update(f"INSERT DATA {{ GRAPH <{LOG}> {{ {line} }} }}")

    def _noted(self, before: Version, after: Version, change: Change) -> str:
        node = f"<{after.change}>"
        lines = [
            f"{NEWEST} {node} .",
            f"{node} {NUMBER} {after.number} ; {BEGUN} {_now()} .",
            f"{node} {LABEL} {ox.Literal(change.what)} .",
            *(f"{node} {MAKES} <{graph}> ." for graph in sorted(change.graphs)),
        ]
        if before.change:
            lines.append(f"{node} {BEFORE} <{before.change}> .")
        if self.is_at_once:
            lines.append(f"{node} {ENDED} {_now()} .")
        return "\n".join(lines)

    def _is_second(self, version: Version) -> bool:
        """Whether a store that does not isolate updates let two through at once; the second takes itself back."""
        if self.is_at_once:
            return False
        rows = self._there.rows(
            f"SELECT ?change WHERE {{ GRAPH <{LOG}> {{ {NEWEST} ?change }} }}"
        )
        if min(_text(row["change"]) for row in rows) == version.change:
            return False
        node = f"<{version.change}>"
        self._there.update(
            f"DELETE WHERE {{ GRAPH <{LOG}> {{ {node} ?p ?o }} }}"
        )
        self._there.update(
            f"DELETE DATA {{ GRAPH <{LOG}> {{ {NEWEST} {node} }} }}"
        )
        return True

    def _is_noted(self, version: Version) -> bool:
        pattern = f"GRAPH <{LOG}> {{ <{version.change}> {NUMBER} ?number }}"
        return bool(self._there.rows(f"SELECT ?number WHERE {{ {pattern} }}"))

    def _put(self, change: Change) -> None:
        """Puts each graph; what the registry loses stays in it until the other graphs no longer name it."""
        gone = [quad for quad in change.removed if _graph(quad) in FIRST]
        firsts = [graph for graph in FIRST if graph in change.graphs]
        for graph in firsts:
            going = [quad for quad in gone if _graph(quad) == graph]
            self._there.put(graph, [*change.graphs[graph], *going])
        for graph in sorted(
            change.graphs, key=lambda name: (name in LAST, name)
        ):
            if graph not in firsts:
                self.become(graph, change.graphs[graph])
        for graph in firsts if gone else ():
            self.become(graph, change.graphs[graph])

    def become(self, graph: str, quads: Sequence[ox.Quad]) -> None:
        """Makes a graph hold just these quads; without any, the graph is deleted."""
        if quads:
            self._there.put(graph, quads)
        else:
            self._there.delete(graph)


def _update(
    before: Version,
    gone: Iterable[ox.Quad],
    come: Iterable[ox.Quad],
    noted: str,
) -> str:
    """One update that does all of it where the store is at a version, and nothing where it is not."""
    known = f"{NEWEST} <{before.change}>" if before.change else ""
    out = f"GRAPH <{LOG}> {{ {known} }}\n" if known else ""
    none = f"FILTER NOT EXISTS {{ GRAPH <{LOG}> {{ {NEWEST} ?any }} }}"
    return (
        f"DELETE {{ {out}{_in_graphs(gone)} }}\n"
        f"INSERT {{ GRAPH <{LOG}> {{ {noted} }}\n{_in_graphs(come)} }}\n"
        f"WHERE {{ {out or none} }}"
    )


def _in_graphs(quads: Iterable[ox.Quad]) -> str:
    graphs: dict[str, list[str]] = {}
    for quad in quads:
        line = f"{quad.subject} {quad.predicate} {quad.object} ."
        graphs.setdefault(str(quad.graph_name), []).append(line)
    return "\n".join(
        f"GRAPH {graph} {{\n{chr(10).join(sorted(lines))}\n}}"
        for graph, lines in sorted(graphs.items())
    )


def _graph(quad: ox.Quad) -> str:
    name = quad.graph_name
    return name.value if isinstance(name, ox.NamedNode) else ""


def _now() -> str:
    now = dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")
    return str(
        ox.Literal(now, datatype=ox.NamedNode(PREFIXES["xsd"] + "dateTime"))
    )


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)  # noqa: S101  what is bound
    return term.value
