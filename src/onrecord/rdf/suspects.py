"""Shapes (SHACL Core) → queries for the nodes that may break them, so that an engine clears all others in one pass.

A query finds every node that breaks its shape, and may find some that do not: a
validator is to judge those few. What is not translated here, it judges on all nodes.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, count

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection as RDFList
from rdflib.exceptions import UniquenessError
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

TARGETS = frozenset(
    {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
)
UNJUDGED = frozenset(
    {SH.message, SH.severity, SH.name, SH.description, SH.path, *TARGETS}
)
"""Properties of a shape that no node can break."""
LEXICAL = {
    XSD.date: "^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$",
    XSD.gYearMonth: "^[1-9][0-9]{3}-[0-9]{2}$",
    XSD.gYear: "^[1-9][0-9]{3}$",
    XSD.boolean: "^(true|false)$",
}
"""Forms of values of which every reader of RDF knows whether they are any."""
MOST_COUNTED = 5


class UntranslatedError(Exception):
    """A shape says something that no query is made of."""


@dataclass(frozen=True, slots=True)
class Suspects:
    """A shape, and the query for `?this`, the nodes that may break it."""

    shape: Node
    query: str


def translated(shapes: Graph, unread: Collection[URIRef]) -> Iterator[Suspects]:
    """Every shape with targets of which a query can be made, and that follows none of the `unread` properties."""
    aiming: set[Node] = set()
    for target in TARGETS:
        aiming.update(shapes.subjects(target))
    for shape in sorted(aiming, key=str):
        try:
            yield Suspects(
                shape, _Translation(shapes, frozenset(unread)).query(shape)
            )
        except (UntranslatedError, UniquenessError):
            continue


@dataclass(slots=True)
class _Translation:
    """One shape on its way into a query."""

    shapes: Graph
    unread: frozenset[URIRef]
    _numbers: Iterator[int] = field(default_factory=count)

    def query(self, shape: Node) -> str:
        if (shape, RDF.type, SH.NodeShape) not in self.shapes:
            raise UntranslatedError
        fails = _any_of(self._fails(shape, "?this", is_denied=False))
        targets = " UNION ".join(self._targets(shape))
        aimed = f"SELECT DISTINCT ?this {{ {targets} }}"
        return f"SELECT DISTINCT ?this {{ {{ {aimed} }} FILTER ({fails}) }}"

    def _targets(self, shape: Node) -> Iterator[str]:
        get = self.shapes.objects
        for cls in get(shape, SH.targetClass):
            yield f"{{ ?this {'/'.join(self._is_a)} {self._iri(cls)} }}"
        for path in get(shape, SH.targetSubjectsOf):
            yield f"{{ ?this {self._read(path)} ?any }}"
        for path in get(shape, SH.targetObjectsOf):
            yield f"{{ ?any {self._read(path)} ?this }}"
        for node in get(shape, SH.targetNode):
            yield f"{{ VALUES ?this {{ {_term(node)} }} }}"

    def _fails(self, shape: Node, at: str, *, is_denied: bool) -> Iterator[str]:
        """A condition for each way in which the node in a variable breaks a shape; `is_denied` under `sh:not`."""
        path = self._value(shape, SH.path)
        for name, value in self.shapes.predicate_objects(shape):
            if name in UNJUDGED or not str(name).startswith(str(SH)):
                continue
            if path is None:
                yield self._value_fails(name, value, at, is_denied=is_denied)
            else:
                yield self._path_fails(
                    name, value, at, path, is_denied=is_denied
                )

    def _path_fails(
        self, name: Node, value: Node, at: str, path: Node, *, is_denied: bool
    ) -> str:
        steps = self._steps(path)
        if name == SH.minCount:
            return f"!{self._several(at, steps, _number(value))}"
        if name == SH.maxCount:
            return self._several(at, steps, _number(value) + 1)
        if name == SH.hasValue:
            return f"!{self._leads(at, steps, _term(value))}"
        end = self._new()
        if name == SH.equals:
            both = (steps, [self._read(value)])
            pairs = (both, both[::-1])
            return _any_of(self._only_in(at, end, *pair) for pair in pairs)
        fails = self._value_fails(name, value, end, is_denied=is_denied)
        return self._leads(at, steps, end, fails)

    def _leads(
        self, at: str, steps: Sequence[str], end: str, so: str = ""
    ) -> str:
        """That a path leads to an end of which something is `so`.

        Each step has a pattern of its own, since the engine might walk a longer one from its far end.
        """
        first, *rest = steps
        if not rest:
            condition = f" FILTER ({so})" if so else ""
            return f"EXISTS {{ {at} {first} {end}{condition} }}"
        new = self._new()
        return f"EXISTS {{ {at} {first} {new} FILTER ({self._leads(new, rest, end, so)}) }}"

    def _only_in(
        self, at: str, end: str, steps: Sequence[str], others: Sequence[str]
    ) -> str:
        return self._leads(at, steps, end, f"!{self._leads(at, others, end)}")

    def _several(self, at: str, steps: Sequence[str], number: int) -> str:
        """That at least so many different values are there."""
        if not 1 <= number <= MOST_COUNTED:
            raise UntranslatedError
        names = [self._new() for _ in range(number)]
        if number == 1:
            return self._leads(at, steps, names[0])
        triples = " . ".join(f"{at} {'/'.join(steps)} {name}" for name in names)
        pairs = combinations(names, 2)
        differ = [f"FILTER (!sameTerm({one}, {other}))" for one, other in pairs]
        return f"EXISTS {{ {triples} {' '.join(differ)} }}"

    def _value_fails(
        self, name: Node, value: Node, at: str, *, is_denied: bool
    ) -> str:
        if name == SH["class"]:
            return f"!{self._leads(at, self._is_a, self._iri(value))}"
        if name in {SH.node, SH.property}:
            return _any_of(self._fails(value, at, is_denied=is_denied))
        if name == SH["not"]:
            fails = _any_of(self._fails(value, at, is_denied=not is_denied))
            return f"!({fails})"
        if name == SH["or"]:
            ways = []
            for member in RDFList(self.shapes, value):
                fails = _any_of(self._fails(member, at, is_denied=is_denied))
                ways.append(f"({fails})")
            return " && ".join(ways)
        return _literal_fails(name, value, at, is_denied=is_denied)

    @property
    def _is_a(self) -> tuple[str, str]:
        return self._read(RDF.type), f"{self._read(RDFS.subClassOf)}*"

    def _steps(self, path: Node) -> list[str]:
        """A path as SPARQL has it, from one node to the next."""
        if (path, RDF.first, None) in self.shapes:
            return [self._path(step) for step in RDFList(self.shapes, path)]
        return [self._path(path)]

    def _path(self, path: Node) -> str:
        if isinstance(path, URIRef):
            return self._read(path)
        pairs = [*self.shapes.predicate_objects(path)]
        if len(pairs) != 1:
            raise UntranslatedError
        name, inner = pairs[0]
        if name == SH.inversePath:
            return f"^({self._path(inner)})"
        if name == SH.zeroOrMorePath:
            return f"({self._path(inner)})*"
        if name == SH.alternativePath:
            ways = (self._path(way) for way in RDFList(self.shapes, inner))
            return f"({'|'.join(ways)})"
        raise UntranslatedError

    def _read(self, path: Node) -> str:
        if path in self.unread:
            raise UntranslatedError
        return self._iri(path)

    def _iri(self, node: Node) -> str:
        if not isinstance(node, URIRef):
            raise UntranslatedError
        return node.n3()

    def _value(self, shape: Node, name: URIRef) -> Node | None:
        """The one value of a property of a shape, if there is one; raises UniquenessError."""
        return self.shapes.value(shape, name, any=False)

    def _new(self) -> str:
        return f"?v{next(self._numbers)}"


def _literal_fails(name: Node, value: Node, at: str, *, is_denied: bool) -> str:
    """That a value is not as it should be by itself."""
    if name == SH.pattern and isinstance(value, Literal):
        doubt = "true" if is_denied else "false"
        return f"!COALESCE(REGEX(STR({at}), {_term(value)}), {doubt})"
    if name == SH.nodeKind and value == SH.IRI:
        return f"!isIRI({at})"
    if is_denied:
        raise UntranslatedError
    return f"!COALESCE({_holds(name, value, at)}, false)"


def _holds(name: Node, value: Node, at: str) -> str:
    """That a value is surely as it should be."""
    if name == SH.minLength:
        return f"STRLEN(STR({at})) >= {_number(value)}"
    if name == SH.minInclusive:
        return f"{at} >= {_term(value)}"
    if name == SH.maxInclusive:
        return f"{at} <= {_term(value)}"
    if isinstance(value, URIRef) and name == SH.datatype and value in LEXICAL:
        cast = f"sameTerm({value.n3()}(STR({at})), {at})"
        return f"{cast} && REGEX(STR({at}), {Literal(LEXICAL[value]).n3()})"
    raise UntranslatedError


def _number(value: Node) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise UntranslatedError from None


def _term(node: Node) -> str:
    if isinstance(node, BNode) or not isinstance(node, URIRef | Literal):
        raise UntranslatedError
    return node.n3()


def _any_of(conditions: Iterator[str] | Sequence[str]) -> str:
    return " || ".join(f"({way})" for way in conditions) or "false"
