"""A store of the engine's as a graph for rdflib, without a copy: each pattern is looked up there."""

from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.store import Store
from rdflib.term import Node

from onrecord.rdf.terms import EngineTerm, from_engine, to_engine

Pattern = tuple[Node | None, Node | None, Node | None]


def view(store: ox.Store, hidden: Collection[str]) -> Graph:
    """The union of a store's graphs but for the `hidden` ones; it is only read."""
    return Graph(_View(store, frozenset(hidden)), bind_namespaces="none")


def graph_of(quad: ox.Quad) -> str:
    """The IRI of a quad's graph, nothing for the unnamed one."""
    name = quad.graph_name
    return "" if isinstance(name, ox.DefaultGraph) else name.value


class _View(Store):
    """What rdflib asks of a store that is only read."""

    context_aware = True
    graph_aware = True
    """pyshacl takes no other store; it is given the union of all graphs."""

    def __init__(self, store: ox.Store, hidden: frozenset[str]) -> None:
        super().__init__()
        self._store = store
        self._hidden = hidden
        self._size: int | None = None
        self._union = Graph(self, bind_namespaces="none")

    def triples(
        self,
        triple_pattern: Pattern,
        context: Graph | None = None,  # noqa: ARG002  there is only the union
    ) -> Iterator[tuple[tuple[Node, Node, Node], Iterator[Graph]]]:
        """Each triple of a pattern once, said to be in the union, in whatever graphs it is."""
        subject, predicate, _ = triple_pattern
        if isinstance(subject, Literal) or isinstance(predicate, Literal):
            return
        for quad in _unique(self._quads(triple_pattern)):
            terms = (quad.subject, quad.predicate, quad.object)
            first, second, third = map(from_engine, terms)
            yield (first, second, third), iter((self._union,))

    def __len__(self, context: Graph | None = None) -> int:
        """How many quads there are in all graphs; counted once, since pyshacl asks at each result."""
        if self._size is None:
            self._size = len(self._store)
        return self._size

    def _quads(self, pattern: Pattern) -> Iterator[ox.Quad]:
        first, second, third = map(_wanted, pattern)
        quads = self._store.quads_for_pattern(first, second, third, None)  # type: ignore[arg-type]  # literals come last
        for quad in quads:
            if graph_of(quad) not in self._hidden:
                yield quad


def _wanted(node: Node | None) -> EngineTerm | None:
    return None if node is None else to_engine(node)


def _unique(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    known = set()
    for quad in quads:
        if quad.triple not in known:
            known.add(quad.triple)
            yield quad
