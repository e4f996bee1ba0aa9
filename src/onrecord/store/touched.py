"""Edges anew where a change touched them: those of the pairs that a changed statement links, or linked before.

What `ontology/edges.rq` says of a statement depends on the statements of the same actor and object (either way round),
on what disputes them, on the date of their document, the kind of their run, the classes of both ends, and the ontology.
All of this is copied into a small store, where the rule is run as it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from onrecord.model.iris import BASE, GRAPHS, PREFIXES
from onrecord.store.build import EDGES, edges
from onrecord.workspace import Workspace

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pair = frozenset[Term]
ACTOR, OBJECT = ox.NamedNode(BASE + "actor"), ox.NamedNode(BASE + "object")
INSTRUMENT = ox.NamedNode(BASE + "instrument")
DISPUTES, DOCUMENT = (
    ox.NamedNode(BASE + "disputes"),
    ox.NamedNode(BASE + "document"),
)
MADE_BY = ox.NamedNode(PREFIXES["prov"] + "wasGeneratedBy")
TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
ONTOLOGY = ox.NamedNode(GRAPHS["ontology"])
LEADING = {
    TYPE: (ACTOR, OBJECT),
    ox.NamedNode(PREFIXES["dcterms"] + "issued"): (DOCUMENT,),
    ox.NamedNode(BASE + "runKind"): (MADE_BY,),
}
"""A property of something other than a statement, and by what the statements that depend on it lead there."""
STRUCTURAL = frozenset(
    map(
        ox.NamedNode,
        (
            PREFIXES["rdfs"] + "subClassOf",
            PREFIXES["rdfs"] + "subPropertyOf",
            *(
                BASE + name
                for name in ("aboutObject", "topical", "negativeTwin")
            ),
        ),
    )
)
"""What relations and classes are: where it changes, every edge may."""
GIVING = frozenset(ox.NamedNode(BASE + name) for name in ("bears", "proposes"))
"""What leads from a statement to the edge that it makes."""
SYMMETRIC = ox.NamedNode(PREFIXES["owl"] + "SymmetricProperty")


def is_structural(quads: Iterable[ox.Quad]) -> bool:
    """Whether a change says something of relations or classes, on which all edges depend."""
    return any(
        quad.predicate in STRUCTURAL or quad.object == SYMMETRIC
        for quad in quads
    )


@dataclass(slots=True)
class Touched:
    """The statements that a change touches, and the pairs that they link; filled before the change and after it."""

    statements: set[Term] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)

    def note(self, store: ox.Store, changed: Iterable[ox.Quad]) -> None:
        """Adds what the changed quads touch in a state of the store."""
        here = set(_statements(store, changed))
        self.statements |= here
        for statement in here:
            self.pairs |= set(_pairs(store, statement, ACTOR))
            self.pairs |= set(_pairs(store, statement, INSTRUMENT))

    def derive(self, store: ox.Store, workspace: Workspace) -> None:
        """Makes the edges of the touched pairs what follows from the store."""
        linked = _Linked(store)
        bearing = set(linked.of(self.pairs, ACTOR)) | self.statements
        related = bearing | set(linked.of(self.pairs, INSTRUMENT))
        pairs: set[Pair] = set()
        for statement in related:
            pairs |= set(_pairs(store, statement, ACTOR))
        small = ox.Store()
        small.extend(_premises(store, set(linked.of(pairs, ACTOR)) | related))
        wanted = {
            quad
            for quad in edges(small, workspace)
            if (
                quad.subject in bearing
                if _is_giving(quad)
                else _ends(quad) in self.pairs
            )
        }
        present = set(self._present(store, bearing))
        for quad in present - wanted:
            store.remove(quad)
        store.extend(wanted - present)

    def _present(
        self, store: ox.Store, bearing: Iterable[Term]
    ) -> Iterator[ox.Quad]:
        for statement in bearing:
            quads = _about(store, statement, EDGES)
            yield from filter(_is_giving, quads)
        for pair in self.pairs:
            for subject in pair:
                quads = _about(store, subject, EDGES)
                yield from (quad for quad in quads if _ends(quad) == pair)


class _Linked:
    """The statements of pairs; those of one end are read once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[tuple[ox.NamedNode, Term], set[Term]] = {}

    def of(self, pairs: Iterable[Pair], by: ox.NamedNode) -> Iterator[Term]:
        """The statements that lead to one end by a property, and to the other as their object."""
        for pair in pairs:
            for end in pair:
                others = pair - {end} or pair
                for other in others:
                    yield from self._by(by, end) & self._by(OBJECT, other)

    def _by(self, predicate: ox.NamedNode, end: Term) -> set[Term]:
        key = (predicate, end)
        if key not in self._known:
            self._known[key] = set(_subjects(self._store, predicate, end))
        return self._known[key]


def _statements(store: ox.Store, changed: Iterable[ox.Quad]) -> Iterator[Term]:
    subjects = set()
    for quad in changed:
        subjects.add(quad.subject)
        for predicate in LEADING.get(quad.predicate, ()):
            yield from _subjects(store, predicate, quad.subject)
        if quad.predicate == DISPUTES:
            yield quad.object
    for subject in subjects:
        yield subject
        yield from _objects(store, subject, DISPUTES)


def _subjects(
    store: ox.Store, predicate: ox.NamedNode, end: Term
) -> Iterator[Term]:
    if isinstance(end, ox.Triple):
        return
    for quad in store.quads_for_pattern(None, predicate, end, None):
        yield quad.subject


def _pairs(
    store: ox.Store, statement: Term, by: ox.NamedNode
) -> Iterator[Pair]:
    targets = _objects(store, statement, OBJECT)
    for end in _objects(store, statement, by):
        for target in targets:
            yield frozenset((end, target))


def _objects(
    store: ox.Store, subject: Term, predicate: ox.NamedNode
) -> list[Term]:
    if isinstance(subject, ox.Literal | ox.Triple):
        return []
    quads = store.quads_for_pattern(subject, predicate, None, None)
    return [quad.object for quad in quads]


def _about(
    store: ox.Store, subject: Term, graph: ox.NamedNode | None = None
) -> Iterator[ox.Quad]:
    if not isinstance(subject, ox.Literal | ox.Triple):
        yield from store.quads_for_pattern(subject, None, None, graph)


def _premises(store: ox.Store, statements: Iterable[Term]) -> Iterator[ox.Quad]:
    """All that the rule reads of some statements."""
    yield from store.quads_for_pattern(None, None, None, ONTOLOGY)
    subjects = set(statements)
    for statement in statements:
        subjects |= set(_subjects(store, DISPUTES, statement))
        for predicate in (ACTOR, OBJECT, DOCUMENT, MADE_BY):
            subjects |= set(_objects(store, statement, predicate))
    for subject in subjects:
        quads = _about(store, subject)
        yield from (quad for quad in quads if quad.graph_name != EDGES)


def _is_giving(quad: ox.Quad) -> bool:
    return quad.predicate in GIVING


def _ends(quad: ox.Quad) -> Pair:
    return frozenset((quad.subject, quad.object))
