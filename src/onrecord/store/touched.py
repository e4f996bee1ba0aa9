"""Edges anew where a change touched them: those of the pairs that a changed statement links, or linked before.

What `ontology/edges.rq` says of a statement depends on the statements of the same actor and object (either way round),
on what disputes them, on the date of their document, the kind of their run, the classes of both ends, and the ontology.
All of this is copied into a small store, where the rule is run as it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

import pyoxigraph as ox

from onrecord.model.iris import BASE, GRAPHS, PREFIXES
from onrecord.store.build import EDGES, edges
from onrecord.workspace import Workspace

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Pair = frozenset[Term]
Key = tuple[ox.NamedNode, Term]
"""A property and its value."""
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
LED_TO = {
    leading: [key for key, by in LEADING.items() if leading in by]
    for leading in {leading for by in LEADING.values() for leading in by}
}
"""By what a statement leads to something else, and what depends on there."""
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
    """The statements that a change touches, and the pairs that they link.

    Noted is what goes, before the change, and all that changed, after it: what only comes links nothing before that it
    does not link afterwards.
    """

    statements: set[Term] = field(default_factory=set)
    pairs: set[Pair] = field(default_factory=set)

    def note(self, store: ox.Store, changed: Iterable[ox.Quad]) -> None:
        """Adds what the changed quads touch in a state of the store; what links no pair there makes no edge."""
        for statement in set(_statements(store, changed)):
            pairs = set(_pairs(store, statement, ACTOR, INSTRUMENT))
            if pairs:
                self.statements.add(statement)
                self.pairs |= pairs

    def derive(self, store: ox.Store, workspace: Workspace) -> None:
        """Makes the edges of the touched pairs what follows from the store, in the state that was noted last."""
        linked = _Linked(store)
        bearing = set(linked.of(self.pairs, ACTOR)) | self.statements
        related = bearing | set(linked.of(self.pairs, INSTRUMENT))
        others: set[Pair] = set()
        for statement in related - self.statements:
            others |= set(_pairs(store, statement, ACTOR))
        beside = set(linked.of(others - self.pairs, ACTOR))
        small = ox.Store()
        small.extend(_premises(store, related | beside))
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
            quads = _quads(store, statement, graph=EDGES)
            yield from filter(_is_giving, quads)
        for one, other in map(_both_ends, self.pairs):
            yield from _quads(store, one, value=other, graph=EDGES)
            yield from _quads(store, other, value=one, graph=EDGES)


class _Linked:
    """The statements of pairs, found from the end that has fewer: an end that thousands name is not read through."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[Key, list[Term]] = {}

    def of(self, pairs: Iterable[Pair], by: ox.NamedNode) -> Iterator[Term]:
        """The statements that lead to one end by a property, and to the other as their object."""
        for one, other in map(_both_ends, pairs):
            yield from self._both((by, one), (OBJECT, other))
            yield from self._both((by, other), (OBJECT, one))

    def _both(self, *keys: Key) -> Iterator[Term]:
        """The statements that have two properties."""
        fewest = self._fewest(keys)
        (other,) = {*keys} - {fewest}
        for statement in self._known[fewest]:
            if any(_quads(self._store, statement, *other)):
                yield statement

    def _fewest(self, keys: Iterable[Key]) -> Key:
        """The property that the fewest statements have: they are known then, and of the others as many were read."""
        walks = {key: self._walk(key) for key in keys}
        found: dict[Key, list[Term]] = {key: [] for key in walks}
        for key in cycle(walks):
            statement = next(walks[key], None)
            if statement is None:
                self._known[key] = found[key]
                return key
            found[key].append(statement)
        raise AssertionError

    def _walk(self, key: Key) -> Iterator[Term]:
        if key in self._known:
            return iter(self._known[key])
        return _subjects(self._store, *key)


def _both_ends(pair: Pair) -> tuple[Term, Term]:
    """The two ends of a pair, one and the same where it links something to itself."""
    one, *others = pair
    return one, others[0] if others else one


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
    store: ox.Store, statement: Term, *by: ox.NamedNode
) -> Iterator[Pair]:
    ends = [end for each in by for end in _objects(store, statement, each)]
    targets = _objects(store, statement, OBJECT) if ends else []
    for end in ends:
        for target in targets:
            yield frozenset((end, target))


def _objects(
    store: ox.Store, subject: Term, predicate: ox.NamedNode
) -> list[Term]:
    return [quad.object for quad in _quads(store, subject, predicate)]


def _quads(
    store: ox.Store,
    subject: Term,
    predicate: ox.NamedNode | None = None,
    value: Term | None = None,
    graph: ox.NamedNode | None = None,
) -> Iterable[ox.Quad]:
    """What is said of a subject, by a property, with a value, in a graph, or by, with and in any."""
    if isinstance(subject, ox.Literal | ox.Triple):
        return ()
    return store.quads_for_pattern(subject, predicate, value, graph)


def _premises(store: ox.Store, statements: Iterable[Term]) -> Iterator[ox.Quad]:
    """All that the rule reads of some statements."""
    yield from store.quads_for_pattern(None, None, None, ONTOLOGY)
    disputes: set[Term] = set()
    for statement in statements:
        disputes |= set(_subjects(store, DISPUTES, statement))
    ends: set[Key] = set()
    for statement in disputes | set(statements):
        for quad in _quads(store, statement):
            if quad.graph_name != EDGES:
                yield quad
                for predicate in LED_TO.get(quad.predicate, ()):
                    ends.add((predicate, quad.object))
    for predicate, end in ends:
        yield from _quads(store, end, predicate)


def _is_giving(quad: ox.Quad) -> bool:
    return quad.predicate in GIVING


def _ends(quad: ox.Quad) -> Pair:
    return frozenset((quad.subject, quad.object))
