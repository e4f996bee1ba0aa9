"""Two collections of graphs, compared by their triples in canonical form."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from onrecord.store.sync.canonical import Lines, canonical
from onrecord.store.sync.in_parallel import in_parallel
from onrecord.store.sync.sources import Source, groups, source
from onrecord.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Compared:
    """One graph on both sides: how many triples each has, and the canonical lines that only one of them has.

    `graph` is its IRI, "" for what stands in no named graph or is compared as one whole.
    """

    graph: str
    here: int
    there: int
    only_here: Lines
    only_there: Lines

    @property
    def is_same(self) -> bool:
        """Whether both sides have the same triples."""
        return not self.only_here and not self.only_there

    @property
    def how(self) -> str:
        """In a word or two: "same", "only here", "only there", "different"."""
        if self.is_same:
            return "same"
        return (
            "different"
            if self.here and self.there
            else "only here"
            if self.here
            else "only there"
        )


def diff(
    here: str | Path | Workspace,
    there: str | Path | Workspace,
    *,
    graphs: Collection[str] = (),
    profile: str = "generic",
    credentials: Path | None = None,
) -> Iterator[Compared]:
    """Compares every graph of two sides, each a workspace, its folder, a file of triples or quads, or a store's URL.

    `onrecord diff . https://host/sparql` is `onrecord.diff(".", "https://host/sparql")`. With `graphs`, their IRIs,
    only those are compared. Of a store, only graphs whose IRI begins with our base are compared, unless `graphs`
    names others. A file of triples has no names of graphs: it is compared with all of the other side at once, or with
    the one named graph. Raises BadInput, BadGraph, NoWorkspace, and what a store over HTTP fails with.
    """
    with ExitStack() as stack:
        left, right = (
            stack.enter_context(
                closing(source(place, profile=profile, credentials=credentials))
            )
            for place in (here, there)
        )
        yield from _compared(left, right, graphs)


def _compared(
    left: Source, right: Source, graphs: Collection[str]
) -> Iterator[Compared]:
    dialects = (left.dialect, right.dialect)

    def compare(graphs: list[str]) -> list[Compared]:
        sides = [side.quads_of(graphs) for side in (left, right)]
        return [_compare(graph, sides, dialects) for graph in graphs]

    if (left.is_union or right.is_union) and not graphs:
        one, two = (canonical(_all(side), dialects) for side in (left, right))
        yield Compared("", len(one), len(two), one - two, two - one)
        return
    names = sorted(graphs or {*left.graphs(), *right.graphs()})
    together = groups(names, {**left.counts, **right.counts})
    for compared in in_parallel(compare, together, ahead=1):
        yield from compared


def _compare(
    graph: str,
    sides: Iterable[Mapping[str, list[ox.Quad]]],
    dialects: Collection[str],
) -> Compared:
    one, two = (canonical(side[graph], dialects, name=graph) for side in sides)
    return Compared(graph, len(one), len(two), one - two, two - one)


def _all(side: Source) -> Iterator[ox.Quad]:
    together = groups(sorted(side.graphs()), side.counts)
    for graphs in in_parallel(side.quads_of, together, ahead=1):
        for quads in graphs.values():
            yield from quads
