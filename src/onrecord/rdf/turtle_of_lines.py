"""Lines of N-Triples as a Turtle file: the bytes that `turtle.write` makes of them, in a twentieth of its time.

rdflib is asked for what it alone decides: how a number, a date or a text with signs is written, and how literals of
one property are ordered.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.serializers.turtle import OBJECT

from onrecord.model.iris import PREFIXES, split
from onrecord.rdf.turtle import SortedTurtle

DECIMAL = PREFIXES["xsd"] + "decimal"
STRING = PREFIXES["xsd"] + "string"
NIL = f"<{PREFIXES['rdf']}nil>"
TYPE = f"<{PREFIXES['rdf']}type>"
FIRST = (TYPE, f"<{PREFIXES['rdfs']}label>")
"""Properties that stand before the others."""
WHOLE = re.compile(r"[+-]?[0-9]+")
Properties = Mapping[str, list[str]]
"""Terms as N-Triples has them: the objects of each predicate."""


def write(lines: Iterable[str]) -> bytes:
    """One Turtle file of lines as the engine writes them, without their closing dots, each of which is there once.

    Raises ValueError for a blank node or a triple term, which no graph of ours holds.
    """
    subjects: dict[str, defaultdict[str, list[str]]] = {}
    for line in lines:
        subject, predicate, value = line.split(" ", 2)
        if subject not in subjects:
            subjects[subject] = defaultdict(list)
        subjects[subject][predicate].append(value)
    file = _File()
    blocks = [
        file.block(subject, subjects[subject])
        for subject in sorted(subjects, key=_bare)
    ]
    return "".join([*file.declarations(), *blocks, "\n"]).encode()


class _File:
    """A file as it is written: the prefixes that it needs so far, and each term as it stands in it."""

    def __init__(self) -> None:
        self._prefixes: set[str] = set()
        self._written: dict[str, str] = {}

    def declarations(self) -> Iterator[str]:
        """The lines that declare the prefixes."""
        for prefix in sorted(self._prefixes):
            yield f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n"

    def block(self, subject: str, properties: Properties) -> str:
        """All that is said of a subject."""
        rest = sorted(
            (name for name in properties if name not in FIRST), key=_bare
        )
        names = [*(name for name in FIRST if name in properties), *rest]
        said = []
        for name in names:
            verb = "a" if name == TYPE else self._term(name)
            values = properties[name]
            if len(values) > 1:
                values = _sorted(values)
            written = ",\n        ".join(map(self._term, values))
            said.append(f"{verb} {written}")
        lines = " ;\n    ".join(said)
        return f"\n{self._term(subject)} {lines} .\n"

    def _term(self, term: str) -> str:
        written = self._written.get(term)
        if written is None:
            written = self._made(term)
            self._written[term] = written
        return written

    def _made(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        if term[0] != "<" or term[1] == "<":
            what = "a blank node" if term[0] == "_" else "a triple term"
            message = f"holds {what}, as no graph of ours"
            raise ValueError(message)
        parts = split(_bare(term))
        if parts is None:
            return term
        self._prefixes.add(parts[0])
        return "()" if term == NIL else ":".join(parts)

    def _literal(self, term: str) -> str:
        is_typed = term[-1] == ">"
        if not is_typed:
            return _by_rdflib(term) if "\\" in term else term
        parts = split(term[term.rindex("<") + 1 : -1])
        if parts:
            self._prefixes.add(parts[0])
        return _typed(term)


def _bare(iri: str) -> str:
    return iri[1:-1]


def _sorted(values: list[str]) -> list[str]:
    if all(value[0] == "<" for value in values):
        return sorted(values, key=_bare)
    return sorted(values, key=_node)


def _by_rdflib(literal: str) -> str:
    graph = Graph(bind_namespaces="none")
    return SortedTurtle(graph).label(_node(literal), OBJECT)


_typed = lru_cache(maxsize=1 << 14)(_by_rdflib)
"""The same of numbers and dates, which are often the same ones."""


def _node(term: str) -> URIRef | Literal:
    if term[0] == "<":
        return URIRef(_bare(term))
    line = f"<urn:s> <urn:p> {term} ."
    (quad,) = ox.parse(line, ox.RdfFormat.N_TRIPLES)
    literal = quad.object
    assert isinstance(literal, ox.Literal)  # noqa: S101  it was written as one
    text, datatype = literal.value, literal.datatype.value
    if literal.language:
        return Literal(text, lang=literal.language)
    if datatype == STRING:
        return Literal(text)
    if datatype == DECIMAL and WHOLE.fullmatch(text):
        text = f"{text}.0"
    return Literal(text, datatype=URIRef(datatype), normalize=False)
